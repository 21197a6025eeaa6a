"""Keys under which names are looked up: what spellings of one name have in common."""

import functools
import re
import unicodedata

import seeds

# Longer names are in no knowledge base; folding stops here whatever the article holds.
MAX_LENGTH = 120

_RULES = seeds.read_toml("knowledge/folding.toml")
_LETTERS = str.maketrans(_RULES["letters"])
_ARTICLES = frozenset(_RULES["articles"]["alone"])
_HYPHENATED = re.compile(
    r"(?<!\w)(?:{})[-‐‑–](?=\w)".format("|".join(_RULES["articles"]["hyphenated"]))
)
_RESPELLED: tuple[tuple[str, str], ...] = tuple(_RULES["romanisation"]["pairs"])
_DOUBLED = re.compile(r"([a-z])\1+")
_COMPANY = frozenset(_RULES["company"]["suffixes"])

ARTICLE_COUNTRIES: frozenset[str] = frozenset(_RULES["articles"]["countries"])

# Apostrophes stand for letters that English has not (Qa'im), points for letters left out (U.S.).
_SILENT = re.compile(r"['’‘ʼʻʿʾ`´.]")
_BETWEEN = re.compile(r"[^\w]+|_+")


@functools.lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """Return the key of a name; empty where nothing of it is left.

    Case, diacritics, points, apostrophes, hyphens and a leading "the" make no difference, and the
    Arabic article is "al" however it is spelled.

    >>> fold("Al-Qā’im"), fold("Bashar el-Assad"), fold("the U.S.")
    ('al qaim', 'bashar al assad', 'us')
    """
    if len(name) > MAX_LENGTH:
        return ""
    text = name.lower()
    if not text.isascii():
        text = _plain(text).lower()  # 𝓐 is A only then
    text = _HYPHENATED.sub("al ", text)
    text = text.replace("&", " and ")
    words = _BETWEEN.sub(" ", _SILENT.sub("", text)).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def without_articles(key: str) -> str:
    """Return a key without its Arabic articles: "nouri al maliki" is "nouri maliki"."""
    words = [word for word in key.split() if word not in _ARTICLES]
    return " ".join(words)


def without_suffix(key: str) -> str:
    """Return a key without what companies add to their names: "acme co ltd" is "acme"."""
    words = key.split()
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
    return " ".join(words)


def skeleton(key: str) -> str:
    """Return what the romanisations of a name have in common; marked, so that it is no other key.

    >>> skeleton("sergey lavrov") == skeleton("sergei lavrov")
    True
    """
    for spelling, common in _RESPELLED:
        key = key.replace(spelling, common)
    return "~" + _DOUBLED.sub(r"\1", without_articles(key))


def surname(key: str) -> str:
    """Return the last word of a person's key, articles left out: "nouri al maliki" is "maliki"."""
    words = without_articles(key).split()
    if len(words) > 2 and words[-1] in {"jr", "sr", "ii", "iii"}:
        words.pop()
    return words[-1] if words else ""
