import logging
import os

import pytest

from pipeline.sources import FORMATS, InputFile, fingerprint, format_of, match
from schemas import UsageError

pytestmark = pytest.mark.usefixtures("news")


@pytest.fixture
def news(tmp_path, monkeypatch):
    """A folder of files, in which the test runs."""
    for name in (
        "a.txt", "b.jsonl", "B.TXT", "c.ndjson.gz", "notes.md", "data.json", ".hidden.txt",
        "sub/d.text.zst", "sub/deep/e.jsonlines.bz2", ".git/f.txt", "sub/picture.jpg", "odd[1].txt",
        "nothing/readme",
    ):  # fmt: skip
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "news"


def _paths(*patterns, **options):
    return [file.path for file in match(patterns, **options)]


def test_a_folder_gives_the_known_files_in_it_and_below_sorted(caplog):
    with caplog.at_level(logging.WARNING):
        assert _paths("news") == [
            "news/B.TXT",
            "news/a.txt",
            "news/b.jsonl",
            "news/c.ndjson.gz",
            "news/odd[1].txt",
            "news/sub/d.text.zst",
            "news/sub/deep/e.jsonlines.bz2",
        ]
    (message,) = caplog.messages
    assert "news: left out 4 files" in message
    assert ".md (1), .json (1)" in message or ".json (1)" in message


def test_a_file_is_read_whatever_its_ending():
    assert match(["news/notes.md"]) == (InputFile("news/notes.md", 8, "text"),)
    assert match(["news/data.json"])[0].format == "jsonl"
    assert match(["news/data.json"], format="text")[0].format == "text"
    assert _paths("news/.hidden.txt") == ["news/.hidden.txt"]


def test_globs():
    assert _paths("news/*.txt") == ["news/a.txt", "news/odd[1].txt"]
    assert _paths("news/s*/*") == ["news/sub/d.text.zst", "news/sub/picture.jpg"]
    assert _paths("news/**/*.jsonl*") == ["news/b.jsonl", "news/sub/deep/e.jsonlines.bz2"]
    assert _paths("news/[ab].*") == ["news/a.txt", "news/b.jsonl"]
    assert _paths("*/a.txt") == ["news/a.txt"]


def test_a_name_with_brackets_is_a_file_before_it_is_a_glob():
    assert _paths("news/odd[1].txt") == ["news/odd[1].txt"]


def test_a_file_named_twice_is_read_once(news):
    assert _paths("news/a.txt", "news/*.txt", "./news//a.txt") == ["news/a.txt", "news/odd[1].txt"]
    assert len(_paths("news/a.txt", str(news / "a.txt"))) == 1


def test_formats_by_ending():
    named = {"a.jsonl": "jsonl", "a.NDJSON.bz2": "jsonl", "a.text.gz": "text", "a": "text"}
    assert {path: format_of(path) for path in named} == named
    assert set(FORMATS) == {"jsonl", "text"}


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("news/aa.txt", r"did you mean 'news/a.txt'\?"),
        ("new", r"did you mean 'news'\?"),
        ("news/q*.txt", "nothing is like that"),
        ("olds/a.txt", "there is no folder 'olds'"),
        (
            "news/nothing",
            r"that ends in .jsonl .ndjson .* name other files as in 'news/nothing/\*'",
        ),
        ("news/zzzzzzzzz", "matches no file"),
        ("", "matches no file"),
    ],
)
def test_what_matches_nothing_is_an_error_that_names_it(pattern, hint):
    with pytest.raises(UsageError, match=hint) as error:
        match(["news/a.txt", pattern])
    assert repr(pattern) in str(error.value)


def test_a_filesystem_that_is_not_there_is_an_error():
    with pytest.raises(UsageError, match="nosuch://bucket/a"):
        match(["nosuch://bucket/a"])


def test_pipes_are_no_files():
    os.mkfifo("news/pipe.txt")
    assert "news/pipe.txt" not in _paths("news")
    assert "news/pipe.txt" not in _paths("news/*")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        match(["news/pipe.txt"])


def test_a_name_that_is_no_utf8_can_be_written_down():
    with open(b"news/caf\xe9.txt", "wb") as file:  # noqa: PTH123 - bytes
        file.write(b"x")
    assert "news/caf\\xe9.txt" in _paths("news")


def test_a_fingerprint_changes_with_names_and_sizes():
    files = [InputFile("a", 1, "text"), InputFile("b", 2, "text")]
    others = [
        files[:1],
        files[::-1],
        [InputFile("a", 1, "text"), InputFile("b", 3, "text")],
        [InputFile("a", 1, "text"), InputFile("c", 2, "text")],
    ]
    prints = {fingerprint(some) for some in (files, *others)}
    assert len(prints) == 5
    assert fingerprint(files) == fingerprint(tuple(files))
    assert all(len(some) == 32 for some in prints)
