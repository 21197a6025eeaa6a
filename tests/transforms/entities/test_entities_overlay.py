"""A user's own entities."""

import datetime as dt

import pytest

from schemas import UsageError
from transforms.entities import KnowledgeBase, link_entities

COLUMNS = "id,name,kind,aliases,country,admin1,latitude,longitude,description"
DAY = dt.date(2014, 6, 26)


@pytest.fixture
def overlay(kb, tmp_path):
    """Open the knowledge base with rows laid over it."""

    def lay(*rows, columns=COLUMNS):
        path = tmp_path / "my.csv"
        path.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
        return KnowledgeBase(kb.path, path)

    return lay


def linked(parsed, kb, text):
    return {e.text: e for e in link_entities(parsed(text, day=DAY), kb=kb).entities}


def test_a_users_entity_goes_before_the_bases(overlay, parsed):
    kb = overlay("CORP-7,Acme Mining,organization,Acme|ACM,WMK,,,,digs")
    found = linked(parsed, kb, "[Acme|ORG] sued [ACM|ORG].")
    assert {e.entity_id for e in found.values()} == {"CORP-7"}
    assert (found["Acme"].name, found["Acme"].country) == ("Acme Mining", "WMK")
    assert found["Acme"].wikidata_id is None


def test_a_row_with_an_id_of_the_base_adds_to_what_it_knows(overlay, parsed):
    kb = overlay("Q1,Westmark,place,Old Mark,,,,,", "Q10,Hamid al-Rashan,person,The Lion,,,,,")
    found = linked(parsed, kb, "[Old Mark|GPE] fell to [The Lion|PERSON], [Westmark|GPE] said.")
    mark, lion = found["Old Mark"], found["Lion"]
    assert (mark.entity_id, mark.country, mark.place_kind) == ("Q1", "WMK", "country")
    assert found["Westmark"].entity_id == "Q1"
    assert lion.role == "Prime Minister of Sandrea"


def test_a_place_of_a_users_is_on_the_map(overlay, parsed):
    kb = overlay("S-1,Camp Quiet,place,,IRQ,Al Qadir,33.5,-44.25,")
    camp = linked(parsed, kb, "They left [Camp Quiet|FAC].")["Camp Quiet"]
    assert (camp.latitude, camp.longitude, camp.admin1) == (33.5, -44.25, "Al Qadir")


def test_somebody_of_a_users_has_no_office_in_the_base(overlay):
    kb = overlay("P-1,Ada Quill,person,,WMK,,,,")
    assert kb.number("P-1") < 0
    (candidate,) = kb.candidates("ada quill")
    assert kb.offices(candidate.entry.number) == ()


def test_the_version_says_what_was_laid_over(overlay, kb):
    first = overlay("S-1,Camp Quiet,place,,IRQ,,,,").version
    assert first.startswith(f"{kb.version}+")
    assert overlay("S-2,Camp Quiet,place,,IRQ,,,,").version != first


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Camp,place,,,,,,", "the id '' is none"),
        ("a b,Camp,place,,,,,,", "the id 'a b' is none"),
        ("S-2,,place,,,,,,", "there is no name"),
        ("S-2,Camp,town,,,,,,", "the kind 'town' is none of person, organization"),
        ("S-1,Camp,place,,,,,,", "another row with the id 'S-1'"),
        ("S-2,Camp,place,Old Town,,,,,", "the name 'old town' is also one of 'S-1' on line 2"),
        ("S-2,Camp,place,,Iraq,,,,", "the country 'Iraq' is no ISO 3166-1 code"),
        ("S-2,Camp,place,,,,91,0,", "the latitude 91 lies outside of ±90"),
        ("S-2,Camp,place,,,,0,-181,", "the longitude -181 lies outside of ±180"),
        ("S-2,Camp,place,,,,nan,0,", "the latitude nan lies outside of ±90"),
        ("S-2,Camp,place,,,,north,0,", "the latitude 'north' is no number"),
        ("S-2,Camp,place,,,,1,,", "latitude and longitude go together"),
        (f"S-2,{'x' * 300},place,,,,,,", "longer than 120 characters"),
        ("S-2,!?,place,,,,,,", "no letters"),
        ("S-2,Camp,place,,,,,,,one more", "more cells than columns"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(overlay, row, message):
    with pytest.raises(UsageError, match=r"my\.csv, line 3: ") as error:
        overlay("S-1,Town,place,Old Town,IRQ,,,,", row)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("id,name", "column 'kind' is missing"),
        ("id,name,kind,alias", "no column 'alias' is known"),
        ("id,name,name,kind", "column 'name' is there twice"),
    ],
)
def test_wrong_columns(overlay, columns, message):
    with pytest.raises(UsageError, match="line 1") as error:
        overlay("S-1,Town", columns=columns)
    assert message in str(error.value)


def test_what_is_no_csv_is_named_by_its_line(overlay):
    with pytest.raises(UsageError, match=r"my\.csv, after line 1: field larger"):
        overlay(f"S-1,{'x' * 200_000},place,,,,,,")


def test_only_line_ends_end_a_row(overlay, parsed):
    kb = overlay("S-1,Camp\u2028Quiet,place,,IRQ,,,,", '"S-2","Camp\nLoud",place,,IRQ,,,,')
    assert kb.number("S-1") is not None
    assert linked(parsed, kb, "They left [Camp Loud|FAC].")["Camp Loud"].entity_id == "S-2"


def test_a_file_that_is_not_there(kb):
    with pytest.raises(UsageError, match=r"cannot read the entities nowhere\.csv"):
        KnowledgeBase(kb.path, "nowhere.csv")
