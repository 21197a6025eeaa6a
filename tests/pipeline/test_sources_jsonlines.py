import datetime as dt
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import Limits, Source
from pipeline.sources.jsonlines import article_of, parse_object, read
from schemas import Article, Reject, RejectedError, arrow_schema, stable_id, to_row

TEXT = "Rebels took the town on Monday."


def _read(*lines, **options):
    """Read lines, given as bytes, strings or values to write as JSON."""
    data = b"\n".join(map(_line, lines))
    return [record.result for record in read(Source("in.jsonl", iter([data]), **options))]


def _line(line):
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line)).encode()


def _article(**fields):
    (article,) = _read({"text": TEXT} | fields)
    assert isinstance(article, Article), article.message
    return article


def _reject(line, **options):
    before, reject, after = _read({"text": "Before."}, line, {"text": "After."}, **options)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(reject, Reject), reject
    assert (reject.input_path, reject.input_line, reject.stage) == ("in.jsonl", 2, "read")
    return reject


def test_all_that_is_known_of_an_article_is_read():
    article = _article(
        id="a-1",
        url="https://news.example.org/1",
        source="The Example Times",
        title="Town Falls",
        language="en-GB",
        authors=["Ann Field", "Bo Hill"],
        published_at="2014-06-26T23:30:00-05:00",
    )
    assert (article.id, article.url) == ("a-1", "https://news.example.org/1")
    assert (article.source, article.title) == ("The Example Times", "Town Falls")
    assert (article.language, article.authors) == ("en-GB", ("Ann Field", "Bo Hill"))
    assert article.published_on == dt.date(2014, 6, 26)
    assert (article.title_basis, article.published_basis) == ("given", "given")
    assert (article.text, article.input_path, article.input_line) == (TEXT, "in.jsonl", 1)
    assert article.extra is None


def test_what_is_not_given_is_unknown():
    article = _article(url=None, title="", source=" \n", authors=[" "], language=None, id=None)
    assert (article.url, article.title, article.source, article.authors) == (None, None, None, ())
    assert (article.title_basis, article.published_basis) == ("unknown", "unknown")
    assert article.id == stable_id("", TEXT)
    assert _article(url="http://x").id == stable_id("http://x", TEXT)
    assert _article(published_at="").published is None


def test_an_id_that_is_a_whole_number_is_its_digits():
    assert _article(id=12345678901234567890).id == "12345678901234567890"
    assert _article(id="007").id == "007"


@pytest.mark.parametrize("language", ["en", "EN", "en-GB", "en_US", "eng", "English", " en "])
def test_english_is_read(language):
    assert _article(language=language).language == language


@pytest.mark.parametrize("language", ["de", "fr-FR", "engl", "ang", "english-ish", "x"])
def test_other_languages_are_not(language):
    reject = _reject({"text": TEXT, "language": language})
    assert (reject.error, repr(language) in reject.message) == ("language", True)


def test_unknown_fields_are_kept_as_they_were_written():
    line = '{"z": 1.10, "text": "Hm.", "a": [1e999, {"k": null,"k":2}], "\\u00e9": "\\u00fc\\n" }'
    (article,) = _read(line)
    assert article.extra == '{"z": 1.10, "a": [1e999, {"k": null,"k":2}], "\\u00e9": "\\u00fc\\n"}'


def test_the_text_stays_as_it_is():
    text = "\ufeffOne.\r\nTwo\u2028three\x0c\tfour\x1b \U0001f600 \u0000."
    assert _article(text=text).text == text


def test_blank_lines_are_no_records_but_count_as_lines():
    articles = _read("", {"text": "One."}, " \t\r", b"\x0c", {"text": "Two."}, "")
    assert [(article.text, article.input_line) for article in articles] == [
        ("One.", 2),
        ("Two.", 5),
    ]


def test_one_bom_is_dropped_at_the_start_of_a_file_alone():
    line = b"\xef\xbb\xbf" + _line({"text": "One."})
    first, second = _read(line, line)
    assert (first.text, second.error) == ("One.", "bad_json")
    assert [reject.error for reject in _read(b"\xef\xbb\xbf")] == ["no_text"]
    assert _read(b"\xef\xbb\xbf\n", {"text": "One."})[0].input_line == 3


@pytest.mark.parametrize(
    ("line", "error", "part"),
    [
        (b'{"text": "Caf\xe9 closed"}', "not_utf8", "byte 14 (0xe9) is not UTF-8"),
        (b'{"text": "\xed\xa0\x80"}', "not_utf8", "not UTF-8"),
        (b'{"text": "a\0b"}', "binary", "zeros"),
        (gzip.compress(b"x" * 50, mtime=0).replace(b"\n", b" "), "binary", "must end in .gz"),
        ('{"text": "' + TEXT, "bad_json", "Unterminated string starting at character 10"),
        ('{"text": "a\tb"}', "bad_json", "Invalid control character at character 12"),
        ("{'text': 'a'}", "bad_json", "key in double quotes at character 2"),
        ('{"text": "a",}', "bad_json", "key in double quotes at character 14"),
        ('{"text" "a"}', "bad_json", "Expecting ':' at character 9"),
        ('{"text": "a" "b"}', "bad_json", "Expecting ',' at character 14"),
        ('{"text": }', "bad_json", "Expecting value at character 10"),
        ('{"text": "a"} {"text": "b"}', "bad_json", "Extra data at character 15"),
        ('{"text": "a", "n": NaN}', "bad_json", "NaN is not JSON"),
        ('{"text": "a", "n": [-Infinity]}', "bad_json", "-Infinity is not JSON"),
        ('{"text": "a", "text": "b"}', "bad_json", "'text' stands twice"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "bad_json", "4300 digits"),
        ('{"text": "a", "n": ' + "[" * 101 + "]" * 101 + "}", "bad_json", "deeper than 100"),
        ('{"text": "a", "n": ' + '{"k":' * 100_000, "bad_json", "deeper than 100"),
        ("{", "bad_json", "write each article as one JSON object on one line"),
        ("Rebels took the town.", "bad_json", "Expecting value at character 1"),
        ('"Rebels took the town."', "not_an_object", "holds a string"),
        ('[{"text": "a"}]', "not_an_object", "holds a list"),
        ("[" * 100_000, "bad_json", "deeper than 100"),
        ("7", "not_an_object", "holds a number"),
        ("null", "not_an_object", "holds null"),
        ("{}", "no_text", "the fields are none"),
        ('{"body": "a", "id": 1}', "no_text", "the fields are 'body', 'id'"),
        ({"text": 7}, "no_text", "text is a number, not a string"),
        ({"text": None}, "no_text", "text is null"),
        ({"text": ["a"]}, "no_text", "text is a list"),
        ({"text": ""}, "no_text", "empty or only white space"),
        ({"text": " \n\u2028\u00a0"}, "no_text", "empty or only white space"),
        ({"text": "\x01\x02\x03abc"}, "binary", "3 of 6 characters"),
        ({"text": "a", "id": ""}, "bad_field", "id is empty"),
        ({"text": "a", "id": True}, "bad_field", "id is true or false"),
        ({"text": "a", "id": 1.5}, "bad_field", "id is a number, not a string"),
        ({"text": "a", "id": ["x"]}, "bad_field", "id is a list"),
        ({"text": "a", "url": 7}, "bad_field", "url is a number"),
        ({"text": "a", "title": {"en": "x"}}, "bad_field", "title is an object"),
        ({"text": "a", "source": ["x"]}, "bad_field", "source is a list"),
        ({"text": "a", "language": 1}, "bad_field", "language is a number"),
        ({"text": "a", "authors": "Ann"}, "bad_field", "authors is a string, not a list"),
        ({"text": "a", "authors": ["Ann", 1]}, "bad_field", "a list of other things"),
        ({"text": "a \ud83d b"}, "bad_field", "text holds \\ud83d, half of a surrogate pair"),
        ({"text": "a", "id": "\udc00"}, "bad_field", "id holds \\udc00"),
        ({"text": "a", "title": "\udc00"}, "bad_field", "title holds"),
        ({"text": "a", "authors": ["\udc00"]}, "bad_field", "authors holds"),
        ({"text": "a", "x": [{"y": "\udc00"}]}, "bad_field", "x holds \\udc00"),
        ({"text": "a", "x": {"\udc00": 1}}, "bad_field", "x holds \\udc00"),
        ({"text": "a", "\udc00": 1}, "bad_field", "\\udc00 holds \\udc00"),
        ({"text": "a", "published_at": "yesterday"}, "bad_date", "'yesterday'"),
        ({"text": "a", "published_at": 1403773800}, "bad_date", "1403773800"),
        ({"text": "a", "published_at": "2014-02-30"}, "bad_date", "2014-02-30"),
        ({"text": "a" * 200_001}, "too_long", "200,001 characters, and --max_article_chars"),
    ],
)  # fmt: skip
def test_bad_input_is_set_aside_with_its_reason_and_the_rest_goes_on(line, error, part):
    reject = _reject(line)
    assert reject.error == error
    assert part in reject.message
    assert reject.payload == _line(line)[: 64 * 1024]
    assert reject.traceback is None


def test_a_line_of_a_million_characters_is_read_whole_or_cut_as_a_reject():
    assert _reject({"text": "a" * 1_000_000}).error == "too_long"
    assert _reject({"text": "a" * 6_000_000}).message.startswith("6,000,0")
    reject = _reject({"text": "a", "html": "b" * 6_000_000})
    assert (reject.error, len(reject.payload), reject.payload_truncated) == (
        "too_long",
        65536,
        True,
    )
    assert len(_article(html="b" * 1_000_000).extra) > 1_000_000


def test_the_longest_article_passes_in_the_longest_spelling():
    limits = Limits(max_article_chars=1000)
    text = "\U0001f600" * 1000
    (article,) = _read(json.dumps({"text": text}), limits=limits)
    assert article.text == text
    (reject,) = _read(json.dumps({"text": text + "!"}), limits=limits)
    assert reject.error == "too_long"


def test_a_bug_is_a_reject_with_its_traceback_or_stops_where_that_is_asked(monkeypatch):
    def fail(_):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("pipeline.sources.jsonlines.parse_published", fail)
    reject = _reject({"text": "a", "published_at": "2014-06-26"})
    assert (reject.error, reject.message) == ("bug", "ZeroDivisionError('oops')")
    assert "in fail" in reject.traceback
    with pytest.raises(ZeroDivisionError):
        _read({"text": "a", "published_at": "2014-06-26"}, strict=True)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = ["text", "id", "url", "source", "title", "language", "authors", "published_at"]


@given(st.dictionaries(st.sampled_from([*_FIELDS, "x", "y"]) | st.text(), _JSON, max_size=6))
def test_objects_are_parsed_as_python_parses_them(value):
    text = json.dumps(value)
    try:
        parsed = parse_object(text)
    except RejectedError:
        assert "NaN" in text or "Infinity" in text
    else:
        assert {name: field.value for name, field in parsed.items()} == json.loads(text)
        assert all(json.loads(field.raw) == field.value for field in parsed.values())


@given(
    st.binary(max_size=60)
    | _JSON.map(lambda value: json.dumps(value).encode())
    | st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=6).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_any_line_is_an_article_that_can_be_written_or_refused(data):
    try:
        article = article_of(data, "in.jsonl", 1, Limits())
    except RejectedError:
        return
    for value in (article.id, article.text, article.title, article.extra, *article.authors):
        assert value is None or value.encode()


def test_every_reject_has_columns_that_can_be_written():
    pa = pytest.importorskip("pyarrow")
    reject = _reject({"text": "a", "\udc00": 1})
    assert pa.array([to_row(Reject)(reject)], type=pa.struct(list(arrow_schema(Reject))))
