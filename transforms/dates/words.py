r"""The words of the grammar, and patterns over them.

A pattern is a regular expression over the text, letter case ignored, in which

* `{month}` stands for any word of the class `month` of words.toml, `{unit}`, `{unit_one}` and
  `{unit_many}` for those of units.toml, `{day}`, `{year}`, `{count}` … for what shapes.toml says.
  What it matched is a group of that name (`month2` for the second of its kind);
* a blank stands for any short white space, a line break included.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from seeds import read_toml

_MACRO = re.compile(r"\{([a-z_]+)\}")
_CHARACTER_CLASS = re.compile(r"(\[[^\]]*\])")
_SYNTAX = re.compile(r"\(\?(?:P<\w+>|-i:|<?[=!:])|\\[a-zA-Z]|\{[^}]*\}")
_WORD = re.compile(r"([^\W\d_]+)(\?)?")
_BLANK = r"(?:[\s\u00a0]{1,3})"


@functools.cache
def meanings(word_class: str) -> Mapping[str, Any]:
    """Return a class of words with what each stands for."""
    return {normal(word): meaning for word, meaning in _tables()[word_class].items()}


@functools.cache
def units() -> Mapping[str, Mapping[str, Any]]:
    """Return the entry of units.toml for each form of each unit.

    With its `name`, whether the form is for `many`, and its `rank`, from the smallest unit on.
    """
    found = {}
    for rank, (name, entry) in enumerate(_unit_table().items()):
        for forms in entry["words"]:
            for many, form in enumerate(forms):
                found[normal(form)] = {**entry, "name": name, "many": bool(many), "rank": rank}
    return found


def normal(word: str) -> str:
    """Return a word as the tables have it: small letters, blanks for hyphens, no final dot.

    >>> normal("The  Past"), normal("Sept.")
    ('the past', 'sept')
    """
    return " ".join(word.lower().replace("’", "'").replace("-", " ").split()).rstrip(".")


def compile_pattern(source: str, frame: str = "(?:%s)") -> re.Pattern[str]:
    """Compile a pattern of the grammar inside a frame, which has %s for it."""
    return re.compile(frame % _expand(source), re.IGNORECASE)


def forms(word_class: str) -> list[str]:
    """Return the words of a class as the tables write them."""
    if word_class == "holiday":
        entries = read_toml("dates/holidays.toml")["holiday"]
        return sorted({name.lower() for entry in entries for name in entry["names"]})
    if word_class.startswith("unit"):
        places = {"unit": (0, 1), "unit_one": (0,), "unit_many": (1,)}[word_class]
        pairs = [pair for entry in _unit_table().values() for pair in entry["words"]]
        return [pair[place] for pair in pairs for place in places]
    return list(_tables()[word_class])


def vocabulary(sources: Iterable[str]) -> frozenset[str]:
    """Return every word that patterns can match, in small letters."""
    texts = [*sources, *_shapes()["shape"].values(), *_shapes()["mark"].values()]
    names = {name for text in texts for name in _MACRO.findall(text)} - _shape_names()
    texts = [_SYNTAX.sub(" ", text) for text in texts]
    texts += [form for name in names for form in forms(name)]
    found = {match for text in texts for match in _WORD.findall(text.lower())}
    return frozenset(word for word, _ in found) | {word[:-1] for word, mark in found if mark}


def _expand(source: str) -> str:
    """Put the words in for the macros, each in a group with its name."""
    seen: dict[str, int] = {}

    def group(match: re.Match[str]) -> str:
        name = match[1]
        if name in _shapes()["mark"]:
            return _body(name)
        seen[name] = seen.get(name, 0) + 1
        number = seen[name] if seen[name] > 1 else ""
        return f"(?P<{name}{number}>{_body(name)})"

    return _blanks(_MACRO.sub(group, source))


@functools.cache
def _body(name: str) -> str:
    """Return the expression that a macro stands for, without groups that have names."""
    shape = _shapes()["shape"].get(name) or _shapes()["mark"].get(name)
    if shape is None:
        longest_first = sorted(forms(name), key=len, reverse=True)
        return f"(?:{'|'.join(_form(form) for form in longest_first)})"
    return f"(?:{_MACRO.sub(lambda inner: _body(inner[1]), shape)})"


def _form(form: str) -> str:
    """Return the expression for one word: its last dot can be missing, its case can matter."""
    exact = _as_written().get(form)
    stem = f"(?-i:{_stem(exact)}|{_stem(exact.upper())})" if exact else _stem(form)
    return stem + (r"\.?" if form.endswith(".") else "")


def _stem(form: str) -> str:
    stem = re.escape(form.rstrip(".")).replace("\\ ", " ")
    return stem.replace("\\-", "[- ]").replace("'", "['’]")


def _blanks(source: str) -> str:
    parts = _CHARACTER_CLASS.split(source)
    parts[::2] = [part.replace(" ", _BLANK) for part in parts[::2]]
    parts[1::2] = [part.replace(" ", r"\s") for part in parts[1::2]]
    return "".join(parts)


def _shape_names() -> set[str]:
    return {*_shapes()["shape"], *_shapes()["mark"]}


@functools.cache
def _as_written() -> Mapping[str, str]:
    return {word.lower(): word for word in _tables()["as_written"]["words"]}


@functools.cache
def _tables() -> Mapping[str, Any]:
    return read_toml("dates/words.toml")


@functools.cache
def _unit_table() -> Mapping[str, Any]:
    return read_toml("dates/units.toml")


@functools.cache
def _shapes() -> Mapping[str, Mapping[str, str]]:
    return read_toml("dates/shapes.toml")
