"""Which entities of the source tables go into the knowledge base, and as what."""

import collections
import dataclasses
import math
import re
from collections.abc import Iterable, Iterator

import seeds
from transforms.entities._source_roles import Held, Row
from transforms.entities.fold import MAX_LENGTH, fold

_RULES = seeds.read_toml("knowledge/building.toml")
_PLACE_KINDS = {name: kind for kind, names in _RULES["place_kinds"].items() for name in names}
_SECTORS = {name: sector for sector, names in _RULES["sectors"].items() for name in names}
_PERSONS = _RULES["persons"]
_CAPITALS = frozenset(
    (row["country"], fold(row["capital"])) for row in seeds.read_csv("knowledge/capitals.csv")
)
_CENTRES = {
    (row["country"], "" if row["country"] else row["name"]): row
    for row in seeds.read_csv("knowledge/centres.csv")
}
_TEAMS = [(rule["subtype"], re.compile(rule["pattern"])) for rule in _RULES["teams"]]


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
    description: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    prior: float
    born: int | None
    died: int | None
    source: str
    licence: str


def items(rows: Iterable[Row], offices: dict[str, list[Held]]) -> list[Item]:
    """Choose the entities of the knowledge base, by the rules in seeds/knowledge/building.toml."""
    listed = [row for row in rows if _is_name(row)]
    floors, capitals = _floors(listed), _capitals(listed)
    chosen = [r for r in listed if r["id"] in capitals or _is_kept(r, floors, offices)]
    made = (_item(row, is_capital=row["id"] in capitals) for row in chosen)
    return sorted(_rarity_counted(list(made)), key=lambda item: item.id)


def _rarity_counted(made: list[Item]) -> Iterator[Item]:
    """Give persons with rare names more and with common names less: a John Smith is somebody else.

    The measure is how many of so many persons would have the name if given names and surnames
    went together by chance.
    """
    names = {item.id: fold(item.name).split() for item in made if item.kind == "person"}
    given = collections.Counter(words[0] for words in names.values() if words)
    last = collections.Counter(words[-1] for words in names.values() if words)
    for item in made:
        words = names.get(item.id)
        if not words or len(words) == 1:
            yield item
            continue
        expected = given[words[0]] * last[words[-1]] / len(names)
        gain = _PERSONS["usual_rarity"] - math.log10(expected)
        bounded = max(-_PERSONS["rarity_range"], min(_PERSONS["rarity_range"], gain))
        yield dataclasses.replace(item, prior=item.prior + bounded)


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


def everyday_countries(rows: Iterable[Row]) -> dict[str, str]:
    """Return, by id, the id of the everyday sense of countries that the tables have twice.

    They have the Kingdom of Denmark, with Greenland, as the country, and Denmark as a territory of
    the same name in it: news means the second.
    """
    rows = list(rows)
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
    return {countries[key]["id"]: twins[key]["id"] for key in both}


def with_ids(rows: Iterable[Row], ids: dict[str, str]) -> list[Row]:
    """Return rows with other ids."""
    return [{**row, "id": ids[row["id"]]} if row["id"] in ids else row for row in rows]


def _floors(rows: Iterable[Row]) -> dict[str | None, int]:
    """Return the population from which a country's cities go in."""
    populations: dict[str | None, list[int]] = collections.defaultdict(list)
    for row in rows:
        if row["subtype"] == "city" and row["population"]:
            populations[row["country_iso3"]].append(row["population"])
    largest, floor = _RULES["places"]["largest"], _RULES["places"]["population"]
    floors = {
        country: min(floor, sorted(numbers, reverse=True)[:largest][-1])
        for country, numbers in populations.items()
    }
    return floors | dict.fromkeys(_RULES["places"]["all_of"], 0)


def _is_kept(row: Row, floors: dict[str | None, int], offices: dict[str, list[Held]]) -> bool:
    if row["kind"] == "place":
        return _is_known_place(row, floors)
    if row["kind"] == "person":
        return _is_known_person(row, offices.get(row["id"], []))
    return row["subtype"] not in _RULES["organizations"]["without"]


def _is_known_place(row: Row, floors: dict[str | None, int]) -> bool:
    if row["qid"] or row["subtype"] in _RULES["places"]["always"]:
        return True
    if row["subtype"] == "city":
        enough = floors.get(row["country_iso3"], _RULES["places"]["population"])
        return (row["population"] or 0) >= enough
    return row["lat"] is not None  # a district of which nobody knows where it is


def _is_known_person(row: Row, offices: list[Held]) -> bool:
    sources = row["source"].split(",")
    return (
        any(held.office.sector not in _PERSONS["unless"] for held in offices)
        or not set(_PERSONS["sources"]).isdisjoint(sources)
        or len(sources) >= _PERSONS["corroborated"]
    )


def _item(row: Row, *, is_capital: bool) -> Item:
    place_kind = _place_kind(row, is_capital=is_capital)
    centre = _centre(row)
    return Item(
        id=row["id"],
        geonames=row["geonames_id"] or (int(centre["geonames_id"]) if centre else None),
        kind="place" if row["kind"] in {"country", "region"} else row["kind"],
        place_kind=place_kind,
        subtype="capital" if is_capital else _subtype(row),
        sector=None if place_kind else _SECTORS.get(row["subtype"]),
        name=row["name"],
        description=row["description"],
        country=row["country_iso3"],
        admin1=row["admin1"],
        latitude=float(centre["latitude"]) if centre else row["lat"],
        longitude=float(centre["longitude"]) if centre else row["lon"],
        prior=_prior(row, is_capital=is_capital),
        born=_year(row["birth"]),
        died=_year(row["death"]),
        source=row["source"],
        licence=row["licence"],
    )


def _centre(row: Row) -> dict[str, str] | None:
    """Return where GeoNames puts a country or continent."""
    if row["kind"] == "country":
        return _CENTRES.get((row["iso3"], "")) if row["iso3"] else None
    return _CENTRES.get(("", row["name"])) if row["kind"] == "region" else None


def _subtype(row: Row) -> str | None:
    """Return the kind of an entity; teams are told by what their descriptions and names say."""
    if row["kind"] != "organization" or row["subtype"]:
        return row["subtype"]
    said = f"{row['name']}: {row['description'] or ''}"
    return next((subtype for subtype, pattern in _TEAMS if pattern.search(said)), None)


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
