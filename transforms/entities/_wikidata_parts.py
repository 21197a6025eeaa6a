"""A dump of Wikidata, read by several processes into numbered parts, on from where it was left.

Each part holds what is kept of some 256 MB of the dump, one item a line. `parts.jsonl` lists the
finished ones with how far they reach; it begins with what they were made of. A part that is not
listed is made again.
"""

import bz2
import collections
import gzip
import io
import itertools
import json
import multiprocessing
import os
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import srsly  # type: ignore[import-untyped]
import zstandard

from schemas import UsageError
from transforms.entities._wikidata_items import OTHER, Json, Rules, may_be_kept, read_item

PART_SIZE = 256_000_000  # bytes of the dump, decompressed
_BATCH_SIZE = 4_000_000  # what a worker is given at once
_MOST_REPORTED = 20  # broken lines that are named, of all that are counted
_LIST = "parts.jsonl"


class Broken(NamedTuple):
    """A line of the dump that cannot be read, from 1 on."""

    line: int
    why: str


class Progress(NamedTuple):
    """How far a dump is read, and what came of it."""

    lines: int
    offset: int  # in bytes, decompressed
    counts: dict[str, int]
    broken: tuple[Broken, ...]  # the first of them
    parts: int


class _Read(NamedTuple):
    """What came of a batch of lines."""

    rows: list[str]
    counts: dict[str, int]
    broken: list[Broken]
    lines: int
    size: int


NOTHING = Progress(0, 0, {}, (), 0)


def read_parts(
    dump: Path, folder: Path, rules: Rules, *, workers: int, part_size: int = PART_SIZE
) -> Progress:
    """Read what of a dump is not read yet into parts in `folder`.

    Raises:
        UsageError: there is no dump, it is cut short or damaged, or the folder has other parts.
    """
    made_of = _made_of(dump, rules, part_size)
    progress, is_whole = _begun(folder, made_of)
    if is_whole:
        return progress
    try:
        with _opened(dump) as stream:
            _skip(stream, progress.offset)
            progress = _read_on(
                stream, folder, rules, progress, workers=workers, part_size=part_size
            )
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise UsageError(f"cannot read the dump {dump}: {error}; {_KEPT}") from error
    if progress.counts.get("[", 0) != progress.counts.get("]", 0):
        raise UsageError(f"the dump {dump} ends before its closing bracket; {_KEPT}")
    _note(folder, {"whole": True})
    return progress


_KEPT = "what was read before is kept, the same command goes on from there"


def part_rows(folder: Path, parts: int) -> Iterator[list[Json]]:
    """Yield the items of each part."""
    for number in range(parts):
        with _part(folder, number).open(encoding="utf-8") as lines:
            yield [json.loads(line) for line in lines]


def _made_of(dump: Path, rules: Rules, part_size: int) -> Json:
    try:
        size = dump.stat().st_size
    except OSError as error:
        raise UsageError(f"cannot read the dump {dump}: {error}") from error
    classes = [[name, *kind] for name, kind in rules.classes.items()]
    return {"dump": dump.name, "size": size, "min_sitelinks": rules.min_sitelinks,
            "classes": classes, "part_size": part_size}  # fmt: skip


def _begun(folder: Path, made_of: Json) -> tuple[Progress, bool]:
    """Return how far the parts reach, and whether that is the end; begin where there are none."""
    notes = _notes(folder)
    if not notes:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _LIST).write_text("", encoding="utf-8")
        _note(folder, made_of)
        return NOTHING, False
    if notes[0] != made_of:
        raise UsageError(
            f"{folder} has parts of another dump, or made with other classes or sitelinks: "
            "delete it, or name another folder with --parts"
        )
    is_whole = notes[-1] == {"whole": True}
    done = notes[1:-1] if is_whole else notes[1:]
    if not done:
        return NOTHING, is_whole
    last = {**done[-1], "broken": tuple(Broken(*b) for b in done[-1]["broken"])}
    return Progress(**last), is_whole


def _notes(folder: Path) -> list[Json]:
    """Return the lines of the list; the last one is cut off where its writer was killed."""
    try:
        text = (folder / _LIST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        (folder / _LIST).write_text(whole, encoding="utf-8")
    return [json.loads(line) for line in whole.splitlines()]


def _note(folder: Path, row: Json) -> None:
    with (folder / _LIST).open("a", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n")
        out.flush()
        os.fsync(out.fileno())


def _opened(dump: Path) -> BinaryIO:
    if dump.suffix == ".bz2":
        return cast(BinaryIO, bz2.open(dump))
    if dump.suffix == ".gz":
        return cast(BinaryIO, gzip.open(dump))
    if dump.suffix == ".zst":
        decompressor = zstandard.ZstdDecompressor()
        reader = decompressor.stream_reader(dump.open("rb"), read_across_frames=True, closefd=True)
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, reader)))
    return dump.open("rb")


def _skip(stream: BinaryIO, offset: int) -> None:
    """Go on to an offset; what is compressed or a pipe has to be read for that."""
    if isinstance(stream, io.BufferedReader) and stream.seekable():
        stream.seek(offset)
        return
    while offset:
        read = len(stream.read(min(offset, _BATCH_SIZE)))
        if not read:
            raise EOFError("it is shorter than what was read of it before")
        offset -= read


def _read_on(
    stream: BinaryIO,
    folder: Path,
    rules: Rules,
    progress: Progress,
    *,
    workers: int,
    part_size: int,
) -> Progress:
    reads = _mapped(_read, _batches(stream, progress.lines + 1, rules), workers)
    for first in reads:
        path = _part(folder, progress.parts)
        unfinished = path.with_suffix(".new")
        with unfinished.open("w", encoding="utf-8") as out:
            begun = progress.offset
            for read in itertools.chain([first], reads):
                out.writelines(read.rows)
                progress = _added(progress, read)
                if progress.offset - begun >= part_size:
                    break
        unfinished.replace(path)
        progress = progress._replace(parts=progress.parts + 1)
        _note(folder, progress._asdict())
    return progress


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number:05}.jsonl"


def _added(progress: Progress, read: _Read) -> Progress:
    counts = dict(collections.Counter(progress.counts) + collections.Counter(read.counts))
    return progress._replace(
        lines=progress.lines + read.lines,
        offset=progress.offset + read.size,
        counts=dict(sorted(counts.items())),
        broken=(*progress.broken, *read.broken)[:_MOST_REPORTED],
    )


_Batch = tuple[int, list[bytes], Rules]


def _batches(stream: BinaryIO, line: int, rules: Rules) -> Iterator[_Batch]:
    while lines := stream.readlines(_BATCH_SIZE):
        yield line, lines, rules
        line += len(lines)


def _mapped(
    function: Callable[[Any], _Read], batches: Iterable[_Batch], workers: int
) -> Iterator[_Read]:
    """Yield what the function makes of each, in their order, few at a time."""
    if not workers:
        yield from map(function, batches)
        return
    # Forking is not safe beside the threads of Arrow.
    context = multiprocessing.get_context("spawn")
    running: collections.deque[Future[_Read]] = collections.deque()
    with ProcessPoolExecutor(workers, context, _end_with_parent) as pool:
        for batch in batches:
            running.append(pool.submit(function, batch))
            if len(running) > 2 * workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def _end_with_parent() -> None:
    """End this worker when what started it was killed, instead of waiting for work for ever."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _read(batch: _Batch) -> _Read:
    """Read lines of a dump: an array of one entity a line, or without the array's brackets."""
    first, lines, rules = batch
    rows, broken = [], []
    counts: collections.Counter[str] = collections.Counter()
    for number, line in enumerate(lines, first):
        text = line.strip().removesuffix(b",")
        if text in {b"", b"[", b"]"}:
            counts[text.decode()] += bool(text)
            continue
        if not may_be_kept(text, rules):
            counts[OTHER] += 1
            continue
        try:
            item = read_item(srsly.json_loads(text), rules)
        # Whatever a line holds, the next one is read: the format gives no other way to be sure.
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            counts["broken"] += 1
            broken.append(Broken(number, f"{type(error).__name__}: {error}"[:200]))
            continue
        counts[item if isinstance(item, str) else item["kind"]] += 1
        if not isinstance(item, str):
            rows.append(json.dumps(item) + "\n")
    size = sum(map(len, lines))
    return _Read(rows, dict(counts), broken[:_MOST_REPORTED], len(lines), size)
