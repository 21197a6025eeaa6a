"""Names in, entities out."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import MissingStepError, new_article
from transforms.entities import explain, in_office, link_entities

DAY = dt.date(2014, 6, 26)


def ids(entities):
    return [(e.text, e.entity_id) for e in entities]


def test_a_country_is_found_with_all_that_is_known_of_it(linked):
    (entity,) = linked("Troops entered [Westmark|GPE].")
    assert (entity.name, entity.kind, entity.place_kind) == ("Westmark", "place", "country")
    assert (entity.country, entity.wikidata_id, entity.geonames_id) == ("WMK", "Q1", "11")
    assert entity.label == "GPE"
    assert 0.9 < entity.score < 1


def test_a_peoples_name_is_its_country_also_where_the_recogniser_missed_it(linked):
    entities = linked("Westmarkian jets and [Sandrean|NORP] guns.", tags={"Westmarkian": "JJ"})
    assert ids(entities) == [("Westmarkian", "Q1"), ("Sandrean", "Q2")]
    assert [e.label for e in entities] == [None, "NORP"]
    assert {e.place_kind for e in entities} == {"country"}


def test_dates_and_numbers_are_no_entities(linked):
    assert linked("[Monday|DATE] saw [three|CARDINAL] raids.") == ()


def test_articles_possessives_and_titles_are_no_part_of_a_name(linked):
    entities = linked("[The Westmark's|GPE] envoy met [Minister Greta Lind|PERSON].")
    assert [e.text for e in entities] == ["Westmark", "Greta Lind"]


def test_a_peoples_name_before_a_title_is_a_name_of_its_own(linked):
    entities = linked("[Sandrean Prime Minister Hamid al-Rashan|PERSON] spoke.")
    assert ids(entities) == [("Sandrean", "Q2"), ("Hamid al-Rashan", "Q10")]


def test_a_surname_is_the_full_name_of_the_article(linked):
    text = "[Rashan|GPE] won.\nCritics say [Hamid al-Rashan|PERSON] cheated.\nal-Rashan denied it."
    entities = linked(text)
    assert {e.entity_id for e in entities} == {"Q10"}
    assert [e.text for e in entities] == ["Rashan", "Hamid al-Rashan", "Rashan"]


def test_a_surname_of_somebody_unknown_is_still_a_person(linked):
    entities = linked("[Olga Brandt|PERSON] came.\n[Brandt|GPE] left.")
    assert [(e.kind, e.entity_id) for e in entities] == [("person", None), ("person", None)]


def test_an_acronym_is_what_the_article_says_it_stands_for(linked):
    entities = linked("The [Front of the Plains|ORG] (FOTP) fled.\n[FOTP|ORG] had ruled.")
    assert [e.entity_id for e in entities] == ["local:front"] * 3
    assert {(e.kind, e.sector) for e in entities} == {("group", "REB")}
    # No id of Wikidata is made up for it.
    assert {e.wikidata_id for e in entities} == {None}


def test_a_name_of_two_is_whom_the_article_names_in_full(kb, parsed, linked):
    # RPA is the Rural Party or the Riders' Press Agency, which is less known.
    alone = explain(parsed("The [RPA|ORG] said so."), (4, 7), kb=kb)
    assert [r.candidate.entry.id for r in alone.ranked] == ["Q22", "Q23"]
    both = linked("[Riders Press Agency|ORG] staff struck. The [RPA|ORG] paid.")
    assert ids(both) == [("Riders Press Agency", "Q23"), ("RPA", "Q23")]


def test_an_acronym_of_somebody_unknown_is_nobody_known(linked):
    entities = linked("The [United Ostrich Party|ORG] (UOP) lost. [UOP|ORG] voters stayed.")
    assert {e.entity_id for e in entities} == {None}


def test_the_arabic_article_is_left_out_in_countries_that_are_in_the_article(linked):
    with_country = linked("Jets of [Sandrea|GPE] landed near [Qadir|GPE].")
    assert with_country[1].geonames_id == "101"
    assert (with_country[1].kind, with_country[1].place_kind) == ("place", "city")
    assert linked("Jets met [Qadir|PERSON].")[0].entity_id is None


@pytest.mark.parametrize(
    ("text", "geonames"),
    [
        ("Floods hit [Torvik|GPE], [Nordoland|GPE].", "104"),
        ("Floods hit [Torvik|GPE], [Westmark|GPE].", "105"),
        ("Boats left [Torvik|GPE] ([Nordoland|GPE]).", "104"),
        ("The [Westmarkian|NORP] city of [Torvik|GPE] drowned.", "105"),
    ],
)
def test_of_two_places_of_a_name_the_article_chooses(linked, text, geonames):
    torvik = next(e for e in linked(text) if e.text == "Torvik")
    assert torvik.geonames_id == geonames


def test_of_two_places_of_a_name_none_is_chosen_where_nothing_tells(linked):
    (torvik,) = linked("Floods hit [Torvik|GPE].")
    assert torvik.entity_id is None


def test_a_small_town_is_not_a_person(linked):
    assert linked("[Ellis|PERSON] paid.")[0].entity_id is None


def test_the_role_is_that_of_the_day(kb, linked):
    (lind,) = linked("[Greta Lind|PERSON] resigned.")
    assert (lind.role, lind.role_valid_on) == ("Foreign Minister", DAY)
    assert (lind.sector, lind.country) == ("GOV", "NDL")
    later = in_office(lind, kb, dt.date(2018, 1, 1))
    assert (later.role, later.sector, later.country) == (None, None, None)


def test_of_two_offices_the_text_chooses_else_the_higher(linked):
    assert linked("[Hamid al-Rashan|PERSON] spoke.")[0].role == "Prime Minister of Sandrea"
    (interior,) = linked("Interior Minister [Hamid al-Rashan|PERSON] spoke.")
    assert interior.role == "Minister of Interior"


def test_without_a_date_nobody_is_in_office(kb, parsed):
    (entity,) = link_entities(parsed("[Hamid al-Rashan|PERSON] spoke."), kb=kb).entities
    assert (entity.entity_id, entity.role, entity.role_valid_on) == ("Q10", None, None)


def test_two_names_that_the_recogniser_took_for_one(linked):
    entities = linked("The [Union of Ports and Acme|ORG] sued.")
    assert ids(entities) == [("Union of Ports", "Q20"), ("Acme", "Q21")]


def test_a_headline_in_title_case_is_not_a_name(linked):
    text = "[Westmarkian Jets Bomb Sandrea|ORG]\nThe jets came to bomb at night."
    entities = linked(text, zone="title")
    assert ids(entities) == [("Westmarkian", "Q1"), ("Sandrea", "Q2")]


def test_an_ordinary_word_is_not_what_some_table_has_under_it(linked):
    assert linked("The [House|ORG] voted.")[0].entity_id is None


def test_a_sentence_in_capitals(linked):
    text = (
        "SANDREA AND WESTMARK CLOSE THEIR [BORDER TODAY|ORG]\nThe border of [Westmark|GPE] is shut."
    )
    entities = linked(text, tags={"BORDER": "NN"})
    assert ids(entities) == [("SANDREA", None), ("WESTMARK", "Q1"), ("Westmark", "Q1")]


def test_a_thousand_mentions_of_one_name_take_no_longer_each(linked):
    entities = linked("\n".join(["[Hamid al-Rashan|PERSON] met [Rashan|PERSON] ."] * 500))
    assert len(entities) == 1000
    assert {e.entity_id for e in entities} == {"Q10"}


def test_a_name_of_many_words_is_not_looked_up(linked):
    (entity,) = linked(f"[{'Westmark ' * 60}Westmark|ORG] fell.")[:1]
    assert entity.text.startswith("Westmark")


def test_an_article_that_was_not_parsed(kb):
    with pytest.raises(MissingStepError, match="ParseSentences"):
        link_entities(new_article("Westmark fell."), kb=kb)


PIECES = ["[Westmark|GPE]", "[Hamid al-Rashan|PERSON]", "(FOTP)", "[Torvik|GPE],", "al-", "\n", "’s",
          "[The Front of the Plains|ORG]", "UOP", "[Ωμέγα|ORG]", "THE", "[\u0627\u0644|PERSON]", "*", "of",
          "[a|NORP]", "Westmarkians", "[(x|ORG]", "Ellis"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_spans_slice_back_and_do_not_overlap(kb, parsed, pieces):
    article = parsed("Then " + " ".join(pieces).replace("\n", "\nThen ") + " ended .", day=DAY)
    entities = link_entities(article, kb=kb).entities
    assert [article.text[e.start : e.end] for e in entities] == [e.text for e in entities]
    spans = [(e.start, e.end) for e in entities]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all(start < end for start, end in spans)
