"""What a story has told already: day and place of an event that its own sentence leaves open.

Three ways in which a reader knows them, and no more than these:

* the same is told again: an event of the same type with the same people in the same role, wherever
  it is told, has a day or a place, and all of these have the same one;
* the story goes on: what is told in the past tense in the sentence behind one that tells a day was
  on that day, and up to two sentences behind it where up to here the story has told no other;
* the story is of one place: where all events of a type that have a place of their own have the
  same one, it says more of those that follow than the dateline from where they were reported.

The basis then is `document`, and the words are those of the event that was told.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from schemas import Article, Date, Event, Participant
from transforms.events.tables import raw
from transforms.events.tree import Tree

UNDATED = frozenset({"dateline", "publication", "unknown"})
_NEWS = dt.timedelta(days=14)
_NEAR = 2  # sentences through which a story stays with its only day
_PAST = frozenset({"VBD", "VBN", "VBG"})
_NOT_PAST = frozenset({"has", "have", "had", "is", "are", "be"})
_OWN = frozenset({"clause", "sentence"})
_DIFFER = 2  # tellings of a key that are kept: with two, none of them is the one
_PRONOUNS = frozenset(
    word for listed in raw("participants")["pronouns"].values() for word in listed
)

Key = tuple[str, ...]


def with_day(event: Event, teller: Event) -> Event:
    """Return an event with the day that another one tells."""
    return dataclasses.replace(
        event,
        event_date_first=teller.event_date_first,
        event_date_last=teller.event_date_last,
        event_date_precision=teller.event_date_precision,
        event_date_basis="document",
        date_expression=teller.date_expression,
    )


def is_recent(date: Date, published: dt.date | None) -> bool:
    """Say whether a date is a day of the news: not after it and not long before."""
    if published is None or date.first_day is None or date.first_day != date.last_day:
        return False
    return published - _NEWS <= date.first_day <= published


def complete(
    article: Article, tree: Tree, events: Sequence[Event], triggers: Sequence[int]
) -> tuple[Event, ...]:
    """Return the events, in the order of their triggers (tokens), with what the story tells."""
    days = _Told(events, _day, _keys)
    places, of_type = _Told(events, _place, _keys), _Told(events, _place, _type)
    found = []
    going_on = _going_on(article, tree, events, triggers)
    for event, on in zip(events, going_on, strict=True):
        day = (days.teller(event) or on) if _lacks_day(event) else None
        place = places.teller(event) or _earlier(event, of_type) if _lacks_place(event) else None
        dated = event if day is None else with_day(event, day)
        found.append(_with_place(dated, place))
    return tuple(found)


def _earlier(event: Event, told: "_Told") -> Event | None:
    """Return what was told before of something that is only known to be reported elsewhere."""
    teller = told.teller(event) if event.place is not None else None
    before = teller is not None and teller.trigger.start < event.trigger.start
    return teller if before else None


def _with_place(event: Event, teller: Event | None) -> Event:
    if teller is None or teller.place is None:
        return event
    return dataclasses.replace(event, place=dataclasses.replace(teller.place, basis="document"))


# --- the same told again


class _Told:
    """The asserted events of an article that tell something, by what others may share with them."""

    def __init__(
        self,
        events: Iterable[Event],
        tells: Callable[[Event], object],
        keys: Callable[[Event], Iterator[Key]],
    ) -> None:
        self._tells, self._keys = tells, keys
        self._by_key: dict[Key, dict[object, Event]] = defaultdict(dict)
        for event in events:
            told = tells(event) if event.is_asserted else None
            if told is not None:
                for key in keys(event):
                    if len(self._by_key[key]) < _DIFFER:
                        self._by_key[key].setdefault(told, event)

    def teller(self, event: Event) -> Event | None:
        """Return the first event that shares a key, where all that do tell the same."""
        found: dict[object, Event] = {}
        for key in self._keys(event):
            for told, teller in self._by_key.get(key, {}).items():
                found.setdefault(told, teller)
        return next(iter(found.values())) if len(found) == 1 else None


def _day(event: Event) -> object:
    days = event.event_date_first, event.event_date_last
    return None if event.event_date_basis in UNDATED or None in days else days


def _place(event: Event) -> object:
    place = event.place
    if place is None or place.basis not in _OWN:
        return None
    return place.entity_id or (place.text if place.label else None)


def _keys(event: Event) -> Iterator[Key]:
    for role, side in (("actor", event.actors), ("recipient", event.recipients)):
        for participant in side:
            if name := _name(participant):
                yield event.event_type, role, name


def _type(event: Event) -> Iterator[Key]:
    yield (event.event_type,)


def _name(participant: Participant) -> str:
    words = (participant.text or "").lower().split()
    return participant.entity_id or (words[-1] if words and words[-1] not in _PRONOUNS else "")


# --- the story goes on


def _going_on(
    article: Article, tree: Tree, events: Sequence[Event], triggers: Sequence[int]
) -> Iterator[Event | None]:
    """Yield for each event the one whose day the story is still with."""
    body = article.dateline.end if article.dateline else 0
    published = article.published_on
    dates = [d for d in article.dates or () if d.start >= body and is_recent(d, published)]
    days, read, last, at = set[dt.date | None](), 0, None, 0
    for event, trigger in zip(events, triggers, strict=True):
        while read < len(dates) and dates[read].start < event.trigger.start:
            days.add(dates[read].first_day)
            read += 1
        sentence = tree.sentence_of[trigger]
        near = last is not None and sentence <= at + (_NEAR if len(days) == 1 else 1)
        yield last if near and _is_past(tree, trigger) else None
        date = event.date_expression
        if event.is_asserted and date is not None and is_recent(date, published):
            last, at = event, sentence


def _is_past(tree: Tree, token: int) -> bool:
    """Say whether a verb tells what happened next; a relative clause tells what was before."""
    aux = {tree.words[child] for child in tree.having(token, "aux", "auxpass")}
    aside = tree.deps[token] == "relcl"
    return tree.tags[token] in _PAST and aux.isdisjoint(_NOT_PAST) and not aside


def _is_open(event: Event) -> bool:
    return event.is_asserted and event.zone == "body"


def _lacks_day(event: Event) -> bool:
    undated = event.event_date_basis in UNDATED
    return undated and event.time_frame == "current" and _is_open(event)


def _lacks_place(event: Event) -> bool:
    return (event.place is None or event.place.basis == "dateline") and _is_open(event)
