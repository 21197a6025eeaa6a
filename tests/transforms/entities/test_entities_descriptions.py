"""Phrases that mean a person by an office: on hand-made parses, then with the real model."""

import dataclasses
import datetime as dt

import pytest

from schemas import Published, new_article
from transforms.entities import link_entities, load_linker
from transforms.entities.descriptions import is_called
from transforms.entities.entry import Office
from transforms.events import extract_events
from transforms.segmentation import segment

DAY = dt.date(2014, 6, 26)
THE_MINISTER = {
    "tags": {"The": "DT"},
    "deps": {"The": ("det", "minister"), "prime": ("amod", "minister"),
             "foreign": ("amod", "minister"), "Sandrean": ("amod", "minister"),
             "Nordish": ("amod", "minister"), "minister": ("nsubj", "left")},
}  # fmt: skip


@pytest.fixture
def described(kb, parsed):
    """Return what is described in a text with marked names, published on 26 June 2014."""

    def describe(marked, *, day=DAY):
        article = link_entities(parsed(marked, day=day, **THE_MINISTER), kb=kb)
        return [
            (found.text, found.entity_id, found.role, _antecedent(article, found))
            for found in article.descriptions
        ]

    return describe


def _antecedent(article, found):
    if found.antecedent_start is None:
        return None
    return article.text[found.antecedent_start : found.antecedent_end]


def test_the_one_who_is_named_and_has_the_office(described):
    found = described("[Hamid al-Rashan|PERSON] came.\nThe prime minister left.")
    assert found == [
        ("The prime minister", "Q10", "Prime Minister of Sandrea", "Hamid al-Rashan"),
    ]


def test_the_one_who_held_it_in_the_country_that_is_named(described):
    found = described("The [Sandrean|NORP] prime minister left.")
    assert found == [("The Sandrean prime minister", "Q10", "Prime Minister of Sandrea", None)]


@pytest.mark.parametrize(
    ("marked", "day"),
    [
        ("The [Sandrean|NORP] prime minister left.", dt.date(2014, 9, 9)),  # out of office
        ("The [Sandrean|NORP] prime minister left.", None),
        ("The [Nordish|NORP] prime minister left.", DAY),  # the tables know none
        ("The prime minister left.", DAY),  # of what country?
        ("The prime minister left.\n[Hamid al-Rashan|PERSON] came.", DAY),  # not yet named
        ("[Greta Lind|PERSON] came.\nThe prime minister left.", DAY),  # has another office
        ("[Hamid al-Rashan|PERSON] came.\nThe [Nordish|NORP] prime minister left.", DAY),
        ("prime [Hamid al-Rashan|PERSON] came.\nA prime minister left.", DAY),  # indefinite
    ],
)
def test_nobody_where_it_is_not_sure(described, marked, day):
    assert described(marked, day=day) == []


def test_an_office_of_the_day_only(described):
    text = "[Greta Lind|PERSON] came.\nThe foreign minister left."
    assert [found[1] for found in described(text, day=dt.date(2014, 1, 1))] == ["Q11"]
    assert described(text, day=dt.date(2016, 1, 1)) == []


def test_a_heads_title_is_that_of_a_country(kb):
    premier = Office("Prime Minister of Sandrea", "GOV", 3, "IRQ", None, None, None)
    of_a_part = premier._replace(title="Prime Minister of the Lower Plains")
    assert is_called(premier, frozenset({"prime", "minister"}), kb)
    assert is_called(premier, frozenset({"leader"}), kb)
    assert not is_called(premier, frozenset({"minister"}), kb)
    assert not is_called(of_a_part, frozenset({"prime", "minister"}), kb)


CASES = [
    ("Barack Obama spoke in Ohio. The president promised aid.", ["Barack Obama"]),
    ("Iraq's prime minister refused to resign.", ["Nouri al-Maliki"]),
    ("Sergey Lavrov met John Kerry. The Russian foreign minister left.", ["Sergey Lavrov"]),
    ("Bashar al-Assad gave a speech. The Syrian leader promised elections.", ["Bashar al-Assad"]),
    # The text alone gives the title.
    ("President Ada Exmouth spoke. The president said she would stay.", [None]),
    # Of several nobody knows which; a club's is none; a former one neither.
    ("President Ada Exmouth met President Bob Quill. The president left.", []),
    ("Barack Obama met François Hollande. The president left early.", []),
    ("Barack Obama waved. The president of the club resigned.", []),
    ("Barack Obama waved. The former president spoke.", []),
    ("Barack Obama waved. The president and chief executive resigned.", []),
]


@pytest.fixture(scope="module")
def link():
    return load_linker()


def _article(text):
    published = Published(at=None, on=DAY, precision="day")
    return new_article(text, published=published)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "meant"), CASES)
def test_in_real_sentences(parser, link, text, meant):
    article = link(parser(segment(_article(text))))
    assert [found.name for found in article.descriptions] == meant
    assert all(text[f.start : f.end] == f.text for f in article.descriptions)


@pytest.mark.slow
def test_events_gain_an_actor_and_say_so(parser, link):
    text = "John Kerry flew to Baghdad. The secretary of state condemned the attack on Monday."
    article = dataclasses.replace(link(parser(segment(_article(text)))), dates=())
    (event,) = [e for e in extract_events(article).events if e.trigger.text == "condemned"]
    (actor,) = event.actors
    assert (actor.wikidata_id, actor.role) == ("Q22316", "United States Secretary of State")
    assert actor.basis == "coreference"
    assert text[actor.antecedent_start : actor.antecedent_end] == "John Kerry"
    assert text[actor.start : actor.end] == "secretary"
