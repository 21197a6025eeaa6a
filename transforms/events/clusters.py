"""Which events tell the same happening, in an article and across the articles of a batch.

Two rounds. In an article, mentions are joined to happenings; of each, a small record without text
is what is compared with the happenings of other articles that fall into the same group: the same
family of types in the same month. What two happenings have in common is weighed; what cannot be
the same (other people, another town, another day) parts them.
"""

import datetime as dt
import functools
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
_LEMMA, _ACTOR, _RECIPIENT, _PLACE, _DAY = 1.0, 0.8, 1.5, 0.8, 0.5
_ENOUGH = 2.1
_NOUNS_IN_ARTICLE = 0.5
_NOUNS_ACROSS = 0.4
_NOUN = "~"
_PRONOUNS = frozenset(
    word for listed in raw("participants")["pronouns"].values() for word in listed
)
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
    found = _joined(sorted(map(Happening._make, group)), nouns=_NOUNS_ACROSS)
    made = [
        Cluster(event_id=event_id, cluster_id=min(one.event_ids))
        for one in found
        for event_id in one.event_ids
    ]
    return tuple(sorted(made, key=lambda cluster: cluster.event_id))


def clusters(article: Article) -> tuple[Cluster, ...]:
    """Return the clusters of an article's events, as if it were a batch by itself.

    Raises:
        MissingStepError: the article has no events yet.
    """
    groups: dict[str, list[Happening]] = defaultdict(list)
    for group, happening in happenings(article):
        groups[group].append(happening)
    return tuple(cluster for group in groups.values() for cluster in clusters_of(group))


def _group(happening: Happening, published: str) -> str:
    month = (happening.day or happening.last or published)[: len("2014-06")]
    return f"{happening.family} {month}".strip()


def _iso(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def _happening(event: Event) -> Happening:
    place_id, country = _where(event.place)
    dated = event.event_date_basis in {"clause", "sentence", "document"}
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
    if place is None or place.basis == "dateline":
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

    `nouns` is what it weighs to have `police` or `a teenager` in common, beside a name.
    """
    made: list[Happening | None] = []
    by_key: dict[str, list[int]] = defaultdict(list)
    for happening in found:
        same = [n for n in _candidates(happening, by_key) if _is_same(happening, made[n], nouns)]
        others = [other for n in same if (other := made[n]) is not None]
        for number in same:
            made[number] = None
        merged = functools.reduce(_merged, others, happening)
        for key in _keys(merged):
            by_key[key].append(len(made))
        made.append(merged)
    return [happening for happening in made if happening is not None]


def _candidates(happening: Happening, by_key: dict[str, list[int]]) -> list[int]:
    numbers = {n for key in _keys(happening) for n in by_key[key][-_LOOKED_AT:]}
    return sorted(numbers)


def _keys(happening: Happening) -> Iterator[str]:
    yield from happening.actors
    yield from happening.recipients
    yield from happening.sentences
    if happening.place:
        yield happening.place


def _is_same(one: Happening, other: Happening | None, nouns: float) -> bool:
    if other is None or (one.family, one.is_asserted) != (other.family, other.is_asserted):
        return False
    if _parted(one, other):
        return False
    copied = not set(one.sentences).isdisjoint(other.sentences)
    return copied or _common(one, other, nouns) >= _ENOUGH


def _parted(one: Happening, other: Happening) -> bool:
    """Say whether it cannot be the same: other people, another town, another day."""
    return (
        _differ(one.actors, other.actors)
        or _differ(one.recipients, other.recipients)
        or bool(one.place and other.place and one.place != other.place)
        or bool(one.country and other.country and one.country != other.country)
        or bool(one.first and other.last and one.first > other.last)
        or bool(other.first and one.last and other.first > one.last)
    )


def _differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether both sides are known by name, and no name is in common."""
    names = [[name for name in side if name[0] != _NOUN] for side in (one, other)]
    return all(names) and set(one).isdisjoint(other)


def _common(one: Happening, other: Happening, nouns: float) -> float:
    """Weigh what is in common."""
    weight = _LEMMA * bool(set(one.lemmas) & set(other.lemmas))
    weight += _ACTOR * _alike(one.actors, other.actors, nouns)
    weight += _RECIPIENT * _alike(one.recipients, other.recipients, nouns)
    weight += _PLACE * bool(one.place and one.place == other.place)
    return weight + _DAY * (bool(one.day) and one.day == other.day)


def _alike(one: tuple[str, ...], other: tuple[str, ...], nouns: float) -> float:
    shared = set(one) & set(other)
    return 1.0 if any(name[0] != _NOUN for name in shared) else nouns * bool(shared)


def _merged(one: Happening, other: Happening) -> Happening:
    """Return both as one; of two days the exact one."""
    exact = one if one.day or not other.day else other
    return Happening(
        event_ids=_union(one.event_ids, other.event_ids),
        family=one.family,
        is_asserted=one.is_asserted,
        lemmas=_union(one.lemmas, other.lemmas),
        actors=_union(one.actors, other.actors),
        recipients=_union(one.recipients, other.recipients),
        place=one.place or other.place,
        country=one.country or other.country,
        first=exact.first,
        last=exact.last,
        sentences=_union(one.sentences, other.sentences),
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))
