"""What offsets and relative dates share: the narrative's units, and what is said without a place."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period
from transforms.dates.resolve._units import unit_of
from transforms.dates.spot import Spot

REACH: Final = 1500  # characters that a narrative date holds for "two days later"
NEAR: Final = 250  # … and a quarter for "a year ago"
BACK: Final = frozenset({"ago", "back", "earlier", "before", "previously", "before that"})
UNPLACED: Final[Mapping[str, str]] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "year": "XXXX",
}
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


def calendar_unit(spot: Spot) -> str:
    """Return the unit of the calendar that the expression names: a night is a day."""
    name = str(unit_of(spot)["name"])
    return {"night": "day", "fortnight": "week"}.get(name, name)


def finer(unit: str, than: str) -> bool:
    """Whether a period of the one unit says which of the other it lies in."""
    return than in _ORDER and _ORDER.index(unit) <= _ORDER.index(than)


def reported_near(spot: Spot) -> Period | None:
    """Return the quarter or half reported on, where one was named just before, or its year after months."""
    reading = spot.reading
    if reading.quarter is None or spot.start - max(reading.quarter_at, reading.months_at) > NEAR:
        return None
    if reading.months_at > reading.quarter_at:  # "net for the nine months rose from a year earlier"
        return Period.holding(reading.quarter.first, "year")
    return reading.quarter


def year_before(period: Period) -> Period:
    """Return the same quarter or half, or the year, one year before."""
    return period.shifted({"quarter": -4, "half": -2}.get(period.unit, -1))


def year_bc(spot: Spot, step: int) -> Meaning:
    """Mean the year so many after the last one named before Christ: two years after BC0264."""
    number = max(1, int(spot.reading.bc.removeprefix("BC")) - step)
    return Meaning.unplaced(f"BC{number:04d}", "year", "narrative")


def near(spot: Spot) -> dt.timedelta:
    """Return how far the near day that the expression names is from today."""
    return dt.timedelta(days=words.meanings("near_day")[words.normal(spot.groups["near_day"])])
