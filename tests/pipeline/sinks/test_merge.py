import datetime as dt
import hashlib
import pathlib
import random

import pyarrow.parquet as pq
import pytest

from pipeline.sinks import merge as merging
from pipeline.sinks.handover import HandOver
from pipeline.sinks.merge import plan
from schemas import DOCUMENTS, EVENTS, NO_PARTITION, TABLES, RunFailedError

DAYS = [dt.date(2014, 1, 1) + dt.timedelta(days=i) for i in range(34)]


@pytest.fixture
def many(article):
    return [article(i, day=DAYS[i % 34] if i % 11 else None) for i in range(120)]


def test_one_file_for_each_partition_however_many(tmp_path, sink, spill, merge_all, many):
    target = sink(tmp_path)
    handed = spill(target, many, buffer=15_000)
    assert len(handed.runs) > 10
    files = merge_all(target, handed)
    assert len({(file.table, file.partition) for file in files}) == len(files)
    assert sum(1 for file in files if file.table == "documents") == 35
    assert {file.partition for file in files if file.table == "clusters"} == {NO_PARTITION}
    assert sum(file.rows for file in files if file.table == "events") == 240


def test_while_articles_pass_files_grow_with_bytes_not_with_partitions(tmp_path, sink, spill, many):
    handed = spill(sink(tmp_path), many)
    assert len(handed.runs) == 1
    assert len(handed.shares) == 2 * 35 + 1


def test_files_are_sorted_and_hold_only_their_partition(tmp_path, sink, spill, merge_all, many):
    target = sink(tmp_path)
    for file in merge_all(target, spill(target, many, buffer=20_000)):
        table = next(table for table in TABLES if table.name == file.table)
        rows = pq.read_table(file.path, partitioning=None).to_pylist()
        keys = [[row[name] for name in table.sorted_by] for row in rows]
        assert keys == sorted(keys)
        if table.partitioned:
            days = {row["published_on"] and row["published_on"].isoformat() for row in rows}
            assert days <= {file.partition, None if file.partition == NO_PARTITION else ""}


def test_the_same_rows_give_the_same_bytes_in_whatever_order_and_bundles(
    tmp_path, sink, spill, merge_all, many
):
    first, second = sink(tmp_path), sink(tmp_path)
    shuffled = random.Random(7).sample(many, len(many))
    one = merge_all(first, spill(first, many))
    other = merge_all(second, spill(second, shuffled, buffer=15_000))
    assert sorted(f.sha256 for f in one) == sorted(f.sha256 for f in other)


def test_checksum_size_and_rows_are_those_of_the_file(tmp_path, sink, spill, merge_all, article):
    target = sink(tmp_path)
    for file in merge_all(target, spill(target, [article(1)])):
        data = pathlib.Path(file.path).read_bytes()
        assert file.sha256 == hashlib.sha256(data).hexdigest()
        assert file.bytes == len(data)
        assert file.rows == pq.read_metadata(file.path).num_rows
        assert not file.path.endswith(".parquet")


def test_a_footer_says_what_the_columns_are(tmp_path, sink, spill, merge_all, article):
    target = sink(tmp_path)
    for file in merge_all(target, spill(target, [article(1)])):
        table = next(table for table in TABLES if table.name == file.table)
        read = pq.read_schema(file.path)
        assert read.equals(table.schema, check_metadata=False)
        assert read.metadata[b"schema_version"] == b"1.0"
        assert all(field.metadata[b"description"] for field in read)
        if file.rows:
            group = pq.read_metadata(file.path).row_group(0)
            assert group.column(0).compression == "ZSTD"
            assert len(group.sorting_columns) == len(table.sorted_by)


def test_a_table_without_rows_gets_a_file_of_no_rows(tmp_path, sink, merge_all):
    files = merge_all(sink(tmp_path), HandOver())
    assert sorted((f.table, f.partition, f.rows) for f in files) == sorted(
        (table.name, NO_PARTITION, 0) for table in TABLES
    )
    for file in files:
        assert pq.read_table(file.path, partitioning=None).num_rows == 0


def test_row_groups_and_files_end_where_they_are_big(
    tmp_path, sink, spill, merge_all, article, monkeypatch
):
    monkeypatch.setattr(merging, "_DECODE_BYTES", 2_000)
    monkeypatch.setattr(merging, "ROW_GROUP_ROWS", 20)
    monkeypatch.setattr(merging, "MAX_FILE_BYTES", 60_000)
    target = sink(tmp_path)
    files = merge_all(target, spill(target, [article(i) for i in range(300)]))
    documents = [file for file in files if file.table == "documents"]
    assert len(documents) > 1
    assert sum(file.rows for file in documents) == 300
    assert pq.read_metadata(documents[0].path).num_row_groups > 1
    ids = [row["doc_id"] for f in documents for row in pq.read_table(f.path).to_pylist()]
    assert ids == sorted(ids)


def test_big_work_is_planned_as_tasks_of_neighbouring_partitions(
    tmp_path, sink, spill, merge_all, many, monkeypatch
):
    target = sink(tmp_path)
    handed = spill(target, many, buffer=20_000)
    whole = merge_all(target, handed)
    monkeypatch.setattr(merging, "TASK_BYTES", 5_000)
    tasks = list(plan(handed))
    assert len(tasks) > 10
    shares = [share for task in tasks for share in task.shares]
    assert sorted(shares) == sorted({*handed.shares, (tasks[-1].shares[-1])})
    assert sorted(f.sha256 for f in merge_all(target, handed)) == sorted(f.sha256 for f in whole)


def test_runs_that_lost_rows_are_noticed(tmp_path, sink, spill, merge_all, many):
    target = sink(tmp_path)
    handed = spill(target, many, buffer=20_000)
    lost = HandOver(runs=handed.runs[1:], shares=handed.shares)
    with pytest.raises(RunFailedError, match="run the batch again"):
        merge_all(target, lost)


def test_runs_that_hold_more_rows_are_noticed(tmp_path, sink, spill, merge_all, many):
    target = sink(tmp_path)
    handed = spill(target, many)
    fewer = tuple(share for share in handed.shares if share.table != EVENTS.name)
    with pytest.raises(RunFailedError, match="run the batch again"):
        merge_all(target, HandOver(runs=handed.runs, shares=fewer))
    assert handed.rows(DOCUMENTS.name) == 120
