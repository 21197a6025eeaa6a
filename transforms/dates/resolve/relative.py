"""This, last and next; ago and later; near days; the day that the narrative has reached."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, add_months, day, year
from transforms.dates.resolve._common import told_step, which_of
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve.amounts import number_of, unit_of
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]

_REACH = 1500  # characters that a narrative date holds for "two days later"
_NEAR = 250  # … and a quarter for "a year ago"
_BACK = {"ago", "back", "earlier", "before", "previously", "before that"}
_UNPLACED = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}


@resolver
def near_day(spot: Spot, _options: _Options) -> Meaning | None:
    """Yesterday, today, tomorrow."""
    if spot.published is None:
        return Meaning.unplaced("XXXX-XX-XX", "day")
    return Meaning.of(day(spot.published + _near(spot)), "publication")


@resolver
def day_beside_near_day(spot: Spot, _options: _Options) -> Meaning | None:
    """The day before yesterday."""
    if spot.published is None:
        return Meaning.unplaced("XXXX-XX-XX", "day")
    step = dt.timedelta(days=-1 if spot.groups["side"].lower() == "before" else 1)
    return Meaning.of(day(spot.published + _near(spot) + step), "publication")


@resolver
def unit_from_near_day(spot: Spot, _options: _Options) -> Meaning | None:
    """A week from tomorrow, two days before yesterday."""
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if spot.published is None or number is None or unit.get("clock"):
        return None
    step = -1 if spot.groups["side"].lower() in _BACK else 1
    there = _moved(spot.published + _near(spot), str(unit["name"]), step * int(number))
    return Meaning.of(day(there), "publication")


@resolver
def present(_spot: Spot, _options: _Options) -> Meaning | None:
    """Today, as in "today's young readers"."""
    return Meaning.unplaced("PRESENT_REF", "none", "publication")


@resolver
def unit_which(spot: Spot, _options: _Options) -> Meaning | None:
    """This week, last month, next year."""
    name = str(unit_of(spot)["name"])
    if name in {"second", "minute", "hour", "night", "fortnight", "day"}:
        return None
    if name == "weekend":
        return None
    if spot.published is None:
        return Meaning.unplaced(_UNPLACED.get(name, "XXXX"), unit_of(spot)["precision"])
    told = spot.told(_REACH) if spot.reading.history and "the next" in spot.words else None
    if told is not None and _finer(told.unit, name):
        return Meaning.of(Period.holding(told.first, name).shifted(1), "narrative")
    here = Period.holding(spot.published, name)
    return Meaning.of(here.shifted(which_of(spot)), "publication")


@resolver
def same_last_year(spot: Spot, _options: _Options) -> Meaning | None:
    """This time last year: that month."""
    if spot.published is None:
        return None
    name = spot.groups["what"].lower().replace("time", "month")
    there = add_months(spot.published, 12 * which_of(spot))
    return Meaning.of(Period.holding(there, name), "publication")


@resolver
def unit_before_last(spot: Spot, _options: _Options) -> Meaning | None:
    """The month before last."""
    if spot.published is None or unit_of(spot).get("clock"):
        return None
    here = Period.holding(spot.published, _calendar_unit(spot))
    return Meaning.of(here.shifted(-2 if "before" in spot.groups["side"] else 2), "publication")


@resolver
def unit_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The same day, that year, the following month: counted from the narrative."""
    name = _calendar_unit(spot)
    told = spot.told(_REACH)
    if unit_of(spot).get("clock"):
        return None
    if name == "year" and spot.reading.bc:
        number = max(1, int(spot.reading.bc.removeprefix("BC")) - _step_of(spot))
        return Meaning.unplaced(f"BC{number:04d}", "year", "narrative")
    if told is None and spot.published and not spot.reading.history:
        told = day(spot.published)  # what news tell is of the day, where they say no other
    if told is None or not _finer(told.unit, name):
        return Meaning.unplaced(_UNPLACED[name], name) if name in _UNPLACED else None  # type: ignore[arg-type]
    step = _step_of(spot)
    base = told.last if step > 0 and name == "day" else told.first
    return Meaning.of(Period.holding(base, name).shifted(step), "narrative")


@resolver
def within_told_unit(spot: Spot, options: _Options) -> Meaning | None:
    """Later that day."""
    found = unit_told(spot, options)
    return _part(found, spot.groups["when"].lower(), None) if found else None


@resolver
def within_unit(spot: Spot, _options: _Options) -> Meaning | None:
    """Earlier in the week: from its beginning to the day of publication at most."""
    name = _calendar_unit(spot)
    if unit_of(spot).get("clock") or name == "weekend":
        return None
    if spot.published is None:
        return Meaning.unplaced(_UNPLACED.get(name, "XXXX"), unit_of(spot)["precision"])
    here = Meaning.of(Period.holding(spot.published, name), "publication")
    return _part(here, spot.groups["when"].lower(), spot.published)


@resolver
def unit_here(spot: Spot, _options: _Options) -> Meaning | None:
    """The year, of which the end is spoken of: the one told of in a history, else this one."""
    name = _calendar_unit(spot)
    if unit_of(spot).get("clock") or name in {"weekend", "day"}:
        return None
    told = spot.told(_REACH)
    if told is not None and (spot.reading.history or spot.published is None):
        return Meaning.of(Period.holding(told.first, name), "narrative")
    if spot.published is None:
        return Meaning.unplaced(_UNPLACED.get(name, "XXXX"), unit_of(spot)["precision"])
    return Meaning.of(Period.holding(spot.published, name), "publication")


@resolver
def unit_end(spot: Spot, options: _Options) -> Meaning | None:
    """Year-end."""
    year_ = spot.get("year")
    found = Meaning.of(year(int(year_)), "absolute") if year_ else unit_here(spot, options)
    if found is None:
        return None
    return dataclasses.replace(found, mod="END", first=found.last, precision="day")


@resolver
def year_ago(spot: Spot, _options: _Options) -> Meaning | None:
    """The year-ago (figure)."""
    if spot.published is None:
        return None
    quarter = _quarter_near(spot)
    here = quarter.shifted(-4) if quarter else Period.holding(spot.published, "year").shifted(-1)
    return Meaning.of(here, "narrative" if quarter else "publication")


@resolver
def offset(spot: Spot, _options: _Options) -> Meaning | None:
    """Two weeks ago, a year from now: in the unit that it counts in."""
    step = -1 if spot.groups["side"].lower() in _BACK else 1
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    if number == 0.5 and unit["name"] in {"decade", "century"}:
        number, unit = 0.5 * unit["times"], words.units()["year"]
    if number is None or number != int(number):
        return _vaguely(step)
    if spot.published is None:
        return Meaning.unplaced(_UNPLACED.get(unit["precision"], "XXXX"), unit["precision"])
    if unit.get("clock"):
        return Meaning.time(Meaning.of(day(spot.published), "publication"), "TXX")
    quarter = _quarter_near(spot)
    if quarter and unit["name"] == "year":
        return Meaning.of(quarter.shifted(4 * step * int(number)), "narrative")
    there = _moved(spot.published, str(unit["name"]), step * int(number))
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
    there = _moved(spot.published, str(unit["name"]), -int(number))
    name = spot.groups["today"].lower().removeprefix("this ")
    return Meaning.of(Period.holding(there, name), "publication")


@resolver
def offset_vague(spot: Spot, _options: _Options) -> Meaning | None:
    """Years ago, weeks later."""
    return _vaguely(-1 if spot.groups["side"].lower() in _BACK else 1)


@resolver
def offset_told(spot: Spot, _options: _Options) -> Meaning | None:
    """Six days later, a year earlier: counted from the narrative, in its precision."""
    step = -1 if spot.groups["side"].lower() in _BACK else 1
    number, unit = number_of(spot.groups["count"]), unit_of(spot)
    told = spot.told(_REACH)
    if number is None or number != int(number):
        return _vaguely(step)
    quarter = _quarter_near(spot)
    if quarter and unit["name"] == "year":
        told = quarter
    if told is None and step < 0 and spot.published and not spot.reading.history:
        told = day(spot.published)
    if unit.get("clock"):
        date = told if told and told.unit == "day" else None
        on = Meaning.of(date, "narrative") if date else Meaning.unplaced("XXXX-XX-XX", "day")
        return Meaning.time(on, "TXX")
    if told is None or not _finer(told.unit, unit["precision"]):
        value = _UNPLACED.get(str(unit["name"]), "XXXX")
        year_ = f"{told.first.year:04d}" if told and told.unit != "decade" else "XXXX"
        return Meaning.unplaced(value.replace("XXXX", year_), unit["precision"], "narrative")
    there = _moved(told.first, str(unit["name"]), step * int(number))
    # "a year later" is as precise as the day it counts from, "twenty years later" is a year.
    exact = unit["precision"] == "day" or (unit["name"] == "year" and number == 1)
    name = told.unit if exact else unit["precision"]
    name = "day" if told.unit == "day" and unit["precision"] == "week" else name
    return Meaning.of(Period.holding(there, "year" if name == "decade" else name), "narrative")


@resolver
def unit_beside_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The day before, the year after."""
    told, name = spot.told(_REACH), spot.groups["unit"].lower()
    step = -1 if spot.groups["side"].lower() in _BACK else 1
    if told is None or not _finer(told.unit, name):
        return None
    return Meaning.of(Period.holding(told.first, name).shifted(step), "narrative")


def _near(spot: Spot) -> dt.timedelta:
    return dt.timedelta(days=words.meanings("near_day")[words.normal(spot.groups["near_day"])])


def _moved(date: dt.date, name: str, number: int) -> dt.date:
    """Return the date `number` units away."""
    unit = words.units()[name.lower()]
    times = number * int(unit.get("times", 1))
    if "months" in unit:
        return add_months(date, times * int(unit["months"]))
    return date + dt.timedelta(days=times * int(unit.get("days", 0)))


def _calendar_unit(spot: Spot) -> str:
    name = str(unit_of(spot)["name"])
    return {"night": "day", "fortnight": "week"}.get(name, name)


def _step_of(spot: Spot) -> int:
    if "told" in spot.groups:
        return int(told_step(spot))
    return -1 if spot.groups["side"].lower() == "before" else 1


_ORDER = (
    "day",
    "weekend",
    "week",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
)


def _finer(unit: str, than: str) -> bool:
    """Whether a period of the one unit says which of the other it lies in."""
    return than in _ORDER and _ORDER.index(unit) <= _ORDER.index(than)


def _quarter_near(spot: Spot) -> Period | None:
    reading = spot.reading
    return reading.quarter if spot.start - reading.quarter_at <= _NEAR else None


def _part(found: Meaning, when: str, today: dt.date | None) -> Meaning:
    """Limit a unit to what is earlier or later in it than today."""
    first, last = found.first, found.last
    if when == "earlier" and today and last:
        last = min(last, today)
    if when == "later" and today and first:
        first = max(first, today)
    mod = "START" if when.startswith("earl") else "END"
    return dataclasses.replace(found, mod=mod, first=first, last=last)


def _vaguely(step: int) -> Meaning:
    return Meaning.unplaced("PAST_REF" if step < 0 else "FUTURE_REF", "none", "none")
