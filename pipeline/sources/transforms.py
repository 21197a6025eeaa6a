"""Reading as Beam transforms: thin shells over plan, find_duplicates and read_part.

splits = pipeline | ListFiles(match(["news/"])) | PlanSplits()
articles = splits | Redistribute() | ReadArticles(splits | FindDuplicates())
"""

import dataclasses
import functools
import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.error_handling import ErrorHandler
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue

from pipeline.sources.duplicates import (
    Duplicate,
    Lookup,
    Pack,
    Place,
    find_duplicates,
    set_aside_duplicates,
    shelf,
)
from pipeline.sources.duplicates import Packer as IdPacker
from pipeline.sources.files import InputFile
from pipeline.sources.formats import MAX_ARTICLE_CHARS, Limits
from pipeline.sources.splits import SPLIT_BYTES, Packer, Split, plan, read_part, scan
from schemas import Article, RejectedError

_REJECTS = "rejects"
_ARTICLES = "articles"
_FILES_PACKED = 256


class PackedCoder(beam.coders.Coder):
    """Writes values compressed: in what we pass around, paths repeat themselves."""

    def encode(self, value: Any) -> bytes:
        """Pickle and compress."""
        return zlib.compress(pickle.dumps(value))

    def decode(self, encoded: bytes) -> Any:
        """Undo it."""
        return pickle.loads(zlib.decompress(encoded))  # noqa: S301 - our own, of this run

    def is_deterministic(self) -> bool:
        """Say that equal values need not have equal bytes."""
        return False


beam.coders.registry.register_coder(Split, PackedCoder)


@dataclasses.dataclass
class ListFiles(beam.PTransform):
    """Start a pipeline from files, in their order; takes some bytes a file, as Create does not."""

    files: Sequence[InputFile]

    def expand(self, begin: beam.pvalue.PBegin) -> beam.PCollection[InputFile]:
        """Yield each file."""
        every = range(0, len(self.files), _FILES_PACKED)
        packs = [PackedCoder().encode(list(self.files[at : at + _FILES_PACKED])) for at in every]
        return (
            begin
            | "Lists" >> beam.Create(packs, reshuffle=False)
            | "Files" >> beam.FlatMap(_unpacked)
        )


@dataclasses.dataclass
class PlanSplits(beam.PTransform):
    """Cut files to splits of about a megabyte, at the ends of records, and count these.

    Each file is read once. `fitting_split_bytes` tells how large the splits of a small input
    should be, so that every worker has a share. With a `limit` the splits hold the first so many records of the input,
    in the order of paths and lines; to know them, one worker plans all files.
    """

    limit: int | None = None
    max_article_chars: int = MAX_ARTICLE_CHARS
    split_bytes: int = SPLIT_BYTES

    def expand(self, files: beam.PCollection[InputFile]) -> beam.PCollection[Split]:
        """Read each file, and yield its splits."""
        limits = Limits(self.max_article_chars)
        if self.limit is None:
            return files | "Plan" >> beam.ParDo(_Plan(limits, self.split_bytes))
        return (
            files
            | "Key all alike" >> beam.Map(_keyed_alike)
            | "Gather" >> beam.GroupByKey()
            | "Plan first" >> beam.FlatMap(_plan_first, limits, self.limit, self.split_bytes)
        )


@dataclasses.dataclass
class Redistribute(beam.PTransform):
    """Spread splits over the workers, in the same order in every run.

    Beam's own Reshuffle draws keys by lot.
    """

    def expand(self, splits: beam.PCollection[Split]) -> beam.PCollection[Split]:
        """Group the splits by their keys, each of which is one split's."""
        return (
            splits
            | "Key" >> beam.Map(_keyed)
            | "Group" >> beam.GroupByKey()
            | "Unkey" >> beam.FlatMapTuple(_unkeyed)
        )


@dataclasses.dataclass
class FindDuplicates(beam.PTransform):
    """Find the articles whose id an earlier one has: the first in the input keeps it."""

    def expand(self, splits: beam.PCollection[Split]) -> beam.PCollection[Duplicate]:
        """Compare digests of ids; no text travels."""
        return (
            splits
            | "Pack" >> beam.ParDo(_Pack())
            | "Group" >> beam.GroupByKey()
            | "Compare" >> beam.FlatMapTuple(_compare)
        )


class ReadArticles(beam.PTransform):
    """Read the records of each split, one at a time.

    Without an error handler a record that is no article stops the pipeline. With one
    (`ReadArticles().with_error_handler(handler)`, Beam's own protocol) it goes there as a
    `Reject`. Under `strict` a bug of ours stops the pipeline all the same.

    Args:
        duplicates: what FindDuplicates found; None: ids are taken as they are
        max_article_chars: longer is a reject `too_long`
    """

    def __init__(
        self,
        duplicates: beam.PCollection[Duplicate] | None = None,
        *,
        max_article_chars: int = MAX_ARTICLE_CHARS,
    ) -> None:
        super().__init__()
        self._duplicates = duplicates
        self._limits = Limits(max_article_chars)
        self._handler: ErrorHandler | None = None
        self._strict = False

    def with_error_handler(self, handler: ErrorHandler | None, *, strict: bool = False) -> Self:
        """Send records that are no articles to `handler` instead of stopping."""
        self._handler = handler
        self._strict = strict
        return self

    def expand(self, splits: beam.PCollection[Split]) -> beam.PCollection[Article]:
        """Read each split."""
        catch = self._handler is not None
        function = _Read(self._limits, catch=catch, strict=self._strict or not catch)
        sides: list[Any] = []
        if self._duplicates is not None:
            shelves = (
                self._duplicates
                | "Place on shelves" >> beam.Map(_shelved)
                | "Gather shelves" >> beam.GroupByKey()
                | "Pack shelves" >> beam.MapTuple(_packed)
            )
            sides.append(beam.pvalue.AsMultiMap(shelves))
        read = splits | "Read" >> beam.ParDo(function, *sides).with_outputs(
            _REJECTS, main=_ARTICLES
        )
        if self._handler is not None:
            self._handler.add_error_pcollection(read[_REJECTS])
        return read[_ARTICLES]


class _Plan(beam.DoFn):
    """Plans files; puts small ones of a bundle together."""

    def __init__(self, limits: Limits, split_bytes: int) -> None:
        self._limits = limits
        self._split_bytes = split_bytes
        self._packer = Packer(split_bytes)

    def start_bundle(self) -> None:
        self._packer = Packer(self._split_bytes)

    def process(self, file: InputFile) -> Iterator[Split]:
        for part in scan(file, limits=self._limits, split_bytes=self._split_bytes):
            yield from self._packer.add(part)

    def finish_bundle(self) -> Iterator[WindowedValue]:
        return map(_in_global_window, self._packer.rest())


class _Pack(beam.DoFn):
    """Packs the ids of the splits in a bundle."""

    def __init__(self) -> None:
        self._packer = IdPacker()

    def start_bundle(self) -> None:
        self._packer = IdPacker()

    def process(self, split: Split) -> Iterator[tuple[int, Pack]]:
        yield from self._packer.add(split)

    def finish_bundle(self) -> Iterator[WindowedValue]:
        return map(_in_global_window, self._packer.rest())


class _Read(beam.DoFn):
    """Reads splits."""

    def __init__(self, limits: Limits, *, catch: bool, strict: bool) -> None:
        self._limits = limits
        self._catch = catch
        self._strict = strict

    def process(self, split: Split, duplicates: Any = None) -> Iterator[Article]:
        lookup = Lookup(functools.partial(_shelf_of, duplicates))
        for part in split.parts:
            records = read_part(part, limits=self._limits, strict=self._strict)
            for record in set_aside_duplicates(records, lookup):
                if isinstance(record.result, Article):
                    yield record.result
                elif self._catch:
                    yield TaggedOutput(_REJECTS, record.result)  # type: ignore[misc]
                else:
                    row = record.result
                    where = f"{row.input_path}, line {row.input_line}: {row.message}"
                    raise RejectedError(row.error, where)


def _unpacked(files: bytes) -> Iterator[InputFile]:
    yield from PackedCoder().decode(files)


def _in_global_window(value: Any) -> WindowedValue:
    window = GlobalWindow()
    return WindowedValue(value, window.max_timestamp(), (window,))


def _keyed_alike(file: InputFile) -> tuple[int, InputFile]:
    return 0, file


def _plan_first(
    files: tuple[int, Iterable[InputFile]], limits: Limits, limit: int, split_bytes: int
) -> Iterator[Split]:
    yield from plan(sorted(files[1]), limits=limits, limit=limit, split_bytes=split_bytes)


def _keyed(split: Split) -> tuple[str, Split]:
    return split.key, split.without_ids()


def _unkeyed(_: str, splits: Iterable[Split]) -> Iterator[Split]:
    yield from splits


def _compare(_: int, bucket: Iterable[Pack]) -> Iterator[Duplicate]:
    yield from find_duplicates(bucket)


def _shelved(duplicate: Duplicate) -> tuple[int, Duplicate]:
    return shelf(duplicate.place), duplicate


def _packed(number: int, duplicates: Iterable[Duplicate]) -> tuple[int, bytes]:
    return number, PackedCoder().encode([tuple(map(tuple, found)) for found in duplicates])


def _shelf_of(shelves: Any, number: int) -> Iterator[Duplicate]:
    for pack in () if shelves is None else shelves[number]:
        for place, first in PackedCoder().decode(pack):
            yield Duplicate(Place(*place), Place(*first))
