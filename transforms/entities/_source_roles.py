"""Who held which office, as the source tables have it: terms joined, offices ranked."""

import calendar
import collections
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import seeds

Row = dict[str, Any]

_RULES = seeds.read_toml("knowledge/building.toml")
_OFFICES = [
    (rule["rank"], re.compile(rule["pattern"], re.IGNORECASE)) for rule in _RULES["offices"]
]
_SECTOR_NAMES = _RULES["sector_names"]
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

# Beside the ranks that building.toml gives.
NO_OFFICE = -1  # a row that gives a sector and no office
SOME_OFFICE = 1
HEAD = 3


class Office(NamedTuple):
    """An office or, where the rank says so, a mere sector."""

    title: str
    sector: str | None
    rank: int


class Held(NamedTuple):
    """An office and who held it when; days as the number yyyymmdd, None where not known."""

    holder: str
    office: Office
    country: str | None
    start: int | None
    end: int | None
    source: str


def held_offices(rows: Iterable[Row]) -> dict[str, list[Held]]:
    """Read the roles table: by holder, terms of one office that follow each other joined."""
    by_holder: dict[str, list[Held]] = collections.defaultdict(list)
    for row in rows:
        if row["date_flag"] not in {"start_after_end", "over_70_years"} and row["title"]:
            by_holder[row["id"]].append(_held(row))
    return {holder: list(_joined(terms)) for holder, terms in by_holder.items()}


def _held(row: Row) -> Held:
    sector = _SECTOR_NAMES.get(row["sector"], row["sector"]) or None
    known = row["source"] != "seed"
    office = Office(row["title"] if known else "", sector, rank_of(row))
    start, end = day_of(row["start"], last=False), day_of(row["end"], last=True)
    return Held(row["id"], office, row["country_iso3"], start, end, row["source"])


def rank_of(row: Row) -> int:
    """Return the rank of an office: the row's own, else by title and sector."""
    if row["source"] == "seed":
        return NO_OFFICE
    if "rank" in row:
        return int(row["rank"])
    found = (rank for rank, pattern in _OFFICES if pattern.search(row["title"]))
    rank = next(found, SOME_OFFICE)
    return rank if rank != HEAD or row["sector"] == "GOV" else SOME_OFFICE


def day_of(value: str | None, *, last: bool) -> int | None:
    """Return yyyymmdd of an ISO day, or of the first or last day of a month or year."""
    match = _ISO.fullmatch(value or "")
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    if not (year and 1 <= month <= 12):
        return None
    in_month = calendar.monthrange(year, month)[1]
    day = min(int(match[3] or (in_month if last else 1)), in_month)
    return year * 10000 + month * 100 + max(day, 1)


def _joined(terms: list[Held]) -> Iterator[Held]:
    """Join the terms of one office in one country between which less than half a year lies.

    A term without an end stays by itself: how long ago it began tells whether it can still last.
    """
    terms.sort(key=lambda t: (t.office, t.country or "", t.start or 0, t.end or 99999999, t.source))
    last: Held | None = None
    for term in terms:
        if last is not None and _follows(last, term):
            last = last._replace(end=max(last.end, term.end) if last.end and term.end else last.end)
        else:
            if last is not None:
                yield last
            last = term
    if last is not None:
        yield last


def _follows(one: Held, other: Held) -> bool:
    if (one.office, one.country, one.source) != (other.office, other.country, other.source):
        return False
    if one.end is None or other.end is None or other.start is None:
        return (one.start, one.end) == (other.start, other.end)
    return months_of(other.start) - months_of(one.end) <= 6


def months_of(day: int) -> int:
    """Return the number of a month of a day yyyymmdd, for differences."""
    return day // 10000 * 12 + day // 100 % 100
