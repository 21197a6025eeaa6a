"""Tables in, a knowledge base out."""

import sqlite3

import pytest

from schemas import UsageError
from transforms.entities import KnowledgeBase
from transforms.entities.build import build


def found(kb, key):
    return [(c.entry.id, c.alias) for c in kb.candidates(key)]


def test_the_same_tables_give_the_same_bytes(tables, tmp_path):
    build(tables, tmp_path / "one.sqlite", terms=())
    build(tables, tmp_path / "two.sqlite", terms=())
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.sqlite", "two.sqlite"]


def test_the_manifest_says_what_it_is_made_of(kb):
    assert kb.version.startswith("2020-02-02-")
    assert kb.manifest["entity_rows"] == "17"
    assert kb.manifest["horizon_eps"] == "20120101"


def test_an_entity_is_found_by_its_id(kb):
    assert kb.number("Q1") is not None
    assert kb.number("Q999") is None
    assert kb.number("") is None


def test_names_are_folded(kb):
    assert found(kb, "al qadir") == [("gn:101", "name")]
    assert found(kb, "qadir") == [("gn:101", "stripped")]
    assert ("gn:102", "exonym") in found(kb, "ellisport")


def test_codes_that_nobody_prints_are_left_out(kb):
    assert found(kb, "wm") == []
    assert found(kb, "iq") == []


def test_a_surname_finds_who_governed(kb):
    assert ("Q10", "surname") in found(kb, "rashan")
    assert found(kb, "lind") == []


def test_members_of_parliaments_alone_stay_out(kb):
    assert kb.number("Q12") is None


def test_the_country_is_the_one_of_every_day(kb):
    (candidate,) = kb.candidates("nordoland")
    assert (candidate.entry.id, candidate.entry.place_kind) == ("Q33", "country")
    assert found(kb, "nordish") == [("Q33", "adjective")]
    assert kb.number("Q3") is None


def test_terms_that_follow_each_other_are_one(kb):
    offices = {o.title: o for o in kb.offices(kb.number("Q11"))}
    minister = offices["Foreign Minister"]
    assert (str(minister.start), str(minister.end)) == ("2012-01-01", "2015-06-30")
    member = offices["member of the Storting"]
    assert (str(member.start), str(member.end), member.rank) == ("1980-01-01", "1981-12-31", 0)


def test_offices_are_ranked(kb):
    ranks = {o.title: o.rank for o in kb.offices(kb.number("Q10"))}
    assert ranks == {"Prime Minister of Sandrea": 3, "Minister of Interior": 2}


def test_tables_that_are_not_there(tmp_path):
    with pytest.raises(UsageError, match=r"cannot read the table .*entities\.parquet"):
        build(tmp_path, tmp_path / "kb.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_knowledge_base(tmp_path):
    with pytest.raises(UsageError, match=r"no knowledge base at .*dateline kb build"):
        KnowledgeBase(tmp_path / "none.sqlite")


@pytest.mark.parametrize("content", [b"", b"not a database, whatever its name says" * 99])
def test_a_file_that_is_something_else(tmp_path, content):
    (tmp_path / "kb.sqlite").write_bytes(content)
    with pytest.raises(UsageError, match="dateline kb build"):
        KnowledgeBase(tmp_path / "kb.sqlite")


def test_a_knowledge_base_cut_short(tmp_path, kb):
    whole = kb.path.read_bytes()
    (tmp_path / "kb.sqlite").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match=r"is broken .*dateline kb build"):
        KnowledgeBase(tmp_path / "kb.sqlite")


def test_a_knowledge_base_of_another_format(tmp_path, kb):
    (tmp_path / "kb.sqlite").write_bytes(kb.path.read_bytes())
    db = sqlite3.connect(tmp_path / "kb.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.commit()
    db.close()
    with pytest.raises(UsageError, match=r"has format 99.*dateline kb build"):
        KnowledgeBase(tmp_path / "kb.sqlite")
