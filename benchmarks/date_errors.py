"""Errors by class: which phenomenon is the next to work on."""

import collections
import re
from collections.abc import Iterable
from typing import Any

# The first that fits names the class of an expression.
CLASSES = {
    "set": r"\b(?:every|each|daily|weekly|monthly|annual(?:ly)?|yearly|nightly|twice|per|mondays|tuesdays"
    r"|wednesdays|thursdays|fridays|saturdays|sundays|weekends)\b",
    "clock, part of day": r"\d[:.]\d\d|\b[ap]\.?m\b|o.clock|\b(?:noon|midnight|morning|afternoon|evening"
    r"|night|tonight|overnight|dawn|dusk)\b|\bhrs?\b",
    "ago, earlier, later": r"\b(?:ago|earlier|later|hence|before|after|previously)\b|from now|year-ago",
    "quarter, half, fiscal": r"\b(?:quarters?|half|fiscal|period)\b|\bq[1-4]\b",
    "now, past, future": r"\b(?:now|currently|current|recent|recently|former|soon|past|future|time|moment"
    r"|present|once|lately|long)\b(?! (?:\w+ )?(?:days|weeks|months|years|week|month|year)\b)",
    "season": r"\b(?:spring|summer|autumn|fall|winter)\b",
    "decade, century": r"\d0s\b|\b(?:decades?|centur(?:y|ies)|\w+ties)\b",
    "full date": r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d{1,2}\w*,? \d{4}"
    r"|\d{1,2}\w* (?:of )?\w+,? \d{4}|\d+[/-]\d+[/-]\d+",
    "month and day": r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d{1,2}\b"
    r"|\b\d{1,2}\w* (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    "weekday": r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    "month": r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*",
    "near day": r"\b(?:today|yesterday|tomorrow)\b",
    "year": r"\b(?:\d{3,4}|\d{1,4} b\.?c\b.*|'\d\d)$",
    "this, last, next": r"\b(?:this|last|next|that|same|following|previous|coming) ",
    "hyphenated duration": r"\w-(?:day|week|month|year|hour|minute|decade)",
    "duration": r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?)\b",
}
_COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in CLASSES.items()}
_KINDS = {"MISS": "missed", "FALSE": "false", "VALUE": "value"}


def class_of(words: str) -> str:
    """Return the class of an expression.

    >>> class_of("two weeks ago"), class_of("the third quarter")
    ('ago, earlier, later', 'quarter, half, fiscal')
    """
    flat = " ".join(words.split())
    return next((name for name, pattern in _COMPILED.items() if pattern.search(flat)), "other")


def table(
    errors: Iterable[tuple[str, ...]], gold: Iterable[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return a row a set and class, the most errors first.

    Errors are those of the scorer with the set before them, gold are pairs of set and words.
    """
    wanted = collections.Counter((on, class_of(words)) for on, words in gold)
    found: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(
        collections.Counter
    )
    for on, kind, _, _, expected, _, _, got, *_ in errors:
        found[on, class_of(expected or got)][_KINDS[kind]] += 1
    ordered = sorted(found, key=lambda key: (-found[key].total(), key))
    return [
        {"on": on, "class": name, "gold": wanted[on, name]}
        | {kind: found[on, name][kind] for kind in _KINDS.values()}
        for on, name in ordered
    ]
