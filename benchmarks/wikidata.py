"""Speed and memory of `dateline kb build --wikidata`, on a dump made by repeating a small sample.

The sample is tests/transforms/entities/wikidata_sample.json. Its items get ids of their own; four of
five get a class of which nothing is kept, as most of a dump has; all are filled up to one length
with labels in other languages. Each stage runs in a process of its own. The hours for the 115
million entities of the full dump are these figures multiplied: they hold for lines of that length
and that share of items kept, and no full dump was read for them.

    python benchmarks/wikidata.py --entities 20000 --length 8000 --workers 2
"""

import bz2
import itertools
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import report

from transforms.entities._wikidata_items import Rules
from transforms.entities._wikidata_parts import part_rows, read_parts
from transforms.entities._wikidata_tables import write_tables
from transforms.entities.build import build
from transforms.entities.wikidata import listed_classes

SAMPLE = Path(__file__).parents[1] / "tests/transforms/entities/wikidata_sample.json"
FULL = 115_000_000
KEPT = ("Q5", "Q515", "Q5119", "Q4830453", "Q245065", "Q10864048")
NOT_KEPT = "Q13442814"  # scholarly article
FIRST_ID = 10**9
LABEL = 48  # bytes of a label in another language


class Cost(NamedTuple):
    """What a stage took, and the peak of its process."""

    seconds: float
    peak_mb: float


def sample_items() -> list[dict[str, Any]]:
    """Return the items of the sample that have a name and a class of which much is kept."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    named = (line.rstrip(",") for line in lines if '"labels":{"en":{' in line and '"ns"' in line)
    return [json.loads(line) for line in named if any(f'"id":"{kept}"' in line for kept in KEPT)]


def dump_lines(count: int, length: int) -> Iterator[str]:
    """Yield the lines of a dump of so many items of about so many bytes."""
    yield "[\n"
    for number, item in zip(range(count), itertools.cycle(sample_items()), strict=False):
        missing = max(0, length - len(json.dumps(item, separators=(",", ":")))) // LABEL
        text = json.dumps(_numbered(item, number, missing), separators=(",", ":"))
        if number % 5:
            for name in KEPT:
                text = text.replace(f'"id":"{name}"', f'"id":"{NOT_KEPT}"')
        yield text + (",\n" if number < count - 1 else "\n]\n")


def _numbered(item: dict[str, Any], number: int, more: int) -> dict[str, Any]:
    """Return an item as another of its kind, with so many more labels."""
    english = {"language": "en", "value": f"{item['labels']['en']['value']} {number}"}
    others = {
        f"l{i:03}": {"language": f"l{i:03}", "value": f"Name {number * 7919 % 99991:05}"}
        for i in range(more)
    }
    return {**item, "id": f"Q{FIRST_ID + number}", "labels": {"en": english, **others}}


def write_dump(folder: Path, count: int, length: int) -> None:
    """Write a dump as it is and as .bz2."""
    with (folder / "dump.json").open("w") as out, bz2.open(folder / "dump.json.bz2", "wt") as small:
        for line in dump_lines(count, length):
            out.write(line)
            small.write(line)


def decompress(folder: Path) -> None:
    """Read the dump as lines, and do nothing with them."""
    with bz2.open(folder / "dump.json.bz2") as stream:
        while stream.readlines(4_000_000):
            pass


def into_parts(folder: Path, name: str, workers: int) -> None:
    """Read the dump into parts."""
    parts = folder / f"{name}.{workers}.parts"
    read_parts(folder / name, parts, Rules(listed_classes(), 5), workers=workers)


def into_base(folder: Path) -> None:
    """Make the knowledge base of the parts."""
    parts = folder / "dump.json.0.parts"
    count = len(list(parts.glob("part-*.jsonl")))
    write_tables(lambda: part_rows(parts, count), parts)
    build(parts, folder / "kb.sqlite", terms=())


def kept(folder: Path) -> int:
    """Return how many items are in the parts."""
    parts = folder / "dump.json.0.parts"
    return sum(len(items) for items in part_rows(parts, len(list(parts.glob("part-*.jsonl")))))


def cost(function: Callable[..., None], *arguments: object) -> Cost:
    """Run a stage in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_cost, function, arguments).result()


def _cost(function: Callable[..., None], arguments: tuple[object, ...]) -> Cost:
    begun = time.perf_counter()
    function(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(time.perf_counter() - begun, peak)


def row(stage: str, took: Cost, count: int, megabytes: float | None) -> dict[str, Any]:
    """Return the figures of a stage; the base's are of what is kept."""
    hours = None if megabytes is None else FULL / count * took.seconds / 3600
    return {
        "stage": stage,
        "entities": count,
        "seconds": took.seconds,
        "entities/s": count / took.seconds,
        "MB/s": None if megabytes is None else megabytes / took.seconds,
        "peak MB": took.peak_mb,
        "hours for 115 million": hours,
    }


def main() -> None:
    """Make a dump, read it, and say what that took."""
    parser = report.parser(__doc__)
    parser.add_argument("--entities", type=int, default=20_000, help="default: %(default)s")
    parser.add_argument("--length", type=int, default=8_000, help="of a line (%(default)s bytes)")
    parser.add_argument("--workers", type=int, default=1, help="for .bz2 (default: %(default)s)")
    options = parser.parse_args()
    count = options.entities
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dump(folder, count, options.length)
        size = (folder / "dump.json").stat().st_size / 1e6
        rows = [
            row("bz2 decompressed, no more", cost(decompress, folder), count, size),
            row(
                "plain into parts, in one process",
                cost(into_parts, folder, "dump.json", 0),
                count,
                size,
            ),
        ]
        took = cost(into_parts, folder, "dump.json.bz2", options.workers)
        rows += [
            row(f"bz2 into parts, {options.workers} more processes", took, count, size),
            row("parts into the knowledge base", cost(into_base, folder), kept(folder), None),
        ]
    title = f"A dump of {count:,} items of {size * 1e6 / count:,.0f} bytes"
    report.report(title, rows, options.json)


if __name__ == "__main__":
    main()
