"""Articles, sinks, and a delivery of one to the other without Beam."""

import datetime as dt
import pathlib
import uuid
from collections.abc import Callable, Iterable

import pytest

from pipeline.sinks import Clustering, Outcome, Sink, WrittenFile, commit
from pipeline.sinks.handover import HandOver, summed
from pipeline.sinks.merge import merge, plan
from pipeline.sinks.write import _Written
from schemas import (
    Article,
    Cluster,
    Event,
    Participant,
    Published,
    Reject,
    Rules,
    Span,
    Trigger,
    Zone,
    new_article,
    reject,
    stable_id,
)

FIRST_DAY = dt.date(2014, 6, 26)


def make_event(doc_id: str, number: int, day: dt.date | None) -> Event:
    return Event(
        event_id=stable_id(doc_id, str(number)),
        doc_id=doc_id,
        published_on=day,
        event_type="ASSAULT",
        quad_class=4,
        zone="body",
        trigger=Trigger(text="shelled", lemma="shell", start=number, end=number + 7),
        factuality="happened",
        is_asserted=True,
        time_frame="current",
        actors=(
            Participant(
                text="Rebels",
                start=0,
                end=6,
                kind="group",
                head_start=0,
                head_end=6,
                basis="clause",
                score=0.5,
            ),
        ),
        event_date_basis="unknown",
        sentence=Span(text="Rebels shelled the harbour.", start=0, end=27),
        rules=Rules(type="shell"),
    )


def make_article(number: int, *, day: dt.date | None = FIRST_DAY, events: int = 2) -> Article:
    doc_id = f"article-{number}"
    text = f"Rebels shelled the harbour. It was raid {number}."
    published = day and Published(
        at=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), on=day, precision="day"
    )
    return new_article(
        text,
        id=doc_id,
        published=published or None,
        zones=(Zone(kind="body", start=0, end=len(text)),),
        sentences=(),
        quotes=(),
        entities=(),
        dates=(),
        events=tuple(make_event(doc_id, i, day) for i in range(events)),
    )


def make_reject(number: int, error: str = "no_text") -> Reject:
    return reject(
        b"{}", path="in.jsonl", line=number, stage="read", error=error, message=f"line {number}"
    )


def make_happenings(article: Article) -> Iterable[tuple[str, str]]:
    """Put the first events of all articles in one group, the second ones in another."""
    return [(str(number), e.event_id) for number, e in enumerate(article.events or ())]


def make_clusters(event_ids: Iterable[str]) -> Iterable[Cluster]:
    found = sorted(event_ids)
    return [Cluster(event_id=event_id, cluster_id=found[0]) for event_id in found]


def make_sink(output: pathlib.Path | str, batch_id: str = "a", **changes: object) -> Sink:
    return Sink(
        **{
            "output": str(output),
            "batch_id": batch_id,
            "run_id": uuid.uuid4().hex,
            "started_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
            "produced_by": "dateline 0.1.0, model 3.7.1",
            "inputs": {"fingerprint": "f1"},
            "clustering": Clustering(make_happenings, make_clusters),
        }
        | changes
    )


def spilled(
    sink: Sink, articles: Iterable[Article], rejects: Iterable[Reject] = (), buffer: int = 1 << 20
) -> HandOver:
    """Write rows as one bundle does."""
    written = _Written(sink, buffer)
    for article in articles:
        written.article(article)
    for one in rejects:
        written.reject(one)
    return summed([written.close()])


def merged_files(sink: Sink, handed: HandOver) -> list[WrittenFile]:
    return [file for task in plan(handed) for file in merge(task, sink)]


def make_delivery(
    sink: Sink,
    articles: Iterable[Article],
    rejects: Iterable[Reject] = (),
    *,
    records: int | None = None,
    buffer: int = 1 << 20,
    before: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Do what the transforms do, in this process."""
    handed = spilled(sink, articles, rejects, buffer)
    files = merged_files(sink, handed)
    if records is None:
        records = handed.rows("documents") + handed.rows("rejects")
    return commit(sink, handed, files, records=records, before=before)


@pytest.fixture(name="event")
def event_fixture() -> Callable[..., Event]:
    return make_event


@pytest.fixture
def article() -> Callable[..., Article]:
    return make_article


@pytest.fixture
def set_aside() -> Callable[..., Reject]:
    return make_reject


@pytest.fixture
def sink() -> Callable[..., Sink]:
    return make_sink


@pytest.fixture
def spill() -> Callable[..., HandOver]:
    return spilled


@pytest.fixture
def merge_all() -> Callable[..., list[WrittenFile]]:
    return merged_files


@pytest.fixture
def deliver() -> Callable[..., Outcome]:
    return make_delivery
