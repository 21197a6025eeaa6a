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
    EventType,
    EventZone,
    Factuality,
    Rules,
    Span,
    Trigger,
    known,
    stable_id,
)
from transforms.events.anchors import Anchors
from transforms.events.attribution import Attributions
from transforms.events.counts import Counts
from transforms.events.dating import Dating
from transforms.events.factuality import Factualities
from transforms.events.lexicon import load_lexicon
from transforms.events.matching import Match, Matcher
from transforms.events.participants import Participants
from transforms.events.placing import Placing
from transforms.events.ranking import Ranker
from transforms.events.reading import Reading
from transforms.events.tables import mapping, type_facts

_ZONES: dict[str, EventZone] = {"title": "title", "subtitle": "subtitle", "body": "body"}
_ASSERTED: frozenset[Factuality] = frozenset({"happened", "ongoing"})
# An announced meeting, gift or pact is agreed to; an announced withdrawal is conceded (PLOVER 0.8).
_WHEN_PLANNED: dict[EventType, EventType] = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}

_INTENDS_TO_YIELD = "03"  # CAMEO 035, for what the manual has as CONCEDE
_NO_PROMISE = frozenset({"purpose"})


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
    return dataclasses.replace(article, events=_Extraction(article).events())


class _Extraction:
    """The work on one article."""

    def __init__(self, article: Article) -> None:
        reading = Reading.of(article)
        self.article = article
        self.tree, self.phrases, self.arguments = reading.tree, reading.phrases, reading.arguments
        self.zones = self._zones()
        found = Matcher(load_lexicon(), reading).matches()
        ranker = Ranker(reading)
        self.matches = [
            ranker.rank(m) for m in found if self.zones[self.tree.sentence_of[m.trigger]]
        ]
        self.protests = {m.trigger for m in self.matches if m.event_type == "PROTEST"}
        self.participants = Participants(reading)
        self.attributions = Attributions(reading, self.participants)
        self.factualities = Factualities(self.tree)
        self.counts = Counts(reading)
        anchors = Anchors(self.tree, frozenset(match.trigger for match in self.matches))
        self.dating = Dating(reading, anchors)
        self.placing = Placing(reading, anchors)

    def events(self) -> tuple[Event, ...]:
        """Return the events in the order of their triggers."""
        return tuple(self._event(match) for match in self.matches if self._stands(match))

    def _zones(self) -> list[EventZone | None]:
        zones = known(self.article.zones, "Segment")
        sentences = known(self.article.sentences, "Segment")
        parse = self.tree.parse
        return [_ZONES.get(zones[sentences[i].zone].kind) for i in parse.sentence_indexes]

    def _stands(self, match: Match) -> bool:
        """Say whether there is enough of a match: a verb needs somebody who takes part."""
        if self._is_aim_of_protest(match.trigger):  # marched to demand: the march alone (PLOVER)
            return False
        return bool(match.actors or match.recipients or match.entry.bare or match.mode)

    def _is_aim_of_protest(self, token: int) -> bool:
        head = self.tree.heads[token]
        return self.tree.deps[token] == "advcl" and head in self.protests

    def _event(self, match: Match) -> Event:
        article = self.article
        zone = self.zones[self.tree.sentence_of[match.trigger]]
        assert zone is not None
        verdict = self.factualities.of(match, in_title=zone != "body")
        event_type = match.event_type
        if verdict.factuality == "planned" and verdict.rule not in _NO_PROMISE:
            event_type = _WHEN_PLANNED.get(event_type, event_type)
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
            cameo_root=self._cameo_root(match, event_type, mode),
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
            rules=Rules(
                type=f"{match.light}+{match.entry.id}" if match.light else match.entry.id,
                factuality=verdict.rule,
                roles="light"
                if match.light
                else "verb"
                if self.tree.is_verb(match.trigger)
                else "noun",
            ),
        )

    def _cameo_root(self, match: Match, event_type: EventType, mode: str | None) -> str:
        facts = type_facts()[event_type]
        if match.entry.cameo_root and event_type == match.entry.type:
            return match.entry.cameo_root
        if event_type == "CONCEDE" and event_type != match.entry.type:
            return _INTENDS_TO_YIELD
        return facts.mode_roots.get(mode or "", facts.cameo_root)

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
        parse, token = self.tree.parse, match.trigger
        start, end = parse.starts[token], parse.ends[token]
        return Trigger(
            text=self.article.text[start:end], lemma=self.tree.lemmas[token], start=start, end=end
        )

    def _sentence(self, token: int) -> Span:
        sentences = known(self.article.sentences, "Segment")
        parse = self.tree.parse
        number = bisect_right(parse.sentence_starts, token) - 1
        sentence = sentences[parse.sentence_indexes[number]]
        text = self.article.text[sentence.start : sentence.end]
        return Span(text=text, start=sentence.start, end=sentence.end)
