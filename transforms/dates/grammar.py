"""The rules of `seeds/dates/rules/`, compiled once a process.

A rule is tried only where a word of its `trigger` class stands, inside a run of words that the
grammar knows (`scan.py`): time grows with the length of a text, whatever is in it.
"""

import dataclasses
import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from seeds import read_toml
from transforms.dates import words

RULE_FILES = ("names", "calendar", "relative", "clock", "amounts")

# Neither inside a word or an amount of money, nor inside a number.
_CORE = r"(?<![\w$£€#])(?<!\d[.,:/])(?:%s)(?!\w)(?![.,]\d)"
_BEFORE = r"(?:(?<!\w)|^)(?:%s)$"
_AFTER = r"(?:%s)"


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it looks for, and the resolver that gives it a meaning."""

    id: str
    rank: int  # of two matches of the same length the one of the lower rank is taken
    triggers: tuple[str, ...]
    how: str
    pattern: re.Pattern[str]
    options: Mapping[str, Any]
    before: re.Pattern[str] | None = None  # must match just before the expression
    not_before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    in_histories: bool = False  # a date only in texts that tell of days long gone
    bound: bool = False  # stands only when joined to a day: the "morning" of "Tuesday morning"


@dataclasses.dataclass(frozen=True, slots=True)
class Modifier:
    """Words before or after an expression that limit it."""

    id: str
    pattern: re.Pattern[str]
    mod: str | None
    types: frozenset[str]
    precisions: frozenset[str]  # empty: any
    starts: re.Pattern[str] | None  # how the expression itself begins
    deadline: re.Pattern[str] | None  # what makes the last day alone be meant: "by the end of"


@dataclasses.dataclass(frozen=True, slots=True)
class Grammar:
    """All rules, and the words that tell which of them can apply."""

    rules: Mapping[str, tuple[Rule, ...]]  # by trigger
    triggers: Mapping[str, frozenset[str]]  # the trigger classes of a word
    vocabulary: frozenset[str]
    before: tuple[Modifier, ...]
    after: tuple[Modifier, ...]


@functools.cache
def load_grammar() -> Grammar:
    """Compile the grammar.

    Raises:
        ValueError: a rule cannot be compiled; the message names it.
    """
    entries = rule_entries()
    rules: dict[str, list[Rule]] = {}
    for rank, entry in enumerate(entries):
        rule = _rule(entry, rank)
        for trigger in rule.triggers:
            rules.setdefault(trigger, []).append(rule)
    modifiers = read_toml("dates/modifiers.toml")
    return Grammar(
        rules={trigger: tuple(group) for trigger, group in rules.items()},
        triggers=_triggers(rules),
        vocabulary=words.vocabulary(entry["find"] for entry in entries),
        before=tuple(_modifier(entry, r"(?<![\w-])(?:%s)$") for entry in modifiers["before"]),
        after=tuple(_modifier(entry, r"(?:%s)(?!\w)") for entry in modifiers["after"]),
    )


def rule_entries() -> list[dict[str, Any]]:
    """Return all rules as they are written, in their order."""
    files = (read_toml(f"dates/rules/{name}.toml") for name in RULE_FILES)
    return [entry for file in files for entry in file["rule"]]


def _rule(entry: Mapping[str, Any], rank: int) -> Rule:
    try:
        return Rule(
            id=entry["id"],
            rank=rank,
            triggers=_listed(entry["trigger"]),
            how=entry["how"],
            pattern=words.compile_pattern(entry["find"], _CORE),
            options=entry.get("options", {}),
            before=_around(entry.get("before"), _BEFORE),
            not_before=_around(entry.get("not_before"), _BEFORE),
            after=_around(entry.get("after"), _AFTER),
            not_after=_around(entry.get("not_after"), _AFTER),
            in_histories=entry.get("in_histories", False),
            bound=entry.get("bound", False),
        )
    except (re.error, KeyError) as error:
        raise ValueError(f"rule {entry.get('id')!r} in seeds/dates/rules: {error!r}") from error


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _around(source: str | None, frame: str) -> re.Pattern[str] | None:
    return words.compile_pattern(source, frame) if source else None


def _modifier(entry: Mapping[str, Any], frame: str) -> Modifier:
    return Modifier(
        id=entry["id"],
        pattern=words.compile_pattern(entry["find"], frame),
        mod=entry.get("mod"),
        types=frozenset(entry["types"]),
        precisions=frozenset(entry.get("precisions", ())),
        starts=_around(entry.get("starts"), _AFTER),
        deadline=_around(entry.get("deadline"), _BEFORE),
    )


def _triggers(used: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the classes that a word triggers; of several words the last one does."""
    found: dict[str, set[str]] = {}
    for trigger in set(used) - {"digits"}:
        for form in words.forms(trigger):
            last = re.findall(r"[^\W\d_]+", form.lower())[-1]
            found.setdefault(last, set()).add(trigger)
    return {word: frozenset(classes) for word, classes in found.items()}
