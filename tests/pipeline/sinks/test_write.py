import dataclasses
import json
import pathlib
from collections.abc import Iterable
from typing import Any

import apache_beam as beam
import duckdb
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipeline.sinks import (
    Commit,
    Outcome,
    Sink,
    WriteArticles,
    WriteRejects,
    current_files,
    find_outcome,
    repair,
)
from pipeline.sinks.handover import HandOver
from pipeline.sinks.merge import plan
from pipeline.sinks.write import _Written
from schemas import Article, Reject, RunFailedError
from schemas.ddl import describe


@dataclasses.dataclass(frozen=True)
class Split:
    records: int


def run(
    sink: Sink,
    articles: Iterable[Article],
    rejects: Iterable[Reject] = (),
    records: Iterable[int] = (),
    flags: Iterable[str] = (),
) -> Outcome:
    """Run the transforms in Beam and return what the run left in OUT."""
    with beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(list(flags))) as pipeline:
        read = pipeline | "Splits" >> beam.Create([Split(n) for n in records])
        good = pipeline | "Articles" >> beam.Create(list(articles), reshuffle=False)
        bad = pipeline | "Rejects" >> beam.Create(list(rejects), reshuffle=False)
        handed = (good | WriteArticles(sink), bad | WriteRejects(sink)) | beam.Flatten()
        _ = handed | Commit(sink, records=read)
    outcome = find_outcome(sink.output, sink.batch_id, sink.run_id)
    assert outcome is not None
    return outcome


def test_articles_and_rejects_become_a_batch(tmp_path, sink, article, set_aside):
    outcome = run(sink(tmp_path), map(article, range(20)), [set_aside(1)], records=[15, 6])
    assert outcome.committed
    counts = outcome.manifest["counts"]
    assert (counts["records"], counts["documents"], counts["rejects"]) == (21, 20, 1)
    assert (counts["events"], counts["clusters"]) == (40, 40)
    assert repair(str(tmp_path)) == []


def test_the_bytes_are_those_of_the_plain_functions(tmp_path, sink, deliver, article, set_aside):
    articles, rejects = [article(i) for i in range(9)], [set_aside(2)]
    one = run(sink(tmp_path / "1"), articles, rejects, records=[10])
    other = deliver(sink(tmp_path / "2"), articles, rejects)
    assert one.manifest["files"] == other.manifest["files"]


@pytest.mark.slow
def test_two_workers_write_what_one_writes(tmp_path, sink, article):
    articles = [article(i) for i in range(40)]
    flags = ["--direct_num_workers=2", "--direct_running_mode=multi_threading"]
    one = run(sink(tmp_path / "1"), articles, records=[40])
    other = run(sink(tmp_path / "2"), articles, records=[40], flags=flags)
    assert one.manifest["files"] == other.manifest["files"]


def test_nothing_at_all_is_a_batch_too(tmp_path, sink):
    assert run(sink(tmp_path), []).committed
    assert len(current_files(str(tmp_path), "documents")) == 1


def test_a_failure_is_an_outcome_not_an_exception(tmp_path, sink, article):
    outcome = run(sink(tmp_path), [article(1)], records=[2])
    assert not outcome.committed
    assert outcome.failure["reason"] == "books"


def test_a_manifest_that_is_damaged_during_the_run_is_an_outcome(tmp_path, sink, article):
    (tmp_path / "_runs").mkdir()
    (tmp_path / "_runs" / "a.json").write_text("{")
    target = sink(tmp_path)
    with pytest.raises(RunFailedError):  # find_outcome reads the manifest
        run(target, [article(1)], records=[1])
    failure = json.loads((tmp_path / "_runs" / "a.failed.json").read_text())
    assert failure["reason"] == "storage"
    assert "a.json" in failure["message"]
    assert not (tmp_path / "_tmp" / "a" / target.run_id).exists()


def test_temporary_files_that_vanish_are_an_outcome(tmp_path, sink, article, monkeypatch):
    monkeypatch.setattr("pipeline.sinks.write.plan", _plan_after_loss())
    outcome = run(sink(tmp_path), [article(1)], records=[1])
    assert outcome.failure["reason"] == "storage"
    assert "another run of the same batch" in outcome.failure["message"]
    assert outcome.failure["counts"]["records"] == 1


def _plan_after_loss():
    def plan_after_loss(handed):
        for run_ in handed.runs:
            pathlib.Path(run_.path).unlink()
        return plan(handed)

    return plan_after_loss


def test_clusters_reach_across_articles_and_views_show_them(tmp_path, sink, article):
    run(sink(tmp_path), map(article, range(5)), records=[5])
    connection = duckdb.connect()
    connection.execute(describe("duckdb", str(tmp_path)))
    happenings = connection.execute("SELECT mentions, articles FROM events_clustered").fetchall()
    assert happenings == [(5, 5)] * 2
    mentions = connection.execute("SELECT count(*) FROM events_dyads").fetchone()
    assert mentions == (10,)


def test_without_clusters_that_table_is_empty(tmp_path, sink, article):
    outcome = run(sink(tmp_path, clustering=None), [article(1)], records=[1])
    assert outcome.manifest["counts"]["clusters"] == 0


def test_an_article_that_cannot_be_written_is_a_reject_and_nothing_else(tmp_path, sink, article):
    broken = dataclasses.replace(article(2), title="\ud800")
    outcome = run(sink(tmp_path), [article(1), broken], records=[2])
    assert outcome.committed
    counts = outcome.manifest["counts"]
    assert counts["rejects_by_error"] == {"bug": 1}
    assert (counts["documents"], counts["events"], counts["clusters"]) == (1, 2, 2)


def test_under_strict_it_stops_the_run(tmp_path, sink, article):
    broken = dataclasses.replace(article(2), title="\ud800")
    written = _Written(sink(tmp_path, strict=True), 1000)
    with pytest.raises(UnicodeEncodeError):
        written.article(broken)


def test_what_a_bundle_wrote_that_was_tried_again_is_never_read(tmp_path, sink, deliver, article):
    target = sink(tmp_path)
    lost = _Written(target, 100)
    lost.article(article(1))
    assert list((tmp_path / "_tmp").rglob("*"))
    outcome = deliver(target, [article(1), article(2)])
    assert outcome.manifest["counts"]["documents"] == 2
    assert not (tmp_path / "_tmp").exists()


def test_no_text_is_kept_where_none_is_wanted(tmp_path, sink, article, set_aside):
    run(sink(tmp_path, keep_text=False), [article(1)], [set_aside(1)], records=[2])
    for path in tmp_path.rglob("*.parquet"):
        assert b"harbour" not in path.read_bytes()
    assert not (tmp_path / "_tmp").exists()


def test_every_transform_says_what_it_makes(tmp_path, sink):
    pipeline = beam.Pipeline(runner=FnApiRunner())
    empty: Any = pipeline | beam.Create([]).with_output_types(Article)
    rejects: Any = pipeline | "Rejects" >> beam.Create([]).with_output_types(Reject)
    target = sink(tmp_path)
    handed = empty | WriteArticles(target)
    assert handed.element_type == HandOver
    assert (rejects | WriteRejects(target)).element_type == HandOver
    assert (handed | Commit(target, records=rejects)).element_type == Outcome


def test_memory_is_bounded_however_much_is_written(tmp_path, sink, article):
    written = _Written(sink(tmp_path), 50_000)
    for i in range(500):
        written.article(article(i))
        assert written._spill._weight < 60_000
    assert len(written.close().runs) > 10
