"""What was kept of a dump of Wikidata, made into the source tables of the knowledge base.

Twice over the parts: first what items refer to (countries, divisions, offices), then the rows.
"""

import dataclasses
import math
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import seeds
from schemas import UsageError
from transforms.entities._source_roles import Row
from transforms.entities._wikidata_items import Json

SOURCE = "wikidata"
_LICENCE = "CC0 (Wikidata)"
_RULES = seeds.read_toml("knowledge/wikidata.toml")
_SECTORS = [
    (rule["sector"], re.compile(rule["pattern"], re.IGNORECASE)) for rule in _RULES["sectors"]
]
_MOST_STEPS = 6  # from a village to the first-level division that it lies in
_LONGEST_TERM = 70  # years: longer ones are mistakes

# What the source tables have, whoever makes them.
COLUMNS = {
    "entities": {
        "id": pa.string(), "qid": pa.string(), "geonames_id": pa.int32(), "iso2": pa.string(),
        "iso3": pa.string(), "kind": pa.string(), "subtype": pa.string(), "name": pa.string(),
        "description": pa.string(), "country_iso3": pa.string(), "lat": pa.float64(),
        "lon": pa.float64(), "population": pa.int64(), "admin1": pa.string(),
        "birth": pa.string(), "death": pa.string(), "prior": pa.float64(),
        "sitelinks": pa.int32(), "source": pa.string(), "licence": pa.string(),
    },
    "aliases": {
        "id": pa.string(), "alias": pa.string(), "alias_kind": pa.string(), "source": pa.string(),
    },
    "roles": {
        "id": pa.string(), "title": pa.string(), "position_qid": pa.string(),
        "country_iso3": pa.string(), "sector": pa.string(), "start": pa.string(),
        "end": pa.string(), "source": pa.string(), "date_flag": pa.string(),
    },
}  # fmt: skip


@dataclasses.dataclass(slots=True)
class _Known:
    """What items refer to."""

    alpha3: dict[str, str] = dataclasses.field(default_factory=dict)
    # By place: what it lies in, its country; of first-level divisions also the name.
    within: dict[str, tuple[str | None, str | None]] = dataclasses.field(default_factory=dict)
    divisions: dict[str, str] = dataclasses.field(default_factory=dict)
    # By office: title, country, what it governs.
    offices: dict[str, tuple[str, str | None, str | None]] = dataclasses.field(default_factory=dict)
    day: str = ""  # the last on which an item was changed

    def add(self, item: Json) -> None:
        self.day = max(self.day, item["modified"])
        if item["alpha3"]:
            self.alpha3[item["id"]] = item["alpha3"]
        if item["kind"] == "office":
            self.offices[item["id"]] = item["name"], item["country"], item["of"]
        elif item["kind"] in {"place", "country", "region"}:
            self.within[item["id"]] = item["within"], item["country"]
            if item["subtype"] == "admin1":
                self.divisions[item["id"]] = item["name"]

    def country(self, *items: str | None) -> str | None:
        """Return the code of the first of the items that is a country or lies in one."""
        for item in items:
            _, country = self.within.get(item or "", (None, None))
            code = self.alpha3.get(item or "") or self.alpha3.get(country or "")
            if code:
                return code
        return None

    def division(self, item_id: str) -> str | None:
        """Return the name of the first-level division that a place is or lies in."""
        step: str | None = item_id
        for _ in range(_MOST_STEPS):
            if step is None or step in self.divisions:
                break
            step, _country = self.within.get(step, (None, None))
        return self.divisions.get(step or "")


def write_tables(parts: Callable[[], Iterable[list[Json]]], folder: Path) -> dict[str, int]:
    """Write the tables and their README; return how many offices were named and how many not.

    Raises:
        UsageError: the parts have no entity.
    """
    known = _Known()
    for items in parts():
        for item in items:
            known.add(item)
    schemas = {name: pa.schema(columns) for name, columns in COLUMNS.items()}
    counts = dict.fromkeys(("entities", "offices held", "offices without a name"), 0)
    writers = {n: pq.ParquetWriter(folder / f"{n}.parquet", s) for n, s in schemas.items()}
    seen: set[str] = set()
    for items in parts():
        fresh = list(_fresh(items, seen))
        rows = {
            "entities": [_entity(item, known) for item in fresh],
            "aliases": [_alias(item, *alias) for item in fresh for alias in item["aliases"]],
            "roles": [r for item in fresh for r in _roles(item, known)],
        }
        for name, writer in writers.items():
            writer.write_table(pa.Table.from_pylist(rows[name], schemas[name]))
        held = sum(len(item.get("offices", ())) for item in fresh)
        counts["entities"] += len(fresh)
        counts["offices held"] += len(rows["roles"])
        counts["offices without a name"] += held - len(rows["roles"])
    for writer in writers.values():
        writer.close()
    if not seen:
        raise UsageError("nothing of the dump was kept: is it one of Wikidata's JSON dumps?")
    readme = f"Assembled {known.day} from a dump of Wikidata (https://www.wikidata.org), CC0.\n"
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return counts


def _fresh(items: list[Json], seen: set[str]) -> Iterator[Json]:
    """Yield the items that are entities, each once."""
    for item in items:
        if item["kind"] != "office" and item["id"] not in seen:
            seen.add(item["id"])
            yield item


def _entity(item: Json, known: _Known) -> Row:
    is_place = item["kind"] in {"place", "country", "region"}
    return {
        "id": item["id"],
        "qid": item["id"],
        "geonames_id": item["geonames"],
        "iso2": item["alpha2"],
        "iso3": item["alpha3"],
        "kind": item["kind"],
        "subtype": item["subtype"],
        "name": item["name"],
        "description": item["description"],
        "country_iso3": item["alpha3"] or known.country(item["country"]),
        "lat": item["latitude"],
        "lon": item["longitude"],
        "admin1": known.division(item["id"]) if is_place else None,
        "birth": item.get("born"),
        "death": item.get("died"),
        "prior": _prior(item["kind"], item["sitelinks"]),
        "sitelinks": item["sitelinks"],
        "source": SOURCE,
        "licence": _LICENCE,
    }


def _prior(kind: str, sitelinks: int) -> float:
    priors = _RULES["priors"]
    return float(priors[kind] + priors["steepness"] * math.log10(1 + sitelinks))


def _alias(item: Json, alias: str, kind: str) -> Row:
    return {"id": item["id"], "alias": alias, "alias_kind": kind, "source": SOURCE}


def _roles(item: Json, known: _Known) -> Iterator[Row]:
    """Yield the offices that a person held; those whose items were not kept have no title."""
    for position, start, end in item.get("offices", ()):
        if position in known.offices:
            title, *where = known.offices[position]
            yield {
                "id": item["id"],
                "title": title,
                "position_qid": position,
                "country_iso3": known.country(*where),
                "sector": sector(title),
                "start": start,
                "end": end,
                "source": SOURCE,
                "date_flag": _flag(start, end),
            }


def sector(title: str) -> str:
    """Return the PLOVER sector of an office."""
    return next((name for name, pattern in _SECTORS if pattern.search(title)), "OTH")


def _flag(start: str | None, end: str | None) -> str:
    """Return what is wrong with the dates of a term, in the words of the tables."""
    if start is None or end is None:
        return "ok"
    told = min(len(start), len(end))
    if start[:told] > end[:told]:
        return "start_after_end"
    return "over_70_years" if int(end[:4]) - int(start[:4]) > _LONGEST_TERM else "ok"
