"""Days and months by their place in the calendar."""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.narrative import in_years
from transforms.dates.periods import Period, day, month, nth_weekday, year
from transforms.dates.resolve._choose import choose
from transforms.dates.resolve._common import (
    REACH,
    full_year,
    month_of,
    nth_of,
    nth_or_last,
    told_step,
    which_of,
    yearless,
)
from transforms.dates.resolve._counting import finer
from transforms.dates.resolve._register import resolver
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]

_NEAR = 400  # characters that a month told of holds for "on the 3rd"
_BEHIND = 10  # days behind the one told of from which on the next month is meant


@resolver
def nothing(_spot: Spot, _options: _Options) -> Meaning | None:
    """A name: no date."""
    return None


@resolver
def fixed_day(_spot: Spot, options: _Options) -> Meaning | None:
    """A day that is known by its date."""
    return Meaning.of(day(dt.date.fromisoformat(options["day"])), "absolute")


@resolver
def numeric_day(spot: Spot, _options: _Options) -> Meaning | None:
    """2014-03-05, 3/25/2014, 5.3.2014; the order of the article, else the American one."""
    year_number = full_year(spot, spot.groups["y"])
    if "first" in spot.groups:
        first, second = int(spot.groups["first"]), int(spot.groups["second"])
        is_day_first = first > 12 or (second <= 12 and spot.reading.is_day_first)
        month_number, day_number = (second, first) if is_day_first else (first, second)
    else:
        month_number, day_number = int(spot.groups["m"]), int(spot.groups["d"])
    date = Meaning.of(day(dt.date(year_number, month_number, day_number)), "absolute")
    clock = spot.get("clock")
    return Meaning.time(date, f"T{clock}") if clock else date


@resolver
def calendar_day(spot: Spot, _options: _Options) -> Meaning | None:
    """A day of a month, its year given or not."""
    number = spot.get("day") or str(nth_of(spot.groups["ordinal"]))
    year_ = spot.get("year") or ("yy" in spot.groups and str(full_year(spot, spot.groups["yy"])))
    if year_ and "month2" in spot.groups and month_of(spot, "month2") < month_of(spot):
        year_ = str(int(year_) - 1)  # of "19 December to 6 January 1934" the first is of 1933
    return _day_of_month(spot, month_of(spot), number, year_ or None)


@resolver
def paired_day(spot: Spot, _options: _Options) -> Meaning | None:
    """The second day of a pair, its month with the first."""
    number = month_of(spot, "before_month")
    first = int(spot.groups["before_day"].strip("stndrh"))
    if int(spot.groups["day"].strip("stndrh")) <= first:
        return None
    return _day_of_month(spot, number, spot.groups["day"], spot.get("year"))


@resolver
def day_of_month(spot: Spot, _options: _Options) -> Meaning | None:
    """The 15th of this month."""
    number = nth_of(spot.groups["nth"])
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-XX-{number:02d}", "day")
    here = Period.holding(spot.published, "month").shifted(_month_step(spot))
    return Meaning.of(day(here.first.replace(day=number)), "publication")


@resolver
def day_told(spot: Spot, _options: _Options) -> Meaning | None:
    """On the 3rd: of the month told of, or the next one; else of that around publication."""
    number = nth_of(spot.groups["nth"])
    told = spot.told(_NEAR)
    if told is not None and told.unit in {"day", "month"}:
        here = Period.holding(told.first, "month")
        if told.unit == "day" and told.first.day - number > _BEHIND:
            here = here.shifted(1)
        return Meaning.of(day(here.first.replace(day=number)), "narrative")
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-XX-{number:02d}", "day")
    here, days = Period.holding(spot.published, "month"), []
    for step in (-1, 0, 1):
        with contextlib.suppress(ValueError):  # the 31st of a month without one
            days.append(day(here.shifted(step).first.replace(day=number)))
    return Meaning.of(choose(spot, days, spot.published), "publication")


@resolver
def nth_weekday_of(spot: Spot, _options: _Options) -> Meaning | None:
    """The first Friday of July, the last Sunday of next month."""
    weekday = int(words.meanings("weekday")[words.normal(spot.groups["weekday"])])
    found = _month_named(spot)
    if found is None or found.period is None:
        return None
    first = found.period.first
    return Meaning.of(
        day(nth_weekday(first.year, first.month, weekday, nth_or_last(spot))), found.anchor
    )


@resolver
def edge_of_month(spot: Spot, _options: _Options) -> Meaning | None:
    """The last day of February."""
    found = _month_named(spot)
    if found is None or found.period is None:
        return None
    is_first = spot.groups["edge"].lower() == "first"
    return Meaning.of(day(found.period.first if is_first else found.period.last), found.anchor)


@resolver
def edge_of_unit(spot: Spot, _options: _Options) -> Meaning | None:
    """The last day of the year, the last days of the month: of the one told of, else of this one."""
    whole = _whole(spot, spot.groups["unit"].lower())
    if whole is None or whole.period is None:
        return None
    is_start = spot.groups["edge"].lower() in {"first", "early", "opening"}
    if spot.groups.get("days") is not None:
        return dataclasses.replace(whole, mod="START" if is_start else "END")
    return Meaning.of(day(whole.period.first if is_start else whole.period.last), whole.anchor)


def _whole(spot: Spot, name: str) -> Meaning | None:
    """Return the month or year that is told of, or the one that is last, this or next."""
    told = spot.told_last(REACH)
    if "which" not in spot.groups and told and finer(told.unit, name):
        return Meaning.of(Period.holding(told.first, name), "narrative")
    if spot.published is None:
        return None
    step = which_of(spot) if "which" in spot.groups else 0
    return Meaning.of(Period.holding(spot.published, name).shifted(step), "publication")


@resolver
def edge_of_period(spot: Spot, _options: _Options) -> Meaning | None:
    """The last days of May, the closing months of 1989."""
    is_month = "month" in spot.groups
    found = (
        _month_named(spot) if is_month else Meaning.of(year(int(spot.groups["year"])), "absolute")
    )
    if found is None:
        return None
    is_start = spot.groups["edge"].lower() in {"first", "early", "opening"}
    return dataclasses.replace(found, mod="START" if is_start else "END")


@resolver
def month_of_year(spot: Spot, _options: _Options) -> Meaning | None:
    """October 2011, October '87."""
    number = spot.get("year") or spot.get("after_year")  # "the October Rising of 1848"
    year_ = int(number) if number else full_year(spot, spot.groups["yy"])
    return Meaning.of(month(year_, month_of(spot)), "absolute")


@resolver
def month_which_year(spot: Spot, _options: _Options) -> Meaning | None:
    """July last year."""
    number = month_of(spot)
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-{number:02d}", "month")
    return Meaning.of(month(spot.published.year + which_of(spot), number), "publication")


@resolver
def day_which_year(spot: Spot, options: _Options) -> Meaning | None:
    """June 12 last year; in a history "of the next year" is counted from what is told of."""
    if spot.reading.history and "the next" in spot.words:
        return day_told_year(spot, {**options, "step": 1})
    number, month_number = nth_of(spot.groups["day"]), month_of(spot)
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-{month_number:02d}-{number:02d}", "day")
    there = dt.date(spot.published.year + which_of(spot), month_number, number)
    return Meaning.of(day(there), "publication")


@resolver
def day_which(spot: Spot, _options: _Options) -> Meaning | None:
    """Last Dec. 15: the nearest behind us; next June 5 is ahead, this one of this year."""
    number, month_number = nth_of(spot.groups["day"]), month_of(spot)
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-{month_number:02d}-{number:02d}", "day")
    step, published = which_of(spot), spot.published
    days = [
        p.first
        for p in in_years(lambda y: day(dt.date(y, month_number, number)), published.year - 1, 3)
    ]
    if step < 0:
        there = max((date for date in days if date < published), default=None)
    elif step > 0:
        there = min((date for date in days if date > published), default=None)
    else:
        there = next((date for date in days if date.year == published.year), None)
    return Meaning.of(day(there), "publication") if there else None


@resolver
def day_told_year(spot: Spot, options: _Options) -> Meaning | None:
    """16 September of that year."""
    told = spot.last_named(REACH)
    number, month_number = nth_of(spot.groups["day"]), month_of(spot)
    if told is None:
        return Meaning.unplaced(f"XXXX-{month_number:02d}-{number:02d}", "day")
    step = options["step"] if "step" in options else told_step(spot)
    there = dt.date(told.first.year + step, month_number, number)
    return Meaning.of(day(there), "narrative")


@resolver
def month_told_year(spot: Spot, _options: _Options) -> Meaning | None:
    """November of that year."""
    number, told = month_of(spot), spot.last_named(REACH)
    if told is None:
        return Meaning.unplaced(f"XXXX-{number:02d}", "month")
    step = told_step(spot)
    return Meaning.of(month(told.first.year + step, number), "narrative")


@resolver
def month_which(spot: Spot, _options: _Options) -> Meaning | None:
    """This, last, next May: last is the nearest behind us, this the one of this year."""
    number, published = month_of(spot), spot.published
    if published is None:
        return Meaning.unplaced(f"XXXX-{number:02d}", "month")
    step = which_of(spot)
    here = month(published.year, number)
    if step < 0 and here.last >= published:
        here = here.shifted(-12)
    if step > 0 and here.first <= published:
        here = here.shifted(12)
    return Meaning.of(here, "publication")


@resolver
def month_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The previous April."""
    told = spot.told_last(REACH)
    if told is None:
        return None
    here = month(told.first.year, month_of(spot))
    step = told_step(spot)
    if step < 0 and here.last >= told.first:
        here = here.shifted(-12)
    if step > 0 and here.first <= told.first:
        here = here.shifted(12)
    return Meaning.of(here, "narrative")


@resolver
def bare_month(spot: Spot, _options: _Options) -> Meaning | None:
    """A month without a year."""
    number, range_year = month_of(spot), spot.get("year")
    if range_year:  # of "October to March 1945" the first month is of 1944
        before = month_of(spot, "month2") < number
        return Meaning.of(month(int(range_year) - before, number), "absolute")
    return yearless(spot, f"XXXX-{number:02d}", lambda y: month(y, number))


@resolver
def week_of_month(spot: Spot, _options: _Options) -> Meaning | None:
    """The last week of October: of the weeks that lie in it by more than half."""
    found = _month_named(spot)
    if found is None or found.period is None:
        return found
    first, unit = found.period.first, spot.groups["unit"].lower()
    weekday = 6 if unit == "weekend" else 4  # a week lies where its Thursday does
    there = nth_weekday(first.year, first.month, weekday, nth_or_last(spot))
    return Meaning.of(Period.holding(there, unit), found.anchor)


@resolver
def week_of_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The first week of 2013, as ISO 8601 counts."""
    number, nth = int(spot.groups["year"]), nth_or_last(spot)
    there = nth_weekday(number, 12 if nth < 0 else 1, 4, nth)
    return Meaning.of(Period.holding(there, "week"), "absolute")


@resolver
def day_of_any_year(spot: Spot, _options: _Options) -> Meaning | None:
    """9 June, which is kept as a holiday."""
    number = nth_of(spot.groups["day"])
    return Meaning.unplaced(f"XXXX-{month_of(spot):02d}-{number:02d}", "day")


@resolver
def every_month(spot: Spot, _options: _Options) -> Meaning | None:
    """Every August, every June 26."""
    month_ = f"XXXX-{month_of(spot):02d}"
    if number := spot.get("day"):
        return Meaning.repeated(f"{month_}-{nth_of(number):02d}", "day")
    return Meaning.repeated(month_, "month")


def _month_named(spot: Spot) -> Meaning | None:
    """Return the month that an expression names, by its name or as this, last, next one."""
    if "month" in spot.groups:
        if year_ := spot.get("year"):
            return Meaning.of(month(int(year_), month_of(spot)), "absolute")
        return yearless(spot, f"XXXX-{month_of(spot):02d}", lambda y: month(y, month_of(spot)))
    if spot.published is None:
        return None
    here = Period.holding(spot.published, "month")
    return Meaning.of(here.shifted(_month_step(spot)), "publication")


def _month_step(spot: Spot) -> int:
    if "which" in spot.groups:
        return which_of(spot)
    return -1 if "previous" in spot.words else 0


def _day_of_month(spot: Spot, month_number: int, words_: str, year_: str | None) -> Meaning | None:
    number = int(words_.lower().strip("stndrh"))
    if year_:
        return Meaning.of(day(dt.date(int(year_), month_number, number)), "absolute")
    dt.date(2000, month_number, number)  # a leap year: ValueError for February 30 alone

    def in_year(y: int) -> Period:
        return day(dt.date(y, month_number, number))

    return yearless(spot, f"XXXX-{month_number:02d}-{number:02d}", in_year)
