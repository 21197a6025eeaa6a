"""Sorting more rows than memory holds: sorted runs on disk, merged as streams.

A writer buffers rows in memory; when they weigh too much it sorts them and writes them as one
run. So the number of files depends on how much was written, not on how many partitions it was
for, and at most one file is open at a time while articles are read. Merging reads the runs side by
side, a block of each at a time.

A run: blocks of rows, each a zstd frame with a checksum; an index of the blocks' first keys; where
the index begins (8 bytes).
"""

import bisect
import dataclasses
import heapq
import struct
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import zstandard

from pipeline.sinks import _files
from pipeline.sinks._memory import give_back
from pipeline.sinks.rows import KeyedRow, pack, unpack

BUFFER_BYTES = 2 * 1024 * 1024
BLOCK_BYTES = 64 * 1024
FAN_IN = 32  # runs that are read side by side

_ROW_OVERHEAD = 150  # what Python adds to a row's own bytes, about
_LEVEL = 1
_LENGTHS = struct.Struct(">II")
_INDEX_AT = struct.Struct(">Q")


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """A file of sorted rows."""

    path: str
    rows: int
    bytes: int


class Spill:
    """Takes rows in any order; keeps few of them in memory and writes the others as runs."""

    def __init__(self, folder: str, *, buffer_bytes: int = BUFFER_BYTES) -> None:
        self._folder = folder
        self._limit = buffer_bytes
        self._rows: list[KeyedRow] = []
        self._weight = 0
        self._runs: list[Run] = []

    def add(self, rows: Iterable[KeyedRow]) -> None:
        """Take rows."""
        for row in rows:
            self._rows.append(row)
            self._weight += len(row[0]) + len(row[1]) + _ROW_OVERHEAD
            if self._weight >= self._limit:
                self._write()

    def close(self) -> tuple[Run, ...]:
        """Write what is left and return all runs."""
        if self._rows:
            self._write()
        return tuple(self._runs)

    def _write(self) -> None:
        self._rows.sort()
        self._runs.append(write_run(self._folder, self._rows))
        self._rows = []
        self._weight = 0
        give_back()


def write_run(folder: str, rows: Iterable[KeyedRow]) -> Run:
    """Write sorted rows to a new file in a folder, under a name that nobody shares."""
    path = _files.join(folder, uuid.uuid4().hex)
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    index: list[tuple[bytes, int, int]] = []
    count = at = 0
    with _files.create(path) as handle:
        for first, block, block_rows in _blocks(rows):
            data = compressor.compress(block)
            handle.write(data)
            index.append((first, at, len(data)))
            at += len(data)
            count += block_rows
        end = pack(index) + _INDEX_AT.pack(at)
        handle.write(end)
    return Run(path, count, at + len(end))


def read_run(
    path: str,
    start: bytes = b"",
    end: bytes | None = None,
    *,
    decompressor: zstandard.ZstdDecompressor | None = None,
) -> Iterator[KeyedRow]:
    """Yield the rows of a run with `start <= key < end`, in their order.

    Runs that are read side by side can share a decompressor: it remembers nothing of a block.
    """
    decompressor = decompressor or zstandard.ZstdDecompressor()
    with _files.open_(path) as handle:
        index = _read_index(handle)
        begin = max(bisect.bisect_left(index, (start,)) - 1, 0)
        for first, at, length in index[begin:]:
            if end is not None and first >= end:
                return
            handle.seek(at)
            block = decompressor.decompress(handle.read(length))
            for row in _split(block):
                if row[0] >= start and (end is None or row[0] < end):
                    yield row


def merged(paths: Sequence[str], start: bytes, end: bytes, *, scratch: str) -> Iterator[KeyedRow]:
    """Yield the rows of all runs with `start <= key < end`, sorted.

    Where there are more than `FAN_IN` runs, some are merged into longer ones first, in `scratch`.
    """
    waiting = list(paths)
    while len(waiting) > FAN_IN:
        # Just as many as have to be, so that no row is copied without need.
        size = min(FAN_IN, len(waiting) - FAN_IN + 1)
        waiting = [
            *waiting[size:],
            write_run(scratch, _side_by_side(waiting[:size], start, end)).path,
        ]
    return _side_by_side(waiting, start, end)


def _side_by_side(paths: Sequence[str], start: bytes, end: bytes) -> Iterator[KeyedRow]:
    shared = zstandard.ZstdDecompressor()
    return heapq.merge(*[read_run(path, start, end, decompressor=shared) for path in paths])


def _blocks(rows: Iterable[KeyedRow]) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield rows as blocks: the first key, the bytes, the number of rows."""
    first, block, count = b"", bytearray(), 0
    for key, row in rows:
        if len(block) >= BLOCK_BYTES:
            yield first, bytes(block), count
            block, count = bytearray(), 0
        if not count:
            first = key
        block += _LENGTHS.pack(len(key), len(row))
        block += key
        block += row
        count += 1
    if count:
        yield first, bytes(block), count


def _split(block: bytes) -> Iterator[KeyedRow]:
    at = 0
    while at < len(block):
        key_length, row_length = _LENGTHS.unpack_from(block, at)
        at += _LENGTHS.size
        row_at = at + key_length
        yield block[at:row_at], block[row_at : row_at + row_length]
        at = row_at + row_length


def _read_index(handle: BinaryIO) -> list[tuple[bytes, int, int]]:
    size = handle.seek(0, 2)
    handle.seek(size - _INDEX_AT.size)
    (at,) = _INDEX_AT.unpack(handle.read(_INDEX_AT.size))
    handle.seek(at)
    return list(unpack(handle.read(size - _INDEX_AT.size - at)))
