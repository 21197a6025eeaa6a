"""What a temporal expression means, before it is tied to its place in a text."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Self

from schemas import Anchor, DateType, Precision
from transforms.dates.periods import Period


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A TIMEX3 value with the days that it covers (both inclusive, None where not definite)."""

    type: DateType
    value: str
    precision: Precision
    anchor: Anchor
    first: dt.date | None = None
    last: dt.date | None = None
    mod: str | None = None
    period: Period | None = None  # what a later "the same day" or "a year earlier" counts from
    in_year: Callable[[int], Period] | None = None  # which it is in a year, where it names none
    after: Callable[[Period], Period] | None = None  # which it is, counted from a narrative's last
    clock: str = ""  # of a time: what follows the day in the value, T05:30 or TMO

    @classmethod
    def of(cls, period: Period, anchor: Anchor) -> Self:
        """Mean a period of the calendar."""
        return cls(
            type="DATE",
            value=period.value,
            precision=period.precision,
            anchor=anchor,
            first=period.first,
            last=period.last,
            period=period,
        )

    @classmethod
    def unplaced(cls, value: str, precision: Precision, anchor: Anchor = "none") -> Self:
        """Mean a date of which too little is known to place it: XXXX-06-26, PAST_REF, BC0146."""
        return cls(type="DATE", value=value, precision=precision, anchor=anchor)

    @classmethod
    def lasting(
        cls, value: str, precision: Precision, days: tuple[dt.date, dt.date] | None = None
    ) -> Self:
        """Mean a duration; `days` are its first and last where it has a place in time."""
        first, last = days or (None, None)
        return cls(
            type="DURATION",
            value=value,
            precision=precision,
            anchor="publication" if days else "none",
            first=first,
            last=last,
        )

    @classmethod
    def repeated(cls, value: str, precision: Precision) -> Self:
        """Mean a set: every so often."""
        return cls(type="SET", value=value, precision=precision, anchor="none")

    @classmethod
    def time(cls, date: "Meaning", clock: str) -> "Meaning":
        """Mean a time, or part, of a day."""
        return dataclasses.replace(
            date, type="TIME", value=date.value + clock, precision="time", clock=clock
        )
