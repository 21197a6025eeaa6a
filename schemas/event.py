"""Events: who did what to whom, where and when, and whether it happened."""

import datetime as dt
from typing import Literal

from schemas._declare import Float64, Int8, column, record
from schemas.date import Date, Precision
from schemas.entity import EventPlace, Participant

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Factuality = Literal[
    "happened", "ongoing", "attempted", "planned", "possible", "not_happened", "denied"
]
TimeFrame = Literal["current", "background", "generic"]
DateBasis = Literal["clause", "sentence", "dateline", "document", "publication", "unknown"]
CountKind = Literal[
    "killed", "wounded", "missing", "arrested", "displaced", "participants", "money", "other"
]
EventZone = Literal["body", "title", "subtitle"]


@record
class Trigger:
    """The word that an event hangs on."""

    text: str | None = column("the word as it stands in the article", quoted=True)
    lemma: str = column("its lemma")
    start: int = column("offset of its first character")
    end: int = column("offset after its last character")


@record
class Attribution:
    """Who says that it is so."""

    text: str | None = column("the words that name the source", quoted=True)
    start: int = column("offset of their first character")
    end: int = column("offset after their last character")
    entity_id: str | None = column("the source's id in the knowledge base", default=None)
    name: str | None = column("the source's name in the knowledge base", default=None)
    cue: str = column("lemma of the word of saying, as in say or accord")
    is_quote: bool = column("true where the event stands in a direct quotation")


@record
class Count:
    """A number that measures an event."""

    kind: CountKind = column("what is counted")
    min: Float64 | None = column("the least that it can be", default=None)
    max: Float64 | None = column("the most that it can be; null = open", default=None)
    unit: str | None = column("ISO 4217 for money", default=None)
    text: str | None = column("the number as it stands in the article", quoted=True)
    start: int = column("offset of its first character")
    end: int = column("offset after its last character")


@record
class Span:
    """A stretch of the article."""

    text: str | None = column("the words as they stand in the article", quoted=True)
    start: int = column("offset of the first character")
    end: int = column("offset after the last character")


@record
class Rules:
    """The rules and lexicon entries that decided."""

    type: str | None = column("what gave the event its type", default=None)
    factuality: str | None = column("what gave it its factuality", default=None)
    roles: str | None = column("what found actors and recipients", default=None)


@record
class Event:
    """One mention of an event: one predicate in one clause."""

    event_id: str = column("hash over doc_id, trigger start, trigger end and event_type")
    doc_id: str = column("the article's id")
    url: str | None = column("the article's", default=None)
    source: str | None = column("the article's", default=None)
    title: str | None = column("the article's", default=None)
    published_at: dt.datetime | None = column("the article's", default=None)
    published_on: dt.date | None = column("the article's", default=None)
    event_type: EventType = column("PLOVER type")
    event_mode: str | None = column("PLOVER mode", default=None)
    contexts: tuple[str, ...] = column("PLOVER contexts", default=())
    cameo_root: str | None = column("CAMEO root code, two digits", default=None)
    quad_class: Int8 = column(
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    )
    intensity: float | None = column("PLOVER's score of type or mode, -10 to 10", default=None)
    zone: EventZone = column("the zone that it stands in")
    trigger: Trigger = column("the word that it hangs on")
    factuality: Factuality = column("whether it happened")
    is_asserted: bool = column("happened or ongoing: the column to filter on")
    time_frame: TimeFrame = column("whether it is news, history told, or said in general")
    attribution: tuple[Attribution, ...] = column(
        "who says so, outermost first; empty = the article's own voice", default=()
    )
    actors: tuple[Participant, ...] = column("who does it", default=())
    recipients: tuple[Participant, ...] = column("to whom it is done", default=())
    place: EventPlace | None = column("where", default=None)
    event_date_first: dt.date | None = column("first day on which it can be", default=None)
    event_date_last: dt.date | None = column("last day, inclusive", default=None)
    event_date_precision: Precision | None = column(
        "the unit in which the text dates it; none where it does not", default=None
    )
    event_date_basis: DateBasis = column("where the date comes from, seen from the trigger")
    date_expression: Date | None = column("the words that it comes from", default=None)
    counts: tuple[Count, ...] = column("numbers that measure it", default=())
    sentence: Span = column("the sentence that it stands in")
    is_main: bool | None = column("true for the event that the article is about", default=None)
    confidence: float | None = column(
        "calibrated probability that type, participants and factuality are right", default=None
    )
    rules: Rules = column("the rules and lexicon entries that decided")


@record
class Cluster:
    """An event and the happening that it tells of."""

    event_id: str = column("the event")
    cluster_id: str = column("the smallest event_id of those that tell the same happening")
