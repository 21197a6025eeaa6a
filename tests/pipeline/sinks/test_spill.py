import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sinks import spill
from pipeline.sinks.spill import Spill, merged, read_run, write_run

LAST = b"\xff" * 8
rows_of = st.lists(st.tuples(st.binary(max_size=6), st.binary(max_size=40)), max_size=60)


def numbered(*numbers: int) -> list[tuple[bytes, bytes]]:
    return [(b"%06d" % n, b"row %d" % n) for n in numbers]


def test_rows_come_back_sorted_from_several_runs(tmp_path):
    buffer = Spill(str(tmp_path), buffer_bytes=1000)
    buffer.add(numbered(*range(100, 0, -1)))
    runs = buffer.close()
    assert len(runs) > 5
    assert sum(run.rows for run in runs) == 100
    paths = [run.path for run in runs]
    assert list(merged(paths, b"", LAST, scratch=str(tmp_path))) == numbered(*range(1, 101))


def test_nothing_added_makes_no_file(tmp_path):
    assert Spill(str(tmp_path)).close() == ()
    assert list(tmp_path.iterdir()) == []


def test_no_run_looks_like_data_to_a_reader(tmp_path):
    assert "." not in write_run(str(tmp_path), numbered(1)).path.rpartition("/")[2]


@given(rows_of, st.binary(max_size=6), st.binary(max_size=6))
@settings(max_examples=50)
def test_a_range_of_a_run_is_what_lies_between_its_ends(tmp_path_factory, rows, start, end):
    rows.sort()
    path = write_run(str(tmp_path_factory.mktemp("run")), rows).path
    between = [row for row in rows if start <= row[0] < end]
    assert list(read_run(path, start, end)) == between


def test_a_range_that_begins_amid_equal_keys_in_several_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(spill, "BLOCK_BYTES", 20)
    rows = sorted([(b"a", b"1"), *((b"b", b"%04d" % i) for i in range(50)), (b"c", b"2")])
    path = write_run(str(tmp_path), rows).path
    assert len(list(read_run(path, b"b", b"c"))) == 50


def test_more_runs_than_can_be_read_side_by_side(tmp_path, monkeypatch):
    monkeypatch.setattr(spill, "FAN_IN", 3)
    paths = [write_run(str(tmp_path), numbered(*range(i, 200, 20))).path for i in range(20)]
    rows = list(merged(paths, b"", LAST, scratch=str(tmp_path)))
    assert rows == numbered(*range(200))
    few = list(merged(paths, b"000050", b"000060", scratch=str(tmp_path)))
    assert few == numbered(*range(50, 60))


def test_a_damaged_block_is_not_read_as_something_else(tmp_path):
    run = write_run(str(tmp_path), numbered(*range(1000)))
    data = bytearray((tmp_path / run.path).read_bytes())
    data[len(data) // 4] ^= 1
    (tmp_path / run.path).write_bytes(data)
    with pytest.raises(zstandard.ZstdError):
        list(read_run(run.path))
