"""The knowledge base: a read-only SQLite file, opened once a process, asked by key."""

import bisect
import datetime as dt
import functools
import math
import os
import sqlite3
import weakref
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import seeds
from schemas import EntityKind, UsageError

# Raised with every change to the tables; a file of another format is refused.
FORMAT = 2

SHIPPED = "knowledge/knowledge.sqlite"

_REMEDY = (
    "build it again with `dateline kb build`, or leave --knowledge_base out for the one that ships"
)

_CANDIDATES = """
SELECT alias.kind, entity.num, coalesce(entity.id, 'gn:' || entity.geonames), entity.geonames,
  class.kind, class.place_kind, class.subtype, class.sector, entity.name, entity.description,
  entity.country, division.name, entity.latitude,
  entity.longitude, entity.prior, entity.born, entity.died
FROM alias JOIN entity ON entity.num = alias.entity JOIN class ON class.num = entity.class
  LEFT JOIN division ON division.num = entity.division
WHERE alias.key = ? ORDER BY entity.prior DESC, entity.num LIMIT ?
"""
_OFFICES = """
SELECT office.title, office.sector, office.rank, role.country, role.start, role."end", source.name
FROM role JOIN office ON office.num = role.office JOIN source ON source.num = role.source
WHERE role.entity = ? ORDER BY role.num
"""
_ID = "SELECT coalesce(id, 'gn:' || geonames) FROM entity WHERE num = ?"

# There are hundreds of places called San José; those of the least prior cannot win.
_MOST_CANDIDATES = 40

# How an alias names an entity, the best first where two names of an entity give one key.
ALIAS_KINDS = (
    "name", "alias", "acronym", "adjective", "demonym", "short", "transliteration", "former",
    "exonym", "surname", "stripped", "respelled", "code", "home",
    "abbreviation",
)  # fmt: skip


class Entry(NamedTuple):
    """An entity of the knowledge base."""

    number: int  # the base's own, for further questions; not stable
    id: str
    geonames_id: str | None
    kind: EntityKind
    place_kind: str | None
    subtype: str | None
    sector: str | None
    name: str
    description: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    prior: float  # how well known it is, roughly log10 of the population of a place as well known
    born: int | None
    died: int | None

    @property
    def wikidata_id(self) -> str | None:
        """Its Wikidata item, where one is known."""
        return self.id if self.id[:1] == "Q" and self.id[1:].isdigit() else None


class Candidate(NamedTuple):
    """An entity that a key can mean, and the kind of alias that says so (`ALIAS_KINDS`)."""

    entry: Entry
    alias: str


class Office(NamedTuple):
    """An office that somebody held from `start` to `end` (None: not known, still in office).

    Rank 3 is a head of state or government, 2 a minister, 1 another office, 0 a seat in a
    parliament; -1 is no office at all but a sector and country that always hold.
    """

    title: str
    sector: str | None
    rank: int
    country: str | None
    start: dt.date | None
    end: dt.date | None
    horizon: dt.date | None  # what the source knows of, for an office without an end


class KnowledgeBase:
    """Names and offices, looked up in a file that `transforms.entities.build` made.

    Opening costs a millisecond and hardly any memory; processes share the file's pages.

    Args:
        path: the file; None is the one that ships.

    Raises:
        UsageError: the file is missing, broken, or of another format.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = Path(str(seeds.seed(SHIPPED)) if path is None else path)
        self._db = _open(self.path)
        weakref.finalize(self, self._db.close)
        self.manifest = _manifest(self._db, self.path)
        self._horizons = {k: _date(day) for k, day in self._counts("horizon_").items()}
        places = self._counts("places_")
        total = sum(places.values())
        self._surprise = {c: math.log10(total / count) for c, count in places.items()}
        self.candidates = functools.lru_cache(maxsize=4096)(self._candidates)
        self.offices = functools.lru_cache(maxsize=1024)(self._offices)

    @property
    def version(self) -> str:
        """Date and content of the base, for `produced_by`."""
        return self.manifest["version"]

    def _counts(self, prefix: str) -> dict[str, int]:
        rows = self.manifest.items()
        return {k.removeprefix(prefix): int(v) for k, v in rows if k.startswith(prefix)}

    def surprise(self, country: str | None) -> float:
        """Return how little a name of a place is likely to be by chance one of a country's.

        As a power of ten: 1 for a country that has a tenth of all places, 0 for one that has none.
        """
        return self._surprise.get(country or "", 0.0)

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        """Return what a folded name can mean, the best known first."""
        rows = self._db.execute(_CANDIDATES, (key, _MOST_CANDIDATES)) if key else ()
        return tuple(Candidate(_entry(row), ALIAS_KINDS[row[0]]) for row in rows)

    def _offices(self, number: int) -> tuple[Office, ...]:
        """Return the offices that an entry (by its number) held or holds."""
        return tuple(self._office(row) for row in self._db.execute(_OFFICES, (number,)))

    def _office(self, row: tuple) -> Office:
        title, sector, rank, country, start, end, source = row
        horizon = self._horizons.get(source.partition(":")[0])
        return Office(title, sector, rank, country, _date(start), _date(end), horizon)

    def number(self, entity_id: str) -> int | None:
        """Return the base's number of the entity with an id; None where it has no such."""
        numbers = range(1, int(self.manifest["entity_rows"]) + 1)
        at = bisect.bisect_left(numbers, entity_id, key=self._id)  # numbers go by id
        return numbers[at] if at < len(numbers) and self._id(numbers[at]) == entity_id else None

    def _id(self, number: int) -> str:
        row = self._db.execute(_ID, (number,)).fetchone()
        return row[0]


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise UsageError(f"there is no knowledge base at {path}: {_REMEDY}")
    try:
        # Beam may call a DoFn from a thread other than the one that set it up, one at a time.
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise UsageError(f"cannot open the knowledge base {path}: {error}; {_REMEDY}") from error


def _manifest(db: sqlite3.Connection, path: Path) -> dict[str, str]:
    try:
        (number,) = db.execute("PRAGMA user_version").fetchone()
        if number != FORMAT:
            raise UsageError(
                f"the knowledge base {path} has format {number}, this version of dateline reads "
                f"format {FORMAT}: {_REMEDY}"
            )
        db.execute(_CANDIDATES, ("", 1)).fetchall()
        db.execute(_OFFICES, (0,)).fetchall()
        manifest = dict(db.execute("SELECT key, value FROM manifest"))
    except sqlite3.Error as error:
        raise UsageError(f"the knowledge base {path} is broken ({error}): {_REMEDY}") from error
    if not {"version", "entity_rows"} <= manifest.keys():
        raise UsageError(f"the knowledge base {path} has no version in its manifest: {_REMEDY}")
    return manifest


def _entry(row: tuple) -> Entry:
    (_, number, entity_id, geonames, kind, place_kind, subtype, sector, name, description,
     country, admin1, latitude, longitude, prior, born, died) = row  # fmt: skip
    return Entry(
        number, entity_id, None if geonames is None else str(geonames), kind, place_kind, subtype,
        sector, name, description, country, admin1, _degrees(latitude), _degrees(longitude),
        prior / 100, born, died,
    )  # fmt: skip


def _degrees(scaled: int | None) -> float | None:
    return None if scaled is None else scaled / 100_000


def _date(number: int | None) -> dt.date | None:
    """Return the day of a number yyyymmdd; None where there is no such day."""
    if number is None:
        return None
    try:
        return dt.date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        return None
