import hashlib

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.pieces import cut_lines, take_whole
from pipeline.sources.streams import ReadError

LIMIT = 100_000


def _chunks(data, sizes):
    """Cut bytes into chunks of the sizes, over and over."""
    at = turn = 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        yield data[at : at + size]
        at, turn = at + size, turn + 1


def _broken(*chunks):
    yield from chunks
    raise ReadError("the disk is gone")


def test_lines_end_at_line_feeds_alone():
    data = "one\r\ntwo\u2028still two\rstill\x0c\n\nfour".encode()
    pieces = list(cut_lines([data], limit=LIMIT))
    assert [piece.data for piece in pieces] == data.split(b"\n")
    assert [piece.line for piece in pieces] == [1, 2, 3, 4]
    assert [piece.is_blank for piece in pieces] == [False, False, True, False]
    assert [(piece.start, piece.end) for piece in pieces] == [(0, 5), (5, 28), (28, 29), (29, 33)]


def test_nothing_has_no_lines():
    assert list(cut_lines([], limit=LIMIT)) == []
    assert list(cut_lines([b""], limit=LIMIT)) == []


@given(
    st.lists(st.binary(max_size=12)).map(b"\n".join),
    st.lists(st.integers(1, 7), min_size=1, max_size=5),
)
def test_lines_do_not_depend_on_chunks(data, sizes):
    whole = list(cut_lines([data], limit=LIMIT))
    assert list(cut_lines(_chunks(data, sizes), limit=LIMIT)) == whole
    assert b"".join(data[piece.start : piece.end] for piece in whole) == data


@given(st.lists(st.binary(max_size=12)).map(b"\n".join), st.data())
def test_reading_from_the_start_of_any_line_continues_as_reading_whole(data, draw):
    whole = list(cut_lines([data], limit=LIMIT))
    first = draw.draw(st.integers(0, len(whole)))
    if first == len(whole):
        return
    at, line = whole[first].start, whole[first].line
    assert list(cut_lines([data[at:]], limit=LIMIT, start=at, line=line)) == whole[first:]


def test_a_line_that_is_too_long_keeps_its_beginning_its_size_and_its_checksum():
    long = b"x" * 1_000_000
    data = b"short\n" + long + b"\nshort again\n"
    for size in (1000, 4096, len(data)):
        before, piece, after = cut_lines(_chunks(data, [size]), limit=LIMIT)
        assert piece.is_too_long
        assert len(piece.data) == 65_536
        assert piece.end - piece.start == len(long) + 1
        assert piece.sha256 == hashlib.sha256(long).hexdigest()
        assert (before.data, after.data, after.line) == (b"short", b"short again", 3)


def test_a_long_line_of_spaces_is_blank():
    (piece,) = cut_lines([b" " * 300_000, b" " * 300_000], limit=LIMIT)
    assert piece.is_too_long
    assert piece.is_blank


def test_a_stream_that_breaks_off_ends_with_a_broken_piece():
    whole, broken = cut_lines(_broken(b"one\ntw"), limit=LIMIT)
    assert (whole.data, whole.broken) == (b"one", None)
    assert (broken.data, broken.line, broken.broken) == (b"tw", 2, "the disk is gone")


def test_a_file_is_one_piece():
    piece = take_whole([b"one\ntw", b"o\n"], limit=LIMIT)
    assert (piece.data, piece.start, piece.end, piece.line) == (b"one\ntwo\n", 0, 8, None)
    assert take_whole(_broken(b"one"), limit=LIMIT).broken == "the disk is gone"
    assert take_whole([], limit=LIMIT).is_blank
