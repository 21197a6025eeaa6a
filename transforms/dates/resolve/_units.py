"""Numbers of units: what words say, what TIMEX3 writes, where on the calendar it leads."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from schemas import Precision
from transforms.dates import words
from transforms.dates.periods import add_months
from transforms.dates.spot import Spot

Unit = Mapping[str, Any]

_VAGUE = {"few", "several", "many", "some", "couple", "number", "handful", "countless"}
_VAGUE |= {"numerous", "various"}
# Of years, days, hours and minutes; half of a month or of a week is no number of anything.
_HALVES = {"PY": "6M", "PD": "T12H", "PTH": "30M", "PTM": "30S"}


def unit_of(spot: Spot) -> Unit:
    """Return what units.toml says of the unit that the expression names."""
    form = next(spot.groups[g] for g in ("unit", "unit_one", "unit_many") if g in spot.groups)
    return words.units()[words.normal(form)]


def number_of(text: str) -> float | None:
    """Return how many words say; None where they are vague.

    >>> number_of("twenty-five"), number_of("2 1/2"), number_of("a few")
    (25.0, 2.5, None)
    """
    plain = words.normal(text).replace("-", " ")
    if any(word in _VAGUE for word in plain.split()):
        return 2.0 if "couple" in plain else None
    if plain[0].isdigit():
        whole, _, fraction = plain.replace(",", "").partition(" ")
        over, _, under = fraction.partition("/")
        return float(whole) + (int(over) / int(under) if under and int(under) else 0)
    return _spelled(plain)


def iso_duration(number: float | None, unit: Unit) -> str:
    """Return the TIMEX3 value of so many units; X where the number is not known.

    >>> iso_duration(2.5, words.units()["year"])
    'P2Y6M'
    """
    prefix, code = ("PT" if unit.get("clock") else "P"), str(unit["code"])
    if number is None:
        return f"{prefix}X{code}"
    number *= int(unit.get("times", 1))
    if number % 1 == 0.5 and (half := _HALVES.get(prefix + code)):
        whole = f"{int(number)}{code}" if int(number) else ""
        return f"{prefix}{whole}{half}"
    return f"{prefix}{_plain(number)}{code}"


def precision_of(unit: Unit) -> Precision:
    """Return the precision of what speaks in a unit."""
    precision: Precision = unit["precision"]
    return precision


def moved(date: dt.date, number: float, unit: Unit) -> dt.date:
    """Return the date so many units away; behind, where the number is negative."""
    times = number * int(unit.get("times", 1))
    if "months" in unit:
        return add_months(date, round(times * int(unit["months"])))
    return date + dt.timedelta(days=round(times * int(unit.get("days", 0))))


def _spelled(plain: str) -> float:
    table = words.meanings("number")
    parts = plain.removesuffix(" of").split()
    if "half" in parts:
        return 6.0 if "dozen" in parts else 0.5
    total = float(sum(int(table.get(word, 0)) for word in parts))
    factor = 100 if "hundred" in parts else 12 if "dozen" in parts else 1
    return (total or 1.0) * factor


def _plain(number: float | None) -> str:
    return "X" if number is None else f"{number:g}" if number < 1e6 else str(int(number))
