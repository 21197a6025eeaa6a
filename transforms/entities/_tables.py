"""What of the source tables goes into the knowledge base, row by row."""

import calendar
import collections
import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import seeds
from transforms.entities.fold import (
    ARTICLE_COUNTRIES,
    MAX_LENGTH,
    fold,
    skeleton,
    surname,
    without_articles,
    without_suffix,
)
from transforms.entities.knowledge import ALIAS_KINDS

Row = dict[str, Any]

_RULES = seeds.read_toml("knowledge/building.toml")
_OFFICES = [
    (rule["rank"], re.compile(rule["pattern"], re.IGNORECASE)) for rule in _RULES["offices"]
]
_PLACE_KINDS = {name: kind for kind, names in _RULES["place_kinds"].items() for name in names}
_SECTORS = {name: sector for sector, names in _RULES["sectors"].items() for name in names}
_SECTOR_NAMES = _RULES["sector_names"]
_PERSONS = _RULES["persons"]
_CAPITALS = frozenset(
    (row["country"], fold(row["capital"])) for row in seeds.read_csv("knowledge/capitals.csv")
)

_CODES_PRINTED = frozenset(_RULES["aliases"]["country_codes"])

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


class Alias(NamedTuple):
    """A key under which an entity is found; the kind says what sort of name it was made of."""

    key: str
    holder: str
    kind: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entity as the knowledge base has it."""

    id: str
    geonames: int | None
    kind: str
    place_kind: str | None
    subtype: str | None
    sector: str | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    prior: float
    born: int | None
    died: int | None
    source: str
    licence: str


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
    rank = _rank(row["title"], sector) if known else NO_OFFICE
    office = Office(row["title"] if known else "", sector, rank)
    start, end = _day(row["start"], last=False), _day(row["end"], last=True)
    return Held(row["id"], office, row["country_iso3"], start, end, row["source"])


def _rank(title: str, sector: str | None) -> int:
    rank = next((rank for rank, pattern in _OFFICES if pattern.search(title)), SOME_OFFICE)
    return rank if rank != HEAD or sector == "GOV" else SOME_OFFICE


def _day(value: str | None, *, last: bool) -> int | None:
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
    return _months(other.start) - _months(one.end) <= 6


def _months(day: int) -> int:
    return day // 10000 * 12 + day // 100 % 100


def items(rows: Iterable[Row], offices: dict[str, list[Held]]) -> list[Item]:
    """Choose the entities of the knowledge base, by the rules in seeds/knowledge/building.toml."""
    listed = _everyday_countries([row for row in rows if _is_name(row)])
    floors = _floors(listed)
    chosen = [row for row in listed if _is_kept(row, floors, offices)]
    capitals = _capitals(chosen)
    made = (_item(row, is_capital=row["id"] in capitals) for row in chosen)
    return sorted(made, key=lambda item: item.id)


def _capitals(rows: list[Row]) -> set[str]:
    """Return the ids of the seats of government: of rows of one name the best known."""
    best: dict[tuple[str, str], Row] = {}
    for row in rows:
        seat = (row["country_iso3"], fold(row["name"]))
        if seat in _CAPITALS and row["subtype"] in {"city", "territory", "admin1"}:
            best[seat] = max(best.get(seat, row), row, key=_as_capital)
    return {row["id"] for row in best.values()}


def _as_capital(row: Row) -> tuple[bool, bool, float, str]:
    return bool(row["qid"]), row["subtype"] != "admin1", row["prior"], row["id"]


def _is_name(row: Row) -> bool:
    """Tell whether a row names something; in small letters it is a word (`vice president`)."""
    name = row["name"] or ""
    if row["kind"] in {"organization", "other"} and name.islower():
        return False
    return 0 < len(name) <= MAX_LENGTH


def _everyday_countries(rows: list[Row]) -> list[Row]:
    """Give a country the Wikidata item of its everyday sense, where the tables have two.

    They have the Kingdom of Denmark, with Greenland, as the country, and Denmark as a territory of
    the same name in it: news means the second.
    """
    twins = {
        (row["country_iso3"], row["name"]): row
        for row in rows
        if row["kind"] == "place" and row["subtype"] == "territory" and row["qid"]
    }
    countries = {
        (row["country_iso3"], row["name"]): row
        for row in rows
        if row["kind"] == "country" and row["iso3"]
    }
    both = twins.keys() & countries.keys()
    ids = {countries[key]["id"]: twins[key]["id"] for key in both}
    dropped = set(ids.values())
    return [
        {**row, "id": ids.get(row["id"], row["id"])} for row in rows if row["id"] not in dropped
    ]


def _floors(rows: Iterable[Row]) -> dict[str | None, int]:
    """Return the population from which a country's cities go in."""
    populations: dict[str | None, list[int]] = collections.defaultdict(list)
    for row in rows:
        if row["subtype"] == "city" and row["population"]:
            populations[row["country_iso3"]].append(row["population"])
    largest, floor = _RULES["places"]["largest"], _RULES["places"]["population"]
    return {
        country: min(floor, sorted(numbers, reverse=True)[:largest][-1])
        for country, numbers in populations.items()
    }


def _is_kept(row: Row, floors: dict[str | None, int], offices: dict[str, list[Held]]) -> bool:
    if row["kind"] == "place":
        enough = floors.get(row["country_iso3"], _RULES["places"]["population"])
        is_large = row["subtype"] == "city" and (row["population"] or 0) >= enough
        return bool(row["qid"]) or is_large or row["subtype"] in _RULES["places"]["always"]
    if row["kind"] == "person":
        return _is_known_person(row, offices.get(row["id"], []))
    return row["subtype"] not in _RULES["organizations"]["without"]


def _is_known_person(row: Row, offices: list[Held]) -> bool:
    sources = row["source"].split(",")
    return (
        any(held.office.sector not in _PERSONS["unless"] for held in offices)
        or not set(_PERSONS["sources"]).isdisjoint(sources)
        or len(sources) >= _PERSONS["corroborated"]
    )


def _item(row: Row, *, is_capital: bool) -> Item:
    place_kind = _place_kind(row, is_capital=is_capital)
    return Item(
        id=row["id"],
        geonames=row["geonames_id"],
        kind="place" if row["kind"] in {"country", "region"} else row["kind"],
        place_kind=place_kind,
        subtype="capital" if is_capital else row["subtype"],
        sector=None if place_kind else _SECTORS.get(row["subtype"]),
        name=row["name"],
        country=row["country_iso3"],
        admin1=row["admin1"],
        latitude=row["lat"],
        longitude=row["lon"],
        prior=_prior(row, is_capital=is_capital),
        born=_year(row["birth"]),
        died=_year(row["death"]),
        source=row["source"],
        licence=row["licence"],
    )


def _place_kind(row: Row, *, is_capital: bool) -> str | None:
    if row["kind"] not in {"place", "country", "region"}:
        return None
    if is_capital:
        return "city"
    name = f"{row['subtype']}:country" if row["kind"] == "country" else row["subtype"]
    return _PLACE_KINDS.get(name) or _PLACE_KINDS.get(row["subtype"]) or "region"


def _prior(row: Row, *, is_capital: bool) -> float:
    prior = float(row["prior"] or 0)
    places = _RULES["places"]
    if row["kind"] == "place" and places["known_source"] in row["source"]:
        prior = max(prior, places["known"])
    if row["kind"] not in {"place", "country"}:
        prior += _RULES["priors"]["offset"]
    elif is_capital:
        prior += _RULES["places"]["capital"]
    elif row["subtype"] == "admin1":
        prior += _RULES["places"]["admin1"]
    return min(prior, float(_RULES["priors"]["largest"]))


def _year(value: str | None) -> int | None:
    return int(value[:4]) if value and value[:4].isdigit() else None


def aliases(
    chosen: Iterable[Item], rows: Iterable[Row], offices: dict[str, list[Held]]
) -> list[Alias]:
    """Make the keys of all names of the entities, one of a kind for each key and entity."""
    by_id = {item.id: item for item in chosen}
    best: dict[tuple[str, str], str] = {}
    for item_id, name, kind in _names(by_id, rows):
        for key, made in _keys(by_id[item_id], name, kind):
            _better(best, key, item_id, made)
    for item in by_id.values():
        if item.kind == "person" and _has_known_surname(item, offices.get(item.id, [])):
            _better(best, surname(fold(item.name)), item.id, "surname")
    return sorted(Alias(key, item_id, kind) for (key, item_id), kind in best.items() if key)


def _better(best: dict[tuple[str, str], str], key: str, item_id: str, kind: str) -> None:
    old = best.get((key, item_id))
    if old is None or ALIAS_KINDS.index(kind) < ALIAS_KINDS.index(old):
        best[key, item_id] = kind


def _names(by_id: dict[str, Item], rows: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    for item in by_id.values():
        yield item.id, item.name, "name"
    for row in rows:
        item = by_id.get(row["id"])
        if item is not None and _is_printed(item, row["alias"], row["alias_kind"]):
            yield item.id, row["alias"], _alias_kind(item, row["alias"], row["alias_kind"])


def _is_printed(item: Item, name: str, kind: str) -> bool:
    """Tell whether papers print a name: language codes and bare romanisations are small (iq)."""
    if not 1 < len(name.strip(". ")) <= MAX_LENGTH or name[0] == name[0].lower():
        return False
    is_code = kind == "acronym" and item.place_kind == "country" and name.isalpha()
    return not is_code or name in _CODES_PRINTED


def _alias_kind(item: Item, name: str, kind: str) -> str:
    if kind != "name":
        return kind
    if item.kind == "person" and " " not in name and "-" not in name:
        return "surname"  # or a given name: one word of a person's does not tell who
    return "exonym" if item.place_kind and item.place_kind != "country" else "alias"


def _keys(item: Item, name: str, kind: str) -> Iterator[tuple[str, str]]:
    key = fold(name)
    yield key, kind
    if item.country in ARTICLE_COUNTRIES or item.kind in {"group", "person"}:
        yield without_articles(key), "stripped"
    if (item.kind == "person" and " " in key) or item.country in ARTICLE_COUNTRIES:
        yield skeleton(key), "respelled"
    if item.kind == "organization":
        yield without_suffix(key), "stripped"


def _has_known_surname(item: Item, offices: list[Held]) -> bool:
    was_head = any(held.office.rank == HEAD for held in offices)
    return was_head or item.prior >= _PERSONS["surname_prior"]
