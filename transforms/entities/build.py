"""How the knowledge base is made: tables of open data in, one read-only SQLite file out.

The tables (`entities`, `aliases`, `roles`, as Parquet) and what they are made of are described in
seeds/knowledge/README.md; what is chosen of them in seeds/knowledge/building.toml. The same tables
give the same file, byte for byte, under one version of SQLite.
"""

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from schemas import UsageError
from transforms.entities._source_items import Item, everyday_countries, items, with_ids
from transforms.entities._source_leaders import leaders, with_leaders
from transforms.entities._source_names import aliases
from transforms.entities._source_places import settled
from transforms.entities._source_roles import Held, Row, held_offices
from transforms.entities.entry import ALIAS_KINDS
from transforms.entities.knowledge import FORMAT

_TABLES = ("entities", "aliases", "roles")

_SCHEMA = """
-- Entities are numbered in the order of their ids: looking one up by id needs no index.
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (num INTEGER PRIMARY KEY, name TEXT NOT NULL, licence TEXT, entities INTEGER);
CREATE TABLE class (num INTEGER PRIMARY KEY, kind TEXT NOT NULL, place_kind TEXT, subtype TEXT,
  sector TEXT);
CREATE TABLE division (num INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- An id that is missing is "gn:" and the GeoNames id.
CREATE TABLE entity (num INTEGER PRIMARY KEY, id TEXT, geonames INTEGER,
  class INTEGER NOT NULL, name TEXT NOT NULL, description TEXT, country TEXT, division INTEGER,
  latitude INTEGER, longitude INTEGER, prior INTEGER NOT NULL, born INTEGER, died INTEGER,
  source INTEGER NOT NULL);
CREATE TABLE alias (key TEXT NOT NULL, entity INTEGER NOT NULL, kind INTEGER NOT NULL,
  PRIMARY KEY (key, entity)) WITHOUT ROWID;
CREATE TABLE office (num INTEGER PRIMARY KEY, title TEXT NOT NULL, sector TEXT,
  rank INTEGER NOT NULL);
CREATE TABLE role (entity INTEGER NOT NULL, num INTEGER NOT NULL, office INTEGER NOT NULL,
  country TEXT, start INTEGER, "end" INTEGER, source INTEGER NOT NULL,
  PRIMARY KEY (entity, num)) WITHOUT ROWID;
"""

_PLACES = """
SELECT entity.country, count(*) FROM entity JOIN class ON class.num = entity.class
WHERE class.kind = 'place' AND entity.country IS NOT NULL GROUP BY entity.country
"""

# Offices that have no end run to the last day that their source can know of: a table of 2022 says
# nothing of who governs in 2026. Few rows tell of the future; they are not the source's last day.
_HORIZON_SHARE = 0.995


def build(
    source_dir: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    terms: Sequence[Mapping[str, str]] | None = None,
) -> dict[str, str]:
    """Make the knowledge base `target` of the tables in `source_dir`; return its manifest.

    The file is written beside the target and takes its place when it is whole. `terms` are offices
    to lay over the tables, as in seeds/knowledge/leaders.csv; None are those.

    Raises:
        UsageError: a table is missing or is no Parquet file.
    """
    tables = {name: _read(Path(source_dir) / f"{name}.parquet") for name in _TABLES}
    tables["entities"], ids = settled(tables["entities"], tables["aliases"])
    tables["aliases"] = with_ids(tables["aliases"], ids)
    ids = everyday_countries(tables["entities"])
    left_out = set(ids.values())
    tables["entities"] = [row for row in tables["entities"] if row["id"] not in left_out]
    tables = {name: with_ids(rows, ids) for name, rows in tables.items()}
    tables = with_leaders(tables, leaders() if terms is None else terms)
    offices = held_offices(tables["roles"])
    chosen = items(tables["entities"], offices)
    unfinished = Path(f"{os.fspath(target)}.new")
    unfinished.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(unfinished, isolation_level=None)) as db:
        _prepare(db)
        _fill(db, chosen, tables["aliases"], offices)
        manifest = _manifest(db, Path(source_dir), tables)
        db.executemany("INSERT INTO manifest VALUES (?, ?)", sorted(manifest.items()))
        db.execute("COMMIT")
        db.execute("VACUUM")
    unfinished.replace(target)
    return manifest


def _read(path: Path) -> list[Row]:
    try:
        return pq.read_table(path).to_pylist()
    except (OSError, ValueError) as error:
        raise UsageError(
            f"cannot read the table {path}: {error}; it takes the folder that holds "
            f"{', '.join(f'{name}.parquet' for name in _TABLES)}"
        ) from error


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA page_size = 4096")
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.executescript(_SCHEMA)
    db.execute(f"PRAGMA user_version = {FORMAT}")
    db.execute("BEGIN")


class _Numbers:
    """Numbers values in the order in which they are first seen."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}

    def __call__(self, value: Any) -> int | None:
        return None if value is None else self.of.setdefault(value, len(self.of) + 1)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        for value, number in self.of.items():
            yield (number, *value) if isinstance(value, tuple) else (number, value)


def _fill(
    db: sqlite3.Connection, chosen: list[Item], names: Iterable[Row], offices: dict[str, list[Held]]
) -> None:
    numbers = {item.id: number for number, item in enumerate(chosen, 1)}
    sources, classes, divisions, titles = _Numbers(), _Numbers(), _Numbers(), _Numbers()
    entities = [
        (numbers[item.id], None if item.id == f"gn:{item.geonames}" else item.id, item.geonames,
         classes(_class(item)), item.name, item.description, item.country,
         divisions(item.admin1), _scaled(item.latitude), _scaled(item.longitude),
         round(item.prior * 100), item.born, item.died, sources((item.source, item.licence)))
        for item in chosen
    ]  # fmt: skip
    roles = [
        (numbers[item.id], number, titles(held.office), held.country, held.start, held.end,
         sources((held.source, None)))
        for item in chosen for number, held in enumerate(offices.get(item.id, ()), 1)
    ]  # fmt: skip
    keys = (
        (alias.key, numbers[alias.holder], ALIAS_KINDS.index(alias.kind))
        for alias in aliases(chosen, names, offices)
    )
    _insert(db, "entity", 14, entities)
    _insert(db, "alias", 3, keys)
    _insert(db, "role", 7, roles)
    _insert(db, "office", 4, titles.rows())
    _insert(db, "class", 5, classes.rows())
    _insert(db, "division", 2, divisions.rows())
    _insert(db, "source", 4, _counted(sources, entities))


def _class(item: Item) -> tuple[str | None, ...]:
    return item.kind, item.place_kind, item.subtype, item.sector


def _scaled(degrees: float | None) -> int | None:
    """Return degrees as a whole number of 1e-5: a metre, in half the bytes of a float."""
    return None if degrees is None else round(degrees * 100_000)


def _insert(db: sqlite3.Connection, table: str, width: int, rows: Iterable[Any]) -> None:
    places = ", ".join("?" * width)
    db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - our own names


def _counted(sources: _Numbers, entities: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    counts: dict[int, int] = {}
    for entity in entities:
        counts[entity[-1]] = counts.get(entity[-1], 0) + 1
    for row in sources.rows():
        yield *row, counts.get(row[0], 0)


def _manifest(
    db: sqlite3.Connection, source_dir: Path, tables: dict[str, list[Row]]
) -> dict[str, str]:
    """Say what the base is made of; its version is the tables' date and a hash of all its rows."""
    counts = {
        f"{table}_rows": str(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        for table in ("entity", "alias", "role")
    }
    readme = source_dir / "README.md"
    found = (
        re.search(r"[Aa]ssembled (\d{4}-\d\d-\d\d)", readme.read_text("utf-8"))
        if readme.exists()
        else None
    )
    date = found[1] if found else "undated"
    horizons = {f"horizon_{k}": str(v) for k, v in _horizons(tables["roles"]).items()}
    places = {f"places_{country}": str(count) for country, count in db.execute(_PLACES)}
    return {"version": f"{date}-{_digest(db)}", "date": date, **counts, **horizons, **places}


def _digest(db: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for line in db.iterdump():
        digest.update(line.encode())
    return digest.hexdigest()[:8]


def _horizons(roles: Iterable[Row]) -> dict[str, int]:
    """Return, by family of sources, the day up to which it knows who holds an office."""
    days: dict[str, list[int]] = {}
    for row in roles:
        if row["start"] and len(row["start"]) == 10:
            family = row["source"].partition(":")[0]
            days.setdefault(family, []).append(int(row["start"].replace("-", "")))
    return {
        family: sorted(known)[int((len(known) - 1) * _HORIZON_SHARE)]
        for family, known in sorted(days.items())
    }
