"""Whether an article's rows hold what is promised of them; for tests, and for whoever doubts it.

>>> from schemas import Sentence, Zone, new_article
>>> zone, sentence = Zone(kind="body", start=0, end=6), Sentence(start=0, end=7, zone=0)
>>> article = new_article("He left", zones=(zone,), sentences=(sentence,), events=())
>>> for problem in problems(article):
...     print(problem)
outside of the zones: 't'
document.sentences[0]: 0-7 is not in its zone 0
"""

import dataclasses
import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa

from schemas._declare import arrow_schema, columns, to_row
from schemas.article import Article, document_of, known
from schemas.document import Document, Sentence, Zone
from schemas.event import Cluster, Event
from schemas.ids import stable_id
from schemas.parse import Parse

_ASSERTED = frozenset({"happened", "ongoing"})


class Span(NamedTuple):
    """Two offsets of a row, and the words that are said to stand between them."""

    where: str  # as in `event 3.actors[0].head`
    start: int | None
    end: int | None
    text: str | None


def problems(article: Article, clusters: Iterable[Cluster] | None = None) -> Iterator[str]:
    """Yield what is wrong with the rows of an article, a line each; nothing where all is well.

    The article has been through all steps; `clusters` are those of its events, where they are to
    be looked at too.

    Raises:
        MissingStepError: the article has not been through a step whose result is looked at.
    """
    text, zones = article.text, known(article.zones, "Segment")
    yield from _zones(text, zones)
    yield from _sentences(zones, known(article.sentences, "Segment"))
    if article.parse is not None:
        yield from _tokens(text, article.parse)
    for name, row in rows(article):
        for span in spans(row, name):
            yield from _span(text, span)
        yield from _values(row, name)
        yield from _arrow(row, name)
    yield from _events(article)
    if clusters is not None:
        yield from _clusters(known(article.events, "ExtractEvents"), tuple(clusters))


def rows(article: Article) -> Iterator[tuple[str, Document | Event]]:
    """Yield the rows that an article gives, each with a name: the document, then the events."""
    yield "document", document_of(article)
    for index, event in enumerate(known(article.events, "ExtractEvents")):
        yield f"event {index}", event


def spans(row: object, name: str) -> Iterator[Span]:
    """Yield every span of a row and of the records inside it."""
    for where, record in _records(row, name):
        for start, end, text in _span_columns(_type_of(record)):
            place = where + "." * bool(start[:-6]) + start[:-6]
            quoted = getattr(record, text) if text else None
            yield Span(place, getattr(record, start), getattr(record, end), quoted)


def _records(record: object, where: str) -> Iterator[tuple[str, object]]:
    """Yield a record and those inside it, each with the path to it."""
    yield where, record
    for column in columns(_type_of(record)):
        value = getattr(record, column.name)
        if not dataclasses.is_dataclass(column.item) or value is None:
            continue
        for index, item in enumerate(value if column.is_list else (value,)):
            yield from _records(item, f"{where}.{column.name}" + f"[{index}]" * column.is_list)


def _type_of(record: object) -> type:
    return type(record)


@functools.cache
def _span_columns(record_type: type) -> tuple[tuple[str, str, str | None], ...]:
    """Return the names of the columns that go together: start, end, and the words between."""
    names = [column.name for column in columns(record_type)]
    text = "text" if "text" in names else None
    return tuple(
        (name, name[:-5] + "end", text if name == "start" else None)
        for name in names
        if name == "start" or name.endswith("_start")
    )


def _span(text: str, span: Span) -> Iterator[str]:
    where, start, end, quoted = span
    if start is None or end is None:
        if start is not end:
            yield f"{where}: only one of start {start} and end {end} is known"
    elif not 0 <= start <= end <= len(text):
        yield f"{where}: {start}-{end} is no stretch of {len(text)} characters"
    elif quoted is not None and not quoted.strip():
        yield f"{where}: {start}-{end} has no words"
    elif quoted is not None and text[start:end] != quoted:
        yield f"{where}: {start}-{end} is {text[start:end]!r}, not {quoted!r}"


def _values(row: object, name: str) -> Iterator[str]:
    """Look for nulls where none may be, values that are not on the list, days out of order."""
    for where, record in _records(row, name):
        for column in columns(_type_of(record)):
            value = getattr(record, column.name)
            if value is None:
                if not column.nullable:
                    yield f"{where}.{column.name}: null"
                continue
            for item in (value if column.is_list else (value,)) if column.values else ():
                if item not in column.values:
                    yield f"{where}.{column.name}: {item!r} is not legal"
        yield from _days(record, where)


def _days(record: object, where: str) -> Iterator[str]:
    for first_name, last_name in (
        ("first_day", "last_day"),
        ("event_date_first", "event_date_last"),
    ):
        first, last = getattr(record, first_name, None), getattr(record, last_name, None)
        if first is not None and last is not None and first > last:
            yield f"{where}: its first day {first} is after its last {last}"


def _arrow(row: object, name: str) -> Iterator[str]:
    """Try a row on the type that its table has in Parquet."""
    type_ = pa.struct(list(arrow_schema(_type_of(row))))
    try:
        pa.array([to_row(_type_of(row))(row)], type_).validate(full=True)
    except (ValueError, TypeError, OverflowError, pa.ArrowException) as error:
        yield f"{name}: does not fit its table: {error!r}"


def _zones(text: str, zones: tuple[Zone, ...]) -> Iterator[str]:
    """See that zones are in order, do not overlap, and cover every line that is not blank.

    What parts two zones of one line (`By Jane Doe | May 3`) may belong to neither.
    """
    end = 0
    for index, zone in enumerate(zones):
        if not end <= zone.start < zone.end:
            yield f"document.zones[{index}]: {zone.start}-{zone.end} follows {end}"
        if 0 < end < zone.start and _parts(text[end : zone.start]):
            end = zone.start
        yield from _outside(text[end : zone.start])
        end = zone.end
    yield from _outside(text[end:])


def _parts(between: str) -> bool:
    """Whether what stands between two zones only parts them, on one line and without words."""
    return len(between.splitlines()) <= 1 and not any(map(str.isalnum, between))


def _outside(rest: str) -> Iterator[str]:
    if rest.strip():
        yield f"outside of the zones: {rest.strip()[:80]!r}"


def _sentences(zones: tuple[Zone, ...], sentences: tuple[Sentence, ...]) -> Iterator[str]:
    end = 0
    for index, sentence in enumerate(sentences):
        where, start = f"document.sentences[{index}]", sentence.start
        if not end <= start < sentence.end:
            yield f"{where}: {start}-{sentence.end} follows {end}"
        end = sentence.end
        zone = zones[sentence.zone] if 0 <= sentence.zone < len(zones) else None
        if zone is None or not zone.start <= start < end <= zone.end:
            yield f"{where}: {start}-{end} is not in its zone {sentence.zone}"


def _tokens(text: str, parse: Parse) -> Iterator[str]:
    """See that tokens stand where they say, and do not overlap."""
    before = 0
    for start, end, word in zip(parse.starts, parse.ends, parse.words, strict=True):
        if text[start:end] != word or start < before:
            yield f"token {word!r}: {start}-{end} is {text[start:end]!r} and follows {before}"
        before = end


def _events(article: Article) -> Iterator[str]:
    events = known(article.events, "ExtractEvents")
    sentences = {(s.start, s.end): s.zone for s in known(article.sentences, "Segment")}
    zones = known(article.zones, "Segment")
    for index, event in enumerate(events):
        where, trigger, sentence = f"event {index}", event.trigger, event.sentence
        zone = sentences.get((sentence.start, sentence.end))
        if zone is None:
            yield f"{where}: {sentence.start}-{sentence.end} is no sentence of the article"
        elif not any(z.kind == event.zone for z in zones[zone : zone + 1]):
            yield f"{where}: zone {zone}, in which it stands, is not {event.zone}"
        if not sentence.start <= trigger.start < trigger.end <= sentence.end:
            yield f"{where}: {trigger.start}-{trigger.end} is not in its sentence"
        yield from _event(article, event, where)
    yield from _order(events)


def _event(article: Article, event: Event, where: str) -> Iterator[str]:
    trigger = event.trigger
    if event.doc_id != article.id:
        yield f"{where}: is of document {event.doc_id}, not of {article.id}"
    parts = (article.id, str(trigger.start), str(trigger.end), event.event_type)
    if event.event_id != stable_id(*parts):
        yield f"{where}: its id is not the hash of {parts}"
    if event.is_asserted != (event.factuality in _ASSERTED):
        yield f"{where}: is_asserted is {event.is_asserted} for {event.factuality}"


def _order(events: tuple[Event, ...]) -> Iterator[str]:
    for event_id, number in Counter(event.event_id for event in events).items():
        if number > 1:
            yield f"event_id {event_id}: {number} events have it"
    for one, other in itertools.pairwise(events):
        if one.trigger.start > other.trigger.start:
            yield f"event {one.event_id}: stands before one with an earlier trigger"


def _clusters(events: tuple[Event, ...], clusters: tuple[Cluster, ...]) -> Iterator[str]:
    """See that each event is in one cluster, named after the smallest of its events."""
    if sorted(c.event_id for c in clusters) != sorted(e.event_id for e in events):
        yield f"clusters: {len(clusters)} rows, which are not one for each of {len(events)} events"
    smallest: dict[str, str] = {}
    for cluster in clusters:
        least = smallest.get(cluster.cluster_id, cluster.event_id)
        smallest[cluster.cluster_id] = min(least, cluster.event_id)
    for cluster_id, event_id in smallest.items():
        if cluster_id != event_id:
            yield f"cluster {cluster_id}: its smallest event is {event_id}"
