"""Other people's cases of temporal expressions, read into one form and judged.

Three sets of short utterances with the answers that their projects expect: Recognizers-Text (MIT),
Duckling and dateparser (BSD). They speak to assistants and not of news, and their conventions are
not TIMEX3's, so that a case is right

* for a day or a stretch of days, when the expressions inside of its span cover these days; a range
  may end with the first day of its last part ("2014 to 2018" ends on 1 January 2018 for them), a
  stretch that is counted from today may begin or end a day aside, "two months ago" be the month in
  which their day lies, and "in two weeks" be a duration that leads there;
* for a day without a year or a week, also on the other side of the day of reference: they give
  either both or the one to come, where we go by tense;
* for a bound ("since 2013"), when the expression begins or ends there;
* for a time, when day (where one is named) and clock, or part of the day, agree;
* for a duration, when it lasts as long, a month being 30 days and a year 365;
* for a set, when the TIMEX values are the same, quarters written as months.

What stands for no expression of news is left out: bare numbers, times of the clock without a sign
that they are such ("at 20"), unspoken references ("now" as an instant).
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Sequence

from schemas import Date

Days = tuple[dt.date | None, dt.date | None]

_LENGTHS = {"Y": 31_536_000, "M": 2_592_000, "W": 604_800, "D": 86_400}
_CLOCK_LENGTHS = {"H": 3_600, "M": 60, "S": 1}
_PIECE = re.compile(r"(\d+(?:\.\d+)?)([A-Z])")
_CLOCK = re.compile(r"T(?:(\d\d)(?::(\d\d))?|([A-Z]{2}))")
_YEAR = re.compile(r"\d{4}|'\d\d|/\d\d$")
_EDGE = re.compile(
    r"^(?:(?:on|in|at|for|from|between|during|since|by|before|after|until|till|within|over|of|the|to"
    r"|around|about|starting|ending|up to)\b|[\s.,'])+|[\s.,']+$",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """An expression in a text with what its project takes it for; of several answers any will do."""

    on: str  # the set
    kind: str  # date, date range, time, duration, set
    text: str
    start: int
    end: int
    reference: dt.date
    days: tuple[Days, ...] = ()
    clocks: tuple[str, ...] = ()
    seconds: float | None = None
    values: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The expression itself."""
        return self.text[self.start : self.end]


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """How a case came out."""

    found: bool
    exact: bool
    right: bool
    got: str


def judge(case: Case, dates: Iterable[Date]) -> Verdict:
    """Return how the expressions found in the text answer the case."""
    inside = [d for d in dates if d.start < case.end and case.start < d.end]
    words = case.text[inside[0].start : inside[-1].end] if inside else ""
    return Verdict(
        found=bool(inside),
        exact=bool(inside) and _bare(words) == _bare(case.words),
        right=bool(inside) and _is_right(case, inside),
        got=" + ".join(f"{d.text} {d.value}" for d in inside),
    )


def _bare(words: str) -> str:
    return _EDGE.sub("", words).lower()


def _is_right(case: Case, inside: Sequence[Date]) -> bool:
    values = {_in_months(date.value) for date in inside}
    if case.values:
        return not values.isdisjoint(map(_in_months, case.values))
    if case.seconds is not None:
        return any(lasting(value) == case.seconds for value in values)
    if case.clocks and not any(
        _has_clock(date.value, clock) for date in inside for clock in case.clocks
    ):
        return False
    return not case.days or any(_covers(case, inside, days) for days in case.days)


def _in_months(value: str) -> str:
    return re.sub(r"^P(\d+)Q$", lambda found: f"P{3 * int(found[1])}M", value)


def lasting(value: str) -> float | None:
    """Return the seconds that a TIMEX3 duration lasts.

    >>> lasting("P1DT12H")
    129600.0
    """
    if not value.startswith("P") or "X" in value:
        return None
    days, _, clock = value[1:].partition("T")
    tables = (_LENGTHS | {"Q": 3 * _LENGTHS["M"]}, days), (_CLOCK_LENGTHS, clock)
    pieces = [
        (table.get(unit), number) for table, part in tables for number, unit in _PIECE.findall(part)
    ]
    if not pieces or any(length is None for length, _ in pieces):
        return None
    return sum(float(number) * length for length, number in pieces if length)


def _has_clock(value: str, wanted: str) -> bool:
    found, sought = _CLOCK.search(value), _CLOCK.search(wanted)
    if found is None or sought is None:
        return False
    if sought[3] or found[3]:
        return found[3] == sought[3]
    return (int(found[1]) % 24, int(found[2] or 0)) == (int(sought[1]) % 24, int(sought[2] or 0))


def _covers(case: Case, inside: Sequence[Date], days: Days) -> bool:
    dated = [date for date in inside if date.first_day and date.last_day]
    begin, end = days
    if not dated:
        return begin == end and _leads_to(case, inside, begin)
    first, last = min(date.first_day for date in dated), max(date.last_day for date in dated)
    if begin is None or end is None:
        return (begin or end) in {first, last, last + _DAY}
    ends = {last, last + _DAY} | ({dated[-1].first_day} if len(dated) > 1 else set())
    if any(
        _near(first, begin, step) and any(_near(e, end, step) for e in ends)
        for step in _steps(case)
    ):
        return True
    if _OFFSET.search(case.words):
        return first <= begin <= end <= last + _DAY
    counted = len(dated) == 1 and dated[0].type == "DURATION"
    return counted and abs(first - begin) <= _DAY and abs(last - end) <= _DAY


def _leads_to(case: Case, inside: Sequence[Date], day: dt.date | None) -> bool:
    """Whether "in two weeks" leads from the day of reference to a day."""
    if day is None or not re.match(r"(?:with)?in\b", case.words, re.IGNORECASE):
        return False
    seconds = lasting(inside[0].value)
    slack = 3 if "M" in inside[0].value or "Y" in inside[0].value else 0  # months of 30 days
    return seconds is not None and abs((day - case.reference).days - seconds / 86_400) <= slack


_OFFSET = re.compile(r"\b(?:ago|hence|from now|back|later|earlier)\b", re.IGNORECASE)
_DAY = dt.timedelta(days=1)


def _steps(case: Case) -> tuple[int, ...]:
    """Return by how many days the answer may lie aside: a week or a year, where none is named."""
    if re.search(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", case.words, re.IGNORECASE):
        return 0, 7, -7
    return (0,) if _YEAR.search(case.words) else (0, 365, -365)


def _near(one: dt.date, other: dt.date, step: int) -> bool:
    if abs(step) == 365:
        return (one.month, one.day) == (other.month, other.day) and abs(one.year - other.year) == 1
    return (one - other).days == step
