"""Years, decades and centuries."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, year
from transforms.dates.resolve._common import full_year, month_of, nth_of, season_of
from transforms.dates.resolve._register import resolver
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]
_AT_CHARS = 12
_LIFETIME = (
    80  # years that the next year before Christ is away at most, if it does not say that it is
)
_AT = re.compile(r"\bat (?:about |around )?$", re.IGNORECASE)
_LEVELS = re.compile(r"['’]?s? (?:[a-z]+ )?(?:levels?|prices?|rates?|values?|exchange|dollars)\b")


@resolver
def bare_year(spot: Spot, _options: _Options) -> Meaning | None:
    """1987; not "at 1830 on Tuesday"."""
    before = spot.text[max(0, spot.start - _AT_CHARS) : spot.start]
    if _AT.search(before) and not _LEVELS.match(spot.text, spot.end):
        return None
    return Meaning.of(year(int(spot.groups["year"])), "absolute")


@resolver
def year_range_end(spot: Spot, _options: _Options) -> Meaning | None:
    """The 18 of 1914-18."""
    begin, number = int(spot.groups["before_from"]), int(spot.groups["yy"])
    end = begin // 100 * 100 + number
    return Meaning.of(year(end), "absolute") if end > begin else None


@resolver
def short_year(spot: Spot, _options: _Options) -> Meaning | None:
    """'68."""
    return Meaning.of(year(full_year(spot, spot.groups["yy"])), "absolute")


@resolver
def spelled_year(spot: Spot, _options: _Options) -> Meaning | None:
    """Nineteen ninety-six, nineteen oh five."""
    hundreds = words.meanings("number")[spot.groups["hundreds"].lower()]
    below_ten, _, tens_words = spot.groups["tens"].lower().rpartition("oh")
    tens = _small_number(tens_words)
    fits = tens <= 9 if below_ten or "oh" in spot.words else 10 <= tens <= 99
    return Meaning.of(year(hundreds * 100 + tens), "absolute") if fits else None


@resolver
def two_thousand(spot: Spot, _options: _Options) -> Meaning | None:
    """Two thousand and six."""
    number = spot.get("number")
    return Meaning.of(year(2000 + (_small_number(number) if number else 0)), "absolute")


@resolver
def before_christ(spot: Spot, _options: _Options) -> Meaning | None:
    """480 BC, the spring of 480 BC, March 15, 44 BC: no day of the calendar that databases have."""
    value = f"BC{int(spot.groups['number']):04d}"
    if "season" in spot.groups:
        return Meaning.unplaced(f"{value}-{season_of(spot)}", "season", "absolute")
    if "month" not in spot.groups:
        return Meaning.unplaced(value, "year", "absolute")
    value += f"-{month_of(spot):02d}"
    if number := spot.get("day"):
        return Meaning.unplaced(f"{value}-{nth_of(number):02d}", "day", "absolute")
    return Meaning.unplaced(value, "month", "absolute")


@resolver
def before_christ_bare(spot: Spot, options: _Options) -> Meaning | None:
    """In 215, where years before Christ are told of."""
    told = spot.reading.bc.removeprefix("BC")
    if not told or abs(int(told) - int(spot.groups["number"])) > _LIFETIME:
        return None
    return before_christ(spot, options)


@resolver
def decade_before_christ(spot: Spot, _options: _Options) -> Meaning | None:
    """The 470s BC."""
    return Meaning.unplaced(f"BC{int(spot.groups['tens']):03d}", "decade", "absolute")


@resolver
def anno_domini(spot: Spot, _options: _Options) -> Meaning | None:
    """AD 79."""
    return Meaning.of(year(int(spot.groups["number"])), "absolute")


@resolver
def decade(spot: Spot, _options: _Options) -> Meaning | None:
    """The 1980s; the 1900s are a century."""
    number = int(spot.groups["from"])
    unit = "century" if number % 100 == 0 else "decade"
    return Meaning.of(Period.holding(dt.date(number, 1, 1), unit), "absolute")


@resolver
def short_decade(spot: Spot, _options: _Options) -> Meaning | None:
    """The '80s."""
    number = 1900 + int(spot.groups["tens"])
    return Meaning.of(Period.holding(dt.date(number, 1, 1), "decade"), "absolute")


@resolver
def named_decade(spot: Spot, _options: _Options) -> Meaning | None:
    """The eighties."""
    number = 1900 + words.meanings("decade_name")[words.normal(spot.groups["decade_name"])]
    return Meaning.of(Period.holding(dt.date(number, 1, 1), "decade"), "absolute")


@resolver
def century(spot: Spot, _options: _Options) -> Meaning | None:
    """The 12th century, which began (by the way people count) in 1100."""
    number = nth_of(spot.groups["nth"]) - 1
    if spot.get("era"):
        return Meaning.unplaced(f"BC{number:02d}", "century", "absolute")
    if not 1 <= number <= 21:
        return None
    return Meaning.of(Period.holding(dt.date(number * 100, 1, 1), "century"), "absolute")


def _small_number(text: str) -> int:
    """Return a number below a hundred from its words."""
    table = words.meanings("number")
    return sum(int(table[word]) for word in text.lower().replace("-", " ").split())
