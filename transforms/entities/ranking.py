"""Which candidate a name means: named features, their weights as data, and nobody as an answer."""

import collections
import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import seeds
from transforms.entities.knowledge import Candidate, Entry, KnowledgeBase
from transforms.entities.offices import holds_on, words_of

_RULES = seeds.read_toml("knowledge/linking.toml")
_TYPES: dict[str, dict[str, float]] = _RULES["types"]
_ALIASES: dict[str, float] = _RULES["aliases"]
_WEIGHTS: dict[str, float] = _RULES["weights"]
_LEAST: dict[str, float] = _RULES["least"]
_MARGIN: float = _RULES["margin"]

_IN_OFFICE = dt.timedelta(days=2 * 366)
_LONG_AGO = dt.timedelta(days=20 * 366)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it is ranked: all its mentions in the article, which mean the same."""

    key: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    title_words: frozenset[str] = frozenset()  # of titles that stand before it
    beside: frozenset[str] = frozenset()  # countries and divisions named after it ("Paris, Texas")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the rest of the article says about who can be meant."""

    day: dt.date | None
    countries: dict[str, float]  # ISO alpha-3: share of the article's mentions of countries
    named: dict[str, frozenset[str]]  # entity id: keys under which the article has it


class Features(NamedTuple):
    """What speaks for and against a candidate; each is weighted in seeds/knowledge/linking.toml."""

    prior: float  # how well known, 0 to 12
    type: float  # what the recogniser's labels say of such an entity, mean over the mentions
    alias: float  # what the kind of alias is worth
    country_share: float  # the candidate's country among those that the article names, 0 to 1
    only_here: float  # 1: all places of the name are in a country that the article names
    also_named: float  # 1: the article has the candidate under another name as well
    beside: float  # 1: the name of its country or division follows ("Paris, Texas")
    in_office: float  # 1: held an office around the publication
    long_ago: float  # 1: died or left the last known office long before the publication
    title_agrees: float  # 1: the title before the name is that of an office held
    several_words: float  # 1: a name of several words, which few share
    wrong_case: float  # 1: an acronym that is not in capitals
    bare_surname: float  # 1: a surname alone, and neither in office nor with the title


class Ranked(NamedTuple):
    """A candidate with its worth; above its kind's least it can be linked."""

    worth: float
    candidate: Candidate
    features: Features


def features(
    name: Name,
    candidate: Candidate,
    context: Context,
    kb: KnowledgeBase,
    only_here: str | None = None,
) -> Features:
    """Return the features of a candidate; `only_here` is the only country that has such a name."""
    entry, alias = candidate
    in_office, long_ago, agrees = _times(name, entry, context.day, kb)
    return Features(
        prior=entry.prior,
        type=sum(_type(label, entry) for label in name.labels) / len(name.labels),
        alias=_ALIASES[alias],
        country_share=context.countries.get(entry.country or "", 0.0),
        only_here=float(only_here is not None and only_here == entry.country),
        also_named=float(bool(context.named.get(entry.id, frozenset()) - {name.key})),
        beside=float(not name.beside.isdisjoint({entry.country or "-", entry.admin1 or "-"})),
        in_office=in_office,
        long_ago=long_ago,
        title_agrees=agrees,
        several_words=float(" " in name.key and alias not in {"surname", "stripped"}),
        wrong_case=float(alias == "acronym" and not any(t.isupper() for t in name.texts)),
        bare_surname=float(alias == "surname" and not (in_office or agrees)),
    )


def _type(label: str, entry: Entry) -> float:
    return _TYPES.get(label, {}).get(kind_class(entry), 0.0)


def kind_class(entry: Entry) -> str:
    """Return the kind by which types and thresholds go: countries and cities are two."""
    if entry.kind != "place":
        return entry.kind
    return "country" if entry.place_kind == "country" else "place"


def _times(
    name: Name, entry: Entry, day: dt.date | None, kb: KnowledgeBase
) -> tuple[float, float, float]:
    """Return in_office, long_ago and title_agrees of a person."""
    if entry.kind != "person":
        return 0.0, 0.0, 0.0
    offices = [office for office in kb.offices(entry.number) if office.rank >= 0]
    relevant = offices
    if day is not None:
        relevant = [office for office in offices if holds_on(office, day, _IN_OFFICE)]
    agrees = any(len(words_of(o.title) & name.title_words) > 0 for o in relevant)
    in_office = float(bool(relevant) and day is not None)
    return in_office, _long_ago(entry, [o.end or o.horizon for o in offices], day), float(agrees)


def _long_ago(entry: Entry, ends: list[dt.date | None], day: dt.date | None) -> float:
    if day is None:
        return 0.0
    if entry.died is not None and day.year - entry.died > 20:
        return 1.0
    if entry.born is not None and not 15 < day.year - entry.born < 120:
        return 1.0
    known = [end for end in ends if end is not None]
    return float(bool(known) and max(known) < day - _LONG_AGO)


def rank(
    name: Name, candidates: Iterable[Candidate], context: Context, kb: KnowledgeBase
) -> list[Ranked]:
    """Return the candidates with their worth, the best first."""
    candidates, ranked = tuple(candidates), []
    only_here = _only_country(candidates, context)
    for candidate in candidates:
        values = features(name, candidate, context, kb, only_here)
        worth = sum(_WEIGHTS[field] * value for field, value in values._asdict().items())
        ranked.append(Ranked(worth, candidate, values))
    return sorted(ranked, key=lambda r: (-r.worth, r.candidate.entry.number))


def _only_country(candidates: Iterable[Candidate], context: Context) -> str | None:
    """Return the country of all places among candidates, where it is one that the article names."""
    found = {c.entry.country for c in candidates if c.entry.kind == "place"}
    country = next(iter(found)) if len(found) == 1 else None
    return country if country in context.countries else None


def choose(ranked: list[Ranked]) -> Candidate | None:
    """Return the candidate that a name means; None where no one is worth it or two are level."""
    if not ranked:
        return None
    best = ranked[0]
    entry = best.candidate.entry
    if best.worth < _LEAST[kind_class(entry)]:
        return None
    for other in ranked[1:]:
        if best.worth - other.worth >= _MARGIN:
            break
        if not _overlap(entry, other.candidate.entry):
            return None
    return best.candidate


def _overlap(one: Entry, other: Entry) -> bool:
    """Tell whether two places are as good as one: a city and the division named after it."""
    is_place = one.kind == other.kind == "place"
    return is_place and one.country == other.country and one.place_kind != other.place_kind


def country_shares(linked: Iterable[tuple[Candidate, int]]) -> dict[str, float]:
    """Return each country's share of the mentions of countries and seats of government."""
    votes: collections.Counter[str] = collections.Counter()
    for (entry, _), mentions in linked:
        if entry.country and (entry.place_kind == "country" or entry.subtype == "capital"):
            votes[entry.country] += mentions
    total = votes.total()
    return {country: count / total for country, count in votes.items()}
