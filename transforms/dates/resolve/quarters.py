"""Quarters, halves and fiscal years, as company results and statistics speak of them.

Fiscal years begin where a company wants them to, so that they have a value but no days.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, half, quarter, year
from transforms.dates.resolve._choose import around, choose
from transforms.dates.resolve._common import REACH, full_year, month_of, told_step, which_of
from transforms.dates.resolve._counting import year_before
from transforms.dates.resolve._register import resolver
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]

_AROUND = 200  # characters that tell business from sport
_SPORT = words.compile_pattern(r"\b{sport}\b")
_BUSINESS = words.compile_pattern(r"\b{business}\b|[$£€%]")
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "former": 1}
_LAST = {"fourth", "4th", "final", "last", "latter"}


@resolver
def quarter_of_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The third quarter of 2012."""
    return Meaning.of(quarter(int(spot.groups["year"]), _nth(spot, "quarter_nth", 4)), "absolute")


@resolver
def quarter_which_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The third quarter of last year."""
    number = _nth(spot, "quarter_nth", 4)
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-Q{number}", "quarter")
    step = which_of(spot) if "which" in spot.groups else 0
    return Meaning.of(quarter(spot.published.year + step, number), "publication")


@resolver
def quarter_letter(spot: Spot, _options: _Options) -> Meaning | None:
    """Q3 2012, 3Q12, Q3."""
    number = int(spot.groups["q"])
    if year_ := spot.get("year") or spot.get("yy"):
        return Meaning.of(quarter(full_year(spot, year_), number), "absolute")
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-Q{number}", "quarter")
    return Meaning.of(_likely(spot, quarter(spot.published.year, number)), "publication")


@resolver
def quarter_before(spot: Spot, _options: _Options) -> Meaning | None:
    """The previous quarter: the one before that of which the text has spoken, or before this."""
    here = spot.reading.quarter
    if here is None and spot.published is not None:
        here = Period.holding(spot.published, "quarter")
    return Meaning.of(here.shifted(-1), "narrative") if here else None


@resolver
def bare_quarter(spot: Spot, _options: _Options) -> Meaning | None:
    """The first quarter."""
    if _is_of_a_game(spot):
        return None
    number = _nth(spot, "quarter_nth", 4)
    if spot.words.endswith("quarters"):
        return Meaning.repeated(f"XXXX-Q{number}", "quarter")
    if "last" in spot.words or spot.published is None:
        return None if "last" in spot.words else Meaning.unplaced(f"XXXX-Q{number}", "quarter")
    return Meaning.of(_likely(spot, quarter(spot.published.year, number)), "publication")


@resolver
def quarter_of_months(spot: Spot, _options: _Options) -> Meaning | None:
    """The January-March quarter, the April to June period."""
    begin, end = month_of(spot), month_of(spot, "month2")
    if begin % 3 != 1 or end != begin + 2:
        return None
    number = end // 3
    if year_ := spot.get("year"):
        return Meaning.of(quarter(int(year_), number), "absolute")
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-Q{number}", "quarter")
    return Meaning.of(_likely(spot, quarter(spot.published.year, number)), "publication")


@resolver
def year_ago_quarter(spot: Spot, _options: _Options) -> Meaning | None:
    """The year-ago quarter: the one before that of the last quarter spoken of."""
    here = _quarter_here(spot)
    if spot.reading.quarter is None and spot.published and "quarter" not in spot.words:
        return Meaning.of(year(spot.published.year - 1), "publication")
    return Meaning.of(year_before(here), "narrative") if here else None


@resolver
def told_quarter(spot: Spot, _options: _Options) -> Meaning | None:
    """The quarter, the latest period: the last one spoken of, else the last that is over."""
    if "period" in spot.words and "latest" not in spot.words and spot.reading.quarter is None:
        return None
    here = _quarter_here(spot)
    return Meaning.of(here, "narrative") if here else None


@resolver
def half_of_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The second half of 2008."""
    return Meaning.of(half(int(spot.groups["year"]), _half_nth(spot)), "absolute")


@resolver
def half_letter(spot: Spot, _options: _Options) -> Meaning | None:
    """H1 2012."""
    return Meaning.of(half(int(spot.groups["year"]), int(spot.groups["h"])), "absolute")


@resolver
def half_which_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The first half of this year; of "the year" in a history, the one told of."""
    if "which" not in spot.groups and spot.reading.history and (told := spot.told_last(REACH)):
        return Meaning.of(half(told.first.year, _half_nth(spot)), "narrative")
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-H{_half_nth(spot)}", "quarter")
    step = which_of(spot) if "which" in spot.groups else 0
    return Meaning.of(half(spot.published.year + step, _half_nth(spot)), "publication")


@resolver
def half_told_year(spot: Spot, _options: _Options) -> Meaning | None:
    """The second half of that year."""
    told = spot.last_named(REACH)
    if told is None:
        return None
    return Meaning.of(half(told.first.year + told_step(spot), _half_nth(spot)), "narrative")


@resolver
def bare_half(spot: Spot, _options: _Options) -> Meaning | None:
    """The first half."""
    if _is_of_a_game(spot):
        return None
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-H{_half_nth(spot)}", "quarter")
    here = half(spot.published.year, _half_nth(spot))
    return Meaning.of(_likely(spot, here), "publication")


@resolver
def fiscal_year(spot: Spot, _options: _Options) -> Meaning | None:
    """Fiscal 2012."""
    return _fiscal(year(int(spot.groups["year"])))


@resolver
def fiscal_year_which(spot: Spot, _options: _Options) -> Meaning | None:
    """The current fiscal year."""
    if spot.published is None:
        return None
    step = which_of(spot) if "which" in spot.groups else 0
    step = -1 if {"previous", "prior", "latest"} & {*spot.words.split()} else step
    return _fiscal(year(spot.published.year + step))


@resolver
def year_period(spot: Spot, _options: _Options) -> Meaning | None:
    """The 2011 period: that quarter of the year, where quarters are spoken of."""
    number, here = int(spot.groups["year"]), spot.reading.quarter
    if here is None or spot.reading.months_at > spot.reading.quarter_at:
        return Meaning.of(year(number), "absolute")
    there = here.first.replace(year=number)  # the first day of a quarter or of a half
    return Meaning.of(Period.holding(there, here.unit), "narrative")


def _fiscal(period: Period) -> Meaning:
    return dataclasses.replace(
        Meaning.of(period, "absolute"), first=None, last=None, period=None, precision="year"
    )


def _quarter_here(spot: Spot) -> Period | None:
    """Return what is reported on, of a half only where "the period" is spoken of; else the last."""
    here = spot.reading.quarter
    if here is not None and (here.unit == "quarter" or "quarter" not in spot.words):
        return here
    if spot.published is None:
        return None
    return Period.holding(spot.published, "quarter").shifted(-1)


def _likely(spot: Spot, here: Period) -> Period:
    """Return the quarter or half that is meant; what is spoken of has mostly begun."""
    assert spot.published is not None
    return choose(spot, around(here), spot.published)


def _is_of_a_game(spot: Spot) -> bool:
    """Whether words of sport, and none of business, stand around."""
    around = spot.text[max(0, spot.start - _AROUND) : spot.end + _AROUND]
    return bool(_SPORT.search(around)) and not _BUSINESS.search(around)


def _nth(spot: Spot, group: str, last: int) -> int:
    word = words.normal(spot.groups[group])
    return last if word in _LAST else _NTH.get(word) or int(word)


def _half_nth(spot: Spot) -> int:
    return _nth(spot, "half_nth", 2)
