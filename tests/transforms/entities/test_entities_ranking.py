"""What speaks for and against a candidate."""

import pytest

from transforms.entities import explain, locate, points
from transforms.entities._words import Words
from transforms.entities.adjacency import lies_in
from transforms.entities.fold import fold
from transforms.entities.lookup import candidates_of
from transforms.entities.mentions import Mention
from transforms.entities.nesting import goes_on, hangs_on, is_compound
from transforms.entities.publisher import home_of, is_named_after, publisher_key
from transforms.entities.ranking import choose
from transforms.entities.sports import ANY, sports_of, stands_as_side, stands_in_brackets


def first_name(parsed, text, **more):
    """Return the words of a text and its first marked name."""
    words = Words(parsed(text, **more))
    name = words.parse.names[0]
    return words, Mention(name.first, name.end, name.label)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fire in [Torvik|GPE], Westmark, spread.", {"WMK"}),
        ("Fire in [Torvik|GPE] (Nordoland).", {"NDL"}),
        ("Westmark 's [Torvik|GPE] burns.", {"WMK"}),
        ("The Nordish port of [Torvik|GPE] burns.", {"NDL"}),
        # The comma of a list or of an opening phrase says nothing.
        ("In [Torvik|GPE], Westmark Minister Lind spoke.", set()),
        ("Fire in [Torvik|GPE] and Westmark.", set()),
        ("Fire in [Torvik|GPE]\nWestmark, too.", set()),
    ],
)
def test_in_what_a_place_is_said_to_lie(kb, parsed, text, expected):
    words, name = first_name(parsed, text)
    assert lies_in(words, name, kb) == expected


@pytest.mark.parametrize(
    ("text", "is_side"),
    [
        ("[Torvik|GPE] 2 Ellis 0", True),
        ("They beat [Torvik|GPE] again.", True),
        ("[Torvik|GPE] vs Ellis", True),
        ("They live in [Torvik|GPE] again.", False),
        ("Ellis 2\n[Torvik|GPE] burns.", False),
    ],
)
def test_where_sides_stand(parsed, text, is_side):
    words, name = first_name(parsed, text)
    assert stands_as_side(words, name.first, name.end) is is_side


def test_an_athletes_country_stands_in_brackets(parsed):
    words, name = first_name(parsed, "Ada Quill ([Westmark|GPE]) won.")
    assert stands_in_brackets(words, name.first)
    words, name = first_name(parsed, "Ada Quill left [Westmark|GPE].")
    assert not stands_in_brackets(words, name.first)


def test_what_an_article_tells_of():
    class Stub:
        words = ("the", "goalkeeper", "saved", "a", "Penalty", "in", "the", "match")

        def __len__(self):
            return len(self.words)

    sports = sports_of(Stub())
    assert sports["soccer_team"] == sports[ANY] == 1.0
    assert "baseball_team" not in sports


def test_parts_of_longer_names(parsed):
    assert goes_on(*first_name(parsed, "The [Nordish|NORP] Ocean Race starts."), frozenset())
    assert not goes_on(*first_name(parsed, "The [Nordish|NORP] President spoke."), frozenset())
    assert not goes_on(*first_name(parsed, "The [Nordish|NORP] Lind spoke."), frozenset({2}))
    assert hangs_on(*first_name(parsed, "The Bank of [Westmark|GPE] shut."))
    assert not hangs_on(*first_name(parsed, "The fall of [Westmark|GPE] came."))
    assert is_compound(*first_name(parsed, "A [Torvik|GPE]-based firm."))
    assert not is_compound(*first_name(parsed, "Fire in [Torvik|GPE] - again."))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the Port Ellis", "Port Ellis"),
        ("City of Port Ellis", "Port Ellis"),
        ("Torvik Prefecture", "Torvik"),
        ("Acme Holdings Inc.", "Acme"),
    ],
)
def test_what_may_be_left_out_of_a_name(kb, name, expected):
    assert expected in {c.entry.name for c in candidates_of(kb, [fold(name)])}


def test_publishers(kb):
    assert publisher_key("Riders Press Agency") == publisher_key("www.riderspressagency.co.uk")
    assert publisher_key("The Ellis Post") == publisher_key("theellispost.com")
    assert publisher_key("Ellis Post") != publisher_key("Ellis Times")
    assert home_of("ellispost.ie", kb) == ("IRL", None)
    assert home_of("ellispost.com", kb) is None
    assert home_of(None, kb) is None
    assert is_named_after("ellisporttimes.com", "ellisport")
    assert not is_named_after("Torvik Times", "ellisport")


def test_scores_are_probabilities(kb, parsed):
    text = "Floods hit [Torvik|GPE]."
    found = explain(parsed(text), (11, 17), kb=kb)
    assert found.name == "Torvik"
    assert [r.score for r in found.ranked] == sorted((r.score for r in found.ranked), reverse=True)
    assert 0 < sum(r.score for r in found.ranked) < 1
    assert found.link is None
    assert found.nobody[0][0]
    assert choose(()) is None


def test_a_name_that_was_not_found_is_explained_as_well(kb, parsed):
    found = explain(parsed("floods hit westmark ."), (11, 19), kb=kb)
    assert found.ranked[0].candidate.entry.id == "Q1"
    assert points(found.ranked[0].features)
    assert explain(parsed("Floods  hit."), (6, 7), kb=kb) is None


def test_given_names_of_places_get_the_likeliest_place(kb, parsed):
    article = parsed(
        "Boats left Torvik for Westmark and Nowhere.\nThe [Westmarkian|NORP] navy came."
    )
    spans = [(11, 17), (22, 30), (35, 42), (400, 410)]
    located = locate(article, spans, kb=kb)
    assert {span: entry.id for span, entry in located.items()} == {(11, 17): "gn:105"}
    # Westmark has no coordinates in these tables, so it is on no map.


def test_a_team_is_called_by_its_place(kb):
    found = {(c.entry.id, c.alias) for c in kb.candidates("port ellis")}
    assert found == {("gn:102", "name"), ("Q24", "home")}
    assert [c.alias for c in kb.candidates("rovers")] == []


SPORT = "The soccer goal came late, and the goalkeeper saved a penalty in the league match.\n"


def test_in_sport_a_city_is_its_team(linked):
    (team,) = linked(f"{SPORT}Port Ellis 2 Southam 0", tags={"2": "CD", "0": "CD"})
    assert (team.text, team.entity_id, team.label) == ("Port Ellis", "Q24", None)
    (city,) = linked("The mayor of [Port Ellis|GPE] resigned.")
    assert city.entity_id != "Q24"
