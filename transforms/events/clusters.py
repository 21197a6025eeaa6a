"""Which events tell the same happening, in an article and across the articles of a batch.

Two rounds. In an article, mentions are joined to happenings; of each, a small record without text
is what is compared with the happenings of other articles that fall into the same group: the same
family of types in the same month. What two happenings have in common is weighed; what cannot be
the same (other people, another town, another day) parts them.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from schemas import Article, Cluster, Event, EventPlace, EventType, Participant, known
from transforms.events.tables import raw

# What one report calls a visit another calls talks; the others stand for themselves.
_FAMILIES: dict[EventType, str] = {
    "AGREE": "PACT",
    "SUPPORT": "PACT",
    "RETREAT": "YIELD",
    "CONCEDE": "YIELD",
    "SANCTION": "PENALTY",
    "COERCE": "PENALTY",
}
# What it weighs to have something in common, and what is enough for two happenings to be the same.
_LEMMA, _ACTOR, _RECIPIENT, _PLACE, _DAY = 1.0, 0.8, 1.5, 0.5, 0.5
_ENOUGH = 2.1
_NOUNS_IN_ARTICLE = 0.5
_NOUNS_ACROSS = 0.4
_NOUN = "~"
_PRONOUNS = frozenset(
    word for listed in raw("participants")["pronouns"].values() for word in listed
)
# What a happening gathers from all who tell of it.
_GROWING = ("event_ids", "lemmas", "actors", "recipients", "sentences")
# Whose day and place count: what a story has told of others would join all that it tells.
_OWN = frozenset({"clause", "sentence"})
_LOOKED_AT = 40  # happenings of a key that one is compared with, the latest first


class Happening(NamedTuple):
    """What is known of a happening from one article: ids and days, no text.

    Plain values, so that it can wait for the others on disk; days in ISO 8601, empty where unknown.
    """

    event_ids: tuple[str, ...]
    family: str
    is_asserted: bool
    lemmas: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str  # id of a town or region; empty where none is known
    country: str
    first: str
    last: str
    sentences: tuple[str, ...]  # hashes: a syndicated copy has the same

    @property
    def day(self) -> str:
        """The exact day, empty where none is known."""
        return self.first if self.first == self.last else ""


def happenings(article: Article) -> tuple[tuple[str, Happening], ...]:
    """Return the happenings of an article, each with the group in which it may be told again.

    Raises:
        MissingStepError: the article has no events yet.
    """
    events = known(article.events, "ExtractEvents")
    joined = _joined(map(_happening, events), nouns=_NOUNS_IN_ARTICLE)
    published = _iso(article.published_on)
    return tuple((_group(found, published), found) for found in joined)


def clusters_of(group: Iterable[tuple[Any, ...]]) -> tuple[Cluster, ...]:
    """Return the clusters of the happenings of a group, in the order of their events.

    A happening may come as the plain tuple that it was written as.
    """
    found = _joined(sorted(map(Happening._make, group), key=_vagueness), nouns=_NOUNS_ACROSS)
    made = [
        Cluster(event_id=event_id, cluster_id=one.event_ids[0])
        for one in found
        for event_id in one.event_ids
    ]
    return tuple(sorted(made, key=lambda cluster: cluster.event_id))


def clusters_in(article: Article) -> tuple[Cluster, ...]:
    """Return the clusters of an article's events, as if it were a batch by itself.

    Raises:
        MissingStepError: the article has no events yet.
    """
    groups: dict[str, list[Happening]] = defaultdict(list)
    for group, happening in happenings(article):
        groups[group].append(happening)
    return tuple(cluster for group in groups.values() for cluster in clusters_of(group))


def _vagueness(one: Happening) -> tuple[int, str, tuple[str, ...]]:
    """Sort what is known best to the front: what is vague joins it, and not the reverse."""
    told = bool(one.actors) + bool(one.recipients) + bool(one.place) + bool(one.day)
    return -told, one.day, one.event_ids


def _group(happening: Happening, published: str) -> str:
    month = (happening.day or happening.last or published)[: len("2014-06")]
    return f"{happening.family} {month}".strip()


def _iso(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def _happening(event: Event) -> Happening:
    place_id, country = _where(event.place)
    dated = event.event_date_basis in _OWN
    told = hashlib.sha256((event.sentence.text or event.event_id).encode()).hexdigest()[:16]
    return Happening(
        event_ids=(event.event_id,),
        family=_FAMILIES.get(event.event_type, event.event_type),
        is_asserted=event.is_asserted,
        lemmas=(event.trigger.lemma,),
        actors=_names(event.actors),
        recipients=_names(event.recipients),
        place=place_id,
        country=country,
        first=_iso(event.event_date_first) if dated else "",
        last=_iso(event.event_date_last) if dated else "",
        sentences=(f"{told} {event.trigger.lemma}",),
    )


def _where(place: EventPlace | None) -> tuple[str, str]:
    if place is None or place.basis not in _OWN:
        return "", ""
    town = place.place_kind not in {"country", None}
    return (place.entity_id or "") if town else "", place.country or ""


def _names(participants: tuple[Participant, ...]) -> tuple[str, ...]:
    """Return what names the participants: ids, else names, else nouns with a sign before them."""
    return tuple(sorted(filter(None, map(_name, participants))))


def _name(participant: Participant) -> str:
    word = _last_word(participant)
    if participant.entity_id or not word:
        return participant.entity_id or ""
    return word if participant.label else _NOUN + word


def _last_word(participant: Participant) -> str:
    words = (participant.text or "").lower().split()
    return words[-1] if words and words[-1] not in _PRONOUNS else ""


def _joined(found: Iterable[Happening], *, nouns: float) -> list[Happening]:
    """Join the happenings that are the same; each is compared with what shares a key with it.

    `nouns` is what it weighs to have `police` or `a teenager` in common, beside a name. What has
    grown is compared as a whole, so that nothing joins two that cannot be the same.
    """
    made: list[_Told] = []
    by_key: dict[str, list[_Told]] = defaultdict(list)
    for number, happening in enumerate(found):
        told = _Told(happening, number)
        made.append(told)
        for other in _candidates(told, by_key):
            if _is_same(told, other, nouns):
                told = told.joined(other)
        for key in _keys(happening):
            if not by_key[key] or by_key[key][-1].whole() is not told:
                by_key[key].append(told)
    return [told.happening() for told in made if told.whole() is told]


class _Told:
    """A happening as it grows by what further reports tell of it."""

    __slots__ = ("into", "number", "one", "sets")

    def __init__(self, happening: Happening, number: int) -> None:
        self.one = happening  # family, place and days of what has joined
        self.number = number
        self.sets = {name: set(getattr(happening, name)) for name in _GROWING}
        self.into: _Told | None = None  # what it has become a part of

    def whole(self) -> "_Told":
        """Return what this is a part of by now."""
        told = self
        while told.into is not None:
            told = told.into
        return told

    def joined(self, other: "_Told") -> "_Told":
        """Return both as one: the larger with what the other knows; of two days the exact one."""
        large, small = (self, other) if self.weight() >= other.weight() else (other, self)
        for name, values in small.sets.items():
            large.sets[name] |= values
        exact = large.one if large.one.day or not small.one.day else small.one
        large.one = large.one._replace(
            place=large.one.place or small.one.place,
            country=large.one.country or small.one.country,
            first=exact.first,
            last=exact.last,
        )
        large.number = min(large.number, small.number)
        small.into = large
        return large

    def weight(self) -> int:
        """Return how many mentions it has."""
        return len(self.sets["event_ids"])

    def happening(self) -> Happening:
        """Return it as a record."""
        known: dict[str, Any] = {name: tuple(sorted(self.sets[name])) for name in _GROWING}
        return self.one._replace(**known)


def _candidates(told: _Told, by_key: dict[str, list[_Told]]) -> list[_Told]:
    """Return what shares a key, each once, the one that began first before the others."""
    near = (other.whole() for key in _keys(told.one) for other in by_key[key][-_LOOKED_AT:])
    return sorted({other.number: other for other in near}.values(), key=lambda one: one.number)


def _keys(happening: Happening) -> Iterator[str]:
    yield from happening.actors
    yield from happening.recipients
    yield from happening.sentences
    if happening.place:
        yield happening.place


def _is_same(told: _Told, other: _Told, nouns: float) -> bool:
    one, two = told.one, other.one
    if (one.family, one.is_asserted) != (two.family, two.is_asserted) or _parted(told, other):
        return False
    copied = not told.sets["sentences"].isdisjoint(other.sets["sentences"])
    return copied or _common(told, other, nouns) >= _ENOUGH


def _parted(told: _Told, other: _Told) -> bool:
    """Say whether it cannot be the same: other people, another town, another day."""
    one, two = told.one, other.one
    return (
        _differ(told.sets["actors"], other.sets["actors"])
        or _differ(told.sets["recipients"], other.sets["recipients"])
        or bool(one.place and two.place and one.place != two.place)
        or bool(one.country and two.country and one.country != two.country)
        or bool(one.first and two.last and one.first > two.last)
        or bool(two.first and one.last and two.first > one.last)
    )


def _differ(one: set[str], other: set[str]) -> bool:
    """Say whether both sides are known by name, and no name is in common."""
    return _is_named(one) and _is_named(other) and one.isdisjoint(other)


def _is_named(side: set[str]) -> bool:
    return any(name[0] != _NOUN for name in side)


def _common(told: _Told, other: _Told, nouns: float) -> float:
    """Weigh what is in common."""
    one, two = told.one, other.one
    weight = _LEMMA * (not told.sets["lemmas"].isdisjoint(other.sets["lemmas"]))
    weight += _ACTOR * _alike(told.sets["actors"], other.sets["actors"], nouns)
    weight += _RECIPIENT * _alike(told.sets["recipients"], other.sets["recipients"], nouns)
    weight += _PLACE * bool(one.place and one.place == two.place)
    return weight + _DAY * (bool(one.day) and one.day == two.day)


def _alike(one: set[str], other: set[str], nouns: float) -> float:
    shared = one & other
    return 1.0 if _is_named(shared) else nouns * bool(shared)
