"""Who governed, as far as the source tables do not know: seeds/knowledge/leaders.csv laid over them.

The tables have the offices of Wikidata as exports of some countries have them: of others not even
the head of government, and nobody who came into office after the exports. Each row of the file is a
term; whoever the tables know by that name in that country, or nowhere, keeps his or her item, others
get an id of ours.
"""

import collections
from collections.abc import Iterable, Iterator, Mapping

import seeds
from transforms.entities._source_roles import HEAD, Row, day_of, months_of, rank_of
from transforms.entities._wikidata_tables import COLUMNS
from transforms.entities.fold import fold, skeleton

_SOURCE = "leaders"
_LICENCE = "CC0"
_RULES = seeds.read_toml("knowledge/building.toml")["leaders"]
_SUCCESSORS: dict[str, str] = _RULES["successors"]
_PRIORS: dict[str, float] = _RULES["priors"]
# Two sources put the beginning of a term so far apart at most: election and oath.
_SAME_TERM = 3  # months

_ANYWHERE = "anywhere"

Tables = dict[str, list[Row]]


def leaders() -> list[Row]:
    """Read the terms of office that ship."""
    return list(seeds.read_csv("knowledge/leaders.csv"))


def with_leaders(tables: Tables, terms: Iterable[Mapping[str, str]]) -> Tables:
    """Return the tables with the terms in them, and those who held them.

    Args:
        tables: `entities`, `aliases` and `roles`, rows as the tables have them.
        terms: rows with country (ISO alpha-3), office, rank, name, other_names (with bars between
            them), start, end, born, item (of whom the tables have in another country alone).
    """
    known = _Persons(tables)
    entities: list[Row] = []
    aliases: list[Row] = []
    roles: list[Row] = []
    for held in _by_person(terms):
        person = known.find(held)
        if person is None:
            person = _person(held, taken=known.ids)
            known.ids.add(person["id"])
        entities.append(_better_known(person, held))
        aliases += _aliases(person["id"], held)
        roles += [_role(person["id"], term) for term in held]
    changed = {row["id"]: row for row in entities}
    kept = (changed.pop(row["id"], row) for row in tables["entities"])
    return {
        "entities": [*kept, *changed.values()],
        "aliases": tables["aliases"] + aliases,
        "roles": [*_ended(tables["roles"], roles), *roles],
    }


def _by_person(terms: Iterable[Mapping[str, str]]) -> list[list[Mapping[str, str]]]:
    """Join the terms of one person: one name in one country, or beside an international office."""
    persons: list[list[Mapping[str, str]]] = []
    known: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for term in sorted(terms, key=lambda term: not term["country"]):  # organisations last
        names = [fold(name) for name in _names(term)]
        country = _of(term["country"]) if term["country"] else _ANYWHERE
        held = next((known[name, country] for name in names if (name, country) in known), None)
        if held is None:
            held = []
            persons.append(held)
        held.append(term)
        for name in names:
            known.setdefault((name, country), held)
            known.setdefault((name, _ANYWHERE), held)
    return persons


def _of(country: str) -> str:
    """Return the country that a code stands for today; empty where it is none."""
    return _SUCCESSORS.get(country, country)


class _Persons:
    """Whom the tables know by a name."""

    def __init__(self, tables: Tables) -> None:
        self.ids = {row["id"] for row in tables["entities"]}
        self._countries: dict[str, set[str]] = collections.defaultdict(set)
        for row in tables["roles"]:
            self._countries[row["id"]].add(row["country_iso3"] or "")
        self._by_name: dict[str, list[Row]] = collections.defaultdict(list)
        persons = {row["id"]: row for row in tables["entities"] if row["kind"] == "person"}
        self._by_id = persons
        for row in persons.values():
            self._add(row["name"] or "", row)
        for row in tables["aliases"]:
            if row["id"] in persons and " " in row["alias"]:
                self._add(row["alias"], persons[row["id"]])

    def _add(self, name: str, row: Row) -> None:
        for key in {fold(name), skeleton(fold(name))}:
            self._by_name[key].append(row)

    def find(self, held: list[Mapping[str, str]]) -> Row | None:
        """Return who held these terms: the best known of the name, of the country or of none."""
        named = next((term["item"] for term in held if term["item"] in self._by_id), None)
        if named is not None:
            return self._by_id[named]
        names = [name for term in held for name in _names(term)]
        for key in (*map(fold, names), *(skeleton(fold(name)) for name in names)):
            fitting = [row for row in self._by_name[key] if key and self._fits(row, held[0])]
            if fitting:
                return max(fitting, key=lambda row: (row["prior"] or 0.0, row["id"]))
        return None

    def _fits(self, row: Row, term: Mapping[str, str]) -> bool:
        born, theirs = term["born"], (row["birth"] or "")[:4]
        if born and theirs and abs(int(born) - int(theirs)) > 1:
            return False
        countries = (self._countries[row["id"]] | {row["country_iso3"] or ""}) - {""}
        return not countries or not _of(term["country"]) or _of(term["country"]) in countries


def _names(term: Mapping[str, str]) -> Iterator[str]:
    yield term["name"]
    yield from filter(None, (name.strip() for name in term["other_names"].split("|")))


def _person(held: list[Mapping[str, str]], taken: set[str]) -> Row:
    first = held[0]
    slug = f"local:{fold(first['name']).replace(' ', '-')}"
    if slug in taken:  # a namesake abroad
        slug = f"{slug}-{(first['country'] or first['start'][:4]).lower()}"
    return dict.fromkeys(COLUMNS["entities"]) | {
        "id": slug,
        "kind": "person",
        "name": first["name"],
        "country_iso3": _of(first["country"]) or None,
        "birth": first["born"] or None,
        "prior": 0.0,
        "source": _SOURCE,
        "licence": _LICENCE,
    }


def _better_known(person: Row, held: list[Mapping[str, str]]) -> Row:
    """Return a person as well known as the highest office makes one."""
    last = max(held, key=lambda term: (int(term["rank"]), term["start"]))
    sources = person["source"].split(",")
    return person | {
        "description": person["description"] or last["office"],
        "prior": max(person["prior"] or 0.0, _PRIORS[last["rank"]]),
        "source": ",".join(dict.fromkeys((*sources, _SOURCE))),
    }


def _aliases(person_id: str, held: list[Mapping[str, str]]) -> Iterator[Row]:
    for name in dict.fromkeys(name for term in held for name in _names(term)):
        yield {"id": person_id, "alias": name, "alias_kind": "name", "source": _SOURCE}


def _role(person_id: str, term: Mapping[str, str]) -> Row:
    return {
        "id": person_id,
        "title": term["office"],
        "position_qid": None,
        "country_iso3": _of(term["country"]) or None,
        "sector": "GOV" if term["country"] else "IGO",
        "start": term["start"],
        "end": term["end"] or None,
        "source": _SOURCE,
        "date_flag": "ok",
        "rank": int(term["rank"]),
    }


def _ended(rows: Iterable[Row], terms: Iterable[Row]) -> Iterator[Row]:
    """Yield rows of the tables; heads whose end they lack and we know, with it."""
    ended: dict[str, list[Row]] = collections.defaultdict(list)
    for term in terms:
        if term["end"]:
            ended[term["id"]].append(term)
    for row in rows:
        ends = (term["end"] for term in ended.get(row["id"], ()) if _is_same(row, term))
        yield row if row["end"] else row | {"end": next(ends, None)}


def _is_same(row: Row, term: Row) -> bool:
    """Tell whether a row without an end is a term of ours."""
    if row["country_iso3"] != term["country_iso3"] or not rank_of(row) == term["rank"] == HEAD:
        return False
    one, other = day_of(row["start"], last=False), day_of(term["start"], last=False)
    if one is None or other is None:
        return False
    return abs(months_of(one) - months_of(other)) <= _SAME_TERM
