"""What speaks for and against a candidate: named features, each a number."""

import collections
import datetime as dt
import functools
import math
import re
from collections.abc import Sequence

import seeds
from transforms.entities.context import Context, Place, places_of
from transforms.entities.entry import HEAD, Candidate, Entry, Office
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.name import Name
from transforms.entities.offices import holds_on, words_of
from transforms.entities.publisher import is_named_after
from transforms.entities.sports import ANY

Features = dict[str, float]

_RULES = seeds.read_toml("knowledge/linking.toml")["description"]
_NO_TOPIC = frozenset(_RULES["words"])
_WORD = re.compile(r"[a-z]{4,}")

_IN_OFFICE = dt.timedelta(days=2 * 366)
_LONG_AGO = dt.timedelta(days=20 * 366)

# More than this by which one candidate is better known than the next tells nothing more.
_LARGEST_LEAD = 3.0

# More mentions of a name than this tell nothing more.
_MANY = 8

# From this share of the votes on they are not there by chance.
_SOME = 0.02

# Shares of the votes.
_COUNTRY = "share of its country"
_SHARES = (_COUNTRY, "share of its division", "share of its surroundings")
# Bodies that many countries have under one name.
_NATIONAL = frozenset(
    {"party", "ministry", "agency", "legislature", "military", "police", "central_bank"}
)
_AT_HOME = ("publisher's country", "publisher's division")


def features(
    name: Name, candidates: Sequence[Candidate], context: Context, kb: KnowledgeBase
) -> list[Features]:
    """Return the features of each candidate of a name."""
    found = [_features(name, candidate, context, kb) for candidate in candidates]
    _compare(found)
    _add_lead(candidates, found)
    countries = {c.entry.country for c in candidates}
    if len(countries) == 1 and all(c.entry.kind == "place" for c in candidates):
        surprise = max(0.0, kb.surprise(*countries) - 1.0)
        for values in found:
            is_named = values.get(f"{_COUNTRY}: any", 0.0)
            values["only in a country that is named"] = is_named
            values["by what surprise"] = is_named * surprise
    return found


def _add_lead(candidates: Sequence[Candidate], found: list[Features]) -> None:
    """Add by how much the best known of the candidates is better known than the next."""
    known = sorted((c.entry.prior for c in candidates), reverse=True)
    for candidate, values in zip(candidates, found, strict=True):
        # Of places the least known may be meant, where the article is at home.
        if candidate.entry.prior == known[0] and candidate.entry.kind != "place":
            kind = kind_class(candidate.entry)
            lead = known[0] - known[1] if len(known) > 1 else _LARGEST_LEAD
            values[f"best known by: {kind}"] = min(lead, _LARGEST_LEAD)
            values[f"the only one: {kind}"] = float(len(known) == 1)


def _compare(found: list[Features]) -> None:
    """Add what a candidate has less of than the one of the same name that has most of it."""
    for what in _SHARES:
        best = max((values.get(what, 0.0) for values in found), default=0.0)
        for values in found if best > 0 else ():
            if what in values:
                values[f"{what}, beside the best"] = values[what] / best
    for what in _AT_HOME:
        if any(values.get(what) for values in found):
            for values in found:
                values[f"not {what}, but another"] = 1.0 - values.get(what, 0.0)


def _features(name: Name, candidate: Candidate, context: Context, kb: KnowledgeBase) -> Features:
    entry, alias = candidate
    kind = kind_class(entry)
    values: Features = {
        f"is {kind}": 1.0,
        f"prior: {kind}": entry.prior - 5.0,
        f"well known: {kind}": max(0.0, entry.prior - 7.0),
        f"alias: {alias}": 1.0,
        f"several words: {kind}": float(" " in name.key),
        f"full name: {kind}": float(" " in name.key and alias == "name"),
        f"where places stand: {kind}": name.located,
        "description": _agreement(entry, context),
    }
    # What a team's name looks like tells something where the article is about sport.
    scale = context.sports.get(ANY, 0.0) if kind == "team" else 1.0
    for label, share in _label_shares(name.labels):
        values[f"{label}: {kind}"] = share * scale
    values[f"in capitals, in sport: {kind}"] = name.shouted * context.sports.get(ANY, 0.0)
    if alias == "acronym" and not any(text.isupper() for text in name.texts):
        values["acronym in small letters"] = 1.0
    if entry.number in name.by_two_names:
        values["by two names"] = 1.0
    # Iraqi beside Iraq says nothing.
    if entry.kind != "place" and context.named.get(entry.id, frozenset()) - {name.key}:
        values["also named otherwise"] = 1.0
    if kind in {"place", "country"}:
        return values | _of_place(name, entry, context, kind)
    if kind == "person":
        return values | _of_person(name, entry, alias, context, kb)
    if kind == "team":
        return values | _of_team(name, entry, alias, context)
    values[f"subtype: {entry.subtype}"] = 1.0
    share = context.votes.share(Place(entry.country), name.own)
    values["share of its country: group"] = share
    if entry.subtype in _NATIONAL and entry.country:
        is_elsewhere = share <= _SOME and context.votes.totals[0] > name.own.totals[0]
        values["national: another country is named"] = float(is_elsewhere)
    return values


def kind_class(entry: Entry) -> str:
    """Return the kind by which features go: countries are none of the places, teams no groups."""
    if (entry.subtype or "").endswith("_team"):
        return "team"
    if entry.kind != "place":
        return "organization" if entry.kind == "group" else entry.kind
    return "country" if entry.place_kind == "country" else "place"


def nobody_features(name: Name, context: Context) -> Features:
    """Return the features of the answer that a name means nobody of the knowledge base."""
    values: Features = {
        "nobody": 1.0,
        "nobody: several words": float(" " in name.key),
        "nobody: three words": float(name.key.count(" ") > 1),
        "nobody: short": float(len(name.key) < 4),
        "nobody: mentions": math.log(min(len(name.labels), _MANY)),
        "nobody: side": name.side,
        "nobody: sport": context.sports.get(ANY, 0.0),
        "nobody: headline": name.headline,
        "nobody: capitals": name.shouted,
        "nobody: begins": name.starting,
        "nobody: goes on": name.going_on,
        "nobody: adjoins": name.adjoining,
        "nobody: hangs on": name.hanging,
        "nobody: compound": name.compound,
        "nobody: where places stand": name.located,
    }
    for label, share in _label_shares(name.labels):
        values[f"{label}: nobody"] = share
    return values


@functools.lru_cache(maxsize=4096)
def _label_shares(labels: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    counts = collections.Counter(labels)
    return tuple((label, count / len(labels)) for label, count in sorted(counts.items()))


def _of_place(name: Name, entry: Entry, context: Context, kind: str) -> Features:
    sport = context.sports.get(ANY, 0.0)
    values: Features = {
        f"place kind: {entry.place_kind}": 1.0,
        f"in sport: {kind}": sport,
        f"as a side: {kind}": name.side,
        f"as a side, in sport: {kind}": name.side * sport,
        f"in brackets: {kind}": name.bracketed,
        "in the dateline": name.dateline,
    }
    for what, place in zip(_SHARES, places_of(entry), strict=True):
        if place is not None:
            share = context.votes.share(place, name.own)
            values[what] = share
            values[f"{what}: any"] = float(share > _SOME)
    if name.lies_in and entry.place_kind not in {"country", "admin1", "region"}:
        values["in what stands beside: country"] = float(entry.country in name.lies_in)
        values["in what stands beside: division"] = float(entry.admin1 in name.lies_in)
        values["elsewhere"] = float(name.lies_in.isdisjoint({entry.country, entry.admin1}))
    if context.home is not None:
        country, division = context.home
        values["publisher's country"] = float(entry.country == country)
        values["publisher's division"] = float((entry.country, entry.admin1) == (country, division))
    if kind == "place" and is_named_after(context.source, name.key):
        values["in the publisher's name"] = 1.0
        values["in the publisher's name: prior"] = entry.prior - 5.0
    if entry.wikidata_id is None:
        values[f"no item: {entry.place_kind}"] = 1.0
    if entry.subtype == "capital":
        values["capital"] = 1.0
        values["capital that acts as a government"] = name.acting
    return values


def _of_team(name: Name, entry: Entry, alias: str, context: Context) -> Features:
    sport, any_sport = (context.sports.get(s or "", 0.0) for s in (entry.subtype, ANY))
    by_place = alias in {"home", "short"}
    return {
        "team: its sport": sport,
        "team: other sport": any_sport * (1.0 - sport),
        "team: no sport": 1.0 - any_sport,
        "team: as a side": name.side * any_sport,
        "team: by its place": float(by_place),
        "team: by its place, in its sport": sport * by_place,
        "team: by its place, as a side": name.side * any_sport * by_place,
        "team: in brackets": name.bracketed * any_sport,
    }


def _of_person(
    name: Name, entry: Entry, alias: str, context: Context, kb: KnowledgeBase
) -> Features:
    offices = [office for office in kb.offices(entry.number) if office.rank >= 0]
    relevant = offices
    if context.day is not None:
        relevant = [office for office in offices if holds_on(office, context.day, _IN_OFFICE)]
    agrees = any(words_of(o.title) & name.title_words for o in relevant)
    in_office = bool(relevant) and context.day is not None
    countries = {o.country for o in offices if o.country} | {entry.country}
    share = max(context.votes.share(Place(c), name.own) for c in countries)
    return {
        "in office": float(in_office) if context.day else 0.5 * bool(offices),
        "in high office": float(in_office and max(o.rank for o in relevant) > 1),
        "long ago": _long_ago(entry, [o.end or o.horizon for o in offices], context.day),
        "title agrees": float(agrees),
        "title, other or none": float(bool(name.title_words) and not agrees),
        "bare surname": float(alias == "surname" and not (in_office or agrees)),
        "surname of a head in office": float(alias == "surname" and _governs(relevant, context)),
        "share of its country: person": share,
        "in sport: person": context.sports.get(ANY, 0.0),
        "no office: person": float(not offices),
    }


def _governs(offices: list[Office], context: Context) -> bool:
    """Tell whether one of the offices is that of a head of state or government on the day."""
    day = context.day
    return day is not None and any(o.rank == HEAD and holds_on(o, day) for o in offices)


def _long_ago(entry: Entry, ends: list[dt.date | None], day: dt.date | None) -> float:
    if day is None:
        return 0.0
    if entry.died is not None and day.year - entry.died > 20:
        return 1.0
    if entry.born is not None and not 15 < day.year - entry.born < 120:
        return 1.0
    known = [end for end in ends if end is not None]
    return float(bool(known) and max(known) < day - _LONG_AGO)


def _agreement(entry: Entry, context: Context) -> float:
    """Return how much of what describes an entity the article mentions too, 0 to 1."""
    topics = _topics(entry.description)
    return len(topics & context.words) / len(topics) if topics else 0.0


@functools.lru_cache(maxsize=4096)
def _topics(description: str | None) -> frozenset[str]:
    return frozenset(_WORD.findall((description or "").lower())) - _NO_TOPIC
