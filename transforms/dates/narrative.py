"""Which year of a history each date lies in, and which dates are only mentioned.

"He had sworn it in 1789", in a chapter on 1812, does not move the story; "In 1813", at the head of a
sentence, does. "In July" is of the year that the story has come to, unless the "June 1813" that
follows says that it has not come so far. Neither can be told from a sentence alone, but from the
dates around it: those that a story moves through follow one another in small steps, mostly forward.
Every date is either a step, which costs what the move to it costs, or a mention, which has a price
by how it stands; of all ways to read them the cheapest one is taken (Viterbi's, over the last date
stepped to). What moves and mentions cost is in `seeds/dates/narrative.toml`.
"""

import bisect
import contextlib
import dataclasses
import datetime as dt
import functools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from seeds import read_toml
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period

# A short line without a full stop, which is a heading: the story may begin anew behind it.
_HEADING = re.compile(r"\n[ \t]*[^\n]{2,80}[^.!?:\"'\n]\n")
# Places where a date is only mentioned (spot.py says what they are).
ASIDE: Final[frozenset[str]] = frozenset({"aside", "end", "before"})
_KEPT = 12  # of the dates that the story may have come to, the likeliest
_MONTH = 30.4  # days

_Gap = Literal["heading", "paragraph"]


class Named(NamedTuple):
    """A date that a history names: its offset, where in its sentence it stands, what it means."""

    offset: int
    place: str
    meaning: Meaning


class Placed(NamedTuple):
    """The year of a date, and whether it is only mentioned."""

    year: int
    is_aside: bool


class _Way(NamedTuple):
    """The cheapest way to read all dates so far that comes to one date."""

    cost: float
    last: Period  # stepped to
    path: "_Path | None"
    beside: Period | None = None  # mentioned since, in this paragraph


class _Path(NamedTuple):
    """What each date was read as, the last one first."""

    offset: int
    placed: Placed
    before: "_Path | None"


def placed(text: str, dates: Sequence[Named]) -> Mapping[int, Placed]:
    """Return the years of the dates, by their offsets; of those before the first year, none.

    Linear in the number of dates.
    """
    ways: list[_Way] = []
    scales = _costs()["scale"]
    for date, gap in zip(dates, _gaps(text, dates), strict=True):
        if gap is not None:
            ways = [way._replace(beside=None) for way in ways]
        scale = 1.0 if gap is None else scales[gap]
        ways = _cheapest(_read(ways, date, scale)) or ways
    found, path = {}, ways[0].path if ways else None
    while path:
        found[path.offset], path = path.placed, path.before
    return found


def _read(ways: Sequence[_Way], date: Named, scale: float) -> Iterator[_Way]:
    """Yield the ways on: each can step to the date, or pass it by as a mention."""
    meaning = date.meaning
    if not ways:
        if meaning.anchor == "absolute" and meaning.period:
            yield _step(_Way(0.0, meaning.period, None), date, meaning.period, 0.0)
        return
    price = _price(date)
    if meaning.in_year:  # the same years for most ways
        meaning = dataclasses.replace(meaning, in_year=functools.cache(meaning.in_year))
    for way in ways:
        if meaning.after:
            with contextlib.suppress(ValueError, OverflowError):  # beyond the calendar's end
                yield _step(way, date, meaning.after(way.last), 0.0)
            continue
        if periods := _candidates(meaning, way.last):
            for period in periods:
                yield _step(way, date, period, scale * _move(way.last, period, periods))
            nearest = min(periods, key=lambda period: abs(_middle(period) - _middle(way.last)))
            yield _mention(way, date, nearest, price)
            yield from _beside(way, date, meaning)


def _beside(way: _Way, date: Named, meaning: Meaning) -> Iterator[_Way]:
    """Yield the way on where a date goes on from the one just mentioned: "in May 1846. In June"."""
    if way.beside is None or meaning.in_year is None:
        return
    periods = in_years(meaning.in_year, way.beside.first.year, 2)
    ahead = next((period for period in periods if period.first >= way.beside.first), None)
    if ahead is not None:
        cost = _costs()["mention"]["beside"] + _move(way.beside, ahead)
        yield _mention(way, date, ahead, cost)


def _step(way: _Way, date: Named, period: Period, cost: float) -> _Way:
    step = Placed(period.last.year, is_aside=False)
    return _Way(way.cost + cost, period, _Path(date.offset, step, way.path))


def _mention(way: _Way, date: Named, period: Period, cost: float) -> _Way:
    mention = Placed(period.last.year, is_aside=True)
    beside = period if period.unit != "year" and date.place != "aside" else None
    return _Way(way.cost + cost, way.last, _Path(date.offset, mention, way.path), beside)


def _candidates(meaning: Meaning, last: Period) -> list[Period]:
    """Return the periods that a date may mean: its own, or those of the years around."""
    if meaning.in_year:
        return list(in_years(meaning.in_year, last.first.year - 1, 3))
    return [meaning.period] if meaning.anchor == "absolute" and meaning.period else []


def in_years(in_year: Callable[[int], Period], begin: int, number: int) -> Iterator[Period]:
    """Yield the same day, month or season of so many years, where they have it."""
    for year in range(begin, begin + number):
        with contextlib.suppress(ValueError, OverflowError):  # February 29
            yield in_year(year)


def _price(date: Named) -> float:
    """Return what it costs to take a date for a mention."""
    prices, meaning = _costs()["mention"], date.meaning
    if date.place in ASIDE:
        whole = (
            date.place == "aside" and meaning.anchor == "absolute" and meaning.precision == "day"
        )
        return prices["whole_aside" if whole else "aside"]
    kind = "yearless" if meaning.in_year else "year" if meaning.precision == "year" else "dated"
    return prices[kind] + (prices["opening"] if date.place == "opening" else 0.0)


def _cheapest(ways: Iterable[_Way]) -> list[_Way]:
    best: dict[tuple[Period, Period | None], _Way] = {}
    for way in ways:
        key = way.last, way.beside
        if key not in best or way.cost < best[key].cost:
            best[key] = way
    return sorted(best.values(), key=lambda way: way.cost)[:_KEPT]


def _move(here: Period, there: Period, others: Iterable[Period] = ()) -> float:
    """Return what it costs a story to come from one date to another.

    Ahead over `others` that the same words could mean it costs more.
    """
    costs = _costs()["move"]
    if there.first > here.last:
        skips = sum(here.first <= other.last < there.first for other in others)
        return costs["forward"] * _months(there.first - here.last) + costs["skip"] * skips
    if there.last >= here.first:
        return 0.0
    back = costs["back_in_year" if there.first.year == here.first.year else "back"]
    return back + costs["back_month"] * _months(here.first - there.last)


def _months(distance: dt.timedelta) -> float:
    """Return the logarithm, to the base of 2, of a number of months and one."""
    return math.log2(1 + distance.days / _MONTH)


def _middle(period: Period) -> int:
    return period.first.toordinal() + period.last.toordinal()


def _gaps(text: str, dates: Iterable[Named]) -> Iterator[_Gap | None]:
    """Yield what lies between each date and the one before it."""
    headings = [heading.end() for heading in _HEADING.finditer(text)]
    passed = last = 0
    for date in dates:
        before, passed = passed, bisect.bisect_right(headings, date.offset + 1)
        if passed > before:
            yield "heading"
        else:
            yield "paragraph" if text.find("\n", last, date.offset) >= 0 else None
        last = date.offset


@functools.cache
def _costs() -> Mapping[str, Mapping[str, float]]:
    return read_toml("dates/narrative.toml")
