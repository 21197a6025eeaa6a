"""Ago and from now, earlier and later: so many units from publication or from the narrative."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from schemas import Anchor
from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, day
from transforms.dates.resolve._counting import (
    BACK,
    REACH,
    UNPLACED,
    finer,
    near,
    reported_near,
    year_bc,
    year_before,
)
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve._units import Unit, moved, number_of, unit_of
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]
_HOURS = 24  # of a day
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_NEAR = 300  # characters that a time holds for "eleven minutes later"
_TOO_LATE = 30 * 365  # days after publication that nothing in news is later by


@resolver
def offset(spot: Spot, _options: _Options) -> Meaning | None:
    """Two weeks ago, a year from now: in the unit that it counts in."""
    step = -1 if spot.groups["side"].lower() in BACK else 1
    number, unit = _count(spot)
    if number == 0.5 and unit["name"] in {"decade", "century"}:
        number, unit = 0.5 * unit["times"], words.units()["year"]
    if unit["name"] == "hour" and number and number % _HOURS == 0:
        number, unit = number / _HOURS, words.units()["day"]
    if unit.get("clock"):
        return _at_some_time(day(spot.published) if spot.published else None, "publication")
    if number is None or number != int(number):
        return _vaguely(step)
    if spot.published is None:
        return Meaning.unplaced(UNPLACED.get(unit["precision"], "XXXX"), unit["precision"])
    reported = reported_near(spot)
    if reported and unit["name"] == "year" and number == 1 and step < 0:
        return Meaning.of(year_before(reported), "narrative")
    there = moved(spot.published, step * int(number), unit)
    # "a week ago" is a day, "six weeks ago" a week.
    name = "day" if unit["name"] == "week" and number == 1 else unit["precision"]
    name = "year" if name in {"decade", "century"} else name
    return Meaning.of(Period.holding(there, name), "publication")


@resolver
def offset_exact(spot: Spot, _options: _Options) -> Meaning | None:
    """Ten years ago this week, a year ago to the day."""
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if number is None or spot.published is None or unit.get("clock"):
        return None
    there = moved(spot.published, -int(number), unit)
    name = spot.groups["today"].lower().removeprefix("this ").removeprefix("to the ")
    return Meaning.of(Period.holding(there, name), "publication")


@resolver
def offset_vague(spot: Spot, _options: _Options) -> Meaning | None:
    """Years ago, weeks later; minutes ago is today, hours later the day told of."""
    side = spot.groups["side"].lower()
    if unit_of(spot).get("clock"):
        now = side in {"ago", "back"}
        here = day(spot.published) if now and spot.published else spot.told_last(REACH)
        return _at_some_time(here, "publication" if now else "narrative")
    return _vaguely(-1 if side in BACK else 1)


@resolver
def offset_told(spot: Spot, _options: _Options) -> Meaning | None:
    """Six days later, a year earlier: counted from the narrative, in its precision."""
    step = -1 if spot.groups["side"].lower() in BACK else 1
    number, unit = _count(spot)
    if unit.get("clock"):
        told = _counted_from(spot, 0, unit)
        there = _after_clock(spot, told, step * number, unit) if told and number else None
        return there or _at_some_time(told, "narrative")
    if number is None or number != int(number):
        return _vaguely(step)
    if spot.reading.bc and unit.get("months", 0) >= 12:
        return year_bc(spot, step * int(number) * int(unit.get("times", 1)))
    told = _counted_from(spot, step * int(number), unit)
    if told is None or not finer(told.unit, unit["precision"]):
        return _somewhere(told, unit)

    def after(told: Period) -> Period:
        there = moved(told.first, step * int(number), unit)
        return Period.holding(there, _precise(told, number, unit))

    found = Meaning.of(after(told), "narrative")
    if spot.published and found.first and (found.first - spot.published).days > _TOO_LATE:
        return _somewhere(None, unit)  # "108 years later" than what was not told
    return dataclasses.replace(found, after=after) if step > 0 else found


@resolver
def unit_beside_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The day before, the year after."""
    name = spot.groups["unit"].lower()
    step = -1 if spot.groups["side"].lower() in BACK else 1
    if step < 0 and name == "year" and (reported := reported_near(spot)):
        return Meaning.of(year_before(reported), "narrative")
    told = spot.told_last(REACH)
    if told is None or not finer(told.unit, name):
        return None
    return Meaning.of(Period.holding(told.first, name).shifted(step), "narrative")


@resolver
def unit_from_near_day(spot: Spot, _options: _Options) -> Meaning | None:
    """A week from tomorrow, two days before yesterday; a week tomorrow."""
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if spot.published is None or number is None or unit.get("clock"):
        return None
    step = -1 if spot.groups.get("side", "").lower() in BACK else 1
    there = moved(spot.published + near(spot), step * int(number), unit)
    return Meaning.of(day(there), "publication")


@resolver
def year_ago(spot: Spot, _options: _Options) -> Meaning | None:
    """The year-ago (figure)."""
    if spot.published is None:
        return None
    reported = reported_near(spot)
    here = year_before(reported or Period.holding(spot.published, "year"))
    return Meaning.of(here, "narrative" if reported else "publication")


def _count(spot: Spot) -> tuple[float | None, Unit]:
    """Return how many of which unit; of two and a half years so many months."""
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if number is None or spot.get("half") is None:
        return number, unit
    return (number + 0.5) * 12, words.units()["month"]


def _counted_from(spot: Spot, number: int, unit: Unit) -> Period | None:
    """Return the period that so many units are counted from."""
    reported = reported_near(spot)
    if reported and unit["name"] == "year" and number == -1:
        return reported
    told = spot.told_last(REACH)
    if told is None and number < 0 and spot.published and not spot.reading.history:
        return day(spot.published)
    return told


def _precise(told: Period, number: float, unit: Unit) -> str:
    """Return the unit of what is reached.

    "A year later" is as precise as the day that it counts from, "twenty years later" is a year.
    """
    if unit["precision"] == "day" or (unit["name"] == "year" and number == 1):
        return told.unit
    if told.unit == "day" and unit["precision"] == "week":
        return "day"
    return "year" if unit["precision"] in {"decade", "century"} else str(unit["precision"])


def _after_clock(spot: Spot, told: Period, number: float, unit: Unit) -> Meaning | None:
    """Return the time so many hours or minutes from one named just before, on the day told of."""
    reading = spot.reading
    found = _CLOCK.match(reading.clock)
    minutes = {"hour": 60, "minute": 1}.get(unit["name"])
    if told.unit != "day" or not found or not minutes or spot.start - reading.clock_at > _NEAR:
        return None
    then = dt.datetime.combine(told.first, dt.time(int(found[1]) % _HOURS, int(found[2])))
    then += dt.timedelta(minutes=number * minutes * int(unit.get("times", 1)))
    return Meaning.time(Meaning.of(day(then.date()), "narrative"), f"T{then:%H:%M}")


def _at_some_time(here: Period | None, anchor: Anchor) -> Meaning:
    """Hours later, minutes ago: on that day, at a time of which nothing is known."""
    if here is None or here.unit != "day":
        return Meaning.time(Meaning.unplaced("XXXX-XX-XX", "day"), "TXX")
    return Meaning.time(Meaning.of(here, anchor), "TXX")


def _somewhere(told: Period | None, unit: Unit) -> Meaning:
    """Four days later, told of in a month of 1915: some day of 1915."""
    value = UNPLACED.get(str(unit["name"]), "XXXX")
    year = f"{told.first.year:04d}" if told and told.unit != "decade" else "XXXX"
    return Meaning.unplaced(value.replace("XXXX", year), unit["precision"], "narrative")


def _vaguely(step: int) -> Meaning:
    return Meaning.unplaced("PAST_REF" if step < 0 else "FUTURE_REF", "none", "none")
