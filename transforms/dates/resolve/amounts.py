"""Durations and sets, and references to no day at all."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from schemas import Precision
from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import add_months
from transforms.dates.resolve._common import which_of
from transforms.dates.resolve._register import resolver
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]
_Unit = Mapping[str, Any]

_VAGUE = {"few", "several", "many", "some", "couple", "number", "handful", "countless"}
_VAGUE |= {"numerous", "various"}
_REACH = 1500  # characters that a narrative date holds for "at that time"
_HALVES = {"Y": "6M", "H": "30M", "M": "30S", "D": "12H"}
_EVERY = {"night": "XXXX-XX-XXTNI", "weekend": "XXXX-WXX-WE"}
_REFERENCES = {"past": "PAST_REF", "future": "FUTURE_REF"}


@resolver
def duration(spot: Spot, _options: _Options) -> Meaning | None:
    """Several days, a week, five more years."""
    number, unit = _number(spot), unit_of(spot)
    if unit["name"] == "second" and not unit["many"]:
        return None  # "a second attack"
    if unit["name"] in {"night", "weekend"} and not unit["many"]:
        return None
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
    numbers = [number_of(spot.get(name.replace("unit", "fixed")) or "one") for name in names]
    ranks = [unit["rank"] for unit in units]
    if None in numbers or ranks != sorted(set(ranks), reverse=True):
        return None
    days = [
        iso_duration(n, u)[1:] for n, u in zip(numbers, units, strict=True) if not u.get("clock")
    ]
    clock = [iso_duration(n, u)[2:] for n, u in zip(numbers, units, strict=True) if u.get("clock")]
    value = "P" + "".join(days) + ("T" if clock else "") + "".join(clock)
    return Meaning.lasting(value, precision_of(units[-1]))


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
    way = spot.groups["way"].lower()
    days = None
    if (
        number is not None
        and spot.published
        and way in {"last", "past", "latest", "next", "coming"}
    ):
        backward = way in {"last", "past", "latest"}
        days = _days_beside(spot.published, number, unit, backward=backward)
    return Meaning.lasting(iso_duration(number, unit), precision_of(unit), days)


@resolver
def stretch_one(spot: Spot, _options: _Options) -> Meaning | None:
    """The past year: the twelve months up to publication; the next fortnight."""
    unit = unit_of(spot)
    if unit["name"] in {"second", "minute", "night", "weekend"}:
        return None
    backward = (spot.get("way") or "past").lower() in {"past", "last"}
    days = _days_beside(spot.published, 1, unit, backward=backward) if spot.published else None
    return Meaning.lasting(iso_duration(1, unit), precision_of(unit), days)


@resolver
def stretch_vague(spot: Spot, _options: _Options) -> Meaning | None:
    """Recent years, the coming months."""
    past = spot.groups["way"].lower() in {"past", "recent", "last"}
    return Meaning.unplaced("PAST_REF" if past else "FUTURE_REF", "none", "publication")


@resolver
def first_units(spot: Spot, _options: _Options) -> Meaning | None:
    """The first nine months (of 2012, of the year)."""
    number, unit = number_of(spot.groups["fixed"]), unit_of(spot)
    if number is None:
        return Meaning.lasting(iso_duration(None, unit), precision_of(unit))
    days = None
    year_number = _year_of_stretch(spot)
    if year_number:
        begin = dt.date(year_number, 1, 1)
        days = begin, _after(begin, number, unit) - dt.timedelta(days=1)
    return Meaning.lasting(iso_duration(number, unit), precision_of(unit), days)


@resolver
def every_unit(spot: Spot, _options: _Options) -> Meaning | None:
    """Every week, twice a day, every three years, on weekends."""
    unit = unit_of(spot)
    if unit["name"] in _EVERY:
        return Meaning.repeated(_EVERY[unit["name"]], "day")
    if (
        unit["name"] in {"second", "minute"}
        and "per" not in spot.words
        and "fixed" not in spot.groups
    ):
        return None
    number = 2 if spot.get("other") else number_of(spot.get("fixed") or "1")
    if nth := spot.get("nth"):
        number = words.meanings("ordinal")[nth.lower()]
    return Meaning.repeated(iso_duration(number, unit), precision_of(unit))


@resolver
def every_part(spot: Spot, _options: _Options) -> Meaning | None:
    """Every morning, in the evenings."""
    name = words.normal(spot.groups["part"])
    code = words.meanings("part").get(name) or words.meanings("part")[name.removesuffix("s")]
    return Meaning.repeated(f"XXXX-XX-XXT{code}", "time")


@resolver
def frequency(spot: Spot, options: _Options) -> Meaning | None:
    """Daily, annually."""
    value = options.get("value") or words.meanings("frequency")[words.normal(spot.words)]
    return Meaning.repeated(value, "none")


@resolver
def reference(spot: Spot, _options: _Options) -> Meaning | None:
    """Now, recently, soon, the future."""
    plain = words.normal(spot.words)
    if plain == "soon" and spot.tense in {"past", "perhaps past", "from past"}:
        return None  # soon after what was told
    value = words.meanings("reference").get(plain) or _REFERENCES[plain.split()[-1]]
    return Meaning.unplaced(value, "none", "publication")


@resolver
def time_told(spot: Spot, _options: _Options) -> Meaning | None:
    """At this time, during that period: the one that the narrative has reached."""
    told = spot.told(_REACH)
    if told is None:
        return Meaning.unplaced("PAST_REF", "none")
    return dataclasses.replace(Meaning.of(told, "narrative"), mod="APPROX")


def unit_of(spot: Spot) -> _Unit:
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


def iso_duration(number: float | None, unit: _Unit) -> str:
    """Return the TIMEX3 value of so many units; X where the number is not known.

    >>> iso_duration(2.5, words.units()["year"])
    'P2Y6M'
    """
    prefix, code = ("PT" if unit.get("clock") else "P"), str(unit["code"])
    if number is None:
        return f"{prefix}X{code}"
    number *= int(unit.get("times", 1))
    if number % 1 == 0.5 and code in _HALVES:
        half = _HALVES[code]
        whole = f"{int(number)}{code}" if int(number) else ""
        return f"{prefix}{whole}{'T' if code == 'D' else ''}{half}"
    return f"{prefix}{_plain(number)}{code}"


def precision_of(unit: _Unit) -> Precision:
    """Return the precision of what speaks in a unit."""
    precision: Precision = unit["precision"]
    return precision


def _number(spot: Spot) -> float | None:
    if number := spot.get("fixed2") or spot.get("fixed"):
        return number_of(number)
    return 0.5 if "half" in spot.words.split(" and ")[0].replace("-", " ").split() else 1.0


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


def _days_beside(
    published: dt.date, number: float, unit: _Unit, *, backward: bool
) -> tuple[dt.date, dt.date] | None:
    if unit.get("clock"):
        return None
    there = _after(published, -number if backward else number, unit)
    return (there, published) if backward else (published, there)


def _after(date: dt.date, number: float, unit: _Unit) -> dt.date:
    times = number * int(unit.get("times", 1))
    if "months" in unit:
        return add_months(date, round(times * int(unit["months"])))
    return date + dt.timedelta(days=round(times * int(unit.get("days", 0))))


def _year_of_stretch(spot: Spot) -> int | None:
    if year_number := spot.get("year"):
        return int(year_number)
    if spot.published is None:
        return None
    return spot.published.year + (which_of(spot) if "which" in spot.groups else 0)
