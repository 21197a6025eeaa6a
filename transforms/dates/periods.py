"""Stretches of the calendar: which one holds a day, the one before it, its TIMEX3 value."""

import calendar
import datetime as dt
from typing import NamedTuple, Self

from schemas import Precision

_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120}
_MONTHS["century"] = 1200
_DAYS = {"day": 1, "week": 7, "weekend": 7}
_SEASONS = ("WI", "SP", "SU", "FA")  # three months each, the first from the December before

_PRECISIONS: dict[str, Precision] = {
    "day": "day",
    "week": "week",
    "weekend": "day",
    "month": "month",
    "quarter": "quarter",
    "half": "quarter",
    "season": "season",
    "year": "year",
    "decade": "decade",
    "century": "century",
}


class Period(NamedTuple):
    """A unit of the calendar: its first and last day, both inclusive.

    >>> Period.holding(dt.date(2014, 6, 26), "week").value
    '2014-W26'
    """

    unit: str
    first: dt.date
    last: dt.date

    @classmethod
    def holding(cls, day: dt.date, unit: str) -> Self:
        """Return the unit that the day lies in; for a weekend the one of its week.

        Raises:
            ValueError, OverflowError: it would begin before the year 1 or end after 9999.
        """
        first = _first_day(day, unit)
        if unit == "weekend":
            return cls(unit, first, first + dt.timedelta(days=1))
        if unit in _DAYS:
            return cls(unit, first, first + dt.timedelta(days=_DAYS[unit] - 1))
        return cls(unit, first, add_months(first, _MONTHS[unit]) - dt.timedelta(days=1))

    def shifted(self, number: int) -> Self:
        """Return the period that is `number` of its units later (earlier, if negative)."""
        if self.unit in _DAYS:
            day = self.first + dt.timedelta(days=number * _DAYS[self.unit])
        else:
            day = add_months(self.first, number * _MONTHS[self.unit])
        return self.holding(day, self.unit)

    @property
    def precision(self) -> Precision:
        """The unit, as the records name it."""
        return _PRECISIONS[self.unit]

    @property
    def value(self) -> str:
        """The TIMEX3 value; ISO 8601 writes tens of years as 198, hundreds as 19."""
        year, month = self.first.year, self.first.month
        if self.unit in {"week", "weekend"}:
            iso = self.first.isocalendar()
            ending = "-WE" if self.unit == "weekend" else ""
            return f"{iso.year:04d}-W{iso.week:02d}{ending}"
        return {
            "day": self.first.isoformat(),
            "month": f"{year:04d}-{month:02d}",
            "quarter": f"{year:04d}-Q{(month + 2) // 3}",
            "half": f"{year:04d}-H{(month + 5) // 6}",
            "season": f"{self.last.year:04d}-{_SEASONS[month // 3 % 4]}",
            "year": f"{year:04d}",
            "decade": f"{year // 10:03d}",
            "century": f"{year // 100:02d}",
        }[self.unit]


def day(date: dt.date) -> Period:
    """Return the period of one day."""
    return Period("day", date, date)


def month(year: int, number: int) -> Period:
    """Return a month of a year."""
    return Period.holding(dt.date(year, number, 1), "month")


def quarter(year: int, number: int) -> Period:
    """Return a quarter (1 to 4) of a year."""
    return Period.holding(dt.date(year, number * 3, 1), "quarter")


def half(year: int, number: int) -> Period:
    """Return a half (1 or 2) of a year."""
    return Period.holding(dt.date(year, number * 6, 1), "half")


def season(year: int, code: str) -> Period:
    """Return a season: spring (SP) begins in March, the winter (WI) of a year holds its January."""
    return Period.holding(dt.date(year, 1 + 3 * _SEASONS.index(code), 1), "season")


def year(number: int) -> Period:
    """Return a year."""
    return Period.holding(dt.date(number, 1, 1), "year")


def nth_weekday(year: int, month_number: int, weekday: int, nth: int) -> dt.date:
    """Return the nth weekday (1 is Monday) of a month; -1 is the last.

    Raises:
        ValueError: the month has no fifth one.

    >>> nth_weekday(2014, 11, 4, 4)
    datetime.date(2014, 11, 27)
    """
    whole = month(year, month_number)
    if nth < 0:
        return whole.last - dt.timedelta(days=(whole.last.isoweekday() - weekday) % 7)
    days = (weekday - whole.first.isoweekday()) % 7 + 7 * (nth - 1)
    date = whole.first + dt.timedelta(days=days)
    if date > whole.last:
        raise ValueError(f"no weekday {weekday} number {nth} in {whole.value}")
    return date


def add_months(date: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, or the last one of that month.

    >>> add_months(dt.date(2014, 1, 31), 1)
    datetime.date(2014, 2, 28)
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"no year {year} in the calendar")
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def _first_day(day: dt.date, unit: str) -> dt.date:
    if unit == "day":
        return day
    if unit in {"week", "weekend"}:
        return day - dt.timedelta(days=day.weekday() - (5 if unit == "weekend" else 0))
    if unit == "season":
        return add_months(day.replace(day=1), -(day.month % 3))
    months = _MONTHS[unit]
    if months <= 12:
        return day.replace(month=(day.month - 1) // months * months + 1, day=1)
    years = months // 12
    return dt.date(max(day.year // years * years, 1), 1, 1)
