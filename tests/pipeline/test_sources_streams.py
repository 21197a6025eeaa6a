import bz2
import gzip
import tracemalloc

import pytest
import zstandard

from pipeline.sources.streams import ReadError, compression, read_chunks

DATA = b"".join(b"line %d of the file\n" % i for i in range(20_000))
PACK = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}
PACKED = [ending for ending in PACK if ending]


def _write(folder, data, ending=""):
    path = folder / f"file{ending}"
    path.write_bytes(data)
    return str(path)


def _read_until_it_breaks(path):
    read = []
    with pytest.raises(ReadError) as error:
        read.extend(read_chunks(path))
    return b"".join(read), str(error.value)


@pytest.mark.parametrize("ending", PACK)
def test_a_file_is_unpacked_by_its_ending(tmp_path, ending):
    path = _write(tmp_path, PACK[ending](DATA), ending)
    assert b"".join(read_chunks(path)) == DATA
    assert compression(path) == ending


@pytest.mark.parametrize("ending", PACK)
def test_reading_stops_where_it_is_told(tmp_path, ending):
    path = _write(tmp_path, PACK[ending](DATA), ending)
    assert b"".join(read_chunks(path, 0, 300_001)) == DATA[:300_001]


def test_a_plain_file_is_read_from_the_middle(tmp_path):
    path = _write(tmp_path, DATA)
    assert b"".join(read_chunks(path, 1000, 300_000)) == DATA[1000:300_000]
    assert b"".join(read_chunks(path, 1000)) == DATA[1000:]


@pytest.mark.parametrize("ending", PACKED)
def test_a_file_may_be_several_packed_one_after_another(tmp_path, ending):
    path = _write(tmp_path, PACK[ending](DATA[:500]) + PACK[ending](DATA[500:]), ending)
    assert b"".join(read_chunks(path)) == DATA


def test_zeros_after_a_packed_file_are_padding(tmp_path):
    path = _write(tmp_path, gzip.compress(DATA) + bytes(5000), ".gz")
    assert b"".join(read_chunks(path)) == DATA


@pytest.mark.parametrize("ending", PACKED)
def test_a_truncated_file_yields_what_stands_before_the_break(tmp_path, ending):
    packed = PACK[ending](DATA) * 2
    read, message = _read_until_it_breaks(_write(tmp_path, packed[:-20], ending))
    assert read[: len(DATA)] == DATA
    assert "ends in the middle" in message


@pytest.mark.parametrize("ending", PACKED)
def test_an_empty_file_and_one_that_is_not_packed_are_broken(tmp_path, ending):
    assert _read_until_it_breaks(_write(tmp_path, b"", ending))[0] == b""
    assert _read_until_it_breaks(_write(tmp_path, DATA, ending))[0] == b""


def test_a_file_that_cannot_be_opened_says_why(tmp_path):
    assert _read_until_it_breaks(str(tmp_path / "gone")) == (b"", "No such file or directory")
    assert _read_until_it_breaks(str(tmp_path)) == (b"", "Is a directory")


@pytest.mark.parametrize("ending", PACKED)
def test_a_hostile_archive_unpacks_in_bounded_memory(tmp_path, ending):
    size = 64_000_000
    path = _write(tmp_path, PACK[ending](bytes(size)), ending)
    tracemalloc.start()
    assert sum(map(len, read_chunks(path))) == size
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 48_000_000
