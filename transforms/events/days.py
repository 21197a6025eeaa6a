"""The day of what no words of its sentence date: which of the days that the story tells it was.

A reader knows from the context. The days that may be meant are the day of publication and the days
that the article names; a small linear model weighs each of them by how near it is told, by whom and
of what, and by how the event itself is told. What is likely enough is the day; else it stays open.
"""

import dataclasses
import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from schemas import Article, Date, Event, Factuality
from transforms.events.linear import load_model
from transforms.events.phrases import tokens_in
from transforms.events.tables import is_verbal, word_list
from transforms.events.tree import Tree

LEAST = 0.65  # how likely a day has to be
_LONGEST = dt.timedelta(days=31)  # a longer period says too little to be handed on
_NEWS = dt.timedelta(days=14)
_MOST = 12  # days of an article that are weighed: the last ones told
_OWN = frozenset({"clause", "sentence"})
_POINTS = frozenset({"DATE", "TIME"})
_FAR = 6  # sentences; what is told further away is far

_SOLID: frozenset[Factuality] = frozenset({"happened", "ongoing", "attempted"})

Span = tuple[dt.date, dt.date]


class Story(NamedTuple):
    """An article with its events in the order of their triggers, which are tokens of the tree."""

    article: Article
    tree: Tree
    events: tuple[Event, ...]
    triggers: tuple[int, ...]


def with_day(event: Event, date: Date) -> Event:
    """Return an event with a day that is told elsewhere in its article."""
    return dataclasses.replace(
        event,
        event_date_first=date.first_day,
        event_date_last=date.last_day,
        event_date_precision=date.precision,
        event_date_basis="document",
        date_expression=date,
    )


def is_recent(date: Date, published: dt.date | None) -> bool:
    """Say whether a date is a day of the news: not after it and not long before."""
    if published is None or date.first_day is None or date.first_day != date.last_day:
        return False
    return published - _NEWS <= date.first_day <= published


def is_open(event: Event) -> bool:
    """Say whether an event of the news has no day of its own."""
    undated = event.event_date_basis not in _OWN and event.event_date_first is None
    return undated and event.factuality in _SOLID and event.time_frame == "current"


@dataclasses.dataclass(frozen=True, slots=True)
class _Telling:
    """A place in the story that names a day."""

    date: Date
    sentence: int


class ContextDays:
    """Weighs the days of one article for its undated events."""

    __slots__ = (
        "_article",
        "_counts",
        "_events",
        "_model",
        "_published",
        "_sentences",
        "_tellings",
        "_tree",
        "_triggers",
    )

    def __init__(self, story: Story) -> None:
        self._article, self._tree, self._events, self._triggers = story
        self._model = load_model("days")
        self._published = story.article.published_on
        self._sentences = [story.tree.sentence_of[trigger] for trigger in story.triggers]
        self._tellings = list(self._told())
        self._counts = Counter(_span(telling.date) for telling in self._tellings)

    def complete(self, index: int) -> Event:
        """Return an event with the day that the context tells; as it is where none is likely."""
        event = self._events[index]
        if self._published is None:
            return event
        weighed = [(self._weigh(index, span), span) for span in self.candidates(index)]
        likely, span = max(weighed, default=(0.0, None))
        if span is None or likely < LEAST:
            return event
        return self._with(event, span, self._sentences[index])

    def candidates(self, index: int) -> Iterator[Span]:
        """Yield the days that may be meant, the day of publication first."""
        if self._published is None:
            return
        own = self._published, self._published
        yield own
        told = [telling for telling in self._tellings if not self._is_of_verb(index, telling)]
        near = sorted(told, key=lambda t: abs(t.sentence - self._sentences[index]))
        spans = dict.fromkeys(_span(telling.date) for telling in near)
        spans.pop(own, None)
        yield from list(spans)[:_MOST]

    def features(self, index: int, span: Span) -> Iterator[str]:
        """Yield what the model is told of a day for an event."""
        event = self._events[index]
        for name in self._of_span(index, span):
            yield name
            yield f"{name} | {self._form(index)}"
            yield f"{name} | {'said' if is_verbal(event.event_type) else 'done'}"
        yield from self._of_event(index, span)

    # --- the days

    def _told(self) -> Iterator[_Telling]:
        """Yield where the text names a day or a short period."""
        starts = self._tree.parse.starts
        for date in self._article.dates or ():
            if date.type in _POINTS and _is_short(date):
                token = max(0, bisect_right(starts, date.start) - 1)
                yield _Telling(date, self._tree.sentence_of[token])

    def _is_of_verb(self, index: int, telling: _Telling) -> bool:
        """Say whether a day belongs to what is done about an event: condemned the attack on Sunday."""
        tree, trigger = self._tree, self._triggers[index]
        if tree.is_verb(trigger) or telling.sentence != self._sentences[index]:
            return False
        tokens = tokens_in(tree, telling.date.start, telling.date.end)
        verbs = (
            (token for token in tree.ancestors(tokens[-1]) if tree.is_verb(token)) if tokens else ()
        )
        return next(iter(verbs), None) in set(tree.ancestors(trigger))

    def _weigh(self, index: int, span: Span) -> float:
        return self._model.probability(self.features(index, span))

    def _with(self, event: Event, span: Span, sentence: int) -> Event:
        told = [telling for telling in self._tellings if _span(telling.date) == span]
        nearest = min(told, key=lambda t: abs(t.sentence - sentence), default=None)
        if nearest is not None:
            return with_day(event, nearest.date)
        return dataclasses.replace(
            event,
            event_date_first=span[0],
            event_date_last=span[1],
            event_date_precision="day",
            event_date_basis="publication",
        )

    # --- what the model is told

    def _of_span(self, index: int, span: Span) -> Iterator[str]:
        """Yield what a day is in this story, seen from an event."""
        assert self._published is not None
        at, own = self._sentences[index], span == (self._published, self._published)
        yield f"age {_age(self._published, span)}"
        yield "of publication" if own else "told"
        yield f"days told {min(3, len(self._counts))}"
        before = [t for t in self._tellings if t.sentence <= at]
        after = [t for t in self._tellings if t.sentence > at]
        last = before[-1] if before else None
        if last is not None and _span(last.date) == span:
            yield f"last told {min(_FAR, at - last.sentence)}"
        elif any(_span(t.date) == span for t in before):
            yield "told before"
        if after and _span(after[0].date) == span:
            yield f"next told {min(_FAR, after[0].sentence - at)}"
        if self._tellings and _span(self._tellings[0].date) == span:
            yield "first told"
        if self._counts and span == self._counts.most_common(1)[0][0]:
            yield "told most"
        if len(self._counts) == 1 and span in self._counts:
            yield "the only day"
        if not self._counts:
            yield "no day told"
        yield from self._of_tellers(index, span)

    def _of_tellers(self, index: int, span: Span) -> Iterator[str]:
        """Yield what other events were on that day."""
        event = self._events[index]
        others = [
            (i, e)
            for i, e in enumerate(self._events)
            if i != index
            and e.event_date_basis in _OWN
            and (e.event_date_first, e.event_date_last) == span
            and e.is_asserted
        ]
        if not others:
            yield "of no event"
            return
        yield "of an event"
        if any(e.event_type == event.event_type for _, e in others):
            yield "of the same type"
        if any(e.trigger.lemma == event.trigger.lemma for _, e in others):
            yield "of the same word"
        names = _names(event)
        if any(e.event_type == event.event_type and names & _names(e) for _, e in others):
            yield "of the same people"
        near = min(abs(self._sentences[i] - self._sentences[index]) for i, _ in others)
        yield f"of an event {min(_FAR, near)} away"

    def _of_event(self, index: int, span: Span) -> Iterator[str]:
        """Yield how an event is told, with how old the day is."""
        assert self._published is not None
        event, age = self._events[index], _age(self._published, span)
        own = "published" if span == (self._published, self._published) else "told"
        told = [
            f"type {event.event_type}",
            f"factuality {event.factuality}",
            f"zone {event.zone}",
            f"place {min(5, self._sentences[index] // 2)}",
            f"form {self._form(index)}",
            f"source {bool(event.attribution)}",
            f"dep {self._tree.deps[self._triggers[index]]}",
        ]
        told += [f"beside {word}" for word in self._beside(index)]
        told += [f"under {word}" for word in self._above(index)]
        for name in told:
            yield f"{own} {name}"
            yield f"age {age} {name}"
        if any(t.sentence == self._sentences[index] for t in self._tellings):
            yield f"{own} beside another day"

    def _beside(self, index: int) -> Iterator[str]:
        """Yield the words of the clause that say when it was without a day: earlier, then, now."""
        tree, token = self._tree, self._triggers[index]
        for child in tree.having(token, "advmod", "mark", "npadvmod"):
            if tree.words[child] in word_list("sequence"):
                yield tree.words[child]

    def _above(self, index: int) -> Iterator[str]:
        """Yield what an event is told under: after, before; said, accused."""
        tree, token = self._tree, self._triggers[index]
        head = tree.heads[token]
        if tree.deps[token] in {"pobj", "pcomp"}:
            yield tree.words[head]
        if tree.deps[token] in {"ccomp", "xcomp"}:
            yield tree.deps[token]

    def _form(self, index: int) -> str:
        """Return how an event is told: a noun, or the tense and place of its verb."""
        tree, token = self._tree, self._triggers[index]
        if not tree.is_verb(token):
            definite = any(tree.words[det] == "the" for det in tree.having(token, "det"))
            return "noun the" if definite else "noun"
        aux = {tree.words[child] for child in tree.having(token, "aux", "auxpass")}
        if aux & {"has", "have"}:
            tense = "perfect"
        elif "had" in aux:
            tense = "pluperfect"
        else:
            tense = tree.tags[token]
        aside = tree.deps[token] if tree.deps[token] in {"relcl", "acl", "advcl"} else "main"
        return f"{tense} {aside}"


def _is_short(date: Date) -> bool:
    if date.first_day is None or date.last_day is None:
        return False
    return date.last_day - date.first_day <= _LONGEST


def _span(date: Date) -> Span:
    assert date.first_day is not None
    assert date.last_day is not None
    return date.first_day, date.last_day


def _age(published: dt.date, span: Span) -> str:
    """Return how long ago a day was, roughly; a period by its first day."""
    if span[0] != span[1]:
        return "period"
    days = (published - span[0]).days
    if days < 0:
        return "future"
    return next(name for most, name in _AGES if days <= most)


_AGES = ((0, "0"), (1, "1"), (3, "3"), (7, "week"), (31, "month"), (400, "year"), (10**6, "old"))


def _names(event: Event) -> frozenset[str]:
    both = (*event.actors, *event.recipients)
    return frozenset(
        each.entity_id or (each.text or "").lower().split()[-1]
        for each in both
        if each.entity_id or each.text
    )
