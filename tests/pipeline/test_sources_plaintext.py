import pytest

from pipeline.sources import Limits, Source
from pipeline.sources.plaintext import read
from schemas import PAYLOAD_LIMIT, stable_id


def _read(data, chars=200_000):
    chunks = iter([data[:7], data[7:]])
    (record,) = read(Source("in.txt", chunks, Limits(chars)))
    return record.result


def test_a_file_is_an_article():
    text = "Town Falls\r\n\nRebels took\x0c it \u2013 at dawn.\u2028"
    article = _read(text.encode())
    assert (article.text, article.id) == (text, stable_id("", text))
    assert (article.input_path, article.input_line) == ("in.txt", None)


def test_one_bom_is_dropped():
    bom = b"\xef\xbb\xbf"
    assert _read(bom + b"Town.").text == "Town."
    assert _read(bom + bom + b"Town.").text == "\ufeffTown."
    assert _read(bom).error == "no_text"


@pytest.mark.parametrize(
    ("data", "error", "part"),
    [
        (b"", "no_text", "empty"),
        (b" \n\t\r\n", "no_text", "only white space"),
        ("Caf\xe9".encode("latin-1"), "not_utf8", "byte 4 (0xe9)"),
        ("Town falls".encode("utf-16"), "binary", "UTF-16; save it as UTF-8"),
        ("Town falls".encode("utf-16-le"), "binary", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", "pictures"),
        (b"%PDF-1.4\0", "binary", "a PDF"),
        (b"\x01\x02\x03\x04town", "binary", "4 of 8 characters are control codes"),
        (b"a" * 200_001, "too_long", "200,001 characters"),
        (b"a" * 900_000, "too_long", "900,000 bytes"),
        (b"\0" * 900_000, "binary", "zeros"),
    ],
)
def test_a_file_that_is_no_text_is_set_aside(data, error, part):
    reject = _read(data)
    assert (reject.error, reject.input_path, reject.input_line) == (error, "in.txt", None)
    assert part in reject.message
    assert reject.payload == data[:PAYLOAD_LIMIT]


def test_the_limit_counts_characters_not_bytes():
    assert _read("\U0001f600".encode() * 100, chars=100).text == "\U0001f600" * 100
    assert _read(b"\xef\xbb\xbf" + "\U0001f600".encode() * 100, chars=100).id
    assert _read("\U0001f600".encode() * 100, chars=99).error == "too_long"
