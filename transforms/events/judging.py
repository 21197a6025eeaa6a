"""What is made of a match: who takes part, whether it happened, its type then, how sure it is."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas import EventType
from transforms.events.beside import Verdict
from transforms.events.confidence import Confidence
from transforms.events.factuality import REFUSAL, Factualities
from transforms.events.match import Match
from transforms.events.ranking import Ranker
from transforms.events.reading import Reading
from transforms.events.tables import is_cooperation, type_facts

# An announced meeting, gift or pact is agreed to; an announced withdrawal is conceded (PLOVER 0.8).
_WHEN_PLANNED: dict[EventType, EventType] = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}
_NO_PROMISE = frozenset({"purpose", "ahead"})
_INTENDS_TO_YIELD = "03"  # CAMEO 035, for what the manual has as CONCEDE
# To miss an event costs more than a doubtful one, of which `confidence` tells; what lacks something has
# to be likelier than not.
_LEAST = 0.4
_LEAST_OF_LACKING = 0.6
_UNJUDGED = Verdict("possible", "unjudged")  # of what is no event anyway


class Judged(NamedTuple):
    """A match and what is made of it."""

    match: Match
    verdict: Verdict
    event_type: EventType
    likelihood: float  # that it is an event of that type
    confidence: float  # that participants and factuality are right as well


class Judge:
    """Judges the matches of one article."""

    __slots__ = ("_confidence", "_factualities", "_ranker")

    def __init__(self, reading: Reading, matches: Sequence[Match]) -> None:
        self._ranker = Ranker(reading)
        self._factualities = Factualities(reading.tree)
        self._confidence = Confidence(reading, matches)

    def judge(self, match: Match, *, in_title: bool) -> Judged:
        """Return what is made of a match."""
        match = self._ranker.rank(match)
        if not self.has_enough(match):
            return Judged(match, _UNJUDGED, match.event_type, 0.0, 0.0)
        verdict = self._factualities.of(match, in_title=in_title)
        event_type = match.event_type
        if verdict.rule == REFUSAL and match.actors and is_cooperation(event_type):
            event_type = "REJECT"  # will not release, meet, help: whoever says so refuses
        if verdict.factuality == "planned" and verdict.rule not in _NO_PROMISE:
            event_type = _WHEN_PLANNED.get(event_type, event_type)
        return Judged(match, verdict, event_type, *self._confidence.of(match, verdict.factuality))

    def is_event(self, judged: Judged) -> bool:
        """Say whether it is likely enough that an event of its type is told."""
        return judged.likelihood >= (_LEAST if judged.match.lacks is None else _LEAST_OF_LACKING)

    def has_enough(self, match: Match) -> bool:
        """Say whether somebody takes part, which most entries need."""
        told = match.told or match.entry.bare or match.mode or match.lacks
        return bool(match.actors or match.recipients or told)


def cameo_root(match: Match, event_type: EventType, mode: str | None = None) -> str:
    """Return the two digits of CAMEO for a match of that type and mode."""
    if match.entry.cameo_root and event_type == match.entry.type:
        return match.entry.cameo_root
    if event_type == "CONCEDE" != match.entry.type:
        return _INTENDS_TO_YIELD
    facts = type_facts()[event_type]
    return facts.mode_roots.get(mode or "", facts.cameo_root)
