"""Progress of a local run, on a terminal.

A local runner tells nothing before it ends, and its workers may be processes of their own. So
every worker counts into a small file of its own in a folder that the driver reads.
"""

import contextlib
import os
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import apache_beam as beam
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.sources import Split
from schemas import Article

_INTERVAL = 0.2  # seconds between two looks at the counts
_PLANNED, _DONE = "planned", "done"


class CountPlanned(beam.DoFn):
    """Passes splits on and counts their records as planned; counts nothing without a folder."""

    def __init__(self, folder: str | None) -> None:
        self._count = _Counter(folder, _PLANNED)

    def process(self, split: Split) -> Iterator[Split]:
        """Count the records of a split."""
        self._count.add(split.records)
        yield split


class CountDone(beam.DoFn):
    """Passes articles on and counts them as done; counts nothing without a folder."""

    def __init__(self, folder: str | None) -> None:
        self._count = _Counter(folder, _DONE)

    def process(self, article: Article) -> Iterator[Article]:
        """Count an article."""
        self._count.add(1)
        yield article


@contextlib.contextmanager
def progress(console: Console) -> Iterator[str | None]:
    """Show progress while the body runs, and yield the folder that workers count in.

    Yields None, and shows nothing, where the console is no terminal.
    """
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("reading articles"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )  # fmt: skip
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as folder,
        Progress(*columns, console=console, transient=True) as bar,
    ):
        done = threading.Event()
        watcher = threading.Thread(target=_watch, args=(folder, bar, done), daemon=True)
        watcher.start()
        try:
            yield folder
        finally:
            done.set()
            watcher.join()


def _watch(folder: str, bar: Progress, done: threading.Event) -> None:
    task = bar.add_task("articles", total=None)
    while not done.wait(_INTERVAL):
        bar.update(task, completed=_total(folder, _DONE), total=_total(folder, _PLANNED) or None)


def _total(folder: str, kind: str) -> int:
    return sum(_read(path) for path in Path(folder).glob(f"{kind}-*"))


def _read(path: Path) -> int:
    data = path.read_bytes()
    return struct.unpack("<q", data)[0] if len(data) == struct.calcsize("<q") else 0


class _Counter:
    """Counts into a file of this process, at most once an interval."""

    def __init__(self, folder: str | None, kind: str) -> None:
        self._folder = folder
        self._kind = kind
        self._count = 0
        self._written = 0.0

    def add(self, number: int) -> None:
        if self._folder is None:
            return
        self._count += number
        now = time.monotonic()
        if now - self._written >= _INTERVAL:
            self._written = now
            name = f"{self._kind}-{os.getpid()}-{id(self)}"
            with contextlib.suppress(OSError):  # progress must never stop a run
                Path(self._folder, name).write_bytes(struct.pack("<q", self._count))
