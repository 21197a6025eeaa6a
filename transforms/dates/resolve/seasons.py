"""Seasons, and days with a name."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dateutil.easter import easter  # type: ignore[import-untyped]

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, day, month, season
from transforms.dates.resolve._choose import choose
from transforms.dates.resolve._common import REACH, season_of, told_step, which_of, yearless
from transforms.dates.resolve._register import resolver
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]


@resolver
def season_of_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The summer of 1916; the winter of a year is the one that begins in it."""
    return Meaning.of(season(int(spot.groups["year"]), season_of(spot)), "absolute")


@resolver
def season_which(spot: Spot, _options: _Options) -> Meaning | None:
    """Last fall: the nearest that is over; this fall: the one of this year."""
    code, published = season_of(spot), spot.published
    if published is None:
        return Meaning.unplaced(f"XXXX-{code}", "season")
    step = which_of(spot)
    here = season(published.year, code)
    if code == "WI" and published.month <= 2:
        here = here.shifted(-4)
    past = words.normal(spot.groups["which"]) == "this past"
    if step < 0 and (here.first > published or (not past and here.last >= published)):
        here = here.shifted(-4)
    if step > 0 and here.first <= published:
        here = here.shifted(4)
    return Meaning.of(here, "publication")


@resolver
def season_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The following spring."""
    told = spot.told(REACH)
    if told is None:
        return None
    here = season(told.first.year, season_of(spot))
    begin = told.first if told.unit in {"day", "month", "season"} else told.last
    step = told_step(spot)
    if step > 0 and here.first <= begin:
        here = here.shifted(4)
    if step < 0 and here.last >= told.first:
        here = here.shifted(-4)
    return Meaning.of(here, "narrative")


@resolver
def bare_season(spot: Spot, _options: _Options) -> Meaning | None:
    """The spring."""
    code = season_of(spot)
    return yearless(spot, f"XXXX-{code}", lambda y: season(y, code))


@resolver
def every_season(spot: Spot, _options: _Options) -> Meaning | None:
    """Every summer."""
    return Meaning.repeated(f"XXXX-{season_of(spot)}", "season")


@resolver
def holiday(spot: Spot, _options: _Options) -> Meaning | None:
    """Christmas Eve, last Thanksgiving, Easter 2016."""
    name = words.normal(spot.groups["holiday"])
    on = words.holidays()[name]
    if number := spot.get("year"):
        return Meaning.of(day(_feast(on, int(number))), "absolute")
    if spot.published is None:
        return Meaning.unplaced(
            f"XXXX-{on}" if on[2:3] == "-" and on[3:].isdigit() else "XXXX", "day"
        )
    days = [day(_feast(on, spot.published.year + step)) for step in (-1, 0, 1)]
    return Meaning.of(_which_day(spot, days), "publication")


def _which_day(spot: Spot, days: list[Period]) -> Period:
    published = spot.published
    assert published is not None
    if "which" not in spot.groups:
        return choose(spot, days, published)
    step = which_of(spot)
    if spot.words.endswith("year"):
        return days[1 + step]
    if step < 0:
        return max(d for d in days if d.first < published)
    if step > 0:
        return min(d for d in days if d.first > published)
    return days[1]


def _feast(on: str, year_number: int) -> dt.date:
    """Return a feast in a year: "12-25", "11-thu-4", "11-mon-1+1", "easter-2"."""
    if on.startswith("easter"):
        return easter(year_number) + dt.timedelta(days=int(on.removeprefix("easter")))
    parts = on.split("-", 2)
    if len(parts) == 2:
        return dt.date(year_number, int(parts[0]), int(parts[1]))
    nth, _, plus = parts[2].partition("+")
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return _nth_weekday(year_number, int(parts[0]), names.index(parts[1]), int(nth)) + dt.timedelta(
        days=int(plus or 0)
    )


def _nth_weekday(year_number: int, month_number: int, weekday: int, nth: int) -> dt.date:
    whole = month(year_number, month_number)
    if nth > 0:
        return whole.first + dt.timedelta(
            days=(weekday - whole.first.weekday()) % 7 + 7 * (nth - 1)
        )
    return whole.last - dt.timedelta(days=(whole.last.weekday() - weekday) % 7)
