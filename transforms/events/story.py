"""What a story tells elsewhere: the place of an event that its own sentence leaves open.

* the same is told again: an event of the same type with the same people in the same role, wherever
  it is told, has a place, and all of these have the same one;
* the story is of one place: where all events of a type that have a place of their own have the
  same one, it says more of those that follow than the dateline from where they were reported.

Which of the days that the article names is meant is weighed in days.py.
The basis then is `document`, and the words are those of the event that was told.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from schemas import Event, Participant
from transforms.events.days import ContextDays, Story, name_of
from transforms.events.tables import raw

_OWN = frozenset({"clause", "sentence"})
_DIFFER = 2  # tellings of a key that are kept: with two, none of them is the one
_PRONOUNS = frozenset(
    word for listed in raw("participants")["pronouns"].values() for word in listed
)

Key = tuple[str, ...]


def complete(story: Story, days: ContextDays) -> tuple[Event, ...]:
    """Return the events of a story, in the order of their triggers, with what it tells elsewhere."""
    events = story.events
    places, of_type = _Places(events, _keys), _Places(events, _type)
    found = []
    for index, event in enumerate(events):
        place = places.teller(event) or _earlier(event, of_type) if _lacks_place(event) else None
        found.append(_with_place(days.dated(index, event), place))
    return tuple(found)


def _earlier(event: Event, told: "_Places") -> Event | None:
    """Return what was told before of something that is only known to be reported elsewhere."""
    teller = told.teller(event) if event.place is not None else None
    before = teller is not None and teller.trigger.start < event.trigger.start
    return teller if before else None


def _with_place(event: Event, teller: Event | None) -> Event:
    if teller is None or teller.place is None:
        return event
    return dataclasses.replace(event, place=dataclasses.replace(teller.place, basis="document"))


# --- the same told again


class _Places:
    """The asserted events of an article that tell a place, by what others may share with them."""

    def __init__(self, events: Iterable[Event], keys: Callable[[Event], Iterator[Key]]) -> None:
        self._keys = keys
        self._by_key: dict[Key, dict[str, Event]] = defaultdict(dict)
        for event in events:
            place = _place(event) if event.is_asserted else None
            if place is not None:
                for key in keys(event):
                    if len(self._by_key[key]) < _DIFFER:
                        self._by_key[key].setdefault(place, event)

    def teller(self, event: Event) -> Event | None:
        """Return the first event that shares a key, where all that do tell the same."""
        found: dict[str, Event] = {}
        for key in self._keys(event):
            for place, teller in self._by_key.get(key, {}).items():
                found.setdefault(place, teller)
        return next(iter(found.values())) if len(found) == 1 else None


def _place(event: Event) -> str | None:
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
    name = name_of(participant)
    return "" if name in _PRONOUNS else name


def _lacks_place(event: Event) -> bool:
    body = event.is_asserted and event.zone == "body"
    return body and (event.place is None or event.place.basis == "dateline")
