"""The day of what no words of its sentence date: which of the days that the story tells it was.

A reader knows from the context. The days that may be meant are the day of publication and the days
that the article names; a small linear model weighs each of them by how near it is told, by whom and
of what, and by how the event itself is told. What is likely enough is the day; else it stays open.
"""

import dataclasses
import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from schemas import Article, Date, Event, EventType, Factuality, Participant
from transforms.events.anchors import OTHER_TIMES
from transforms.events.dating import up_to
from transforms.events.linear import load_model
from transforms.events.phrases import tokens_in
from transforms.events.tables import is_verbal, word_list
from transforms.events.tree import Tree

LEAST = 0.65  # how likely a day has to be
LEAST_OF_MAIN = 0.2  # for the event that the article is about, which most have a day for
_LONGEST = dt.timedelta(days=31)  # a longer period says too little to be handed on
_MOST = 12  # days of an article that are weighed: those told nearest
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


def is_open(event: Event) -> bool:
    """Say whether an event of the news has no day of its own."""
    undated = event.event_date_basis not in _OWN and event.event_date_first is None
    return undated and event.factuality in _SOLID and event.time_frame == "current"


class _Telling(NamedTuple):
    """A place in the story that names a day."""

    sentence: int
    span: Span
    date: Date


@dataclasses.dataclass(slots=True)
class _Tellers:
    """What the events are that their own sentences put on one day."""

    types: set[EventType] = dataclasses.field(default_factory=set)
    lemmas: set[str | None] = dataclasses.field(default_factory=set)
    names: set[tuple[EventType, str]] = dataclasses.field(default_factory=set)
    sentences: list[int] = dataclasses.field(default_factory=list)


class ContextDays:
    """Weighs the days of one article for its undated events."""

    __slots__ = (
        "_article",
        "_at",
        "_counts",
        "_events",
        "_first",
        "_model",
        "_most",
        "_published",
        "_sentences",
        "_tellers",
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
        self._at = [telling.sentence for telling in self._tellings]
        self._first = {telling.span: telling.sentence for telling in reversed(self._tellings)}
        self._counts = Counter(telling.span for telling in self._tellings)
        self._most = max(self._counts, key=self._counts.__getitem__, default=None)
        self._tellers = self._told_by_events()

    def dated(self, index: int, event: Event, *, least: float = LEAST) -> Event:
        """Return the event with the day that the context tells; as it is where none is likely."""
        if self._published is None or not is_open(event):
            return event
        common = list(self._of_event(index))
        weighed = [(self._weigh(index, span, common), span) for span in self.candidates(index)]
        likely, span = max(weighed, default=(0.0, None))
        if span is None or likely < least:
            return event
        return self._with(event, span, self._sentences[index])

    def candidates(self, index: int) -> Iterator[Span]:
        """Yield the days that may be meant: that of publication, then those told nearest."""
        if self._published is None:
            return
        own = self._published, self._published
        yield own
        found: dict[Span, None] = {}
        for telling in self._outwards(self._sentences[index]):
            if telling.span != own and not self._is_of_other(index, telling):
                found[telling.span] = None
                if len(found) == _MOST:
                    break
        yield from found

    def _outwards(self, sentence: int) -> Iterator[_Telling]:
        """Yield the tellings, the nearest first; of equally near ones the earlier."""
        after = bisect_left(self._at, sentence)
        before = after - 1
        while before >= 0 or after < len(self._at):
            back = sentence - self._at[before] if before >= 0 else None
            ahead = self._at[after] - sentence if after < len(self._at) else None
            if ahead is None or (back is not None and back <= ahead):
                yield self._tellings[before]
                before -= 1
            else:
                yield self._tellings[after]
                after += 1

    def features(self, index: int, span: Span) -> Iterator[str]:
        """Yield what the model is told of a day for an event."""
        return self._features(index, span, list(self._of_event(index)))

    def _features(self, index: int, span: Span, common: list[str]) -> Iterator[str]:
        assert self._published is not None
        event, form = self._events[index], self._form(index)
        manner = "said" if is_verbal(event.event_type) else "done"
        for name in self._of_span(index, span):
            yield name
            yield f"{name} | {form}"
            yield f"{name} | {manner}"
        age = _age(self._published, span)
        own = "published" if span == (self._published, self._published) else "told"
        for name in common:
            yield f"{own} {name}"
            yield f"age {age} {name}"
        if self._tells(self._sentences[index]):
            yield f"{own} beside another day"

    # --- the days

    def _told(self) -> Iterator[_Telling]:
        """Yield where the text names a day or a short period, which ends with the report."""
        starts = self._tree.parse.starts
        for date in self._article.dates or ():
            if date.type in _POINTS and _is_short(date):
                token = max(0, bisect_right(starts, date.start) - 1)
                yield _Telling(self._tree.sentence_of[token], self._span(date), date)

    def _span(self, date: Date) -> Span:
        assert date.first_day is not None
        assert date.last_day is not None
        return date.first_day, up_to(self._published, date.first_day, date.last_day)

    def _told_by_events(self) -> dict[Span, _Tellers]:
        found: dict[Span, _Tellers] = defaultdict(_Tellers)
        for sentence, event in zip(self._sentences, self._events, strict=True):
            first, last = event.event_date_first, event.event_date_last
            if first and last and event.event_date_basis in _OWN and event.is_asserted:
                of_day = found[first, last]
                of_day.types.add(event.event_type)
                of_day.lemmas.add(event.trigger.lemma)
                of_day.names.update((event.event_type, name) for name in _names(event))
                of_day.sentences.append(sentence)
        return dict(found)

    def _tells(self, sentence: int) -> bool:
        at = bisect_left(self._at, sentence)
        return at < len(self._at) and self._at[at] == sentence

    def _is_of_other(self, index: int, telling: _Telling) -> bool:
        """Say whether the sentence tells the day of something else: they met after Sunday's raid.

        Of an event noun, also what is done about it: condemned the attack on Sunday.
        """
        tree, trigger = self._tree, self._triggers[index]
        tokens = tokens_in(tree, telling.date.start, telling.date.end)
        if telling.sentence != self._sentences[index] or not tokens:
            return False
        above = list(tree.ancestors(tokens[-1]))
        of_trigger = {trigger, *tree.ancestors(trigger)}
        if any(tree.words[t] in OTHER_TIMES and t not in of_trigger for t in above):
            return True
        verb = next(filter(tree.is_verb, above), None)
        return not tree.is_verb(trigger) and verb in of_trigger

    def _weigh(self, index: int, span: Span, common: list[str]) -> float:
        return self._model.probability(self._features(index, span, common))

    def _with(self, event: Event, span: Span, sentence: int) -> Event:
        """Return an event with a day, and with the words nearest to it that name that day."""
        named = (t.date for t in self._outwards(sentence) if t.span == span)
        date = next(named, None) if span in self._counts else None
        return dataclasses.replace(
            event,
            event_date_first=span[0],
            event_date_last=span[1],
            event_date_precision=date.precision if date else "day",
            event_date_basis="document" if date else "publication",
            date_expression=date,
        )

    # --- what the model is told

    def _of_span(self, index: int, span: Span) -> Iterator[str]:
        """Yield what a day is in this story, seen from an event."""
        assert self._published is not None
        at, own = self._sentences[index], span == (self._published, self._published)
        yield f"age {_age(self._published, span)}"
        yield "of publication" if own else "told"
        yield f"days told {min(3, len(self._counts))}"
        following = bisect_right(self._at, at)
        last = self._tellings[following - 1] if following else None
        if last is not None and last.span == span:
            yield f"last told {min(_FAR, at - last.sentence)}"
        elif span in self._first and self._first[span] <= at:
            yield "told before"
        if following < len(self._tellings) and self._tellings[following].span == span:
            yield f"next told {min(_FAR, self._at[following] - at)}"
        if self._tellings and self._tellings[0].span == span:
            yield "first told"
        if span == self._most:
            yield "told most"
        if len(self._counts) == 1 and span in self._counts:
            yield "the only day"
        if not self._counts:
            yield "no day told"
        yield from self._of_tellers(index, span)

    def _of_tellers(self, index: int, span: Span) -> Iterator[str]:
        """Yield what other events were on that day."""
        event, tellers = self._events[index], self._tellers.get(span)
        if tellers is None:
            yield "of no event"
            return
        yield "of an event"
        if event.event_type in tellers.types:
            yield "of the same type"
        if event.trigger.lemma in tellers.lemmas:
            yield "of the same word"
        if any((event.event_type, name) in tellers.names for name in _names(event)):
            yield "of the same people"
        at = self._sentences[index]
        beside = bisect_left(tellers.sentences, at)
        near = min(abs(s - at) for s in tellers.sentences[max(0, beside - 1) : beside + 1])
        yield f"of an event {min(_FAR, near)} away"

    def _of_event(self, index: int) -> Iterator[str]:
        """Yield how an event is told."""
        event = self._events[index]
        yield f"type {event.event_type}"
        yield f"factuality {event.factuality}"
        yield f"zone {event.zone}"
        yield f"place {min(5, self._sentences[index] // 2)}"
        yield f"form {self._form(index)}"
        yield f"source {bool(event.attribution)}"
        yield f"dep {self._tree.deps[self._triggers[index]]}"
        yield from (f"beside {word}" for word in self._beside(index))
        yield from (f"under {word}" for word in self._above(index))

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
            return "noun the" if tree.has_determiner(token, "the") else "noun"
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
    return frozenset(filter(None, map(name_of, (*event.actors, *event.recipients))))


def name_of(participant: Participant) -> str:
    """Return by what somebody is known again: the id, else the last word; empty where neither is."""
    words = (participant.text or "").lower().split()
    return participant.entity_id or (words[-1] if words else "")
