"""Find what the rules match: only inside runs of words that the grammar knows.

A run is cut after `_RUN_CHARS` characters, so that no text, however hostile, makes a pattern work
on more than that; all else is one pass over the tokens.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transforms.dates.grammar import Grammar, Rule

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_GAP = re.compile(r"[\s\u00a0]{0,4}[-.,:/'’‘‐‑–—$]{0,3}[\s\u00a0]{0,3}['’‘]?")
_RUN_CHARS = 160
_AROUND = 80  # characters before and after an expression that a rule may look at
_LONGEST_NUMBER = 8  # digits; longer ones are no dates


class Match(NamedTuple):
    """A rule that matched, with what its classes of words matched, in small letters."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]


def matches(text: str, start: int, end: int, grammar: Grammar) -> Iterator[Match]:
    """Yield all matches of all rules in a part of the text, the most promising first.

    In order of their beginnings, of those with one beginning the longest first: the caller takes
    each that does not overlap with the last one taken and that has a meaning.
    """
    for first, last, triggers in _runs(text, start, end, grammar):
        found = [
            match
            for rule in _rules_for(triggers, grammar)
            for match in _matches_of(rule, text, first, last, end)
        ]
        yield from sorted(found, key=_promise)


def _rules_for(triggers: set[str], grammar: Grammar) -> Iterable[Rule]:
    """Return the rules that one of the classes triggers, each once."""
    return {rule.rank: rule for name in triggers for rule in grammar.rules.get(name, ())}.values()


def _promise(match: Match) -> tuple[int, int, int]:
    return match.start, -match.end, match.rule.rank


def _runs(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, int, set[str]]]:
    """Yield the runs of known words that hold a trigger, with the classes it triggers."""
    vocabulary, trigger_classes = grammar.vocabulary, grammar.triggers
    first = last = -1
    triggers: set[str] = set()
    for token in _TOKEN.finditer(text, start, end):
        word = token[0].lower()
        is_number = word[0].isdigit()
        known = len(word) <= _LONGEST_NUMBER if is_number else word in vocabulary
        if first >= 0 and not (known and _joined(text, first, last, token)):
            if triggers:
                yield first, min(last + 2, end), triggers
            first, triggers = -1, set()
        if not known:
            continue
        if first < 0:
            first = max(start, token.start() - 1)  # an apostrophe: '68
        last = token.end()
        if is_number:
            triggers.add("digits")
        elif word in trigger_classes:
            triggers |= trigger_classes[word]
    if first >= 0 and triggers:
        yield first, min(last + 2, end), triggers


def _joined(text: str, first: int, last: int, token: re.Match[str]) -> bool:
    gap = token.start() - last
    if token.end() - first > _RUN_CHARS or gap > 10:
        return False
    return gap <= 1 or _GAP.fullmatch(text, last, token.start()) is not None


def _matches_of(rule: Rule, text: str, first: int, last: int, end: int) -> Iterator[Match]:
    for found in rule.pattern.finditer(text, first, last):
        groups = _groups(found)
        if _fits(rule, text, found, end, groups):
            yield Match(found.start(), found.end(), rule, groups)


def _groups(found: re.Match[str]) -> dict[str, str]:
    """Return what the named groups matched; `month2` also as `month`, where that is missing."""
    groups = {name: value for name, value in found.groupdict().items() if value is not None}
    for name in list(groups):
        groups.setdefault(name.rstrip("2345"), groups[name])
    return groups


def _fits(rule: Rule, text: str, found: re.Match[str], end: int, groups: dict[str, str]) -> bool:
    """Whether what stands around is as the rule wants it; adds the groups of `before` and `after`."""
    if rule.before or rule.not_before:
        left = text[max(0, found.start() - _AROUND) : found.start()]
        if rule.not_before and rule.not_before.search(left):
            return False
        if rule.before:
            before = rule.before.search(left)
            if before is None:
                return False
            groups.update({f"before_{k}": v for k, v in before.groupdict().items() if v})
    if rule.after or rule.not_after:
        right = min(end, found.end() + _AROUND)
        if rule.not_after and rule.not_after.match(text, found.end(), right):
            return False
        if rule.after:
            after = rule.after.match(text, found.end(), right)
            if after is None:
                return False
            groups.update({f"after_{k}": v for k, v in after.groupdict().items() if v})
    return True
