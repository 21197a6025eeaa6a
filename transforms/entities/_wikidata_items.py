"""One item of Wikidata, in the JSON of its dumps, read as what the knowledge base wants of it.

The format: https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON. PHP writes an empty map as `[]`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Json = dict[str, Any]

OTHER = "of other classes"

_LANGUAGES = ("en", "mul")  # `mul` holds names that are the same in all languages
_TIME = re.compile(r"\+0*(\d{1,4})-(\d\d)-(\d\d)T")
_EARTH = "http://www.wikidata.org/entity/Q2"
# Precisions of Wikidata's times (year, month, day), and how much of an ISO day each tells.
_TOLD = {9: 4, 10: 7, 11: 10}
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}")


class Rules(NamedTuple):
    """What is kept of a dump.

    `classes` is, by class and the best first, kind and subtype; `min_sitelinks` does not hold for
    offices and for what has a country's code: others refer to them.
    """

    classes: dict[str, tuple[str, str | None]]
    min_sitelinks: int


def may_be_kept(line: bytes, rules: Rules) -> bool:
    """Tell by its bytes alone, without decoding it, whether anything of a line can be kept.

    Most of a dump are whole items that name no class of ours anywhere: this is where time is saved.
    """
    if not (line.startswith(b'{"type":"item"') and line.endswith(b"}")):
        return True
    names = b"|".join(name.encode() for name in rules.classes)
    return re.search(rb'"id":\s*"(?:' + names + rb')"|"P298"', line) is not None


def read_item(entity: Json, rules: Rules) -> Json | str:
    """Return what is kept of an entity, or why nothing is.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it is not in the format of the dumps.
    """
    if "redirect" in entity:
        return "redirects"
    if entity["type"] != "item":
        return "properties and lexemes"
    claims = _map(entity.get("claims"))
    alpha3 = _first(_strings(claims, "P298"))
    kind, subtype = _kind(claims, rules, is_coded=alpha3 is not None)
    if kind is None:
        return OTHER
    sitelinks = len(_map(entity.get("sitelinks")))
    if kind != "office" and alpha3 is None and sitelinks < rules.min_sitelinks:
        return "of too few sitelinks"
    name = _term(_map(entity.get("labels")))
    if name is None:
        return "without an English label"
    return {
        "id": _checked(entity["id"]),
        "kind": kind,
        "subtype": subtype,
        "name": name,
        "description": _term(_map(entity.get("descriptions"))),
        "sitelinks": sitelinks,
        "modified": (entity.get("modified") or "")[:10],
        "aliases": list(_aliases(entity, claims, name)),
        "alpha2": _first(_strings(claims, "P297")),
        "alpha3": alpha3,
        **_place(claims),
        **(_life(claims) if kind == "person" else {}),
    }


def _checked(item_id: str) -> str:
    if not re.fullmatch(r"Q[1-9]\d*", item_id):
        raise ValueError(f"{item_id!r} is no id of an item")
    return item_id


def _kind(claims: Json, rules: Rules, *, is_coded: bool) -> tuple[str | None, str | None]:
    """Return kind and subtype; what has an alpha-3 code is a country or a territory like one."""
    found = {value["id"] for value in _values(claims, "P31")}
    kinds = [kind for name, kind in rules.classes.items() if name in found]
    if is_coded:
        return next((kind for kind in kinds if kind[0] == "country"), ("country", "territory"))
    return kinds[0] if kinds else (None, None)


def _place(claims: Json) -> Json:
    """Return where something is: `country`, `within`, `of` are items, degrees are of the Earth."""
    geonames = _first(_strings(claims, "P1566"))
    point = _first(v for v in _values(claims, "P625", best=True) if v.get("globe") == _EARTH)
    known = point is not None and abs(point["latitude"]) <= 90 and abs(point["longitude"]) <= 180
    return {
        "country": _linked(claims, "P17"),
        "within": _linked(claims, "P131"),
        "of": _linked(claims, "P1001"),
        "geonames": int(geonames) if geonames and re.fullmatch(r"\d{1,9}", geonames) else None,
        "latitude": point["latitude"] if point and known else None,
        "longitude": point["longitude"] if point and known else None,
    }


def _life(claims: Json) -> Json:
    return {
        "born": _first(_days(_values(claims, "P569", best=True))),
        "died": _first(_days(_values(claims, "P570", best=True))),
        "offices": list(_offices(claims)),
    }


def _offices(claims: Json) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield position, start and end of the offices held.

    One that ended nobody knows when is left out: without its end it would seem to go on.
    """
    for statement in _statements(claims, "P39"):
        snaks = _map(statement.get("qualifiers"))
        position = _value(statement["mainsnak"])
        start, end = (_first(_days(_snak_values(snaks.get(p, ())))) for p in ("P580", "P582"))
        ended = any(snak["snaktype"] != "novalue" for snak in snaks.get("P582", ()))
        if position is not None and (end is not None or not ended):
            yield position["id"], start, end


def _aliases(entity: Json, claims: Json, name: str) -> Iterator[tuple[str, str]]:
    """Yield other names with their kinds, each once, in the order of the item."""
    terms = _map(entity.get("aliases"))
    listed = (a["value"] for language in _LANGUAGES for a in terms.get(language, ()))
    other = [(_text(v), "acronym" if _ACRONYM.fullmatch(v) else "name") for v in listed]
    codes = [(code, "acronym") for p in ("P297", "P298") for code in _strings(claims, p)]
    peoples = (v for v in _values(claims, "P1549") if v["language"] == "en")
    seen = {name}
    for alias, kind in (*other, *codes, *((_text(v["text"]), "demonym") for v in peoples)):
        if alias and alias not in seen:
            seen.add(alias)
            yield alias, kind


def _term(terms: Json) -> str | None:
    found = (terms[language]["value"] for language in _LANGUAGES if language in terms)
    return _first(text for value in found if (text := _text(value)))


def _text(value: str) -> str:
    """Return a text on one line; halves of surrogate pairs, which no file can hold, left out."""
    return " ".join(value.encode("utf-8", "ignore").decode("utf-8").split())


def _days(values: Iterable[Json]) -> Iterator[str]:
    """Yield ISO days, months or years; not centuries, and nothing before our era."""
    for value in values:
        match, told = _TIME.match(value["time"]), _TOLD.get(value["precision"])
        if match and told and int(match[1]):
            yield f"{int(match[1]):04}-{match[2]}-{match[3]}"[:told]


def _linked(claims: Json, name: str) -> str | None:
    """Return the item of a property, the one that holds today before those that have ended."""
    statements = _best(_statements(claims, name))
    statements.sort(key=lambda s: "P582" in _map(s.get("qualifiers")))
    return _first(v["id"] for s in statements if (v := _value(s["mainsnak"])) is not None)


def _strings(claims: Json, name: str) -> Iterator[str]:
    yield from (text for value in _values(claims, name, best=True) if (text := _text(value)))


def _values(claims: Json, name: str, *, best: bool = False) -> Iterator[Any]:
    statements = _statements(claims, name)
    yield from _snak_values(s["mainsnak"] for s in (_best(statements) if best else statements))


def _statements(claims: Json, name: str) -> list[Json]:
    return [s for s in claims.get(name, ()) if s["rank"] != "deprecated"]


def _best(statements: list[Json]) -> list[Json]:
    return [s for s in statements if s["rank"] == "preferred"] or statements


def _snak_values(snaks: Iterable[Json]) -> Iterator[Any]:
    yield from (value for snak in snaks if (value := _value(snak)) is not None)


def _value(snak: Json) -> Any:
    """Return the value of a snak; None where it says that there is none or that none is known."""
    return snak["datavalue"]["value"] if snak["snaktype"] == "value" else None


def _map(value: Mapping[str, Any] | list[Any] | None) -> Json:
    return dict(value) if value else {}


def _first(values: Iterable[Any]) -> Any:
    return next(iter(values), None)
