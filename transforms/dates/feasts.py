"""When the days with a name are: fixed ones, weekdays of a month, those of Easter and of the moon."""

import bisect
import collections
import datetime as dt
import functools
import re
from collections.abc import Mapping

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]

from seeds import read_csv, read_toml
from transforms.dates import words
from transforms.dates.periods import nth_weekday

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EASTER = re.compile(r"(easter|orthodox)([+-]\d+)")
_FIXED = re.compile(r"(\d\d)-(\d\d)")
_OF_MONTH = re.compile(r"(\d\d)-([a-z]{3})-(-?\d)(?:\+(\d+))?")


def feasts(name: str, year: int) -> list[dt.date]:
    """Return the first days of a feast in a year, none where that is not known.

    >>> feasts("Good Friday", 2014), feasts("Eid al-Fitr", 2000)
    ([datetime.date(2014, 4, 18)], [datetime.date(2000, 1, 8), datetime.date(2000, 12, 27)])
    """
    on = _entries()[words.normal(name)]["on"]
    if found := _EASTER.fullmatch(on):
        method = EASTER_WESTERN if found[1] == "easter" else EASTER_ORTHODOX
        return [easter(year, method) + dt.timedelta(days=int(found[2]))]
    if found := _FIXED.fullmatch(on):
        return [dt.date(year, int(found[1]), int(found[2]))]
    if found := _OF_MONTH.fullmatch(on):
        there = nth_weekday(year, int(found[1]), _WEEKDAYS.index(found[2]) + 1, int(found[3]))
        return [there + dt.timedelta(days=int(found[4] or 0))]
    return [day for feast in on.split("|") for day in _by_moon()[feast] if day.year == year]


def last_day(name: str, first: dt.date) -> dt.date:
    """Return the last day of a feast that begins on a day: mostly the same."""
    until = _entries()[words.normal(name)].get("until")
    if until is None:
        return first
    ends = _by_moon()[until]
    place = bisect.bisect_right(ends, first)
    return ends[place] - dt.timedelta(days=1) if place < len(ends) else first


def month_and_day(name: str) -> str | None:
    """Return a fixed feast's day of the year, as in "12-25"."""
    on = _entries()[words.normal(name)]["on"]
    return on if _FIXED.fullmatch(on) else None


@functools.cache
def _entries() -> Mapping[str, Mapping[str, str]]:
    entries = read_toml("dates/holidays.toml")["holiday"]
    return {words.normal(name): entry for entry in entries for name in entry["names"]}


@functools.cache
def _by_moon() -> Mapping[str, list[dt.date]]:
    found = collections.defaultdict(list)
    for row in read_csv("dates/feasts.csv"):
        found[row["feast"]].append(dt.date.fromisoformat(row["first_day"]))
    return {feast: sorted(days) for feast, days in found.items()}
