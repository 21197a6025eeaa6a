"""What a story has told already: the day of an event that its own sentence leaves undated.

Two ways in which a reader knows it, and no more than these:

* the same is told again: an event of the same type with the same people, wherever it is told, has
  a day, and all of these have the same one;
* the story goes on: up to here it has told one day only, and what is told in the past tense within
  two sentences of that was on the same day.

The basis then is `document`, and the words are those of the day that was told.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from schemas import Article, Date, Event, Participant
from transforms.events.tables import raw
from transforms.events.tree import Tree

UNDATED = frozenset({"dateline", "publication", "unknown"})
_NEWS = dt.timedelta(days=14)
_NEAR = 2  # sentences through which a story stays with its day
_PAST = frozenset({"VBD", "VBN", "VBG"})
_PRESENT = frozenset({"has", "have", "had", "is", "are", "be"})
_PRONOUNS = frozenset(
    word for listed in raw("participants")["pronouns"].values() for word in listed
)


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


class Story:
    """The days that one article tells."""

    def __init__(self, article: Article, tree: Tree) -> None:
        dateline = article.dateline.end if article.dateline else 0
        published = article.published_on
        self._tree = tree
        self._published = published
        self._dates = [
            date
            for date in article.dates or ()
            if date.start >= dateline and is_recent(date, published)
        ]

    def dated(self, events: Sequence[Event], triggers: Sequence[int]) -> tuple[Event, ...]:
        """Return the events, in the order of their triggers (tokens), with the days of the story."""
        again = _Again(events)
        going_on = self._going_on(events, triggers)
        return tuple(
            event if teller is None else with_day(event, teller)
            for event, on in zip(events, going_on, strict=True)
            for teller in (again.teller(event) or on,)
        )

    def _going_on(self, events: Sequence[Event], triggers: Sequence[int]) -> Iterator[Event | None]:
        """Yield for each event the one whose day the story is still with."""
        days, read, last, at = set[dt.date](), 0, None, 0
        for event, trigger in zip(events, triggers, strict=True):
            while read < len(self._dates) and self._dates[read].start < event.trigger.start:
                days.add(self._dates[read].first_day)
                read += 1
            sentence = self._tree.sentence_of[trigger]
            near = last is not None and len(days) == 1 and sentence <= at + _NEAR
            yield last if near and _is_open(event) and self._is_past(trigger) else None
            if self._is_of_day(event):
                last, at = event, sentence

    def _is_of_day(self, event: Event) -> bool:
        date, told = event.date_expression, event.event_date_basis not in UNDATED
        return told and event.is_asserted and date is not None and is_recent(date, self._published)

    def _is_past(self, token: int) -> bool:
        tree = self._tree
        aux = {tree.words[child] for child in tree.having(token, "aux", "auxpass")}
        aside = tree.deps[token] == "relcl"
        return tree.tags[token] in _PAST and aux.isdisjoint(_PRESENT) and not aside


class _Again:
    """The dated events of an article, by what they have in common with others."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._tellers: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
        for event in events:
            if event.event_date_basis not in UNDATED and event.is_asserted:
                for key in _keys(event):
                    self._tellers[key].append(event)

    def teller(self, event: Event) -> Event | None:
        """Return an event that tells the same, where all that do have one day."""
        if not _is_open(event):
            return None
        tellers = [each for key in _keys(event) for each in self._tellers.get(key, ())]
        days = {(each.event_date_first, each.event_date_last) for each in tellers}
        return tellers[0] if len(days) == 1 else None


def _is_open(event: Event) -> bool:
    """Say whether something that took place lacks a day."""
    undated = event.event_date_basis in UNDATED
    return undated and event.is_asserted and event.time_frame == "current" and event.zone == "body"


def _keys(event: Event) -> Iterator[tuple[str, str, str]]:
    for role, side in (("actor", event.actors), ("recipient", event.recipients)):
        for participant in side:
            if name := _name(participant):
                yield event.event_type, role, name


def _name(participant: Participant) -> str:
    words = (participant.text or "").lower().split()
    return participant.entity_id or (words[-1] if words and words[-1] not in _PRONOUNS else "")
