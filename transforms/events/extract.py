"""Who did what to whom, where and when, and whether it happened: one article at a time.

One event is one predicate in one clause. The pieces come from the modules beside this one; here
they are put together to `Event` rows.
"""

import dataclasses
from bisect import bisect_right
from collections.abc import Callable

from schemas import (
    Article,
    Event,
    EventZone,
    Factuality,
    Rules,
    Span,
    Trigger,
    known,
    stable_id,
)
from transforms.events.about import settle
from transforms.events.anchors import Anchors
from transforms.events.attribution import Attributions
from transforms.events.counts import Counts
from transforms.events.dating import Dating
from transforms.events.days import ContextDays, Story
from transforms.events.judging import Judge, Judged, cameo_root
from transforms.events.lexicon import load_lexicon
from transforms.events.match import Match
from transforms.events.matching import Matcher
from transforms.events.participants import Participants
from transforms.events.placing import Placing
from transforms.events.reading import Reading
from transforms.events.story import complete
from transforms.events.tables import is_verbal, mapping, type_facts

_ZONES: dict[str, EventZone] = {"title": "title", "subtitle": "subtitle", "body": "body"}
_NEAR = 5  # tokens between a light verb and its noun within which both are told
_ASSERTED: frozenset[Factuality] = frozenset({"happened", "ongoing"})


def load_extractor() -> Callable[[Article], Article]:
    """Read the lexicon and return `extract_events`."""
    load_lexicon()
    type_facts()
    return extract_events


def extract_events(article: Article) -> Article:
    """Add the events that the article tells of, in the order of their triggers.

    Raises:
        MissingStepError: the article has not been parsed.
    """
    parse = known(article.parse, "ParseSentences")
    if not any(parse.deps):  # a model without a parser
        return dataclasses.replace(article, events=())
    story = story_of(article)
    days = ContextDays(story)
    events = settle(article, complete(story, days), days)
    return dataclasses.replace(article, events=events)


def story_of(article: Article) -> Story:
    """Return the events as their own sentences tell them, without what the rest of the article does."""
    return _Extraction(article).story()


class _Extraction:
    """The work on one article."""

    def __init__(self, article: Article) -> None:
        reading = Reading.of(article)
        self.article = article
        self.tree, self.phrases, self.arguments = reading.tree, reading.phrases, reading.arguments
        self.zones = self._zones()
        matches = Matcher(load_lexicon(), reading).matches()
        judge = Judge(reading, matches)
        found = [
            judge.judge(match, in_title=zone != "body")
            for match in matches
            if (zone := self.zones[self.tree.sentence_of[match.trigger]])
        ]
        protests = {each.match.trigger for each in found if each.event_type == "PROTEST"}
        events = (
            each
            for each in found
            if judge.is_event(each) and not self._is_aim(each.match.trigger, protests)
        )
        # A light verb is told with its noun, which can stand before it: the ban that was imposed.
        self.found = sorted(events, key=lambda each: self._trigger(each.match).start)
        self.participants = Participants(reading)
        self.attributions = Attributions(reading, self.participants)
        self.counts = Counts(reading)
        told = frozenset(each.match.trigger for each in self.found)
        said = frozenset(e.match.trigger for e in self.found if is_verbal(e.event_type))
        anchors = Anchors(self.tree, told, said)
        self.dating = Dating(reading, anchors)
        self.placing = Placing(reading, anchors)

    def story(self) -> Story:
        """Return the events in the order of their triggers."""
        events = tuple(map(self._event, self.found))
        triggers = tuple(each.match.trigger for each in self.found)
        return Story(self.article, self.tree, events, triggers)

    def _zones(self) -> list[EventZone | None]:
        zones = known(self.article.zones, "Segment")
        sentences = known(self.article.sentences, "Segment")
        parse = self.tree.parse
        return [_ZONES.get(zones[sentences[i].zone].kind) for i in parse.sentence_indexes]

    def _is_aim(self, token: int, protests: set[int]) -> bool:
        """Say whether it is what a protest is for: marched to demand is the march (PLOVER)."""
        return self.tree.deps[token] == "advcl" and self.tree.heads[token] in protests

    def _event(self, judged: Judged) -> Event:
        article = self.article
        match, verdict, event_type = judged.match, judged.verdict, judged.event_type
        zone = self.zones[self.tree.sentence_of[match.trigger]]
        assert zone is not None
        mode = self._mode(match) if event_type == match.event_type else None
        facts = type_facts()[event_type]
        when = self.dating.when(match, verdict.factuality)
        taken = frozenset({*match.actors, *match.recipients})
        trigger = self._trigger(match)
        return Event(
            event_id=stable_id(article.id, str(trigger.start), str(trigger.end), event_type),
            doc_id=article.id,
            url=article.url,
            source=article.source,
            title=article.title,
            published_at=article.published.at if article.published else None,
            published_on=article.published_on,
            event_type=event_type,
            event_mode=mode,
            contexts=match.entry.contexts,
            cameo_root=cameo_root(match, event_type, mode),
            quad_class=facts.quad_class,
            intensity=facts.mode_scores.get(mode or "", facts.score),
            zone=zone,
            trigger=trigger,
            factuality=verdict.factuality,
            is_asserted=verdict.factuality in _ASSERTED,
            time_frame=when.frame,
            attribution=self.attributions.of(match.trigger),
            actors=tuple(map(self.participants.make, match.actors)),
            recipients=tuple(map(self.participants.make, match.recipients)),
            place=self.placing.where(match, taken),
            event_date_first=when.first,
            event_date_last=when.last,
            event_date_precision=when.precision,
            event_date_basis=when.basis,
            date_expression=when.date,
            counts=self.counts.of(match),
            sentence=self._sentence(match.trigger),
            is_main=False,
            confidence=round(judged.confidence, 3),
            rules=self._rules(match, verdict.rule),
        )

    def _rules(self, match: Match, factuality: str) -> Rules:
        told = f"{match.light}+{match.entry.id}" if match.light else match.entry.id
        form = "verb" if self.tree.is_verb(match.trigger) else "noun"
        form = "light" if match.light else form
        return Rules(
            type=f"{told}-{match.lacks}" if match.lacks else told,
            factuality=factuality,
            roles=f"{form}+ranking" if match.ranked else form,
        )

    def _mode(self, match: Match) -> str | None:
        """Return the mode, for an assault that leaves it open from the weapon in its clause."""
        if match.mode or match.event_type != "ASSAULT":
            return match.mode
        weapons = mapping("modes", "nouns")
        slots = self.arguments.of(match.trigger)
        heads = [*match.actors, *slots.subject, *slots.object]
        for prep in ("with", "in", "by", "using", "from"):
            heads += slots.preps.get(prep, ())
        for head in heads:
            for name in sorted(self.phrases.classes(head)):
                if name[1:] in weapons and name[0] == "=":
                    return weapons[name[1:]]
        return None

    def _trigger(self, match: Match) -> Trigger:
        """Return the word of the act; with a light verb that is its noun, told with the verb."""
        parse, token = self.tree.parse, match.trigger
        word = token if match.noun is None else match.noun
        first, last = sorted((token, word)) if abs(word - token) <= _NEAR else (word, word)
        first = min(first, self.tree.first_of_hyphenated(word))
        start, end = parse.starts[first], parse.ends[last]
        text, lemma = self.article.text[start:end], self.tree.lemmas[word]
        return Trigger(text=text, lemma=lemma, start=start, end=end)

    def _sentence(self, token: int) -> Span:
        sentences = known(self.article.sentences, "Segment")
        parse = self.tree.parse
        number = bisect_right(parse.sentence_starts, token) - 1
        sentence = sentences[parse.sentence_indexes[number]]
        text = self.article.text[sentence.start : sentence.end]
        return Span(text=text, start=sentence.start, end=sentence.end)
