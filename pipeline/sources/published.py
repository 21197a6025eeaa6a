"""When an article was published, from what its metadata say."""

import datetime as dt
import re

from schemas import Published, PublishedPrecision, RejectedError

_DATE = r"\d{4}-\d\d-\d\d|\d{8}|\d{4}-W\d\d-\d|\d{4}W\d{3}"
_TIME = r"\d\d(?P<minute>:?\d\d(?P<second>:?\d\d(?:[.,]\d+)?)?)?"
_ZONE = r"[Zz]|[+-]\d\d(?::?\d\d(?::?\d\d)?)?"
_ISO = re.compile(
    rf"(?P<date>{_DATE})(?:[Tt ](?P<time>{_TIME}) ?(?P<zone>{_ZONE})?)?", flags=re.ASCII
)
# The first newspapers, and room for a clock that is wrong.
_YEARS = range(1600, 2200)


def parse_published(value: object) -> Published:
    """Read an ISO 8601 date or date-time; a time without a zone is UTC.

    Calendar and week dates, in the basic or the extended form. A bare hour is no time of
    publication: such a value counts as a day.

    Raises:
        RejectedError: `bad_date`.
    """
    if not isinstance(value, str):
        raise _bad(value)
    found = _ISO.fullmatch(value.strip())
    if not found:
        raise _bad(value)
    try:
        return _published(found)
    except (ValueError, OverflowError):
        raise _bad(value) from None


def _published(found: re.Match[str]) -> Published:
    day = dt.date.fromisoformat(found["date"])
    if day.year not in _YEARS:
        raise ValueError(day)
    if not found["time"]:
        return _at(dt.datetime.combine(day, dt.time(), dt.UTC), day, "day")
    zone = (found["zone"] or "Z").upper()
    time = dt.time.fromisoformat(found["time"] + zone)
    if not found["minute"]:
        return _at(dt.datetime.combine(day, dt.time(), dt.UTC), day, "day")
    precision: PublishedPrecision = "second" if found["second"] else "minute"
    return _at(dt.datetime.combine(day, time).astimezone(dt.UTC), day, precision)


def _at(at: dt.datetime, on: dt.date, precision: PublishedPrecision) -> Published:
    return Published(at=at, on=on, precision=precision)


def _bad(value: object) -> RejectedError:
    shown = repr(value)[:80]
    remedy = "write it as in 2014-06-26 or 2014-06-26T09:30:00+02:00, or leave it out"
    return RejectedError("bad_date", f"published_at {shown} is no ISO 8601 date: {remedy}")
