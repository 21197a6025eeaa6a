"""Near days; this, last and next; the units that the narrative has reached."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, add_months, day, year
from transforms.dates.resolve._common import told_step, which_of
from transforms.dates.resolve._counting import REACH, UNPLACED, calendar_unit, finer, near, year_bc
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve._units import unit_of
from transforms.dates.spot import PAST, Spot

_Options = Mapping[str, Any]
_CLOSE = 200  # characters that what news have just told of holds


@resolver
def near_day(spot: Spot, _options: _Options) -> Meaning | None:
    """Yesterday, today, tomorrow; "today" in a history is the time in which it was written."""
    if spot.published is None:
        return Meaning.unplaced("XXXX-XX-XX", "day")
    if spot.reading.history and not near(spot):
        return Meaning.unplaced("PRESENT_REF", "none", "publication")
    return Meaning.of(day(spot.published + near(spot)), "publication")


@resolver
def day_beside_near_day(spot: Spot, _options: _Options) -> Meaning | None:
    """The day before yesterday."""
    if spot.published is None:
        return Meaning.unplaced("XXXX-XX-XX", "day")
    step = dt.timedelta(days=-1 if spot.groups["side"].lower() == "before" else 1)
    return Meaning.of(day(spot.published + near(spot) + step), "publication")


@resolver
def unit_which(spot: Spot, _options: _Options) -> Meaning | None:
    """This week, last month, next year."""
    name = str(unit_of(spot)["name"])
    if name in {"second", "minute", "hour", "night", "fortnight", "day"}:
        return None
    if name == "weekend":
        return None
    if spot.published is None:
        return Meaning.unplaced(UNPLACED.get(name, "XXXX"), unit_of(spot)["precision"])
    told = spot.told_last(REACH) if spot.reading.history else spot.told(_CLOSE)
    goes_on = "the next" in spot.words and (spot.reading.history or spot.tense in PAST)
    if goes_on and name == "year" and spot.reading.bc:
        return year_bc(spot, 1)
    if goes_on and told is not None and finer(told.unit, name):
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
    here = Period.holding(spot.published, calendar_unit(spot))
    return Meaning.of(here.shifted(-2 if "before" in spot.groups["side"] else 2), "publication")


@resolver
def unit_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The same day, that year, the following month: counted from the narrative."""
    name = calendar_unit(spot)
    told = spot.told_last(REACH)
    if unit_of(spot).get("clock"):
        return None
    if name == "year" and spot.reading.bc:
        return year_bc(spot, _step_of(spot))
    if told is None and spot.published and not spot.reading.history:
        told = day(spot.published)  # what news tell is of the day, where they say no other
    if told is None or not finer(told.unit, name):
        return Meaning.unplaced(UNPLACED[name], name) if name in UNPLACED else None  # type: ignore[arg-type]
    step = _step_of(spot)

    def after(told: Period) -> Period:
        base = told.last if step > 0 and name == "day" else told.first
        return Period.holding(base, name).shifted(step)

    found = Meaning.of(after(told), "narrative")
    return dataclasses.replace(found, after=after) if step > 0 else found


@resolver
def within_told_unit(spot: Spot, options: _Options) -> Meaning | None:
    """Later that day."""
    found = unit_told(spot, options)
    return _part(found, spot.groups["when"].lower(), None) if found else None


@resolver
def within_unit(spot: Spot, _options: _Options) -> Meaning | None:
    """Earlier in the week: from its beginning to the day of publication at most."""
    name = calendar_unit(spot)
    if unit_of(spot).get("clock") or name == "weekend":
        return None
    if spot.published is None:
        return Meaning.unplaced(UNPLACED.get(name, "XXXX"), unit_of(spot)["precision"])
    told = spot.told(_CLOSE) if name == "day" and " the " in spot.words else None
    if told is not None and told.unit == "day":  # "fell yesterday; earlier in the day it rose"
        return _part(Meaning.of(told, "narrative"), spot.groups["when"].lower(), None)
    here = Meaning.of(Period.holding(spot.published, name), "publication")
    return _part(here, spot.groups["when"].lower(), spot.published)


@resolver
def unit_here(spot: Spot, _options: _Options) -> Meaning | None:
    """The year, of which the end is spoken of: the one told of in a history, else this one."""
    name = calendar_unit(spot)
    if unit_of(spot).get("clock") or name in {"weekend", "day"}:
        return None
    if name == "year" and spot.reading.bc and spot.reading.history:
        return year_bc(spot, 0)
    told = spot.told(REACH)
    if told is not None and (spot.reading.history or spot.published is None):
        return Meaning.of(Period.holding(told.first, name), "narrative")
    if spot.published is None:
        return Meaning.unplaced(UNPLACED.get(name, "XXXX"), unit_of(spot)["precision"])
    return Meaning.of(Period.holding(spot.published, name), "publication")


@resolver
def unit_end(spot: Spot, options: _Options) -> Meaning | None:
    """Year-end."""
    year_ = spot.get("year")
    found = Meaning.of(year(int(year_)), "absolute") if year_ else unit_here(spot, options)
    if found is None:
        return None
    return dataclasses.replace(found, mod="END", first=found.last, precision="day")


def _step_of(spot: Spot) -> int:
    if "told" in spot.groups:
        return int(told_step(spot))
    return -1 if spot.groups["side"].lower() == "before" else 1


def _part(found: Meaning, when: str, today: dt.date | None) -> Meaning:
    """Limit a unit to what is earlier or later in it than today."""
    first, last = found.first, found.last
    if when == "earlier" and today and last:
        last = min(last, today)
    if when == "later" and today and first:
        first = max(first, today)
    mod = "START" if when.startswith("earl") else "END"
    return dataclasses.replace(found, mod=mod, first=first, last=last)
