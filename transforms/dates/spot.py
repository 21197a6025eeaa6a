"""Where an expression stands: its words, what stands around it, what was read before it."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

from transforms.dates.meaning import Meaning
from transforms.dates.narrative import ASIDE, Named, Placed
from transforms.dates.periods import Period

# Perhaps past: the verb is, but the expression may hang on a noun ("a summit in May was called off").
# From past: the verb is, but the expression looks forward from it ("extended it to May").
# Perhaps future: the verb is, but the expression belongs to a noun ("will study Tuesday's vote").
Tense = Literal[
    "past", "perhaps past", "from past", "present", "perhaps future", "future", "unknown"
]

PAST: Final[frozenset[Tense]] = frozenset({"past", "perhaps past", "from past"})

# Where in its sentence an expression stands: aside is in brackets, or as the end of a stretch, end the
# second of two years ("1946-1948"); before is what had been done by then, source beside who says so
# ("officials said Wednesday").
Place = Literal["opening", "inside", "aside", "end", "before", "source"]

_YEAR_BC = re.compile(r"BC\d{4}")
_MONTH_BC = re.compile(r"BC\d{4}-(\d\d|WI|SP|SU|FA)")
_MIDDLE = {"WI": 1, "SP": 4, "SU": 7, "FA": 10}  # months
_MONTHS = frozenset({"P6M", "P9M", "P12M"})  # that company results speak of besides the quarter
_STOP = re.compile(r"[.!?:][\"'”’)]?\s+[A-Z\"“‘(]|\n\s*\n")
_NEXT = 4  # characters, as ", " and " of "
_FAR = dt.timedelta(days=400)
_NEAR = 400  # characters that a day named in a look back holds for "the same day"


@dataclasses.dataclass(slots=True)
class Reading:
    """What is known of an article when an expression is read; it grows as reading goes on."""

    published: dt.date | None
    history: bool = False  # told of days long before publication: months count from the narrative
    is_day_first: bool = False  # 5/3/2014 is in March
    told: Period | None = None  # the last period named
    told_at: int = 0  # offset behind its words
    in_year: Callable[[int], Period] | None = None  # which it is in another year, if it named none
    day: Period | None = None  # the last day named, also in a look back
    day_at: int = 0  # offset behind its words
    bc: str = ""  # the year before Christ that was named since: BC0480
    bc_month: int = 0  # the month of it that was named, 0 for none
    bc_aside: bool = False  # whether the last such year was a look back
    quarter: Period | None = None  # the one, or the half, that is reported on
    quarter_at: int = 0  # offset behind the last quarter named
    months_at: int = 0  # offset behind the last "nine months" named
    named: Period | None = None  # the last period named at all, be it only in passing
    named_at: int = 0  # offset behind its words
    clock: str = ""  # the last time of a day that was named: T23:50, TNI
    clock_at: int = 0  # offset behind its words
    dates: list[Named] = dataclasses.field(default_factory=list)  # what was named so far
    # Of the dates of a history, by their offsets, once a first reading has named them all.
    years: Mapping[int, Placed] = dataclasses.field(default_factory=dict)

    def hear(self, meaning: Meaning, start: int, end: int, place: Place) -> None:
        """Take note of a period that was named, or counted from the last one.

        A look back ("a year earlier") leaves the narrative where it was, and a decade or a century
        is too wide to count from.
        """
        period = meaning.period
        self._hear_value(meaning, end, place)
        if period is None or period.unit in {"decade", "century"}:
            return
        if period.unit == "year" and self.in_year and 0 <= start - self.told_at <= _NEXT:
            period = self.in_year(period.first.year)  # "January first, nineteen ninety-seven"
        if period.unit == "day" and place != "aside" and meaning.anchor != "publication":
            self.day, self.day_at = period, end
        if meaning.anchor != "publication":
            if place != "end":
                self.named, self.named_at = period, end
            self.dates.append(Named(start, place, meaning))
        if self._moves(meaning, period, start, place):
            self.told, self.told_at, self.bc = period, end, ""
            self.in_year = meaning.in_year
        if period.unit in {"quarter", "half"}:
            self.quarter_at = end
            if meaning.anchor != "narrative" and self._is_reported(period):
                self.quarter = period

    def _hear_value(self, meaning: Meaning, end: int, place: Place) -> None:
        """Take note of what has no period of the calendar: times, years before Christ, months."""
        if meaning.type == "TIME":
            self.clock, self.clock_at = meaning.clock, end
        if year := _YEAR_BC.match(meaning.value):
            self._hear_bc(year[0], meaning.value, place)
        if meaning.value in _MONTHS:
            self.months_at = end

    def _moves(self, meaning: Meaning, period: Period, start: int, place: Place) -> bool:
        """Whether the narrative moves to a period."""
        if start in self.years:
            return not self.years[start].is_aside
        if self.history and (meaning.anchor == "publication" or place in ASIDE):
            return False
        if place == "source" and self.told is not None and self.told.unit == "day":
            return start - self.told_at > _NEAR  # it was done on another day than it was told
        if self.published and not self.history:
            due = period.first - self.published > _FAR  # when a bond falls due
            since = place == "aside" and period.unit != "day"  # the worst since May 1994
            if due or (since and self.published - period.last > _FAR):
                return False
        looks_back = self.told is not None and period.first < self.told.first
        return not (meaning.anchor == "narrative" and looks_back)

    def _hear_bc(self, year: str, value: str, place: Place) -> None:
        """Note a year before Christ; an earlier one, named once in a sentence, is a look back."""
        month = _MONTH_BC.match(value)
        self.bc_month = month_bc(month[1]) if month else 0
        looks_back = self.bc and year > self.bc and place != "opening"
        if not looks_back or self.bc_aside:
            self.bc = year
        self.bc_aside = bool(looks_back)

    def _is_reported(self, quarter: Period) -> bool:
        """Whether results are about a quarter: the first named, or a later one that is over."""
        if self.quarter is None or self.published is None:
            return True
        return self.quarter.first <= quarter.first and quarter.last < self.published


def month_bc(code: str) -> int:
    """Return the number of a month, or of the middle one of a season, as TIMEX3 writes them."""
    return _MIDDLE.get(code) or int(code)


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """A match of a rule."""

    text: str
    start: int
    end: int
    groups: dict[str, str]  # what the classes of words in the rule matched, in small letters
    reading: Reading
    tense_at: Callable[[int, int], Tense]

    @property
    def published(self) -> dt.date | None:
        """The day of publication."""
        return self.reading.published

    @property
    def tense(self) -> Tense:
        """The tense of the verb that the expression hangs on."""
        return self.tense_at(self.start, self.end)

    @property
    def words(self) -> str:
        """The expression itself, in small letters."""
        return self.text[self.start : self.end].lower()

    def get(self, group: str) -> str | None:
        """Return what a class of words matched, None where it stands for nothing here."""
        return self.groups.get(group)

    def told(self, reach: int) -> Period | None:
        """Return the last period named, if that was at most `reach` characters before."""
        reading = self.reading
        near = self.start - reading.told_at <= reach
        return reading.told if near or reading.history else None

    def last_named(self, reach: int) -> Period | None:
        """Return what "that year" speaks of: the last period named, be it only in passing."""
        reading = self.reading
        near = reading.history and self.start - reading.named_at <= _NEAR
        return reading.named if near else self.told(reach)

    def told_last(self, reach: int) -> Period | None:
        """Return what "the same day" counts from: a day named just now, else what is told of.

        In a history, what the sentence has named: "annexed in 1887 and sold two years later".
        """
        reading = self.reading
        if reading.history and reading.named and self._is_in_sentence(reading.named_at):
            return reading.named
        is_near = reading.day_at > reading.told_at and self.start - reading.day_at <= _NEAR
        return reading.day if is_near else self.told(reach)

    def _is_in_sentence(self, offset: int) -> bool:
        """Whether no sentence ends between an offset and the expression."""
        return self.start - offset <= _NEAR and not _STOP.search(self.text, offset, self.start)

    def follows(self, pattern: re.Pattern[str], reach: int = 60) -> re.Match[str] | None:
        """Match what stands before the expression; the pattern ends with $."""
        return pattern.search(self.text[max(0, self.start - reach) : self.start])
