"""A user's own entities, laid over the knowledge base: a CSV file, a row an entity."""

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from schemas import EntityKind, UsageError
from transforms.entities.entry import Candidate, Entry
from transforms.entities.fold import MAX_LENGTH, fold, without_articles, without_suffix

COLUMNS = (
    "id", "name", "kind", "aliases", "description", "place_kind", "country", "admin1", "latitude",
    "longitude", "geonames_id", "sector",
)  # fmt: skip
_REQUIRED = ("id", "name", "kind")
_MOST = {"latitude": 90.0, "longitude": 180.0}
_LONGEST_ID = 200

# How well known a user's entities are taken to be: as a capital.
_PRIOR = 8.0

# The kind of alias by which they are found; its weight is in seeds/knowledge/ranking.csv.
ALIAS = "yours"


class Row:
    """A row of the file, with the line that errors name."""

    def __init__(self, path: Path, line: int, cells: Mapping[str, str | None]) -> None:
        self.line = line
        self._path = path
        self._cells = cells

    def __getitem__(self, column: str) -> str | None:
        """Return a cell, None where it is empty."""
        return (self._cells.get(column) or "").strip() or None

    def error(self, message: str) -> UsageError:
        """Return an error that names the file and the line."""
        return UsageError(f"{self._path}, line {self.line}: {message}")


class Overlay:
    """The entities of a file by the keys of their names.

    Raises:
        UsageError: the file cannot be read; a column is unknown or missing; a row has no id, an id
            or a name that another row has, a kind or coordinates that are none. It names the line.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.entries: dict[str, Entry] = {}  # by id
        self._ids: dict[str, str] = {}  # by key
        content = _read(Path(path))
        self.version = hashlib.sha256(content.encode()).hexdigest()[:8]
        lines: dict[str, int] = {}  # of the names, by key
        for row in _rows(Path(path), content):
            entry = _entry(row, number=-1 - len(self.entries))
            if entry.id in self.entries:
                raise row.error(f"there is another row with the id {entry.id!r}")
            self.entries[entry.id] = entry
            for key in _keys(row, entry):
                if self._ids.setdefault(key, entry.id) != entry.id:
                    other = f"{self._ids[key]!r} on line {lines[key]}"
                    raise row.error(
                        f"the name {key!r} is also one of {other}; leave one of them out"
                    )
                lines.setdefault(key, row.line)

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """Return the entity that has a name with that key."""
        entity_id = self._ids.get(key)
        return (Candidate(self.entries[entity_id], ALIAS),) if entity_id else ()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the entities {path}: {error}") from error


def _rows(path: Path, content: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(content, newline=""), strict=True)
    try:
        given = tuple(reader.fieldnames or ())
        _check_columns(path, given)
        for cells in reader:
            row = Row(path, reader.line_num, {k: v for k, v in cells.items() if isinstance(k, str)})
            if None in cells:
                raise row.error(
                    f"more cells than columns: {len(given)} columns are named on line 1"
                )
            yield row
    except csv.Error as error:
        raise UsageError(f"{path}, after line {reader.line_num}: {error}") from error


def _check_columns(path: Path, given: tuple[str, ...]) -> None:
    wrong = [
        *(f"no column {name!r} is known" for name in given if name not in COLUMNS),
        *(f"column {name!r} is missing" for name in _REQUIRED if name not in given),
        *(f"column {name!r} is there twice" for name in given if given.count(name) > 1),
    ]
    if wrong:
        raise UsageError(f"{path}, line 1: {wrong[0]}; the columns are {', '.join(COLUMNS)}")


def _entry(row: Row, *, number: int) -> Entry:
    entity_id, name = row["id"], row["name"]
    if not entity_id or len(entity_id) > _LONGEST_ID or any(c.isspace() for c in entity_id):
        raise row.error(f"the id {entity_id or ''!r} is none: give one without spaces")
    if not name:
        raise row.error("there is no name")
    kind = _kind(row)
    country = row["country"]
    if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
        raise row.error(f"the country {country!r} is no ISO 3166-1 code of three letters")
    latitude, longitude = _degrees(row, "latitude"), _degrees(row, "longitude")
    if (latitude is None) != (longitude is None):
        raise row.error("latitude and longitude go together: one of them is missing")
    geonames = row["geonames_id"]
    if geonames and not (geonames.isascii() and geonames.isdigit()):
        raise row.error(f"the GeoNames id {geonames!r} is no number")
    return Entry(
        number=number, id=entity_id, geonames_id=geonames, kind=kind, place_kind=row["place_kind"],
        subtype=None, sector=row["sector"], name=name, description=row["description"],
        country=country, admin1=row["admin1"], latitude=latitude, longitude=longitude,
        prior=_PRIOR, born=None, died=None,
    )  # fmt: skip


def _kind(row: Row) -> EntityKind:
    for kind in get_args(EntityKind):
        if row["kind"] == kind:
            return kind
    kinds = ", ".join(get_args(EntityKind))
    raise row.error(f"the kind {row['kind'] or ''!r} is none of {kinds}")


def _degrees(row: Row, column: str) -> float | None:
    value = row[column]
    try:
        degrees = None if value is None else float(value)
    except ValueError as error:
        raise row.error(f"the {column} {value!r} is no number") from error
    if degrees is not None and not abs(degrees) <= _MOST[column]:
        raise row.error(f"the {column} {value} lies outside of ±{_MOST[column]:.0f}")
    return degrees


def _keys(row: Row, entry: Entry) -> Iterable[str]:
    names = [entry.name, *(name for name in (row["aliases"] or "").split("|") if name.strip())]
    keys: dict[str, None] = {}
    for name in names:
        key = fold(name.strip())
        if not key:
            what = (
                f"longer than {MAX_LENGTH} characters" if len(name) > MAX_LENGTH else "no letters"
            )
            raise row.error(f"the name {name[:40]!r} cannot be looked up: {what}")
        keys |= dict.fromkeys((key, without_articles(key) or key, without_suffix(key)))
    return keys


def laid_over(base: Entry | None, mine: Entry) -> Entry:
    """Return a user's entity with what only the base knows of the same id."""
    if base is None:
        return mine
    given = {name: value for name, value in mine._asdict().items() if value is not None}
    return base._replace(**given | {"number": base.number, "prior": max(base.prior, mine.prior)})
