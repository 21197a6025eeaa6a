"""Under which keys the entities of the knowledge base are found."""

import collections
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import seeds
from transforms.entities._source_items import Item
from transforms.entities._source_roles import HEAD, Held, Row
from transforms.entities.entry import ALIAS_KINDS
from transforms.entities.fold import (
    ARTICLE_COUNTRIES,
    MAX_LENGTH,
    fold,
    skeleton,
    surname,
    without_articles,
    without_suffix,
)
from transforms.entities.publisher import publisher_key

_RULES = seeds.read_toml("knowledge/building.toml")["aliases"]
_SURNAME_PRIOR: float = seeds.read_toml("knowledge/building.toml")["persons"]["surname_prior"]
_ORDINARY = frozenset(seeds.read_toml("knowledge/linking.toml")["ordinary"]["words"])
_CODES_PRINTED = frozenset(_RULES["country_codes"])
_SHORTENED: dict[tuple[str, str], list[str]] = collections.defaultdict(list)
for _row in seeds.read_csv("knowledge/abbreviations.csv"):
    _SHORTENED[_row["country"], _row["division"]].append(_row["abbreviation"])
_TEAM_WORDS = frozenset(_RULES["team_words"])


class Alias(NamedTuple):
    """A key under which an entity is found; the kind says what sort of name it was made of."""

    key: str
    holder: str
    kind: str


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
    for key, item_id, kind in _publisher_names(by_id.values()):
        _better(best, key, item_id, kind)
    for key, item_id, kind in _team_names(by_id.values()):
        _better(best, key, item_id, kind)
    return sorted(Alias(key, item_id, kind) for (key, item_id), kind in best.items() if key)


def _team_names(chosen: Iterable[Item]) -> Iterator[tuple[str, str, str]]:
    """Yield what papers call teams: Exampleton F.C. by its place, the Exampleton Hens by either."""
    chosen = list(chosen)
    places = {
        fold(item.name) for item in chosen if item.place_kind in {"city", "country", "admin1"}
    }
    for item in chosen:
        if item.kind == "organization" and (item.subtype or "").endswith("_team"):
            words = [word for word in fold(item.name).split() if word not in _TEAM_WORDS]
            yield " ".join(words), item.id, "short"
            yield from ((key, item.id, "home") for key in _homes(words, places))


def _publisher_names(chosen: Iterable[Item]) -> Iterator[tuple[str, str, str]]:
    """Yield the keys by which publishers are found as sources, with a leading "the" and without."""
    for item in chosen:
        if item.subtype in _RULES["publishers"]:
            key = publisher_key(item.name)
            yield key, item.id, "name"
            yield publisher_key(f"{key[1:]}.com"), item.id, "name"


def _homes(words: list[str], places: AbstractSet[str]) -> Iterator[str]:
    """Yield the longest name of a place at either end of a team's."""
    for size in range(len(words), 0, -1):
        ends = {" ".join(words[:size]), " ".join(words[-size:])} & places
        if ends:
            yield from sorted(ends)
            return


def _better(best: dict[tuple[str, str], str], key: str, item_id: str, kind: str) -> None:
    old = best.get((key, item_id))
    if old is None or ALIAS_KINDS.index(kind) < ALIAS_KINDS.index(old):
        best[key, item_id] = kind


def _names(by_id: dict[str, Item], rows: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    for item in by_id.values():
        yield item.id, item.name, "name"
        if item.subtype in _RULES["waters"]:
            yield from _short_name(item)
        if item.place_kind == "admin1":
            for short in _SHORTENED.get((item.country or "", item.name), ()):
                yield item.id, short, "abbreviation"
    for row in rows:
        owner = by_id.get(row["id"])
        if owner is not None and _is_printed(owner, row["alias"], row["alias_kind"]):
            yield owner.id, row["alias"], _alias_kind(owner, row["alias"], row["alias_kind"])


def _short_name(item: Item) -> Iterator[tuple[str, str, str]]:
    """Yield the Baltic for the Baltic Sea; not the Black for the Black Sea."""
    first, _, rest = item.name.partition(" ")
    if rest.lower() in _RULES["waters"] and first.lower() not in _ORDINARY:
        yield item.id, first, "short"


def _is_printed(item: Item, name: str, kind: str) -> bool:
    """Tell whether papers print a name: language codes and bare romanisations are small (iq)."""
    if not 1 < len(name.strip(". ")) <= MAX_LENGTH or name[0] == name[0].lower():
        return False
    if item.place_kind == "city" and not name.isascii():
        return False  # how other languages write it; what English takes over, it writes plainly
    is_code = kind == "acronym" and item.place_kind == "country" and name.isalpha()
    return not is_code or name in _CODES_PRINTED


def _alias_kind(item: Item, name: str, kind: str) -> str:
    is_lesser_place = item.place_kind is not None and item.place_kind != "country"
    if is_lesser_place and len(fold(name)) == 2:
        return "code"  # TX, NY: a word of two letters is mostly something else
    if kind != "name":
        return kind
    if item.kind == "person" and " " not in name and "-" not in name:
        return "surname"  # or a given name: one word of a person's does not tell who
    if is_lesser_place and _is_adjective(item, name):
        return "adjective"
    is_part = set(fold(name).split()) < set(fold(item.name).split())  # New York of New York City
    return "exonym" if is_lesser_place and not is_part else "alias"


def _is_adjective(item: Item, name: str) -> bool:
    """Tell whether a name is the adjective to a division's, as Scottish to Scotland."""
    is_division = item.place_kind in {"admin1", "region"}
    ends = name.lower().endswith(tuple(_RULES["adjective_endings"]))
    return is_division and ends and name[:3].lower() == item.name[:3].lower() != name.lower()


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
    return was_head or item.prior >= _SURNAME_PRIOR
