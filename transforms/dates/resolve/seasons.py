"""Seasons, and days with a name."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from schemas import Anchor
from transforms.dates import words
from transforms.dates.feasts import feasts, last_day, month_and_day
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, day, season
from transforms.dates.resolve._choose import choose
from transforms.dates.resolve._common import REACH, season_of, told_step, which_of, yearless
from transforms.dates.resolve._register import resolver
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]
_DAY = dt.timedelta(days=1)


@resolver
def season_of_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The summer of 1916, the Spring Rising of 1848; a winter is that of its January's year."""
    number, code = int(spot.get("year") or spot.groups["after_year"]), season_of(spot)
    number += code == "WI" and "yy" in spot.groups  # the winter of 1916-17
    return Meaning.of(season(number, code), "absolute")


@resolver
def season_which(spot: Spot, _options: _Options) -> Meaning | None:
    """Last fall: the nearest that is over; this fall: the one of this year."""
    code, published = season_of(spot), spot.published
    if published is None:
        return Meaning.unplaced(f"XXXX-{code}", "season")
    step = which_of(spot)
    if spot.reading.history and spot.words.startswith("the next") and (told := spot.told(REACH)):
        return _beside(told, code, step)
    here = season(published.year, code)
    if code == "WI" and published.month > 2:
        here = here.shifted(4)
    past = words.normal(spot.groups["which"]) == "this past"
    if step < 0 and (here.first > published or (not past and here.last >= published)):
        here = here.shifted(-4)
    if step > 0 and here.first <= published:
        here = here.shifted(4)
    return Meaning.of(here, "publication")


@resolver
def season_of_which_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The fall of last year."""
    code, published = season_of(spot), spot.published
    if published is None:
        return Meaning.unplaced(f"XXXX-{code}", "season")
    if spot.reading.history and (told := spot.told(REACH)):
        return Meaning.of(season(told.first.year + which_of(spot), code), "narrative")
    return Meaning.of(season(published.year + which_of(spot), code), "publication")


@resolver
def season_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The following spring."""
    told = spot.last_named(REACH)
    return None if told is None else _beside(told, season_of(spot), told_step(spot))


def _beside(told: Period, code: str, step: int) -> Meaning:
    """Mean the season of what is told of, the next or the previous one."""
    here = season(told.first.year, code)
    begin = told.first if told.unit in {"day", "month", "season"} else told.last
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
    name, published = spot.groups["holiday"], spot.published
    if number := spot.get("year"):
        days = feasts(name, int(number))
        return _feast(name, days[0], "absolute") if days else None
    if published is None:
        fixed = month_and_day(name)
        return Meaning.unplaced(f"XXXX-{fixed}" if fixed else "XXXX", "day")
    told = spot.told(REACH) if spot.reading.history else None
    if told is not None:
        days = feasts(name, told.first.year)
        # A feast by itself says nothing of how far the narrative has come: no period.
        told_of = _feast(name, days[0], "narrative") if days else None
        return told_of and dataclasses.replace(told_of, period=None)
    around = [day for step in (-1, 0, 1) for day in feasts(name, published.year + step)]
    there = _which_day(spot, around, published)
    return None if there is None else _feast(name, there, "publication")


@resolver
def day_beside_holiday(spot: Spot, options: _Options) -> Meaning | None:
    """The day before Thanksgiving; the night before it."""
    found = holiday(spot, options)
    if found is None or found.first is None or found.last is None:
        return found
    before = spot.groups["side"].lower() == "before"
    beside = found.first - _DAY if before else found.last + _DAY
    there = Meaning.of(day(beside), found.anchor)
    if "part" in spot.groups:
        return Meaning.time(there, f"T{words.meanings('part')[words.normal(spot.groups['part'])]}")
    return there


@resolver
def every_holiday(spot: Spot, _options: _Options) -> Meaning | None:
    """Every Christmas, where it is the same day each year."""
    fixed = month_and_day(spot.groups["holiday"])
    return Meaning.repeated(f"XXXX-{fixed}" if fixed else "P1Y", "day")


@resolver
def holiday_week(spot: Spot, options: _Options) -> Meaning | None:
    """Easter week; Memorial Day weekend, which a holiday on a Monday ends."""
    found = holiday(spot, options)
    if found is None or found.first is None:
        return found
    first = found.first - dt.timedelta(days=found.first.weekday() == 0)
    return Meaning.of(Period.holding(first, spot.groups["unit"].lower()), found.anchor)


def _which_day(spot: Spot, days: list[dt.date], published: dt.date) -> dt.date | None:
    if "which" not in spot.groups:
        return choose(spot, map(day, days), published).first if days else None
    step = which_of(spot)
    if step == 0 or spot.words.endswith("year"):
        days = [date for date in days if date.year == published.year + step]
        return days[0] if days else None
    if step < 0:
        return max((date for date in days if date < published), default=None)
    return min((date for date in days if date > published), default=None)


def _feast(name: str, first: dt.date, anchor: Anchor) -> Meaning:
    """Mean a day, or the days that a feast has, as an interval of ISO 8601."""
    last = last_day(name, first)
    found = Meaning.of(day(first), anchor)
    if last == first:
        return found
    return dataclasses.replace(found, value=f"{first}/{last}", last=last, precision="month")
