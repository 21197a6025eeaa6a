"""The Beam half: rows to runs while articles pass, runs to files, files to a committed batch.

handed = ((articles | WriteArticles(sink), rejects | WriteRejects(sink)) | Flatten())
outcome = handed | Commit(sink, records=splits)
"""

import collections
import dataclasses
import traceback
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.transforms.window import BoundedWindow
from apache_beam.utils.windowed_value import WindowedValue

from pipeline.sinks._memory import Reserve
from pipeline.sinks.clustering import keyed_happenings
from pipeline.sinks.commit import Outcome, commit, give_up
from pipeline.sinks.handover import (
    HandOver,
    Sample,
    Share,
    Sink,
    WrittenFile,
    first_samples,
    sample_of,
    summed,
)
from pipeline.sinks.layout import temporary
from pipeline.sinks.merge import MERGE_BYTES, MergeTask, merge, plan
from pipeline.sinks.rows import KeyedRow, keyed_rows, partition_of, writable
from pipeline.sinks.spill import BUFFER_BYTES, Spill
from schemas import (
    CLUSTERS,
    DOCUMENTS,
    EVENTS,
    NO_PARTITION,
    REJECTS,
    Article,
    Reject,
    RunFailedError,
    Table,
    document_of,
    reject,
)

_HANDED, _FILES, _RECORDS = "handed", "files", "records"


@dataclasses.dataclass
class WriteArticles(beam.PTransform):
    """Write the rows of articles that have been through the steps: documents, events, clusters.

    An article whose rows cannot be written becomes a reject of kind `bug`. Clusters hold events of
    several articles: what is written for them is made clusters of when files are merged.
    """

    sink: Sink

    def expand(self, articles: beam.PCollection[Article]) -> beam.PCollection[HandOver]:
        """Write rows to temporary files and hand on what was written."""
        return articles | "Write articles" >> beam.ParDo(_WriteArticles(self.sink))


@dataclasses.dataclass
class WriteRejects(beam.PTransform):
    """Write the rows of rejects."""

    sink: Sink

    def expand(self, rejects: beam.PCollection[Reject]) -> beam.PCollection[HandOver]:
        """Write rows to temporary files and hand on what was written."""
        return rejects | "Write rejects" >> beam.ParDo(_WriteRejects(self.sink))


class Commit(beam.PTransform):
    """Make the batch of what was handed over: one element out, the outcome, always.

    Args:
        sink: where to.
        records: what was read, as elements with a number of `records` that are added up.
    """

    def __init__(self, sink: Sink, *, records: beam.PCollection[Any]) -> None:
        super().__init__()
        self._sink = sink
        self._records = records

    def expand(self, handed: beam.PCollection[HandOver]) -> beam.PCollection[Outcome]:
        """Merge, then commit; also where nothing was handed over."""
        batch = self._sink.batch_id
        seed = handed.pipeline | "Begin" >> beam.Create([(batch, HandOver())])
        keyed = handed | "Key hand-over" >> beam.WithKeys(batch)
        all_handed = (
            (seed, keyed)
            | "Hand over" >> beam.Flatten()
            | "Gather" >> beam.GroupByKey()
            | "Add up" >> beam.ParDo(_AddUp())
        )
        files = (
            all_handed
            | "Plan merges" >> beam.ParDo(_Plan())
            | "Spread merges" >> beam.Reshuffle()
            | "Merge" >> beam.ParDo(_Merge(self._sink))
            | "Key files" >> beam.WithKeys(batch)
        )
        records = (
            self._records
            | "Count records" >> beam.Map(_count)
            | "Add records up" >> beam.CombineGlobally(sum)
            | "Key records" >> beam.WithKeys(batch)
        )
        return (
            {_HANDED: all_handed, _FILES: files, _RECORDS: records}
            | "Wait for all" >> beam.CoGroupByKey()
            | "Commit" >> beam.ParDo(_Commit(self._sink))
        )


class _Writer(beam.DoFn):
    """Buffers rows over a bundle and hands on what it wrote at the bundle's end."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def start_bundle(self) -> None:
        self._written: dict[BoundedWindow, _Written] = {}

    def finish_bundle(self) -> Iterator[WindowedValue]:
        for window, written in self._written.items():
            yield WindowedValue(written.close(), window.max_timestamp(), (window,))
        self._written = {}

    def _into(self, window: BoundedWindow) -> "_Written":
        if window not in self._written:
            self._written[window] = _Written(self._sink)
        return self._written[window]


class _WriteArticles(_Writer):
    """Also holds, as long as articles come, the memory that merging their rows will take."""

    def start_bundle(self) -> None:
        super().start_bundle()
        self._reserve = Reserve(MERGE_BYTES)

    def finish_bundle(self) -> Iterator[WindowedValue]:
        yield from super().finish_bundle()
        self._reserve.release()

    def process(self, article: Article, window: Any = beam.DoFn.WindowParam) -> Iterable[HandOver]:
        self._into(window).article(article)
        return ()


class _WriteRejects(_Writer):
    def process(self, reject: Reject, window: Any = beam.DoFn.WindowParam) -> Iterable[HandOver]:
        self._into(window).reject(reject)
        return ()


class _Written:
    """Rows that are being written, and the count of them."""

    def __init__(self, sink: Sink, buffer_bytes: int = BUFFER_BYTES) -> None:
        self._sink = sink
        folder = temporary(sink.output, sink.batch_id, sink.run_id)
        self._spill = Spill(folder, buffer_bytes=buffer_bytes)
        self._rows: collections.Counter[tuple[str, str]] = collections.Counter()
        self._weights: collections.Counter[tuple[str, str]] = collections.Counter()
        self._errors: collections.Counter[str] = collections.Counter()
        self._words = 0
        self._samples: tuple[Sample, ...] = ()

    def article(self, article: Article) -> None:
        """Add all rows of an article or, where one of them cannot be written, a reject."""
        clustering = self._sink.clustering
        try:
            tables = [
                (table, values, keyed_rows(table, values, keep_text=self._sink.keep_text))
                for table, values in self._tables(article)
            ]
            happenings = keyed_happenings(clustering.happenings(article)) if clustering else []
        except Exception as error:
            if self._sink.strict:
                raise
            self.reject(_unwritable(article, error))
            return
        for table, values, rows in tables:
            self._add(table, [partition_of(table, value) for value in values], rows)
        self._add(CLUSTERS, [NO_PARTITION] * len(happenings), happenings)
        self._words += len(article.text.split())

    def reject(self, reject: Reject) -> None:
        """Add a reject's row, whatever its strings quote."""
        safe = writable(reject)
        rows = keyed_rows(REJECTS, [safe], keep_text=self._sink.keep_text)
        self._add(REJECTS, [partition_of(REJECTS, safe)], rows)
        self._errors[safe.error] += 1
        self._samples = first_samples((*self._samples, sample_of(safe)))

    def close(self) -> HandOver:
        """Write what is left and say what was written."""
        return HandOver(
            runs=self._spill.close(),
            shares=tuple(Share(*key, rows, self._weights[key]) for key, rows in self._rows.items()),
            errors=tuple(self._errors.items()),
            words=self._words,
            samples=self._samples,
        )

    def _tables(self, article: Article) -> list[tuple[Table, list[Any]]]:
        return [(DOCUMENTS, [document_of(article)]), (EVENTS, list(article.events or ()))]

    def _add(self, table: Table, partitions: list[str], rows: list[KeyedRow]) -> None:
        self._spill.add(rows)
        for partition, (_, row) in zip(partitions, rows, strict=True):
            self._rows[table.name, partition] += 1
            self._weights[table.name, partition] += len(row)


def _unwritable(article: Article, error: Exception) -> Reject:
    return reject(
        article.text.encode("utf-8", "backslashreplace"),
        path=article.input_path,
        line=article.input_line,
        stage="write",
        error="bug",
        message=repr(error),
        doc_id=article.id,
        traceback="".join(traceback.format_exception(error)),
    )


def _count(counted: Any) -> int:  # Beam's type checks know no protocols
    return counted.records


class _Lost(NamedTuple):
    """Stands for files that could not be made, so that the commit can say why."""

    message: str


class _AddUp(beam.DoFn):
    def process(self, group: tuple[str, Iterable[HandOver]]) -> Iterator[tuple[str, HandOver]]:
        batch_id, handed = group
        yield batch_id, summed(handed)


class _Plan(beam.DoFn):
    def process(self, group: tuple[str, HandOver]) -> Iterator[MergeTask]:
        yield from plan(group[1])


class _Merge(beam.DoFn):
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def process(self, task: MergeTask) -> Iterator[WrittenFile | _Lost]:
        try:
            yield from merge(task, self._sink)
        except (RunFailedError, OSError) as error:  # a full disk is no bug of ours
            yield _Lost(str(error))


class _Commit(beam.DoFn):
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def process(self, group: tuple[str, dict[str, Iterable[Any]]]) -> Iterator[Outcome]:
        _, parts = group
        (handed,) = parts[_HANDED]
        records = sum(parts[_RECORDS])
        try:
            yield commit(self._sink, handed, _all_there(parts[_FILES]), records=records)
        except RunFailedError as error:
            yield give_up(self._sink, handed, str(error), records=records)


def _all_there(files: Iterable[WrittenFile | _Lost]) -> list[WrittenFile]:
    """Return the files, or raise what kept one of them from being written."""
    written = []
    for file in files:
        if isinstance(file, _Lost):
            raise RunFailedError(file.message)
        written.append(file)
    return written
