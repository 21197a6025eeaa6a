"""What the parts of the sink tell each other: small records, the only thing that is grouped."""

import collections
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.sinks.spill import Run
from schemas import SCHEMA_VERSION, Article, Cluster, Provenance, Reject

_SAMPLES = 5
_SAMPLE_CHARS = 500


class Clustering(NamedTuple):
    """How events that tell the same are found across the articles of a batch."""

    # Of an article: what is known of its happenings, each with the group that it is compared in.
    # They are tuples of plain values, or a string, since they wait on disk for the others.
    happenings: Callable[[Article], Iterable[tuple[str, Any]]]
    # Of all of a group: a row for each of their events.
    clusters: Callable[[Iterable[Any]], Iterable[Cluster]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """Where a run writes, what it delivers, and what its manifest says of it."""

    output: str
    batch_id: str
    run_id: str  # nobody else's: a name for the run's temporary files
    started_at: dt.datetime
    keep_text: bool = True  # False: columns that quote the text are null
    max_error_rate: float = 0.05
    strict: bool = False  # True: an article whose rows cannot be written stops the run
    produced_by: str  # program, model and knowledge base, with their versions
    versions: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    inputs: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    clustering: Clustering | None = None  # None: no clusters are written

    @property
    def provenance(self) -> Provenance:
        """What every row ends with."""
        return Provenance(
            batch_id=self.batch_id, schema_version=SCHEMA_VERSION, produced_by=self.produced_by
        )


class Share(NamedTuple):
    """How much of a partition there is: the weight is that of the rows before compression."""

    table: str
    partition: str
    rows: int
    weight: int


class Sample(NamedTuple):
    """A reject, cut short, to show what went wrong."""

    input_path: str
    input_line: int | None
    stage: str
    error: str
    message: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What a bundle wrote. Files that no hand-over names do not exist."""

    runs: tuple[Run, ...] = ()
    shares: tuple[Share, ...] = ()
    errors: tuple[tuple[str, int], ...] = ()  # rejects by kind of error
    words: int = 0
    samples: tuple[Sample, ...] = ()

    def rows(self, table: str) -> int:
        """Return the number of rows of a table."""
        return sum(share.rows for share in self.shares if share.table == table)


class WrittenFile(NamedTuple):
    """A Parquet file that waits in a temporary place for the commit."""

    table: str
    partition: str
    path: str
    rows: int  # as its footer has them
    bytes: int
    sha256: str


def summed(handed: Iterable[HandOver]) -> HandOver:
    """Add hand-overs up; the result does not depend on their order."""
    runs: list[Run] = []
    rows: collections.Counter[tuple[str, str]] = collections.Counter()
    weights: collections.Counter[tuple[str, str]] = collections.Counter()
    errors: collections.Counter[str] = collections.Counter()
    words = 0
    samples: list[Sample] = []
    for one in handed:
        runs.extend(one.runs)
        for share in one.shares:
            rows[share[:2]] += share.rows
            weights[share[:2]] += share.weight
        errors.update(dict(one.errors))
        words += one.words
        samples.extend(one.samples)
    return HandOver(
        runs=tuple(sorted(runs, key=lambda run: run.path)),
        shares=tuple(Share(*key, rows[key], weights[key]) for key in sorted(rows)),
        errors=tuple(sorted(errors.items())),
        words=words,
        samples=first_samples(samples),
    )


def sample_of(reject: Reject) -> Sample:
    """Return a reject cut short."""
    message = reject.message[:_SAMPLE_CHARS]
    return Sample(reject.input_path, reject.input_line, reject.stage, reject.error, message)


def first_samples(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Return the few that come first in the order of the input."""
    return tuple(sorted(samples, key=_position)[:_SAMPLES])


def _position(sample: Sample) -> tuple[str, int, str]:
    return sample.input_path, sample.input_line or 0, sample.message
