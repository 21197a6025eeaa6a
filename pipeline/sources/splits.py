"""Input files cut to splits that can be read apart, their records counted and their ids taken.

A split is a handful of numbers, never text: a worker that is given one opens the file itself.
Planning reads every file once, with the code that will read it again, so that the plan counts
exactly the records that reading yields.
"""

import dataclasses
import hashlib
import itertools
from collections.abc import Iterable, Iterator

from pipeline.sources.files import InputFile
from pipeline.sources.formats import DEFAULT_LIMITS, STAGE, Limits, Record, Source
from pipeline.sources.registry import FORMATS
from pipeline.sources.streams import compression, read_chunks
from schemas import Article, reject

# A megabyte is a minute's work for the model; of a small input every worker shall have a share.
SPLIT_BYTES = 1 << 20
MIN_SPLIT_BYTES = 1 << 14
SPLITS = 256
SPLIT_PARTS = 64

# 80 bits: that two of ten million ids share a digest by chance has a probability of 4e-11.
DIGEST_BYTES = 10
LINE_BYTES = 5
ENTRY_BYTES = DIGEST_BYTES + LINE_BYTES


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file, or the stretch of one between two line ends."""

    path: str
    format: str
    start: int = 0  # offsets in the unpacked file
    end: int | None  # None: up to where the file breaks off
    line: int = 1  # number of its first line
    records: int
    size: int  # bytes, unpacked, as far as it could be read
    ids: bytes = b""  # an entry an article: digest of its id, line (0: a whole file)


@dataclasses.dataclass(frozen=True, slots=True)
class Split:
    """What is read in one go: a part of a large file, or some small files."""

    parts: tuple[Part, ...]

    @property
    def key(self) -> str:
        """What tells it from every other split of the input."""
        return f"{self.parts[0].path}\n{self.parts[0].start}"

    @property
    def records(self) -> int:
        """How many records it holds: reading it yields exactly as many articles and rejects."""
        return sum(part.records for part in self.parts)

    def without_ids(self) -> "Split":
        """Return the split as reading needs it."""
        return Split(tuple(dataclasses.replace(part, ids=b"") for part in self.parts))


def fitting_split_bytes(files: Iterable[InputFile]) -> int:
    """Return how large the splits of an input should be: a megabyte, less where it is small."""
    size = sum(file.size for file in files)
    return min(max(size // SPLITS, MIN_SPLIT_BYTES), SPLIT_BYTES)


def plan(
    files: Iterable[InputFile],
    *,
    limits: Limits = DEFAULT_LIMITS,
    limit: int | None = None,
    split_bytes: int = SPLIT_BYTES,
) -> Iterator[Split]:
    """Cut files to splits, in their order; with a `limit`, stop after that many records."""
    packer = Packer(split_bytes)
    for file in files:
        for part in scan(file, limits=limits, limit=limit, split_bytes=split_bytes):
            yield from packer.add(part)
            limit = None if limit is None else limit - part.records
        if limit == 0:
            break
    yield from packer.rest()


class Packer:
    """Puts small parts together to splits of a size."""

    def __init__(self, split_bytes: int) -> None:
        self._split_bytes = split_bytes
        self._parts: list[Part] = []
        self._bytes = 0

    def add(self, part: Part) -> Iterator[Split]:
        """Take a part; yield a split where one is full."""
        self._parts.append(part)
        self._bytes += part.size
        if self._bytes >= self._split_bytes or len(self._parts) >= SPLIT_PARTS:
            yield from self.rest()

    def rest(self) -> Iterator[Split]:
        """Yield what is left."""
        if self._parts:
            yield Split(tuple(self._parts))
        self._parts, self._bytes = [], 0


def scan(
    file: InputFile,
    *,
    limits: Limits = DEFAULT_LIMITS,
    limit: int | None = None,
    split_bytes: int = SPLIT_BYTES,
) -> Iterator[Part]:
    """Cut a file to parts of about so many bytes, each of them ending at the end of a record."""
    splits = FORMATS[file.format].can_split and not compression(file.path)
    part = _Open(file, 0, 1)
    for record in itertools.islice(_records(file, limits), limit):
        part.add(record)
        if splits and record.end is not None and record.end - part.start >= split_bytes:
            yield part.close()
            part = _Open(file, record.end, (record.line or 0) + 1)
    if part.records:
        yield part.close()


class _Open:
    """The part that is being measured."""

    def __init__(self, file: InputFile, start: int, line: int) -> None:
        self._file = file
        self.start = start
        self._end: int | None = start
        self._size = 0
        self._line = line
        self.records = 0
        self._ids = bytearray()

    def add(self, record: Record) -> None:
        self.records += 1
        self._end = record.end
        if record.end is not None:
            self._size = record.end - self.start
        if isinstance(record.result, Article):
            self._ids += id_digest(record.result.id) + (record.line or 0).to_bytes(LINE_BYTES)

    def close(self) -> Part:
        return Part(
            path=self._file.path,
            format=self._file.format,
            start=self.start,
            end=self._end,
            line=self._line,
            records=self.records,
            size=self._size,
            ids=bytes(self._ids),
        )


def id_digest(identifier: str) -> bytes:
    """Return what stands for an id where many of them are compared."""
    return hashlib.blake2b(identifier.encode(), digest_size=DIGEST_BYTES).digest()


def read_part(
    part: Part, *, limits: Limits = DEFAULT_LIMITS, strict: bool = False
) -> Iterator[Record]:
    """Yield the records of a part, as many as were planned.

    Where the file has changed since it was planned, what is missing or too much is a reject.
    """
    chunks = read_chunks(part.path, part.start, part.end)
    source = Source(part.path, chunks, limits, part.start, part.line, strict)
    records = FORMATS[part.format].read(source)
    left = part.records
    for record in itertools.islice(records, part.records):
        left -= 1
        surplus = left == 0 and next(records, None) is not None
        yield _changed(part, record.line) if surplus else record
    for _ in range(left):
        yield _changed(part, None)


def _records(file: InputFile, limits: Limits) -> Iterator[Record]:
    return FORMATS[file.format].read(Source(file.path, read_chunks(file.path), limits))


def _changed(part: Part, line: int | None) -> Record:
    message = "the file changed while the run was reading it: run again when it is whole"
    row = reject(None, path=part.path, line=line, stage=STAGE, error="unreadable", message=message)
    return Record(line, None, b"", row)
