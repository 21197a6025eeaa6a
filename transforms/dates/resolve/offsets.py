"""Ago and from now, earlier and later: so many units from publication or from the narrative."""

from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, day
from transforms.dates.resolve._counting import BACK, REACH, UNPLACED, finer, near, quarter_near
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve._units import moved, number_of, unit_of
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]


@resolver
def offset(spot: Spot, _options: _Options) -> Meaning | None:
    """Two weeks ago, a year from now: in the unit that it counts in."""
    step = -1 if spot.groups["side"].lower() in BACK else 1
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if number == 0.5 and unit["name"] in {"decade", "century"}:
        number, unit = 0.5 * unit["times"], words.units()["year"]
    if number is None or number != int(number):
        return _vaguely(step)
    if spot.published is None:
        return Meaning.unplaced(UNPLACED.get(unit["precision"], "XXXX"), unit["precision"])
    if unit.get("clock"):
        return Meaning.time(Meaning.of(day(spot.published), "publication"), "TXX")
    quarter = quarter_near(spot)
    if quarter and unit["name"] == "year":
        return Meaning.of(quarter.shifted(4 * step * int(number)), "narrative")
    there = moved(spot.published, step * int(number), unit)
    # "a week ago" is a day, "six weeks ago" a week.
    name = "day" if unit["name"] == "week" and number == 1 else unit["precision"]
    name = "year" if name in {"decade", "century"} else name
    return Meaning.of(Period.holding(there, name), "publication")


@resolver
def offset_exact(spot: Spot, _options: _Options) -> Meaning | None:
    """Ten years ago this week."""
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if number is None or spot.published is None or unit.get("clock"):
        return None
    there = moved(spot.published, -int(number), unit)
    name = spot.groups["today"].lower().removeprefix("this ")
    return Meaning.of(Period.holding(there, name), "publication")


@resolver
def offset_vague(spot: Spot, _options: _Options) -> Meaning | None:
    """Years ago, weeks later."""
    return _vaguely(-1 if spot.groups["side"].lower() in BACK else 1)


@resolver
def offset_told(spot: Spot, _options: _Options) -> Meaning | None:
    """Six days later, a year earlier: counted from the narrative, in its precision."""
    step = -1 if spot.groups["side"].lower() in BACK else 1
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    told = spot.told(REACH)
    if number is None or number != int(number):
        return _vaguely(step)
    quarter = quarter_near(spot)
    if quarter and unit["name"] == "year":
        told = quarter
    if told is None and step < 0 and spot.published and not spot.reading.history:
        told = day(spot.published)
    if unit.get("clock"):
        date = told if told and told.unit == "day" else None
        on = Meaning.of(date, "narrative") if date else Meaning.unplaced("XXXX-XX-XX", "day")
        return Meaning.time(on, "TXX")
    if told is None or not finer(told.unit, unit["precision"]):
        value = UNPLACED.get(str(unit["name"]), "XXXX")
        year_ = f"{told.first.year:04d}" if told and told.unit != "decade" else "XXXX"
        return Meaning.unplaced(value.replace("XXXX", year_), unit["precision"], "narrative")
    there = moved(told.first, step * int(number), unit)
    # "a year later" is as precise as the day it counts from, "twenty years later" is a year.
    exact = unit["precision"] == "day" or (unit["name"] == "year" and number == 1)
    name = told.unit if exact else unit["precision"]
    name = "day" if told.unit == "day" and unit["precision"] == "week" else name
    return Meaning.of(Period.holding(there, "year" if name == "decade" else name), "narrative")


@resolver
def unit_beside_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The day before, the year after."""
    told, name = spot.told(REACH), spot.groups["unit"].lower()
    step = -1 if spot.groups["side"].lower() in BACK else 1
    if told is None or not finer(told.unit, name):
        return None
    return Meaning.of(Period.holding(told.first, name).shifted(step), "narrative")


@resolver
def unit_from_near_day(spot: Spot, _options: _Options) -> Meaning | None:
    """A week from tomorrow, two days before yesterday."""
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if spot.published is None or number is None or unit.get("clock"):
        return None
    step = -1 if spot.groups["side"].lower() in BACK else 1
    there = moved(spot.published + near(spot), step * int(number), unit)
    return Meaning.of(day(there), "publication")


@resolver
def year_ago(spot: Spot, _options: _Options) -> Meaning | None:
    """The year-ago (figure)."""
    if spot.published is None:
        return None
    quarter = quarter_near(spot)
    here = quarter.shifted(-4) if quarter else Period.holding(spot.published, "year").shifted(-1)
    return Meaning.of(here, "narrative" if quarter else "publication")


def _vaguely(step: int) -> Meaning:
    return Meaning.unplaced("PAST_REF" if step < 0 else "FUTURE_REF", "none", "none")
