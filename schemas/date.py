"""Temporal expressions, as TIMEX3 has them, with the days that they cover."""

import datetime as dt
from typing import Literal

from schemas._declare import column, record

DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal[
    "time", "day", "week", "month", "quarter", "season", "year", "decade", "century", "none"
]
Anchor = Literal["publication", "dateline", "narrative", "absolute", "none"]


@record
class Date:
    """A temporal expression and its value (ISO 8601 as extended by TIMEX3)."""

    text: str | None = column("the expression as it stands in the article", quoted=True)
    start: int = column("offset of its first character")
    end: int = column("offset after its last character")
    type: DateType = column("TIMEX3 type")
    value: str = column("TIMEX3 value: 2014-06-26, 2014-W26, 2014-Q2, P2W, PAST_REF …")
    mod: str | None = column("TIMEX3 mod: APPROX, MORE_THAN, START, MID, END …", default=None)
    first_day: dt.date | None = column(
        "first day that it covers; null where that is nothing definite", default=None
    )
    last_day: dt.date | None = column("last day that it covers, inclusive", default=None)
    precision: Precision = column("the unit in which it speaks")
    anchor: Anchor = column("what it was counted from")
    rule: str = column("id of the rule that made it")
