"""What an article is about: which event, and where and when, if its own sentence does not say.

The main event is the one of the first sentences that the title tells as well, with the people
that the title names. Where and when it was is asked of the whole article: where, if its own clause
and sentence leave it out, the title or the first sentences say, as a reader takes it, and in which
town of a country; when, the likeliest of the days told. The basis then is `document`.
"""

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from schemas import (
    Article,
    Entity,
    Event,
    EventPlace,
    Participant,
    Sentence,
    known,
)
from transforms.events.days import LEAST_OF_MAIN, ContextDays
from transforms.events.placing import event_place

_EARLY = 0.1  # what each sentence further down costs
_DEEPEST = 10  # sentences; below, nothing tells one from the other
_IN_TITLE = 0.25  # for an event whose type the title tells
_ACTOR, _RECIPIENT = 0.3, 0.15  # for whom the title names
_TITLE = 0.25  # for the title's own, which seldom says when and where
_TOLD = 0.1  # each for a place, a day and both sides
_UNASSERTED = 0.2

_LEAD = 3  # body sentences that say where and when the news is from
_NEAR = 12  # characters before a name in which its preposition stands
_PEOPLES = frozenset({"NORP", "LANGUAGE"})  # a German consulate need not be in Germany
_WORD = re.compile(r"\w+")
_IN = frozenset({"in", "at", "near", "outside", "across"})


def settle(article: Article, events: tuple[Event, ...], days: ContextDays) -> tuple[Event, ...]:
    """Return the events with one of them told to be the main one, and its place and day."""
    if not events:
        return events
    first = list(islice(_body(article), _DEEPEST))
    main = _main(article, events, [sentence.start for sentence in first])
    placed = _Lead(article, first[:_LEAD]).placed(main)
    complete = days.dated(events.index(main), placed, least=LEAST_OF_MAIN)
    return tuple(complete if event is main else event for event in events)


def _main(article: Article, events: tuple[Event, ...], starts: list[int]) -> Event:
    """Return the main event; `starts` are those of the first sentences of the body."""
    titles = frozenset(event.event_type for event in events if event.zone != "body")
    named = frozenset(_WORD.findall((article.title or "").lower()))

    def names(side: tuple[Participant, ...]) -> bool:
        return any(_last_word(article, participant) in named for participant in side)

    def weight(event: Event) -> float:
        told = event.place is not None, event.date_expression is not None, bool(event.recipients)
        found = (event.confidence or 0) + _TOLD * sum(told)
        found += _IN_TITLE * (event.event_type in titles)
        found += _ACTOR * names(event.actors) + _RECIPIENT * names(event.recipients)
        found -= 0 if event.is_asserted else _UNASSERTED
        if event.zone != "body":
            return found - _TITLE
        return found - _EARLY * bisect_left(starts, event.sentence.start)

    return max(events, key=weight)


def _last_word(article: Article, participant: Participant) -> str:
    """Return the last word of a participant, of what it stands for if it is a pronoun."""
    start, end = participant.antecedent_start, participant.antecedent_end
    words = _WORD.findall((participant.text if start is None else article.text[start:end]) or "")
    return words[-1].lower() if words else ""


def _body(article: Article) -> Iterator[Sentence]:
    zones = known(article.zones, "Segment")
    for sentence in known(article.sentences, "Segment"):
        if zones[sentence.zone].kind == "body":
            yield sentence


class _Lead:
    """Title and first sentences of an article."""

    def __init__(self, article: Article, first: list[Sentence]) -> None:
        self._article = article
        zones = known(article.zones, "Segment")
        titles = [(z.start, z.end) for z in zones if z.kind in {"title", "subtitle"}]
        self._spans = [*((sentence.start, sentence.end) for sentence in first), *titles]

    def placed(self, event: Event) -> Event:
        """Return the main event with the place of the lead where it has none."""
        place = self._place(event.place) or event.place
        return dataclasses.replace(event, place=place, is_main=True)

    def _place(self, told: EventPlace | None) -> EventPlace | None:
        """Return the first place of the lead that something is in, else the first that it names.

        Where a country is told already, only a town or region in it that something is in.
        """
        if told is not None and told.place_kind != "country":
            return None
        places = [entity for span in self._spans for entity in self._places(*span)]
        located = list(filter(self._is_located, places))
        if told is not None:
            within = (e for e in located if e.country == told.country and _is_smaller(e))
            return next((event_place(entity, "document") for entity in within), None)
        chosen = next(iter(located or places), None)
        return None if chosen is None else event_place(chosen, "document")

    def _places(self, start: int, end: int) -> Iterator[Entity]:
        for entity in self._article.entities or ():
            inside = start <= entity.start < end
            if inside and entity.kind == "place" and entity.label not in _PEOPLES:
                yield entity

    def _is_located(self, entity: Entity) -> bool:
        before = self._article.text[max(0, entity.start - _NEAR) : entity.start].rsplit(None, 1)
        return bool(before) and before[-1].lower() in _IN


def _is_smaller(place: Entity) -> bool:
    return place.place_kind not in {None, "country"}
