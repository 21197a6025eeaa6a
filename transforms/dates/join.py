"""What belongs together: words that limit an expression, and the pieces of one."""

import dataclasses
import re
from collections.abc import Iterable
from typing import NamedTuple

from transforms.dates.grammar import Grammar, Modifier
from transforms.dates.meaning import Meaning

_BEFORE_CHARS = 40
_BETWEEN = re.compile(
    r",?\s{0,3}(?:(?:on|at|of|in)\s{1,3})?(?:the\s{1,3}(?:morning of\s{1,3})?)?", re.IGNORECASE
)

# What stands between a time and the day that it borrows.
_UP_TO_DAY = re.compile(
    r"[\s(),]{1,3}(?:(?:[A-Z][a-z]+|local) time\b)?[\s(),]{0,3}(?:on|of)?\s{0,2}(?:the\s)?"
)
_SECOND_HALF = frozenset({"TAF", "TEV", "TNI"})
_SMALL_HOURS = 5  # of a night
_CLOCK = re.compile(r"T\d\d:")
_LOOSE = re.compile(
    r"time\.(?:half-day|spelled|range-start|zoned|military|colon|past-hour|oclock|moment)"
)
SPELLED_YEARS = frozenset({"year.spelled", "year.two-thousand"})
_RANGE_CHARS = 7  # " until "


class Found(NamedTuple):
    """An expression with its meaning."""

    start: int
    end: int
    rule: str
    meaning: Meaning
    bound: bool = False  # stands only with a day beside it
    lent: bool = False  # a time on the day that follows it


def limit(text: str, found: Found, floor: int, ceiling: int, grammar: Grammar) -> Found:
    """Add the modifiers that stand before and after an expression, not beyond floor and ceiling."""
    left = text[max(floor, found.start - _BEFORE_CHARS) : found.start]
    for modifier in grammar.before:
        if _fits(modifier, text, found) and (match := modifier.pattern.search(left)):
            found = _limited(found, modifier, start=found.start - len(match[0]))
            left = left[: match.start()]
            if modifier.deadline and modifier.deadline.search(left):
                found = _on_last_day(found)
    for modifier in grammar.after:
        right = min(ceiling, found.end + _BEFORE_CHARS)
        if _fits(modifier, text, found) and (
            match := modifier.pattern.match(text, found.end, right)
        ):
            found = _limited(found, modifier, end=match.end())
    return found


def join(text: str, pieces: Iterable[Found]) -> list[Found]:
    """Make one of a time and its day, of a weekday and its date; drop what stands in vain."""
    joined: list[Found] = []
    for piece in pieces:
        together = _together(text, joined[-1], piece) if joined else None
        if together is not None:
            joined[-1] = together
        else:
            joined.append(piece)
    return _borrowed(text, [found for found in joined if not found.bound])


def _borrowed(text: str, found: list[Found]) -> list[Found]:
    """Give times the day that follows them: 10:35 a.m. (0735 GMT) Friday."""
    for place in reversed(range(len(found) - 1)):
        time, right = found[place : place + 2]
        if _borrows(text, time, right):
            value = right.meaning.value.partition("T")[0]
            day = dataclasses.replace(right.meaning, value=value, mod=None)
            found[place] = time._replace(meaning=_timed(day, time.meaning), lent=True)
    return found


def _borrows(text: str, time: Found, right: Found) -> bool:
    if not _LOOSE.fullmatch(time.rule) or right.meaning.first is None:
        return False
    if time.rule == "time.range-start":  # between 1 and 4 p.m. Tuesday
        return right.meaning.type == "TIME" and right.start - time.end <= _RANGE_CHARS
    is_dated = _is_day(right.meaning) or (right.meaning.type == "TIME" and right.lent)
    return is_dated and _UP_TO_DAY.fullmatch(text, time.end, right.start) is not None


def _fits(modifier: Modifier, text: str, found: Found) -> bool:
    meaning = found.meaning
    if meaning.type not in modifier.types or meaning.mod is not None:
        return False
    if modifier.starts and not modifier.starts.match(text, found.start):
        return False
    return not modifier.precisions or meaning.precision in modifier.precisions


def _limited(
    found: Found, modifier: Modifier, *, start: int | None = None, end: int | None = None
) -> Found:
    return found._replace(
        start=found.start if start is None else start,
        end=found.end if end is None else end,
        meaning=dataclasses.replace(found.meaning, mod=modifier.mod),
    )


def _on_last_day(found: Found) -> Found:
    """By the end of the year: its last day."""
    return found._replace(meaning=dataclasses.replace(found.meaning, first=found.meaning.last))


def _together(text: str, left: Found, right: Found) -> Found | None:
    if not 0 <= right.start - left.end <= 12:
        return None
    if not _BETWEEN.fullmatch(text, left.end, right.start):
        return None
    if right.meaning.type == "TIME" and text[left.end : right.start].lower().endswith(" the "):
        return None  # the next day on the 6:15 a.m. train
    meaning = _meaning_together(left, right)
    if meaning is None:
        return None
    return Found(left.start, right.end, f"{left.rule}+{right.rule}", meaning)


def _meaning_together(left: Found, right: Found) -> Meaning | None:
    one, other = left.meaning, right.meaning
    if right.rule in SPELLED_YEARS and one.in_year and other.first:
        return _in_year(one, other.first.year)
    if "TIME" in {one.type, other.type}:
        time, day = (one, other) if one.type == "TIME" else (other, one)
        return _timed_together(time, day, left, right)
    if _is_day(one) and _is_day(other) and left.rule.startswith("weekday."):
        return other if right.rule.startswith(("day.", "holiday")) else None
    return None


def _in_year(one: Meaning, year: int) -> Meaning | None:
    """January first, nineteen ninety-seven; the spring of nineteen ninety-four."""
    assert one.in_year is not None
    try:
        there = Meaning.of(one.in_year(year), "absolute")
    except ValueError:  # February 29
        return None
    there = dataclasses.replace(there, mod=one.mod)
    return Meaning.time(there, one.clock) if one.type == "TIME" else there


def _clash(left: Found, day: Meaning) -> bool:
    """Whether a time has its day already, and another one than this weekday: "Tuesday, at noon on"."""
    is_dated = left.meaning.type == "TIME" and "+" in left.rule
    first, other = left.meaning.first, day.first
    return bool(is_dated and first and other and first.weekday() != other.weekday())


def _timed_together(time: Meaning, day: Meaning, left: Found, right: Found) -> Meaning | None:
    """5 p.m. Friday; every Friday at noon; the small hours of Tuesday morning."""
    if _is_day(day):
        return None if _clash(left, day) else _timed(day, time)
    if time.type == day.type == "TIME" and _CLOCK.match(left.meaning.clock):
        if right.bound:
            return _in_half(left.meaning, right.meaning.clock)
        return _on_part(left.meaning, right.meaning)
    if day.type == "SET" and _CLOCK.match(time.clock):
        return _repeated(day, time)
    return time if day.type == "TIME" and right.bound and day.clock == time.clock else None


def _on_part(time: Meaning, part: Meaning) -> Meaning | None:
    """Nine o'clock this morning, 11 o'clock that night: on the day of that part."""
    if _CLOCK.match(part.clock):
        return None
    there = dataclasses.replace(
        part, value=part.value.partition("T")[0] + time.clock, clock=time.clock
    )
    return _in_half(there, part.clock) or there


def _in_half(time: Meaning, part: str) -> Meaning | None:
    """8:30 Monday night."""
    hour = int(time.clock[1:3])
    if part == "TNI" and hour <= _SMALL_HOURS:
        return time  # 2 o'clock last night
    if part not in _SECOND_HALF or not 1 <= hour <= 12:
        return None
    clock = f"T{hour % 12 + 12:02d}{time.clock[3:]}"
    return dataclasses.replace(time, value=time.value.partition("T")[0] + clock, clock=clock)


def _repeated(often: Meaning, time: Meaning) -> Meaning | None:
    """Every Friday at noon: the time of a set of days."""
    day = "XXXX-XX-XX" if often.value == "P1D" else often.value.partition("T")[0]
    if not day.startswith("XXXX"):
        return None
    return dataclasses.replace(often, value=day + time.clock, precision="time")


def _is_day(meaning: Meaning) -> bool:
    return meaning.type == "DATE" and meaning.precision == "day"


def _timed(day: Meaning, time: Meaning) -> Meaning:
    return dataclasses.replace(Meaning.time(day, time.clock), mod=time.mod or day.mod)
