import gzip
import json
import tracemalloc
import typing
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.error_handling import ErrorHandler

from pipeline import sources
from pipeline.sources import (
    Duplicate,
    FindDuplicates,
    InputFile,
    ListFiles,
    PlanSplits,
    ReadArticles,
    Redistribute,
    Split,
    fitting_split_bytes,
    match,
)
from schemas import Article, Reject, RejectedError

_TWO_WORKERS = ["--direct_num_workers=2", "--direct_running_mode=multi_processing"]


@pytest.fixture
def news(tmp_path):
    """Files of every kind, good and bad."""
    lines = [json.dumps({"id": f"{i}", "text": f"Article {i}."}) for i in range(3000)]
    lines[7] = "{broken"
    lines[2500] = json.dumps({"id": "3", "text": "Another three."})
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"id": "5", "text": "Five."}\n') + b"x")
    (tmp_path / "c.txt").write_text("Plain.")
    (tmp_path / "d.txt").write_text("Plain.")
    (tmp_path / "e.txt").write_text(" ")
    return str(tmp_path)


@pytest.fixture
def notes(tmp_path_factory):
    """A folder for what a pipeline saw."""
    return tmp_path_factory.mktemp("notes")


def _row(result):
    return (
        result.input_path.rpartition("/")[2],
        result.input_line or 0,
        result.error if isinstance(result, Reject) else result.text,
    )


def _note(value, path):
    """Append to a file: what the functions of a pipeline hold are copies."""
    with Path(path).open("a") as file:
        file.write(json.dumps(value) + "\n")


def _noted(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def _records(split):
    return split.records


def _read(folder, notes, flags=(), limit=None):
    """Run the reading; return the rows as they came, and the number of records planned."""
    files = match([folder])
    rows, planned = notes / "rows", notes / "planned"
    for file in (rows, planned):
        file.write_text("")
    with beam.Pipeline(runner="FnApiRunner", options=PipelineOptions(list(flags))) as pipeline:
        splits = (
            pipeline
            | ListFiles(files)
            | PlanSplits(limit=limit, split_bytes=fitting_split_bytes(files))
        )
        with ErrorHandler("Rejected" >> beam.Map(_row)) as handler:
            articles = (
                splits
                | Redistribute()
                | ReadArticles(splits | FindDuplicates()).with_error_handler(handler)
            )
        everything = (
            articles | "Read" >> beam.Map(_row),
            handler.output(),
        ) | "Both" >> beam.Flatten()
        _ = everything | "Note rows" >> beam.Map(_note, str(rows))
        _ = splits | beam.Map(_records) | "Note counts" >> beam.Map(_note, str(planned))
    return [tuple(row) for row in _noted(rows)], sum(_noted(planned))


def test_every_record_comes_out_once(news, notes):
    rows, planned = _read(news, notes)
    assert planned == len(rows) == 3005
    bad = sorted(row for row in rows if not row[2].endswith("."))
    assert bad == [
        ("a.jsonl", 8, "bad_json"),
        ("a.jsonl", 2501, "duplicate_id"),
        ("b.jsonl.gz", 1, "duplicate_id"),
        ("b.jsonl.gz", 2, "unreadable"),
        ("d.txt", 0, "duplicate_id"),
        ("e.txt", 0, "no_text"),
    ]


def test_every_run_reads_in_the_same_order(news, notes):
    assert _read(news, notes) == _read(news, notes)


def test_a_limit_takes_the_first_records(news, notes):
    rows, planned = _read(news, notes, limit=9)
    assert planned == len(rows) == 9
    assert sorted(rows) == [
        ("a.jsonl", i + 1, "bad_json" if i == 7 else f"Article {i}.") for i in range(9)
    ]
    assert _read(news, notes, limit=10_000)[1] == 3005


@pytest.mark.slow
def test_two_processes_read_the_same(news, notes):
    one, two = _read(news, notes), _read(news, notes, flags=_TWO_WORKERS)
    assert sorted(one[0]) == sorted(two[0])
    assert one[1] == two[1]


def test_without_a_handler_bad_input_stops_the_pipeline(news):
    pipeline = beam.Pipeline(runner="FnApiRunner")
    _ = pipeline | ListFiles(match([news])) | PlanSplits() | ReadArticles()
    with pytest.raises(RejectedError, match=r"bad_json.*a.jsonl, line 8: Expecting a key"):
        pipeline.run()


def test_without_bad_input_no_handler_is_needed(tmp_path):
    (tmp_path / "a.txt").write_text("Plain.")
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        articles = pipeline | ListFiles(match([str(tmp_path)])) | PlanSplits() | ReadArticles()
        assert_that(articles | beam.Map(_row), equal_to([("a.txt", 0, "Plain.")]))


def test_transforms_say_what_they_yield():
    pipeline = beam.Pipeline(runner="FnApiRunner")
    files = pipeline | ListFiles([])
    splits = files | PlanSplits()
    first = files | "First" >> PlanSplits(limit=1)
    duplicates = splits | FindDuplicates()
    redistributed = splits | Redistribute()
    articles = redistributed | ReadArticles(duplicates)
    found = (files, splits, first, duplicates, redistributed, articles)
    expected = (InputFile, Split, Split, Duplicate, Split, Article)
    assert tuple(collection.element_type for collection in found) == expected


def test_public_names_exist_and_are_typed():
    for name in sources.__all__:
        value = getattr(sources, name)
        if isinstance(value, type) and issubclass(value, beam.PTransform):
            returned = typing.get_type_hints(value.expand)["return"]
            assert typing.Any not in typing.get_args(returned)


def _memory(folder, articles):
    lines = (json.dumps({"id": f"{i}", "text": f"Word {i} " * 400}) for i in range(articles))
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(lines))
    files = match([str(folder)])
    tracemalloc.start()
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        splits = pipeline | ListFiles(files) | PlanSplits(split_bytes=1 << 16)
        articles = splits | Redistribute() | ReadArticles(splits | FindDuplicates())
        _ = articles | beam.Filter(lambda _: False)
        tracemalloc.reset_peak()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, files[0].size


@pytest.mark.slow
def test_memory_hardly_grows_with_the_input(tmp_path):
    _memory(tmp_path / "warm", 10)
    little, small = _memory(tmp_path / "small", 200)
    much, large = _memory(tmp_path / "large", 1500)
    assert (much - little) / (large - small) < 0.05
