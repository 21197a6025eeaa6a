import json
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.sinks import (
    batches,
    check_batch_id,
    check_output,
    current_files,
    prepare,
    read_manifest,
    repair,
)
from pipeline.sinks.layout import is_file_of
from schemas import RunFailedError, UsageError


@pytest.mark.parametrize("batch_id", ["a", "default", "2014-06-26", "A_b-9", "x" * 100])
def test_a_legal_batch_id_is_taken(batch_id):
    assert check_batch_id(batch_id) == batch_id


@pytest.mark.parametrize(
    ("batch_id", "better"),
    [
        ("2014-06-26T00:00:00", "2014-06-26T00-00-00"),
        ("../x", "x"),
        ("-a", "a"),
        ("", "default"),
        ("a.b", "a-b"),
        ("a\n", "a"),
    ],
)
def test_another_batch_id_is_refused_with_a_better_one(batch_id, better):
    with pytest.raises(UsageError, match=rf"--batch_id {better}$"):
        check_batch_id(batch_id)


@given(st.text())
@example("é" * 200)
@example("٣")
def test_what_is_suggested_is_legal(batch_id):
    try:
        check_batch_id(batch_id)
    except UsageError as error:
        check_batch_id(str(error).rpartition(" ")[2])
    else:
        assert set(batch_id) <= set(string.ascii_letters + string.digits + "-_")


def test_only_a_batchs_own_data_files_are_its_files():
    digits = "0123456789abcdef01234567"
    assert is_file_of("a", f"events/published_date=2014-06-26/a-{digits}.parquet")
    assert is_file_of("a", f"events/published_date=__HIVE_DEFAULT_PARTITION__/a-{digits}.parquet")
    assert is_file_of("a", f"clusters/a-{digits}.parquet")
    for path in (
        f"events/published_date=2014-06-26/a-b-{digits}.parquet",
        f"events/../../a-{digits}.parquet",
        f"/etc/a-{digits}.parquet",
        f"clusters/a-{digits}.parquet\n",
        "clusters/a-b.parquet",
    ):
        assert not is_file_of("a", path)


def test_an_output_that_beam_would_take_for_a_pattern_is_refused():
    with pytest.raises(UsageError, match="s3://b/out"):
        check_output("s3://b/out[1]")
    with pytest.raises(UsageError, match="--output"):
        check_output("")


def test_a_local_output_may_have_any_name(tmp_path, sink, deliver, article):
    output = str(tmp_path / "out [1] *")
    prepare(output, "a")
    deliver(sink(output), [article(1)])
    deliver(sink(output), [article(2)])
    assert len(current_files(output, "documents")) == 1
    assert repair(output) == []


def test_files_of_all_batches_or_of_some(tmp_path, sink, deliver, article):
    deliver(sink(tmp_path, "a"), [article(1)])
    deliver(sink(tmp_path, "a-b"), [article(2)])
    assert batches(str(tmp_path)) == ["a", "a-b"]
    assert len(current_files(str(tmp_path), "events")) == 2
    (file,) = current_files(str(tmp_path), "events", ["a"])
    assert "/a-" in file
    assert "/a-b-" not in file


def test_asking_for_what_is_not_there(tmp_path, sink, deliver, article):
    with pytest.raises(UsageError, match="holds no batch"):
        current_files(str(tmp_path), "events")
    deliver(sink(tmp_path), [article(1)])
    with pytest.raises(UsageError, match="documents, events"):
        current_files(str(tmp_path), "people")
    with pytest.raises(UsageError, match="no batch 'b', only a"):
        current_files(str(tmp_path), "events", ["b"])
    assert read_manifest(str(tmp_path), "b") is None


def test_a_missing_file_is_named(tmp_path, sink, deliver, article):
    outcome = deliver(sink(tmp_path), [article(1)])
    path = outcome.manifest["files"][0]["path"]
    (tmp_path / path).unlink()
    with pytest.raises(RunFailedError, match=path):
        current_files(str(tmp_path), path.partition("/")[0])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"{}",
        b'{"files": [1]}',
        b'{"files": 1}',
        b'{"files": [{"path": "../x"}]}',
        b"[" * 100_000,
    ],
)
def test_a_manifest_that_is_none_says_where_and_what_to_do(tmp_path, content):
    (tmp_path / "_runs").mkdir()
    (tmp_path / "_runs" / "a.json").write_bytes(content)
    for ask in (
        lambda: read_manifest(str(tmp_path), "a"),
        lambda: prepare(str(tmp_path), "a"),
        lambda: current_files(str(tmp_path), "events"),
    ):
        with pytest.raises(RunFailedError, match=r"a\.json"):
            ask()


def test_an_output_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write"):
        prepare(str(tmp_path / "file"), "a")


def test_preparing_leaves_nothing_behind(tmp_path):
    assert prepare(str(tmp_path / "out"), "a") == []
    assert list((tmp_path / "out").rglob("*")) == []


def test_the_manifest_says_all_about_the_run(tmp_path, sink, deliver, article, set_aside):
    target = sink(tmp_path, versions={"program": "0.1.0"}, options={"limit": None})
    deliver(target, [article(1), article(2)], [set_aside(3)])
    manifest = json.loads((tmp_path / "_runs" / "a.json").read_text())
    assert manifest["counts"] == {
        "records": 3,
        "documents": 2,
        "events": 4,
        "clusters": 4,
        "rejects": 1,
        "rejects_by_error": {"no_text": 1},
        "words": 16,
    }
    assert manifest["versions"] == {"program": "0.1.0"}
    assert manifest["options"] == {"limit": None}
    assert manifest["inputs"] == {"fingerprint": "f1"}
    assert manifest["run_id"] == target.run_id
    assert manifest["started_at"] < manifest["finished_at"]
    for file in manifest["files"]:
        assert (tmp_path / file["path"]).stat().st_size == file["bytes"]
        assert file["schema_version"] == "1.0"
