"""Durations: how long, and, where they lie beside a day that is known, from when to when."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.resolve._common import nth_of, which_of
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve._units import (
    Unit,
    iso_duration,
    moved,
    number_of,
    precision_of,
    unit_of,
)
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]

_BACKWARD = frozenset({"last", "past", "latest"})
_HOURS = 24.0  # of a day
_AHEAD = frozenset({"next", "coming", "upcoming"})


@resolver
def duration(spot: Spot, _options: _Options) -> Meaning | None:
    """Several days, a week, five more years."""
    number, unit = _number(spot), unit_of(spot)
    if unit["name"] == "second" and not unit["many"]:
        return None  # "a second attack"
    if unit["name"] in {"night", "weekend"} and not unit["many"]:
        return None
    if number is None and not unit["many"]:
        return None  # some day
    return Meaning.lasting(iso_duration(number, unit), precision_of(unit))


@resolver
def duration_whole(spot: Spot, _options: _Options) -> Meaning | None:
    """All day, the whole week."""
    unit = unit_of(spot)
    return Meaning.lasting(iso_duration(1, unit), precision_of(unit))


@resolver
def duration_hyphen(spot: Spot, options: _Options) -> Meaning | None:
    """Five-hour, three-and-a-half-year."""
    return None if unit_of(spot)["name"] == "second" else duration(spot, options)


@resolver
def duration_and_a_half(spot: Spot, _options: _Options) -> Meaning | None:
    """Two and a half years, an hour and a half."""
    number, unit = _number(spot), unit_of(spot)
    if number is None:
        return None
    return Meaning.lasting(iso_duration(number + 0.5, unit), precision_of(unit))


@resolver
def duration_both(spot: Spot, _options: _Options) -> Meaning | None:
    """2 hours and 40 minutes, two years and three months: the larger unit first."""
    names = [name for name in ("unit", "unit2", "unit3") if name in spot.groups]
    units = [words.units()[words.normal(spot.groups[name])] for name in names]
    numbers = [number_of(spot.groups[name.replace("unit", "fixed")]) for name in names]
    numbers[0] = 1.0 if "single" in spot.groups else numbers[0]  # an hour and 40 minutes
    ranks = [unit["rank"] for unit in units]
    if None in numbers or ranks != sorted(set(ranks), reverse=True):
        return None
    parts = [iso_duration(n, unit) for n, unit in zip(numbers, units, strict=True)]
    days = "".join(part[1:] for part in parts if "T" not in part)
    clock = "".join(part[2:] for part in parts if "T" in part)
    return Meaning.lasting(f"P{days}T{clock}".removesuffix("T"), precision_of(units[-1]))


@resolver
def duration_bare(spot: Spot, _options: _Options) -> Meaning | None:
    """Weeks, months-long: how many is not said."""
    unit = unit_of(spot)
    if unit["many"]:
        return Meaning.lasting(iso_duration(None, unit), precision_of(unit))
    return Meaning.lasting(iso_duration(1, unit), precision_of(unit))


@resolver
def duration_unknown(spot: Spot, _options: _Options) -> Meaning | None:
    """A while, multi-year."""
    if "unit_one" not in spot.groups:
        return Meaning.lasting("PXX", "none")
    unit = unit_of(spot)
    return Meaning.lasting(iso_duration(None, unit), precision_of(unit))


@resolver
def duration_nth(spot: Spot, _options: _Options) -> Meaning | None:
    """(For) the third day in a row."""
    unit = unit_of(spot)
    return Meaning.lasting(iso_duration(nth_of(spot.groups["nth"]), unit), precision_of(unit))


@resolver
def duration_named(spot: Spot, _options: _Options) -> Meaning | None:
    """Weeklong."""
    unit = words.units()[words.normal(spot.words).removesuffix("long")]
    return Meaning.lasting(words.meanings("lasting")[words.normal(spot.words)], precision_of(unit))


@resolver
def quarters_of_an_hour(spot: Spot, _options: _Options) -> Meaning | None:
    """A quarter of an hour."""
    return Meaning.lasting(
        "PT45M" if "three" in spot.groups["quarters"].lower() else "PT15M", "time"
    )


@resolver
def stretch(spot: Spot, _options: _Options) -> Meaning | None:
    """The past two weeks: a duration that ends (the next two: begins) on publication."""
    number, unit = number_of(spot.groups["fixed"]), unit_of(spot)
    way, days = spot.groups["way"].lower(), None
    known = number is not None or unit.get("clock")  # the past few hours are those of today
    if known and spot.published and not spot.reading.history and way in _BACKWARD | _AHEAD:
        days = _days_beside(spot.published, number or 0, unit, backward=way in _BACKWARD)
    return Meaning.lasting(iso_duration(number, unit), precision_of(unit), days)


@resolver
def stretch_one(spot: Spot, _options: _Options) -> Meaning | None:
    """The past year: the twelve months up to publication; the next fortnight."""
    unit = unit_of(spot)
    if unit["name"] in {"second", "minute", "night", "weekend"}:
        return None
    backward = (spot.get("way") or "past").lower() in _BACKWARD
    here = None if spot.reading.history else spot.published
    days = _days_beside(here, 1, unit, backward=backward) if here else None
    return Meaning.lasting(iso_duration(1, unit), precision_of(unit), days)


@resolver
def first_units(spot: Spot, _options: _Options) -> Meaning | None:
    """The first nine months (of 2012, of the year); no days of "the first three years"."""
    number, unit = number_of(spot.groups["fixed"]), unit_of(spot)
    if number is None:
        return Meaning.lasting(iso_duration(None, unit), precision_of(unit))
    days, year_number = None, _year_of_stretch(spot)
    if year_number and unit["name"] in {"month", "quarter"} and "first" in spot.words:
        begin = dt.date(year_number, 1, 1)
        days = begin, moved(begin, number, unit) - dt.timedelta(days=1)
    return Meaning.lasting(iso_duration(number, unit), precision_of(unit), days)


def _number(spot: Spot) -> float | None:
    if number := spot.get("fixed2") or spot.get("fixed"):
        return number_of(number)
    single = spot.words.split(" and ")[0].replace("-", " ").split()
    return 0.5 if "half" in single else 0.25 if spot.get("part") else 1.0


def _days_beside(
    published: dt.date, number: float, unit: Unit, *, backward: bool
) -> tuple[dt.date, dt.date]:
    """Return the first and last day of what ends, or begins, on publication."""
    if unit.get("clock"):
        days = round(number / _HOURS) if unit["name"] == "hour" else 0
        there = published + dt.timedelta(days=-days if backward else days)
    else:
        there = moved(published, -number if backward else number, unit)
    return (there, published) if backward else (published, there)


def _year_of_stretch(spot: Spot) -> int | None:
    if year_number := spot.get("year"):
        return int(year_number)
    if spot.published is None:
        return None
    return spot.published.year + (which_of(spot) if "which" in spot.groups else 0)
