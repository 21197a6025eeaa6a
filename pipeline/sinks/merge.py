"""From sorted runs to Parquet: plan the work in tasks, do one task."""

import contextlib
import dataclasses
import hashlib
import io
import itertools
import uuid
from collections.abc import Iterator
from typing import BinaryIO, Self

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from pipeline.sinks import _files
from pipeline.sinks._memory import give_back, memory_pool
from pipeline.sinks.clustering import cluster_rows
from pipeline.sinks.handover import HandOver, Share, Sink, WrittenFile
from pipeline.sinks.layout import TABLES_BY_NAME, temporary
from pipeline.sinks.rows import KeyedRow, arrow_table, key_prefix
from pipeline.sinks.spill import merged
from schemas import CLUSTERS, NO_PARTITION, TABLES, RunFailedError, Table

ROW_GROUP_BYTES = 8 * 1024 * 1024  # as Arrow has them in memory
ROW_GROUP_ROWS = 128 * 1024
MAX_FILE_BYTES = 1024 * 1024 * 1024  # object stores copy at most 5 GB at once
TASK_BYTES = 256 * 1024 * 1024
MERGE_BYTES = 40 * 1024 * 1024  # what all this takes: benchmarks/throughput.py --memory shows it

_DECODE_BYTES = 128 * 1024  # rows turned into Arrow at a time: as Python objects they are big


@dataclasses.dataclass(frozen=True, slots=True)
class MergeTask:
    """Neighbouring partitions, and the runs that their rows are in."""

    runs: tuple[str, ...]
    shares: tuple[Share, ...]


def plan(handed: HandOver) -> Iterator[MergeTask]:
    """Yield tasks that can be done side by side; each table has at least one partition."""
    runs = tuple(run.path for run in handed.runs)
    empty = [
        Share(table.name, NO_PARTITION, 0, 0) for table in TABLES if not handed.rows(table.name)
    ]
    shares = sorted((*handed.shares, *empty), key=_prefix)
    end, weight = 0, 0
    for i, share in enumerate(shares):
        weight += share.weight
        if weight >= TASK_BYTES or i == len(shares) - 1:
            yield MergeTask(runs, tuple(shares[end : i + 1]))
            end, weight = i + 1, 0


def merge(task: MergeTask, sink: Sink) -> Iterator[WrittenFile]:
    """Merge a task's rows from all runs and write them, sorted, one file a partition or more.

    Raises:
        RunFailedError: the runs hold other rows than they should.
    """
    folder = temporary(sink.output, sink.batch_id, sink.run_id)
    start, end = _prefix(task.shares[0]), _prefix(task.shares[-1]) + b"\xff"
    rows = merged(task.runs, start, end, scratch=folder)
    try:
        for share in task.shares:
            mine = _take(rows, share, folder)
            if sink.clustering and share.table == CLUSTERS.name:
                mine = cluster_rows(mine, sink.clustering, folder)
            yield from _write(share, _tables(mine, share, sink), folder)
        if next(rows, None) is not None:
            raise _unlike(folder)
    except (FileNotFoundError, zstandard.ZstdError) as error:
        raise _unlike(folder) from error


def _write(share: Share, tables: Iterator[pa.Table], folder: str) -> Iterator[WrittenFile]:
    """Write the rows of a partition: one file, as long as it is not too big."""
    table = TABLES_BY_NAME[share.table]
    first = next(tables, table.schema.empty_table())
    while True:
        with ParquetFile(_files.join(folder, uuid.uuid4().hex), table) as file:
            for part in itertools.chain((first,), tables):
                file.write(part)
                if file.bytes >= MAX_FILE_BYTES:
                    break
        yield file.written(share.partition)
        following = next(tables, None)
        if following is None:
            return
        first = following


class ParquetFile:
    """A Parquet file being written: row groups as they fill, a checksum as it grows."""

    def __init__(self, path: str, table: Table) -> None:
        self._path = path
        self._table = table
        self._parts: list[pa.Table] = []
        self._part_bytes = 0
        self._part_rows = 0
        self._footers: list[pq.FileMetaData] = []

    def __enter__(self) -> Self:
        self._sink = _Digest(_files.create(self._path))
        order = [(name, "ascending") for name in self._table.sorted_by]
        self._writer = pq.ParquetWriter(
            self._sink,
            self._table.schema,
            compression="zstd",
            memory_pool=memory_pool(),
            metadata_collector=self._footers,
            sorting_columns=pq.SortingColumn.from_ordering(
                self._table.schema, order, null_placement="at_start"
            ),
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:  # what went wrong is to be heard, not that the file is not whole
            with contextlib.suppress(Exception):
                self._sink.close()
            return
        self._flush()
        self._writer.close()
        self._sink.close()

    @property
    def bytes(self) -> int:
        """How much was written."""
        return self._sink.bytes

    def write(self, part: pa.Table) -> None:
        """Add rows."""
        self._parts.append(part)
        self._part_bytes += part.nbytes
        self._part_rows += len(part)
        if self._part_bytes >= ROW_GROUP_BYTES or self._part_rows >= ROW_GROUP_ROWS:
            self._flush()

    def written(self, partition: str) -> WrittenFile:
        """Say what was written, once the file is closed; the rows are those of its footer."""
        return WrittenFile(
            table=self._table.name,
            partition=partition,
            path=self._path,
            rows=sum(footer.num_rows for footer in self._footers),
            bytes=self._sink.bytes,
            sha256=self._sink.sha256,
        )

    def _flush(self) -> None:
        if self._part_rows:
            self._writer.write_table(pa.concat_tables(self._parts), row_group_size=self._part_rows)
        self._parts, self._part_bytes, self._part_rows = [], 0, 0
        give_back()


class _Digest(io.RawIOBase):
    """Writes through to a file and knows the checksum of what it wrote."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._hash = hashlib.sha256()
        self.bytes = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._handle.write(data)
        self._hash.update(data)
        self.bytes += len(data)
        return len(data)

    def tell(self) -> int:
        return self.bytes

    def close(self) -> None:
        if not self.closed:
            _files.flush_to_disk(self._handle)
            self._handle.close()
        super().close()

    @property
    def sha256(self) -> str:
        """SHA-256 of all that was written, in hex."""
        return self._hash.hexdigest()


def _take(rows: Iterator[KeyedRow], share: Share, folder: str) -> Iterator[bytes]:
    """Yield the rows of a partition, which are the next ones, as many as were handed over."""
    prefix = _prefix(share)
    count = 0
    for key, row in itertools.islice(rows, share.rows):
        if not key.startswith(prefix):
            raise _unlike(folder)
        count += 1
        yield row
    if count != share.rows:
        raise _unlike(folder)


def _tables(rows: Iterator[bytes], share: Share, sink: Sink) -> Iterator[pa.Table]:
    """Yield rows as Arrow tables of moderate size."""
    table = TABLES_BY_NAME[share.table]
    part: list[bytes] = []
    weight = 0
    for row in rows:
        part.append(row)
        weight += len(row)
        if weight >= _DECODE_BYTES:
            yield arrow_table(table, part, sink.provenance)
            part, weight = [], 0
    if part:
        yield arrow_table(table, part, sink.provenance)


def _prefix(share: Share) -> bytes:
    return key_prefix(TABLES_BY_NAME[share.table], share.partition)


def _unlike(folder: str) -> RunFailedError:
    return RunFailedError(
        f"the temporary files in {folder} do not hold the rows that this run wrote to them: another "
        "run of the same batch, or somebody else, has cleared them away or changed them; run the "
        "batch again"
    )
