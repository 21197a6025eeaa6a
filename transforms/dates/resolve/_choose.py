"""Which one of several: the March, the Tuesday, the fourth quarter that is meant."""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping

from seeds import read_toml
from transforms.dates.periods import Period
from transforms.dates.spot import Spot


def choose(
    spot: Spot, candidates: Iterable[Period], published: dt.date, *, weekday: bool = False
) -> Period:
    """Return the period that is meant: the nearest on the side that the tense speaks of.

    Distance counts against tense, because "is expected to say that it lost money in May" and
    "was due on July 1" have the tense of another verb than the date's.
    """
    before, after = _factors()["weekday" if weekday else "date"][spot.tense]

    def cost(period: Period) -> float:
        if period.last < published:
            return before * (published - period.last).days
        return after * max(0, (period.first - published).days)

    return min(candidates, key=cost)


@functools.cache
def _factors() -> Mapping[str, Mapping[str, tuple[float, float]]]:
    return read_toml("dates/direction.toml")


def around(period: Period, step: str = "year") -> list[Period]:
    """Return the same month, day or season in the years around."""
    return [shifted for number in (-1, 0, 1) if (shifted := same(period, number, step)) is not None]


def same(period: Period, number: int, step: str) -> Period | None:
    """Return the same period `number` steps later; None for February 29 and the like."""
    months = {"year": 12, "month": 1}[step] * number
    year, month = divmod(period.first.year * 12 + period.first.month - 1 + months, 12)
    try:
        return Period.holding(dt.date(year, month + 1, period.first.day), period.unit)
    except (ValueError, OverflowError):
        return None
