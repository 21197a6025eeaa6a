"""Places that the source tables have twice, or under the item of a namesake, put right.

Items were joined to places by name: that of Prague, "capital city of the Czech Republic", to a
town in Oklahoma. The item's own description tells in which country it lies.
"""

import collections
import math
import re
from collections.abc import Iterable, Iterator

from transforms.entities._source_roles import Row
from transforms.entities.fold import fold

_OF_AREAS = re.compile(r"\b(region|province|state|department|governorate|county|district)\b")
_OF_TOWNS = re.compile(r"\b(city|town|capital|municipality|village|borough|settlement)\b")

# A degree of latitude, in kilometres, and how far apart two points of one town can be.
_DEGREE = 111.2
_SAME_TOWN = 15.0

Countries = dict[str, str]  # by folded name, adjective and demonym, ISO alpha-3


def settled(rows: list[Row], names: Iterable[Row]) -> tuple[list[Row], dict[str, str]]:
    """Return the entities with each item at its place, and the ids that others have become.

    Args:
        rows: the table `entities`.
        names: the table `aliases`.
    """
    namesakes: dict[str, list[Row]] = collections.defaultdict(list)
    for row in rows:
        if row["kind"] == "place":
            namesakes[fold(row["name"] or "")].append(row)
    owners = _owners(rows, namesakes, _country_names(rows, names))
    taken = {row["id"]: owner for row, owner in owners}
    became = {owner["id"]: item for item, owner in taken.items()}
    became |= _twins(namesakes, {*taken, *became})
    return list(_rewritten(rows, taken, became)), became


def _country_names(rows: list[Row], names: Iterable[Row]) -> Countries:
    codes = {r["id"]: r["country_iso3"] for r in rows if r["kind"] == "country" and r["iso3"]}
    found = {fold(r["name"]): r["country_iso3"] for r in rows if r["id"] in codes}
    for row in names:
        if row["id"] in codes and len(row["alias"]) > 3:
            found.setdefault(fold(row["alias"]), codes[row["id"]])
    return found


def _owners(
    rows: list[Row], namesakes: dict[str, list[Row]], countries: Countries
) -> Iterator[tuple[Row, Row]]:
    """Yield rows whose item belongs to another place of the name, and that place."""
    divisions = (fold(r["name"]) for r in rows if r["subtype"] == "admin1" and " " in r["name"])
    known: dict[str, str | None] = {**dict.fromkeys(divisions), **countries}
    longest = max(name.count(" ") for name in known) + 1
    for row in rows:
        if row["kind"] == "place" and row["qid"] and row["description"]:
            meant = set(filter(None, _named(fold(row["description"]).split(), known, longest)))
            if len(meant) == 1 and row["country_iso3"] not in meant:
                owner = _owner(row, namesakes[fold(row["name"])], *meant)
                if owner is not None:
                    yield row, owner


def _named(said: list[str], known: dict[str, str | None], longest: int) -> Iterator[str | None]:
    """Yield the countries that a description names, the longest names first: New Jersey is none."""
    at = 0
    while at < len(said):
        sizes = range(min(longest, len(said) - at), 0, -1)
        size = next((n for n in sizes if " ".join(said[at : at + n]) in known), 0)
        if size:
            yield known[" ".join(said[at : at + size])]
        at += size or 1


def _owner(row: Row, others: list[Row], country: str) -> Row | None:
    """Return the best known place in a country that is of the sort that a row describes."""
    is_area = bool(
        _OF_AREAS.search(row["description"]) and not _OF_TOWNS.search(row["description"])
    )
    wanted = {"admin1", "admin2"} if is_area else {"city"}
    fitting = [
        r for r in others
        if r["country_iso3"] == country and not r["qid"] and r["subtype"] in wanted
    ]  # fmt: skip
    return max(fitting, key=lambda r: (r["prior"], r["id"]), default=None)


def _twins(namesakes: dict[str, list[Row]], settled_ids: set[str]) -> dict[str, str]:
    """Return, by id, the item of a town that the tables have with its item and without."""
    found = {}
    for rows in namesakes.values():
        towns = [r for r in rows if r["subtype"] == "city" and r["lat"] is not None]
        known = [r for r in towns if r["qid"] and r["id"] not in settled_ids]
        for row in towns if known else ():
            near = [k for k in known if not row["qid"] and _is_same_town(row, k)]
            if len(near) == 1 and row["id"] not in settled_ids:
                found[row["id"]] = near[0]["id"]
    return found


def _is_same_town(one: Row, other: Row) -> bool:
    divisions = {one["admin1"], other["admin1"]} - {None}
    if one["country_iso3"] != other["country_iso3"] or len(divisions) > 1:
        return False
    north = (one["lat"] - other["lat"]) * _DEGREE
    east = (one["lon"] - other["lon"]) * _DEGREE * math.cos(math.radians(one["lat"]))
    return math.hypot(north, east) <= _SAME_TOWN


def _rewritten(rows: list[Row], taken: dict[str, Row], became: dict[str, str]) -> Iterator[Row]:
    by_id = {row["id"]: row for row in rows}
    priors: dict[str, float] = {}
    for old, new in became.items():
        priors[new] = max(priors.get(new, 0.0), by_id[old]["prior"])
    for row in rows:
        if row["id"] in taken:  # what is left of it without the item
            if row["geonames_id"]:
                number = f"gn:{row['geonames_id']}"
                yield {**row, "id": number, "qid": None, "description": None}
        elif row["id"] in became:
            item = by_id[became[row["id"]]]
            if item["id"] in taken:
                yield {**row, "id": item["id"], "qid": item["qid"],
                       "description": item["description"],
                       "prior": max(row["prior"], item["prior"]),
                       "source": f"{row['source']},{item['source']}"}  # fmt: skip
        else:
            yield {**row, "prior": max(row["prior"] or 0.0, priors.get(row["id"], 0.0))}
