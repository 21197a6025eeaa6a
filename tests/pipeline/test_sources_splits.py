import bz2
import gzip
import itertools
import json

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import Limits, find_duplicates, fitting_split_bytes, match, plan, read_part
from pipeline.sources.duplicates import Lookup, Packer, Place, set_aside_duplicates, shelf
from pipeline.sources.splits import SPLIT_BYTES, SPLIT_PARTS
from schemas import Article


def _write(folder, name, *lines):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_bytes(data.encode())
    return path


def _plan(folder, **options):
    return list(plan(match([str(folder)]), **options))


def _read(splits, **options):
    """Read splits; what comes out is counted against the plan, as the books are."""
    results = []
    for part in (part for split in splits for part in split.parts):
        records = list(read_part(part, **options))
        assert len(records) == part.records
        results += [record.result for record in records]
    return results


def _texts(results):
    return [row.text if isinstance(row, Article) else row.error for row in results]


def _brief(row):
    if isinstance(row, Article):
        return row.input_line, row.text
    return row.input_line, row.error, row.payload


_LINES = st.lists(
    st.sampled_from(
        ["", "  ", '{"text": "One."}', '{"text": "Zwei \u00fc\u2028."}\r', "{broken", '{"text": 7}']
    ),
    max_size=30,
)


@given(_LINES, st.integers(1, 200), st.booleans(), st.booleans())
def test_any_cutting_reads_as_the_whole(tmp_path_factory, lines, split_bytes, bom, end):
    folder = tmp_path_factory.mktemp("any")
    file = _write(folder, "in.jsonl", "\ufeff" * bom + "\n".join(lines) + "\n" * end)
    (whole,) = _plan(folder) or [None]
    expected = [_brief(row) for row in _read([whole])] if whole else []
    splits = _plan(folder, split_bytes=split_bytes)
    assert [_brief(row) for row in _read(splits)] == expected
    parts = [part for split in splits for part in split.parts]
    for part, following in itertools.pairwise(parts):
        assert part.end == following.start
        assert file.read_bytes()[: part.end].count(b"\n") == following.line - 1


@given(_LINES, st.integers(1, 12), st.integers(1, 200))
def test_a_limit_is_kept_exactly(tmp_path_factory, lines, limit, split_bytes):
    folder = tmp_path_factory.mktemp("limit")
    _write(folder, "a.jsonl", *lines)
    _write(folder, "b.txt", "Between.")
    _write(folder, "c.jsonl", *lines)
    everything = [_brief(row) for row in _read(_plan(folder))]
    some = [_brief(row) for row in _read(_plan(folder, limit=limit, split_bytes=split_bytes))]
    assert some == everything[:limit]


@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zstandard.compress)],
)
def test_compressed_files_are_one_split(tmp_path, ending, pack):
    lines = [json.dumps({"text": f"Article {i}."}) for i in range(300)]
    (tmp_path / f"in.jsonl{ending}").write_bytes(pack("\n".join(lines).encode()))
    (tmp_path / f"z.txt{ending}").write_bytes(pack(b"Plain."))
    splits = _plan(tmp_path, split_bytes=4000)
    assert [split.records for split in splits] == [300, 1]
    assert _texts(_read(splits)) == [*(f"Article {i}." for i in range(300)), "Plain."]
    assert _texts(_read(_plan(tmp_path, limit=2))) == ["Article 0.", "Article 1."]


@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zstandard.compress)],
)
def test_of_a_file_that_breaks_off_the_records_before_the_break_stay(tmp_path, ending, pack):
    lines = [json.dumps({"text": f"Article {i}."}) for i in range(300)]
    first, second = (
        pack("".join(f"{line}\n" for line in some).encode()) for some in (lines[:200], lines[200:])
    )
    (tmp_path / f"a.jsonl{ending}").write_bytes(first + second[:-9])
    _write(tmp_path, "b.jsonl", {"text": "After."})
    *articles, broken, after = _read(_plan(tmp_path))
    assert after.text == "After."
    assert _texts(articles) == [f"Article {i}." for i in range(len(articles))]
    assert len(articles) >= 199
    assert (broken.error, broken.input_line) == ("unreadable", len(articles) + 1)
    assert (
        broken.message
        == "cannot be read, or not to its end: it ends in the middle of its compressed data"
    )
    assert len(_read(_plan(tmp_path, limit=len(articles)))) == len(articles)
    assert _texts(_read(_plan(tmp_path, limit=len(articles) + 1)))[-1] == "unreadable"


def test_a_file_that_cannot_be_opened_is_one_record(tmp_path):
    for name in ("a.txt", "b.jsonl", "c.jsonl.gz"):
        _write(tmp_path, name, "x")
    files = match([str(tmp_path)])
    for file in files:
        tmp_path.joinpath(file.path).unlink()
    rejects = _read(plan(files))
    assert [(row.error, row.input_path, row.input_line) for row in rejects] == [
        ("unreadable", file.path, None) for file in files
    ]
    assert rejects[0].message == "cannot be read, or not to its end: No such file or directory"
    assert {row.payload for row in rejects} == {None}


def test_a_file_that_changes_after_the_plan_keeps_the_books_balanced(tmp_path):
    lines = [{"text": f"Article {i}."} for i in range(10)]
    path = _write(tmp_path, "a.jsonl", *lines)
    splits = _plan(tmp_path)
    _write(tmp_path, "a.jsonl", *lines, *lines)
    assert _texts(_read(splits)) == [f"Article {i}." for i in range(10)]
    _write(tmp_path, "a.jsonl", *lines[:8])
    assert _texts(_read(splits))[7:] == ["Article 7.", "unreadable", "unreadable"]
    path.write_bytes(b"1\n" * 100)
    *_, last = _read(splits)
    assert (last.error, "changed while" in last.message) == ("unreadable", True)
    path.unlink()
    assert _texts(_read(splits)) == ["unreadable"] * 10


def test_small_files_share_a_split_and_large_ones_are_cut(tmp_path):
    for i in range(SPLIT_PARTS + 6):
        _write(tmp_path, f"{i:03}.txt", f"Article {i}.")
    _write(tmp_path, "x.jsonl", *({"text": "a" * 1000} for _ in range(100)))
    splits = _plan(tmp_path, split_bytes=20_000)
    assert [split.records for split in splits] == [64, 26, 20, 20, 20, 20]
    assert len({split.key for split in splits}) == len(splits)
    assert len(_plan(tmp_path)) == 2


def test_a_small_input_is_cut_finer(tmp_path):
    _write(tmp_path, "x.jsonl", *({"text": "a" * 1000} for _ in range(100)))
    (file,) = match([str(tmp_path)])
    assert fitting_split_bytes([file]) == 16_384
    assert fitting_split_bytes([file._replace(size=100_000_000)]) == 390_625
    assert fitting_split_bytes([file._replace(size=10**12)]) == SPLIT_BYTES


def test_an_empty_file_is_one_reject(tmp_path):
    _write(tmp_path, "a.jsonl", "")
    _write(tmp_path, "b.jsonl", "", " ", "")
    _write(tmp_path, "c.txt", "")
    assert sum(split.records for split in _plan(tmp_path)) == 3
    assert _texts(_read(_plan(tmp_path))) == ["no_text"] * 3


def _without_duplicates(splits):
    """Do what the transforms do, without Beam."""
    packer = Packer()
    packs = [pack for split in splits for pack in packer.add(split)] + list(packer.rest())
    shelves = {}
    for bucket in {bucket for bucket, _ in packs}:
        for found in find_duplicates(pack for other, pack in reversed(packs) if other == bucket):
            shelves.setdefault(shelf(found.place), []).append(found)
    lookup = Lookup(lambda number: shelves.get(number, ()))
    parts = [part for split in splits for part in split.parts]
    return [
        record.result for part in parts for record in set_aside_duplicates(read_part(part), lookup)
    ]


def test_of_the_same_id_the_first_in_the_input_stays(tmp_path):
    _write(tmp_path, "a.jsonl", "", {"id": "x", "text": "One."}, {"id": "y", "text": "Two."})
    _write(tmp_path, "b.jsonl", {"id": "x", "text": "Three."}, {"id": "x", "text": "Four."})
    _write(tmp_path, "c.txt", "Five.")
    _write(tmp_path, "d.txt", "Five.")
    for split_bytes in (1, SPLIT_BYTES):
        rows = _without_duplicates(_plan(tmp_path, split_bytes=split_bytes))
        assert _texts(rows) == [
            "One.",
            "Two.",
            "duplicate_id",
            "duplicate_id",
            "Five.",
            "duplicate_id",
        ]
        assert f"'x' is that of the article in {tmp_path / 'a.jsonl'}, line 2;" in rows[2].message
        assert (rows[3].input_path, rows[3].input_line) == (str(tmp_path / "b.jsonl"), 2)
        assert (rows[3].doc_id, rows[3].payload) == ("x", b'{"id": "x", "text": "Four."}')
        assert f"is that of the article in {tmp_path / 'c.txt'};" in rows[5].message


def test_a_reject_has_no_claim_on_an_id(tmp_path):
    bad = {"id": "x", "text": "One.", "published_at": "?"}
    _write(tmp_path, "a.jsonl", bad, {"id": "x", "text": "Two."})
    assert _texts(_without_duplicates(_plan(tmp_path))) == ["bad_date", "Two."]
    long = {"id": "x", "text": "a" * 20}
    _write(tmp_path, "a.jsonl", long, {"id": "x", "text": "Two."})
    splits = _plan(tmp_path, limits=Limits(max_article_chars=10))
    assert len(splits[0].parts[0].ids) == len(_plan(tmp_path)[0].parts[0].ids) // 2


def test_what_travels_for_an_article_is_small(tmp_path):
    _write(tmp_path, "a.jsonl", *({"text": f"Article {i}."} for i in range(5000)))
    splits = _plan(tmp_path, split_bytes=1000)
    packer = Packer()
    packs = [pack for split in splits for pack in packer.add(split)] + list(packer.rest())
    assert sum(len(paths) + len(entries) for _, (paths, entries) in packs) < 20 * 5000
    assert not any(split.without_ids().parts[0].ids for split in splits)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("vwxyz")), min_size=1, max_size=40)
)
def test_duplicates_are_all_but_the_first_of_each_id(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("duplicates")
    for name, rows in itertools.groupby(
        sorted(records, key=lambda row: row[0]), lambda row: row[0]
    ):
        _write(folder, f"{name}.jsonl", *({"id": key, "text": "Text."} for _, key in rows))
    kept = {
        row.id: Place(row.input_path, row.input_line) for row in _read(_plan(folder)[::-1])[::-1]
    }
    rows = _without_duplicates(_plan(folder, split_bytes=50))
    articles = [row for row in rows if isinstance(row, Article)]
    assert {row.id: Place(row.input_path, row.input_line) for row in articles} == kept
    assert len(articles) == len(kept)
    assert len(rows) == len(records)
