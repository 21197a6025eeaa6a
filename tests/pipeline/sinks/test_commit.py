import datetime as dt
import itertools
import json
import pathlib
import signal
import subprocess
import sys
import threading

import duckdb
import pytest

from pipeline.sinks import (
    commit,
    current_files,
    find_outcome,
    prepare,
    read_manifest,
    repair,
)
from pipeline.sinks.handover import HandOver
from schemas import RunFailedError

NEXT_DAY = dt.date(2014, 6, 27)


class Killed(BaseException):
    """Stands for a process that ends: nothing in the program catches it."""


def kill_before(number: int):
    """Return a hook that stops at the act of that number, and the names of acts it saw."""
    acts: list[str] = []

    def before(act: str) -> None:
        if len(acts) == number:
            raise Killed
        acts.append(act)

    return before, acts


@pytest.fixture(autouse=True)
def _one_file_an_act(monkeypatch):
    monkeypatch.setattr(sys.modules["pipeline.sinks.commit"], "MOVES_AT_ONCE", 1)


@pytest.fixture
def versions(article, set_aside):
    """Two deliveries of one batch: some rows stay, some change, some go, one partition goes."""
    old = [article(1), article(2), article(3, day=NEXT_DAY), article(4, day=None, events=0)]
    new = [article(1), article(2), article(5, events=3), article(6, day=None)]
    return (old, [set_aside(9)]), (new, [])


def ids_in_folders(output: pathlib.Path) -> set[str]:
    """Read documents as somebody does who looks at the folders alone."""
    query = f"select doc_id from read_parquet('{output}/documents/**/*.parquet')"
    return {row[0] for row in duckdb.sql(query).fetchall()}


def rows_by_manifest(output: pathlib.Path, table: str = "documents") -> list[str]:
    files = list(current_files(str(output), table))
    column = {"documents": "doc_id", "rejects": "input_path"}.get(table, "event_id")
    rows = duckdb.read_parquet(files, hive_partitioning=True).project(column).fetchall()
    return sorted(row[0] for row in rows)


def everything(output: pathlib.Path) -> set[str]:
    return {str(p.relative_to(output)) for p in output.rglob("*") if p.is_file()}


def assert_in_order(output: pathlib.Path, batch_id: str = "a") -> None:
    """Nothing is there but what the manifest lists."""
    manifest = read_manifest(str(output), batch_id)
    assert everything(output) == {
        f"_runs/{batch_id}.json",
        *(file["path"] for file in manifest["files"]),
    }
    assert not (output / "_tmp").exists()


def test_a_second_run_of_a_batch_replaces_exactly_its_rows(tmp_path, sink, deliver, versions):
    (old, rejects), (new, _) = versions
    deliver(sink(tmp_path), old, rejects)
    assert rows_by_manifest(tmp_path) == ["article-1", "article-2", "article-3", "article-4"]
    assert rows_by_manifest(tmp_path, "rejects") == ["in.jsonl"]
    deliver(sink(tmp_path), new)
    assert rows_by_manifest(tmp_path) == ["article-1", "article-2", "article-5", "article-6"]
    assert ids_in_folders(tmp_path) == {f"article-{i}" for i in (1, 2, 5, 6)}
    assert rows_by_manifest(tmp_path, "rejects") == []
    assert len(rows_by_manifest(tmp_path, "events")) == 9
    assert_in_order(tmp_path)


def test_the_same_rows_again_change_no_file_but_the_manifest(tmp_path, sink, deliver, versions):
    deliver(sink(tmp_path), *versions[0])
    before = {p: (tmp_path / p).read_bytes() for p in everything(tmp_path)}
    deliver(sink(tmp_path), *versions[0])
    after = {p: (tmp_path / p).read_bytes() for p in everything(tmp_path)}
    assert before.keys() == after.keys()
    assert [p for p in after if before[p] != after[p]] == ["_runs/a.json"]


@pytest.mark.parametrize("how", ["repair", "the next run", "the same run"])
@pytest.mark.parametrize("first", [True, False])
def test_killed_before_any_act(tmp_path, sink, spill, merge_all, deliver, versions, how, first):
    """Whatever the act, readers find the old batch or the new one, and it is put in order."""
    (old, old_rejects), (new, _) = versions
    for number in itertools.count():
        output = tmp_path / str(number)
        previous = {} if first else {article.id for article in old}
        if not first:
            deliver(sink(output), old, old_rejects)
        target = sink(output)
        handed = spill(target, new)
        files = merge_all(target, handed)
        before, acts = kill_before(number)
        try:
            commit(target, handed, files, records=4, before=before)
        except Killed:
            pass
        else:
            break
        wanted = {article.id for article in new}
        begun = bool(acts)
        if not first:
            assert set(rows_by_manifest(output)) in ({*previous}, wanted)
            assert any(whole <= ids_in_folders(output) for whole in (previous, wanted))
        if begun and "write the manifest" in acts[:-1]:
            assert set(rows_by_manifest(output)) == wanted
        if how == "repair":
            assert repair(str(output))
            expected = wanted if begun else set(previous)
        elif how == "the next run":
            prepare(str(output), "a")
            deliver(sink(output), old, old_rejects)
            expected = {article.id for article in old}
        else:
            assert commit(target, handed, files, records=4).committed
            expected = wanted
        if expected:
            assert set(rows_by_manifest(output)) == expected == ids_in_folders(output)
            assert_in_order(output)
        else:
            assert everything(output) == set()
        assert repair(str(output)) == []
    assert number == len(acts) > 10


@pytest.mark.parametrize("again", [1, 3, 8])
def test_killed_again_while_it_is_repaired(tmp_path, sink, deliver, versions, again):
    (old, rejects), (new, _) = versions
    deliver(sink(tmp_path), old, rejects)
    before, _acts = kill_before(3)
    with pytest.raises(Killed):
        deliver(sink(tmp_path), new, before=before)
    before, _acts = kill_before(again)
    with pytest.raises(Killed):
        deliver(sink(tmp_path), old, before=before)
    assert repair(str(tmp_path)) != []
    assert_in_order(tmp_path)


def test_a_commit_that_was_done_is_not_done_again(tmp_path, sink, spill, merge_all, article):
    target = sink(tmp_path)
    handed = spill(target, [article(1)])
    files = merge_all(target, handed)
    first = commit(target, handed, files, records=1)
    assert commit(target, handed, files, records=1) == first
    assert find_outcome(str(tmp_path), "a", target.run_id) == first
    assert find_outcome(str(tmp_path), "a", "another") is None


def test_an_intent_whose_files_are_lost_is_undone(tmp_path, sink, deliver, versions):
    (old, rejects), (new, _) = versions
    deliver(sink(tmp_path), old, rejects)
    before, _acts = kill_before(3)
    with pytest.raises(Killed):
        deliver(sink(tmp_path), new, before=before)
    for path in (tmp_path / "_tmp").rglob("*"):
        if path.is_file():
            path.unlink()
    (done,) = repair(str(tmp_path))
    assert "undid" in done
    assert rows_by_manifest(tmp_path) == ["article-1", "article-2", "article-3", "article-4"]
    assert_in_order(tmp_path)


@pytest.mark.parametrize("change", [
    {"moves": [["_tmp/a/x", "../../etc/passwd"]]},
    {"moves": [["_tmp/b/x", "clusters/a-0123456789abcdef01234567.parquet"]]},
    {"moves": [["_tmp/a/../../x", "clusters/a-0123456789abcdef01234567.parquet"]]},
    {"deletes": ["clusters/a-b-0123456789abcdef01234567.parquet"]},
    {"batch_id": "b"},
    {"manifest": None},
    {"moves": 1},
])  # fmt: skip
def test_an_intent_that_would_touch_other_files_is_refused(tmp_path, change):
    intent = {"batch_id": "a", "run_id": "r", "moves": [], "deletes": [], "manifest": {}} | change
    (tmp_path / "_runs").mkdir()
    (tmp_path / "_runs" / "a.commit.json").write_text(json.dumps(intent))
    with pytest.raises(RunFailedError, match=r"a\.commit\.json"):
        repair(str(tmp_path))


def test_batches_with_like_names_do_not_touch_each_other(tmp_path, sink, deliver, article):
    deliver(sink(tmp_path, "a"), [article(1)])
    deliver(sink(tmp_path, "a-b"), [article(2)])
    before, _acts = kill_before(2)
    with pytest.raises(Killed):
        deliver(sink(tmp_path, "a-b"), [article(3)], before=before)
    deliver(sink(tmp_path, "a"), [article(4)])
    assert ids_in_folders(tmp_path) >= {"article-2", "article-4"}
    assert (tmp_path / "_tmp" / "a-b").exists()
    repair(str(tmp_path), ["a"])
    assert (tmp_path / "_tmp" / "a-b").exists()
    repair(str(tmp_path))
    assert ids_in_folders(tmp_path) == {"article-3", "article-4"}
    deliver(sink(tmp_path, "a"), [])
    assert ids_in_folders(tmp_path) == {"article-3"}


def test_two_batches_are_written_at_the_same_time(tmp_path, sink, deliver, article):
    def write(batch_id: str, number: int) -> None:
        for i in range(6):
            deliver(sink(tmp_path, batch_id), [article(number), article(1000 + 10 * number + i)])

    threads = [threading.Thread(target=write, args=(f"b{i}", i)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = {f"article-{n}" for i in range(4) for n in (i, 1005 + 10 * i)}
    assert ids_in_folders(tmp_path) == expected
    assert set(rows_by_manifest(tmp_path)) == expected
    assert repair(str(tmp_path)) == []


def test_too_many_rejects_commit_nothing(tmp_path, sink, deliver, article, set_aside):
    deliver(sink(tmp_path), [article(1)])
    there = everything(tmp_path)
    bad = sink(tmp_path, max_error_rate=0.05)
    outcome = deliver(bad, map(article, range(94)), [set_aside(i) for i in range(6)])
    assert not outcome.committed
    assert outcome.failure["reason"] == "too_many_rejects"
    assert "6 of 100" in outcome.failure["message"]
    assert outcome.failure["counts"]["rejects_by_error"] == {"no_text": 6}
    assert [sample["input_line"] for sample in outcome.failure["samples"]] == [0, 1, 2, 3, 4]
    assert find_outcome(str(tmp_path), "a", bad.run_id) == outcome
    assert everything(tmp_path) == there | {"_runs/a.failed.json"}
    assert ids_in_folders(tmp_path) == {"article-1"}
    assert deliver(sink(tmp_path), [article(2)]).committed
    assert_in_order(tmp_path)


@pytest.mark.parametrize(("articles", "rejects", "rate"), [(95, 5, 0.05), (1, 98, 0.0)])
def test_rejects_that_are_few_or_among_few_do_not_stop_a_commit(
    tmp_path, sink, deliver, article, set_aside, articles, rejects, rate
):
    target = sink(tmp_path, max_error_rate=rate)
    outcome = deliver(target, map(article, range(articles)), map(set_aside, range(rejects)))
    assert outcome.committed


def test_books_that_do_not_balance_commit_nothing(tmp_path, sink, deliver, article, set_aside):
    outcome = deliver(sink(tmp_path), [article(1)], [set_aside(1)], records=3)
    assert not outcome.committed
    assert outcome.failure["reason"] == "books"
    assert "3 records were read, but 1 documents and 1 rejects" in outcome.failure["message"]
    assert everything(tmp_path) == {"_runs/a.failed.json"}


def test_a_run_without_rows_is_a_batch_of_empty_tables(tmp_path, sink, deliver):
    assert deliver(sink(tmp_path), []).committed
    for table in ("documents", "events", "clusters", "rejects"):
        assert len(current_files(str(tmp_path), table)) == 1
        assert rows_by_manifest(tmp_path, table) == []
    assert_in_order(tmp_path)


def test_a_file_taken_away_before_the_commit_is_explained(tmp_path, sink, merge_all):
    target = sink(tmp_path)
    files = merge_all(target, HandOver())
    pathlib.Path(files[0].path).unlink()
    with pytest.raises(RunFailedError, match="another run of the same batch"):
        commit(target, HandOver(), files, records=0)


def test_duckdb_reads_the_partitions_as_days(tmp_path, sink, deliver, versions):
    deliver(sink(tmp_path), *versions[0])
    query = (
        "select published_date, published_on, count(*) from "
        f"read_parquet('{tmp_path}/documents/**/*.parquet', hive_partitioning=true) "
        "group by all order by all"
    )
    assert duckdb.sql(query).fetchall() == [
        (dt.date(2014, 6, 26), dt.date(2014, 6, 26), 2),
        (dt.date(2014, 6, 27), dt.date(2014, 6, 27), 1),
        (None, None, 1),
    ]


_KILLED_FOR_GOOD = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
import conftest
acts = []
def before(act):
    acts.append(act)
    if len(acts) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
conftest.make_delivery(
    conftest.make_sink(sys.argv[1]), [conftest.make_article(7)], before=before
)
"""


@pytest.mark.slow
def test_a_process_that_is_killed_for_good(tmp_path, sink, deliver, article):
    deliver(sink(tmp_path), [article(1)])
    here = str(pathlib.Path(__file__).parent)
    command = [sys.executable, "-c", _KILLED_FOR_GOOD, str(tmp_path), here]
    ended = subprocess.run(command, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL
    assert rows_by_manifest(tmp_path) == ["article-1"]
    assert repair(str(tmp_path)) != []
    assert rows_by_manifest(tmp_path) == ["article-7"]
    assert_in_order(tmp_path)
