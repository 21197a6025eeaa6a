"""A large knowledge base of a dump of Wikidata.

Three stages: the dump into parts (`_wikidata_parts`), in constant memory; the parts into the source
tables (`_wikidata_tables`); the tables into the knowledge base, as those of the one that ships
(`build`), in memory that grows with what is kept.
"""

import csv
import os
from pathlib import Path
from typing import NamedTuple

import seeds
from schemas import UsageError
from transforms.entities._wikidata_items import Rules
from transforms.entities._wikidata_parts import PART_SIZE, Progress, part_rows, read_parts
from transforms.entities._wikidata_tables import write_tables
from transforms.entities.build import build

_KINDS = frozenset({"country", "place", "region", "person", "organization", "group", "office"})
_COLUMNS = ["class", "name", "kind", "subtype"]


class Report(NamedTuple):
    """What was read of a dump, what the tables made of it have, and the knowledge base's manifest."""

    progress: Progress
    tables: dict[str, int]
    manifest: dict[str, str]


def build_from_dump(
    dump: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    parts: str | os.PathLike[str] | None = None,
    classes: str | os.PathLike[str] | None = None,
    min_sitelinks: int = 10,
    workers: int = 0,
    part_size: int = PART_SIZE,
) -> Report:
    """Make the knowledge base `target` of a JSON dump, plain or as .bz2, .gz or .zst.

    The same dump and options give the same file, however many workers there are and however often
    it was interrupted.

    Args:
        dump: an array of entities, one a line.
        target: the SQLite file to write.
        parts: the folder of what is finished (default: the target's name with `.parts`). It stays.
        classes: a CSV file with more classes, which go before those in
            seeds/knowledge/wikidata_classes.csv; one with an empty kind takes a class out.
        min_sitelinks: how many pages on Wikipedia and its sisters an item has at least.
        workers: processes that decode lines beside this one, which decompresses them; 0 for none.
        part_size: bytes of the dump, decompressed, that are read again at most after a kill.

    Raises:
        UsageError: the dump, the folder or the list of classes cannot be used.
    """
    folder = Path(f"{os.fspath(target)}.parts") if parts is None else Path(parts)
    rules = Rules(listed_classes(classes), min_sitelinks)
    progress = read_parts(Path(dump), folder, rules, workers=workers, part_size=part_size)
    tables = write_tables(lambda: part_rows(folder, progress.parts), folder)
    return Report(progress, tables, build(folder, target, terms=()))


def listed_classes(path: str | os.PathLike[str] | None = None) -> dict[str, tuple[str, str | None]]:
    """Return kind and subtype by class, the best class first: a user's own and those listed."""
    own = [] if path is None else _own_classes(Path(path))
    rows = [*own, *seeds.read_csv("knowledge/wikidata_classes.csv")]
    kinds: dict[str, tuple[str, str | None]] = {}
    for row in rows:
        kinds.setdefault(row["class"], (row["kind"], row["subtype"] or None))
    return {name: kind for name, kind in kinds.items() if kind[0]}


def _own_classes(path: Path) -> list[dict[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read the classes {path}: {error}") from error
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    for row in rows:
        if list(row) != _COLUMNS or None in row.values():
            raise UsageError(f"the classes {path} need the columns {','.join(_COLUMNS)}: {row}")
        if row["kind"] and row["kind"] not in _KINDS:
            raise UsageError(
                f"the classes {path} give {row['class']} the kind {row['kind']!r}; "
                f"it is one of {', '.join(sorted(_KINDS))}, or empty"
            )
    return rows
