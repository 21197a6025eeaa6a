"""The knowledge base: a read-only SQLite file, opened once a process, asked by key."""

import bisect
import datetime as dt
import functools
import math
import os
import sqlite3
import weakref
from pathlib import Path
from urllib.parse import quote

import seeds
from schemas import UsageError
from transforms.entities.entry import ALIAS_KINDS, HEAD, Candidate, Entry, Office
from transforms.entities.overlay import Overlay, laid_over

# Raised with every change to the tables; a file of another format is refused.
FORMAT = 2

SHIPPED = "knowledge/knowledge.sqlite"

_REMEDY = (
    "build it again with `dateline kb build`, or leave --knowledge_base out for the one that ships"
)

_COLUMNS = """entity.num, coalesce(entity.id, 'gn:' || entity.geonames), entity.geonames,
  class.kind, class.place_kind, class.subtype, class.sector, entity.name, entity.description,
  entity.country, division.name, entity.latitude,
  entity.longitude, entity.prior, entity.born, entity.died"""
_JOINED = """JOIN class ON class.num = entity.class
  LEFT JOIN division ON division.num = entity.division"""
_CANDIDATES = f"""
SELECT alias.kind, {_COLUMNS}
FROM alias JOIN entity ON entity.num = alias.entity {_JOINED}
WHERE alias.key = ? ORDER BY entity.prior DESC, entity.num LIMIT ?
"""  # noqa: S608 - our own names
_ENTRY = f"SELECT 0, {_COLUMNS} FROM entity {_JOINED} WHERE entity.num = ?"  # noqa: S608
_OFFICES = """
SELECT office.title, office.sector, office.rank, role.country, role.start, role."end", source.name
FROM role JOIN office ON office.num = role.office JOIN source ON source.num = role.source
WHERE role.entity = ? ORDER BY role.num
"""
_HEADS = f"""
SELECT 0, {_COLUMNS} FROM entity {_JOINED} WHERE entity.num IN
  (SELECT role.entity FROM role JOIN office ON office.num = role.office
   WHERE role.country = ? AND office.rank = {HEAD})
ORDER BY entity.num
"""  # noqa: S608 - our own names
_ID = "SELECT coalesce(id, 'gn:' || geonames) FROM entity WHERE num = ?"

# There are hundreds of places called San José; those of the least prior cannot win.
_MOST_CANDIDATES = 40


class KnowledgeBase:
    """Names and offices, looked up in a file that `transforms.entities.build` made.

    Opening costs a millisecond and hardly any memory; processes share the file's pages.

    Args:
        path: the file; None is the one that ships.
        entities: a CSV file with a user's own entities to lay over it.

    Raises:
        UsageError: the file is missing, broken, or of another format; a row of the other is wrong.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        entities: str | os.PathLike[str] | None = None,
    ) -> None:
        self.path = Path(str(seeds.seed(SHIPPED)) if path is None else path)
        self._db = _open(self.path)
        weakref.finalize(self, self._db.close)
        self.manifest = _manifest(self._db, self.path)
        self._horizons = {k: _date(day) for k, day in self._counts("horizon_").items()}
        places = self._counts("places_")
        total = sum(places.values())
        self._surprise = {c: math.log10(total / count) for c, count in places.items()}
        self._overlay = None if entities is None else Overlay(entities)
        self._laid_over = {
            number: laid_over(self._entry(number), mine)
            for mine in (self._overlay.entries.values() if self._overlay else ())
            if (number := self._number(mine.id)) is not None
        }
        self.candidates = functools.lru_cache(maxsize=4096)(self._candidates)
        self.offices = functools.lru_cache(maxsize=1024)(self._offices)
        self.heads = functools.lru_cache(maxsize=256)(self._heads)

    @property
    def version(self) -> str:
        """Date and content of the base, for `produced_by`."""
        version = self.manifest["version"]
        return f"{version}+{self._overlay.version}" if self._overlay else version

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
        base = tuple(Candidate(_entry(row), ALIAS_KINDS[row[0]]) for row in rows)
        return base if self._overlay is None else self._with_overlay(key, base, self._overlay)

    def _with_overlay(
        self, key: str, base: tuple[Candidate, ...], overlay: Overlay
    ) -> tuple[Candidate, ...]:
        """Put a user's entities before the base's and in the place of those with the same id."""
        mine = tuple(
            c._replace(entry=self._laid_over.get(self._number(c.entry.id) or 0, c.entry))
            for c in overlay.candidates(key)
        )
        theirs = (c._replace(entry=self._laid_over.get(c.entry.number, c.entry)) for c in base)
        taken = {c.entry.id for c in mine}
        return (*mine, *(c for c in theirs if c.entry.id not in taken))

    def _offices(self, number: int) -> tuple[Office, ...]:
        """Return the offices that an entry (by its number) held or holds."""
        return tuple(self._office(row) for row in self._db.execute(_OFFICES, (number,)))

    def _heads(self, country: str) -> tuple[tuple[Entry, Office], ...]:
        """Return who was head of state or government of a country or of a part of it, and when."""
        entries = map(_entry, self._db.execute(_HEADS, (country,)).fetchall())
        return tuple(
            (entry, office)
            for entry in entries
            for office in self.offices(entry.number)
            if office.rank == HEAD and office.country == country
        )

    def _office(self, row: tuple) -> Office:
        title, sector, rank, country, start, end, source = row
        horizon = self._horizons.get(source.partition(":")[0])
        return Office(title, sector, rank, country, _date(start), _date(end), horizon)

    def number(self, entity_id: str) -> int | None:
        """Return the number of the entity with an id; None where there is no such."""
        number = self._number(entity_id)
        if number is None and self._overlay and entity_id in self._overlay.entries:
            return self._overlay.entries[entity_id].number
        return number

    def _number(self, entity_id: str) -> int | None:
        numbers = range(1, int(self.manifest["entity_rows"]) + 1)
        at = bisect.bisect_left(numbers, entity_id, key=self._id)  # numbers go by id
        return numbers[at] if at < len(numbers) and self._id(numbers[at]) == entity_id else None

    def _entry(self, number: int) -> Entry:
        return _entry(self._db.execute(_ENTRY, (number,)).fetchone())

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
