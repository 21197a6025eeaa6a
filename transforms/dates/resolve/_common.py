"""What several resolvers read from a spot: month, this or last, which year is meant."""

import dataclasses
import re
from collections.abc import Callable

from schemas import Precision
from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.narrative import in_years
from transforms.dates.periods import Period
from transforms.dates.resolve._choose import choose
from transforms.dates.spot import Spot, month_bc

REACH = 2000  # characters that a narrative date holds
_NEAR = 160  # … in news, for a month or a day in its sentence or the next
# What leads from the beginning of a range to its end: a dash, "to", "and" after "between".
_LINK = re.compile(
    r"\s*(?:[-‐‑–—]|to|through|until|till)\s*(?:the |early |late |mid[- ]?|about )?", re.IGNORECASE
)
_AND = re.compile(r"\s+and\s+(?:the |early |late |mid[- ]?)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s[^.;]{1,40}$", re.IGNORECASE)
_AHEAD = 200  # days behind the narrative from which on the next year is meant
_AHEAD_BC = 5  # months
_SEASON_AHEAD = 60  # … for a season: the winter that comes after an autumn


def month_of(spot: Spot, group: str = "month") -> int:
    """Return the number of the month that the expression names."""
    return int(words.meanings("month")[words.normal(spot.groups[group])])


def season_of(spot: Spot) -> str:
    """Return TIMEX3's two letters of the season that the expression names."""
    return str(words.meanings("season")[words.normal(spot.groups["season"])])


def which_of(spot: Spot) -> int:
    """Return -1 for last, 0 for this, 1 for next."""
    return int(words.meanings("which")[words.normal(spot.groups["which"])])


def told_step(spot: Spot) -> int:
    """Return -1 for the previous, 0 for that, 1 for the following."""
    return int(words.meanings("told")[words.normal(spot.groups["told"])])


def nth_of(text: str) -> int:
    """Return the number of an ordinal: 12th, twelfth."""
    plain = words.normal(text)
    return int(words.meanings("ordinal").get(plain) or plain.rstrip("stndrh"))


def nth_or_last(spot: Spot) -> int:
    """Return the number that `nth` stands for, -1 for the last."""
    name = spot.groups["nth"].lower()
    return -1 if name in {"last", "final"} else nth_of(name)


def full_year(spot: Spot, digits: str) -> int:
    """Return a year of two digits in full: the nearest to publication, at most ten years ahead.

    In a history it is the nearest to what is told of.
    """
    number = int(digits)
    if len(digits) == 4:
        return number
    told = spot.told(REACH) if spot.reading.history else None
    published = spot.published.year if spot.published else 2030
    latest = told.first.year + 50 if told else published + 10
    return latest - (latest - number) % 100


def yearless(spot: Spot, unplaced: str, in_year: Callable[[int], Period]) -> Meaning | None:
    """Find the year of a day, month or season that is named without one."""
    told, published = _narrative(spot), spot.published
    precision = _precision(unplaced)
    if spot.reading.bc and spot.reading.history:
        return Meaning.unplaced(_before_christ(spot, unplaced), precision, "narrative")
    if told is not None:
        placed = spot.reading.years.get(spot.start)
        here = in_year(placed.year) if placed else _in_narrative(told, in_year)
        return dataclasses.replace(Meaning.of(here, "narrative"), in_year=in_year)
    if published is None:
        return Meaning.unplaced(unplaced, precision)
    begin = range_begin(spot)
    if begin is not None and begin.unit == in_year(2000).unit:
        return Meaning.of(_not_before(begin, in_year), "narrative")
    candidates = list(in_years(in_year, published.year - 1, 3))
    if not candidates:
        return None
    found = Meaning.of(choose(spot, candidates, published), "publication")
    return dataclasses.replace(found, in_year=in_year)


def _before_christ(spot: Spot, unplaced: str) -> str:
    """Return the value in the year before Christ that is told of, or in the next one.

    The winter that comes after an autumn, as a narrative moves forward.
    """
    reading, month = spot.reading, month_bc(unplaced.split("-")[1])
    number = int(reading.bc.removeprefix("BC"))
    if reading.bc_month - month > _AHEAD_BC and number > 1:
        number -= 1
    return unplaced.replace("XXXX", f"BC{number:04d}")


def _precision(unplaced: str) -> Precision:
    """Return the precision of XXXX-06-26, XXXX-06, XXXX-SU."""
    if unplaced[-1].isalpha():
        return "season"
    return "day" if len(unplaced) > len("XXXX-06") else "month"


def _narrative(spot: Spot) -> Period | None:
    """Return what has been told just before, where a year named there still holds."""
    told = spot.told(REACH if spot.published is None else _NEAR)
    if told is None:
        return None
    if spot.reading.history or spot.published is None:
        return told
    old = spot.published.year - told.first.year >= 2 and told.unit != "year"
    between = spot.text[spot.reading.told_at : spot.start]
    near = between.count(". ") < 2 and "\n\n" not in between
    return told if old and near and spot.tense != "future" else None


def range_begin(spot: Spot) -> Period | None:
    """Return what stands before, where a range leads from it to here: "from March 3 to"."""
    reading = spot.reading
    if reading.told is None or not 1 <= spot.start - reading.told_at <= 15:
        return None
    link = spot.text[reading.told_at : spot.start]
    before = spot.text[max(0, reading.told_at - 60) : reading.told_at]
    linked = _LINK.fullmatch(link) or (_AND.fullmatch(link) and _BETWEEN.search(before))
    return reading.told if linked and reading.told.unit in {"day", "month", "season"} else None


def _not_before(begin: Period, in_year: Callable[[int], Period]) -> Period:
    here: Period = in_year(begin.first.year)
    return here if here.last >= begin.first else in_year(begin.first.year + 1)


def _in_narrative(told: Period, in_year: Callable[[int], Period]) -> Period:
    """Return the next one from half a year before what has been told: histories move forward."""
    here: Period = in_year(told.first.year)
    ahead = _SEASON_AHEAD if here.unit == "season" else _AHEAD
    if told.unit in {"day", "month", "season"} and (told.first - here.last).days > ahead:
        return in_year(told.first.year + 1)
    return here
