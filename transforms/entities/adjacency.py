"""In what a place is said to lie: "Paris, Texas", "the Syrian city of Raqqa"."""

from collections.abc import Iterator

import seeds
from transforms.entities._words import Words
from transforms.entities.entry import Candidate
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.mentions import ORDINARY, TITLES, Mention

_RULES = seeds.read_toml("knowledge/linking.toml")["between"]
_BETWEEN = frozenset(_RULES["words"])
_LINKS = frozenset(_RULES["links"])
_FARTHEST = 4  # words between a place and what it lies in
_LONGEST = 3  # words of the name of what it lies in


def lies_in(words: Words, mention: Mention, kb: KnowledgeBase) -> set[str]:
    """Return countries (ISO alpha-3) and names of divisions that a mention is said to lie in."""
    found: set[str] = set()
    for first, end in (*_after(words, mention), *_before(words, mention)):
        for entry, _ in _named(words, first, end, kb):
            if entry.place_kind == "country":
                found.add(entry.country or "")
            elif entry.place_kind == "admin1":
                found.update((entry.name, entry.admin1 or ""))
    return found - {""}


def _named(words: Words, first: int, end: int, kb: KnowledgeBase) -> tuple[Candidate, ...]:
    """Look up a span that is written like a name: `in` is a word where `IN` is a state."""
    word = words.words[first]
    is_code = end - first == 1 and len(word) == 2
    if not word[0].isupper() or (is_code and not word.isupper()):
        return ()
    key = words.key(first, end)
    return () if key in ORDINARY or key in TITLES else kb.candidates(key)


def _after(words: Words, mention: Mention) -> Iterator[tuple[int, int]]:
    """Yield the spans that can name it after a mention: ", Texas", "region of Somalia"."""
    at, has_link = mention.end, False
    while at < min(len(words), mention.end + _FARTHEST):
        word = words.words[at].lower()
        if words.has_capital(at) or not (word in _BETWEEN or word in _LINKS):
            break
        has_link |= word in _LINKS
        at += 1
    if has_link and words.beside(mention.first, at):
        for end in range(at + 1, min(at + _LONGEST, len(words)) + 1):
            # "In Paris, U.S. officials" and "In Paris, Texas Governor Doe" are no such thing.
            if not words.beside(mention.first, end)[:1].isalpha() or words.words[end].islower():
                yield at, end


def _before(words: Words, mention: Mention) -> Iterator[tuple[int, int]]:
    """Yield the spans that can name it before a mention: "Iraq's", "the Syrian city of"."""
    at = mention.first - 1
    while at > max(0, mention.first - 1 - _FARTHEST) and (
        words.words[at].lower() in _BETWEEN and not words.has_capital(at)
    ):
        at -= 1
    if (
        0 <= at < mention.first
        and words.words[at][0].isalpha()
        and words.sentence[at] == words.sentence[mention.first]
    ):
        yield from ((first, at + 1) for first in range(max(0, at - _LONGEST + 1), at + 1))
