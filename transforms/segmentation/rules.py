"""What the words of a unit say about it, wherever it stands: boilerplate, caption, credit."""

import dataclasses
import functools
import re
from typing import Any, Literal

from seeds import read_toml
from transforms.segmentation.lines import Unit

Place = Literal["head", "below", "tail"]

# Patterns look at no more than this of a unit, so that long ones cost nothing.
_LONGEST = 600
_END = 140
_FRAME = re.compile(r"^[\s|>»]+|[\s:|>»]+$")

_REACH: dict[Place, frozenset[str]] = {
    "head": frozenset({"any", "head"}),
    "below": frozenset({"any", "below"}),
    "tail": frozenset({"tail"}),  # asked only where "below" has said no
}


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """A group of boilerplate patterns."""

    id: str
    where: str
    max_words: int
    pattern: re.Pattern[str]
    opens: str  # "list": what follows without being a sentence belongs to it; "all": all of it


@dataclasses.dataclass(frozen=True, slots=True)
class _Lexicon:
    rules: dict[Place, tuple[Rule, ...]]
    most_words: int
    sections: frozenset[str]
    entry: re.Pattern[str]
    caption_starts: re.Pattern[str]
    caption_ends: re.Pattern[str]
    caption_hints: tuple[str, ...]
    caption_words: int
    credit: re.Pattern[str]
    sources: tuple[re.Pattern[str], ...]


@functools.cache
def _lexicon() -> _Lexicon:
    data = read_toml("segmentation/zones.toml")
    rules = tuple(_rule(group) for group in data["boilerplate"])
    caption = data["caption"]
    return _Lexicon(
        rules={
            place: tuple(r for r in rules if r.where in reach) for place, reach in _REACH.items()
        },
        most_words=max(rule.max_words for rule in rules),
        sections=frozenset(data["sections"]["words"]),
        entry=re.compile(data["entry"]["pattern"], re.IGNORECASE),
        caption_starts=re.compile("|".join(caption["starts"]), re.IGNORECASE),
        caption_ends=re.compile("|".join(caption["ends"]), re.IGNORECASE),
        caption_hints=tuple(caption["hints"]),
        caption_words=caption["max_words"],
        credit=re.compile(caption["credit"], re.IGNORECASE),
        sources=tuple(re.compile(pattern) for pattern in data["source"]["patterns"]),
    )


def _rule(group: dict[str, Any]) -> Rule:
    flags = 0 if group.get("case") else re.IGNORECASE
    pattern = re.compile("|".join(f"(?:{pattern})" for pattern in group["patterns"]), flags)
    words = group.get("max_words", 40)
    return Rule(group["id"], group["where"], words, pattern, group.get("opens", ""))


def boilerplate(unit: Unit, place: Place) -> Rule | None:
    """Return the rule that makes a unit boilerplate at its place on the page."""
    lexicon = _lexicon()
    if unit.words > lexicon.most_words:
        return None
    text = unit.text[:_LONGEST]
    for rule in lexicon.rules[place]:
        if unit.words <= rule.max_words and rule.pattern.match(text):
            return rule
    return None


def is_section(unit: Unit) -> bool:
    """Whether a unit is the name of a section, as stands above headlines."""
    return _FRAME.sub("", unit.text.lower()) in _lexicon().sections


def is_entry(unit: Unit) -> bool:
    """Whether a unit begins an entry of a live blog: a time of day, alone or as a heading's first."""
    return _lexicon().entry.match(unit.text[:_END]) is not None


def is_caption(unit: Unit) -> bool:
    """Whether a unit is a credit, or a caption that begins or ends with one."""
    lexicon = _lexicon()
    if unit.words > lexicon.caption_words:
        return False
    if lexicon.caption_starts.match(unit.text[:_LONGEST]):
        return True
    end = unit.text[-_END:]
    if unit.closed and not any(hint in end.lower() for hint in lexicon.caption_hints):
        return False  # most paragraphs: not worth the search
    return lexicon.caption_ends.search(end) is not None


def find_credit(text: str, start: int, end: int) -> int | None:
    """Return where, inside a caption, its credit begins."""
    credit = _lexicon().credit.search(text, start, end)
    return credit.end() if credit else None


def read_source(unit: Unit) -> str | None:
    """Return the publisher that a unit of boilerplate names.

    >>> read_source(Unit(0, 0, 0, "© Valley Review 2011"))
    'Valley Review'
    """
    for pattern in _lexicon().sources:
        if match := pattern.match(unit.text[:_END]):
            return match[1].strip(" .,")
    return None
