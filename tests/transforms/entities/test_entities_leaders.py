"""Terms of office laid over the source tables."""

import datetime as dt

import pytest

from transforms.entities import KnowledgeBase
from transforms.entities.build import build
from transforms.entities.fold import fold
from transforms.entities.offices import office_on

COLUMNS = ("country", "office", "rank", "name", "other_names", "start", "end", "born", "item")
TERMS = [
    (
        "IRQ",
        "Prime Minister of Sandrea",
        "3",
        "Hamid al-Rashan",
        "",
        "2006-05-20",
        "2014-09-08",
        "",
    ),
    ("NDL", "Prime Minister of Nordland", "3", "Eva Storm", "Ewa Storm", "2001-01-02", "", "1950"),
    ("NDL", "Minister of Defence of Nordland", "2", "Eva Storm", "", "1999-03", "2000-12", "1950"),
    ("", "Secretary General of the Harbour League", "2", "Ewa Storm", "", "2015-01-01", "", ""),
    ("WMK", "President of Westmark", "3", "Eva Storm", "", "1990-01-01", "1992-01-01", "1931"),
]


@pytest.fixture(scope="module")
def led(tables, tmp_path_factory):
    """The knowledge base of the small tables with terms laid over them."""
    target = tmp_path_factory.mktemp("led") / "kb.sqlite"
    terms = [dict(zip(COLUMNS, (*term, ""), strict=True)) for term in TERMS]
    build(tables, target, terms=terms)
    return KnowledgeBase(target)


def persons(kb, name):
    return [c.entry.id for c in kb.candidates(fold(name)) if c.entry.kind == "person"]


def test_whom_the_tables_lack_gets_an_id_of_ours(led):
    ids = persons(led, "Eva Storm")
    assert sorted(ids) == ["local:eva-storm", "local:eva-storm-wmk"]
    assert persons(led, "Ewa Storm") == ["local:eva-storm"]


def test_terms_of_one_person_are_joined(led):
    titles = {office.title for office in led.offices(led.number("local:eva-storm"))}
    assert titles == {TERMS[1][1], TERMS[2][1], TERMS[3][1]}


def test_office_on_a_day(led):
    def title_on(*day):
        office = office_on(led, "local:eva-storm", dt.date(*day))
        return office and office.title

    assert title_on(2000, 5, 1) == "Minister of Defence of Nordland"
    assert title_on(2001, 1, 1) is None
    assert title_on(2005, 1, 1) == "Prime Minister of Nordland"


def test_whom_the_tables_know_keeps_the_item(led, kb):
    assert persons(led, "Hamid al-Rashan") == persons(kb, "Hamid al-Rashan") == ["Q10"]
    assert [o.title for o in led.offices(led.number("Q10")) if o.rank == 3].count(TERMS[0][1]) == 2


def test_heads_are_found_by_their_surname(led):
    assert "surname" in {c.alias for c in led.candidates("storm")}


def test_terms_that_ship_can_be_laid_over_any_tables(tables, tmp_path):
    build(tables, tmp_path / "kb.sqlite")
    assert persons(KnowledgeBase(tmp_path / "kb.sqlite"), "Angela Merkel")
