"""Who joins an event, how sure it is, and the event that an article is about."""

import csv
import datetime as dt
from collections.abc import Callable

import pytest

from schemas import Article, Event, Parse, Published, new_article
from seeds import seed
from transforms.dates import load_normalizer
from transforms.entities import load_linker
from transforms.events import extract_events
from transforms.events.linear import Linear, load_model
from transforms.events.paths import path
from transforms.events.tree import Tree
from transforms.segmentation import load_segmenter

MODELS = ("actor", "recipient", "type", "rest")


@pytest.fixture(scope="module")
def read(parser: Callable[[Article], Article]) -> Callable[[str], Article]:
    steps = (load_segmenter(), parser, load_linker(), load_normalizer(), extract_events)
    day = dt.datetime(2015, 3, 20, tzinfo=dt.UTC)
    published = Published(at=day, on=day.date(), precision="day")

    def run(text: str) -> Article:
        article = new_article(text, published=published)
        for step in steps:
            article = step(article)
        return article

    return run


def test_a_score_is_a_sum_of_known_weights() -> None:
    model = Linear(bias=-1.0, weights={"a": 2.0, "b": 0.5})
    assert model.score(["a", "b", "c"]) == 1.5
    assert model.probability(["b", "b"]) == 0.5
    assert 0.0 < model.probability([]) < 0.5
    assert Linear(bias=-1e9, weights={}).probability([]) >= 0.0


@pytest.mark.parametrize("name", MODELS)
def test_models_are_read_as_they_are_written(name: str) -> None:
    lines = seed(f"events/models/{name}.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    assert rows[0]["feature"] == ""
    weights = [abs(float(row["weight"])) for row in rows[1:]]
    assert weights == sorted(weights, reverse=True)
    model = load_model(name)
    assert len(model.weights) == len(rows) - 1 > 100
    assert model.bias == float(rows[0]["weight"])


def test_the_way_to_a_trigger_tells_prepositions_and_skips_coordination() -> None:
    words = "Peru and Chile sent food to farmers in Chad".split()  # noqa: SIM905
    deps = ("nsubj", "cc", "conj", "ROOT", "dobj", "prep", "pobj", "prep", "pobj")
    heads = (3, 0, 0, 3, 3, 3, 5, 6, 7)
    starts = tuple(sum(len(w) + 1 for w in words[:i]) for i in range(len(words)))
    parse = Parse(
        starts=starts,
        ends=tuple(s + len(w) for s, w in zip(starts, words, strict=True)),
        words=tuple(words),
        lemmas=tuple(words),
        tags=("NNP", "CC", "NNP", "VBD", "NN", "IN", "NNS", "IN", "NNP"),
        deps=deps,
        heads=heads,
        sentence_starts=(0,),
        sentence_indexes=(0,),
        names=(),
    )
    tree = Tree(parse)
    assert str(path(tree, 0, 3)) == str(path(tree, 2, 3)) == "nsubj|"
    assert str(path(tree, 6, 3)) == "to|"
    assert str(path(tree, 8, 3)) == "in<to|"
    assert str(path(tree, 0, 4)) == "nsubj|dobj"


def only(article: Article, trigger: str) -> Event:
    (event,) = (event for event in article.events or () if event.trigger.text == trigger)
    return event


@pytest.mark.slow
def test_who_stands_in_no_slot_can_take_part(read: Callable[[str], Article]) -> None:
    event = only(read("Denmark launched an appeal to help farmers in Chad."), "launched")
    assert [actor.text for actor in event.actors] == ["Denmark"]
    assert [recipient.text for recipient in event.recipients] == ["Chad"]
    assert event.rules.roles == "verb+ranking"


@pytest.mark.slow
def test_what_slots_hold_stays(read: Callable[[str], Article]) -> None:
    event = only(read("Rebels attacked the garrison near Leni."), "attacked")
    assert [recipient.text for recipient in event.recipients] == ["garrison"]
    assert event.rules.roles == "verb"


@pytest.mark.slow
def test_a_verb_that_fits_but_for_its_subject_is_told_so(read: Callable[[str], Article]) -> None:
    event = only(read("The Zorvians withdrew their troops from Chad."), "withdrew")
    assert event.event_type == "RETREAT"
    lame = read("The committee meets the needs of small firms.").events
    assert lame == ()


@pytest.mark.slow
def test_a_noun_with_nobody_beside_it_is_told_so(read: Callable[[str], Article]) -> None:
    found = only(read("The investigation has found that the pilot was tired."), "investigation")
    assert (found.event_type, found.actors, found.recipients) == ("ACCUSE", (), ())
    assert found.rules.type == "accuse.investigate-participants"
    assert not read("Sales fell by a third in May.").events


@pytest.mark.slow
def test_a_word_that_goes_on_behind_a_hyphen_is_another(read: Callable[[str], Article]) -> None:
    assert not read("The mayor wants to kick-start the market.").events
    ceasefire = read("The cease-fire between Chad and Sudan took effect on Monday.").events or ()
    assert [event.trigger.text for event in ceasefire] == ["cease-fire"]


@pytest.mark.slow
def test_confidence_tells_a_plain_event_from_a_doubtful_one(read: Callable[[str], Article]) -> None:
    plain = only(read("Turkey condemned the Syrian government on Friday."), "condemned")
    doubtful = only(read("Talks may resume. Both sides met in Geneva on Monday."), "Talks")
    assert plain.confidence is not None
    assert doubtful.confidence is not None
    assert 0 <= doubtful.confidence < 0.5 < plain.confidence <= 1


@pytest.mark.slow
def test_one_event_is_the_main_one(read: Callable[[str], Article]) -> None:
    article = read(
        "Soldiers shell market\n\n"
        "LENI, March 20 - Soldiers shelled a market in Leni on Thursday, killing six people.\n\n"
        "The mayor condemned the army. Last year the army had arrested two reporters."
    )
    main = [event for event in article.events or () if event.is_main]
    assert [event.event_type for event in main] == ["ASSAULT"]
    assert main[0].zone == "body"
    assert {event.is_main for event in article.events or ()} == {True, False}


@pytest.mark.slow
def test_the_lead_says_where_and_when_the_main_event_was(read: Callable[[str], Article]) -> None:
    article = read(
        "Protesters march on palace\n\n"
        "Thousands of protesters marched. It was the third march in Nairobi.\n\n"
        "Shops had closed on Thursday. The police arrested a student."
    )
    (main,) = (event for event in article.events or () if event.is_main)
    assert main.place is not None
    assert (main.place.text, main.place.basis) == ("Nairobi", "document")
    assert (main.event_date_first, main.event_date_basis) == (dt.date(2015, 3, 19), "document")


@pytest.mark.slow
def test_the_day_that_a_clause_is_about_is_its_day(read: Callable[[str], Article]) -> None:
    article = read("The trouble began on March 2, when Kenya suspended talks with Chad.")
    event = only(article, "suspended")
    assert (event.event_date_first, event.event_date_basis) == (dt.date(2015, 3, 2), "sentence")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sentence", "trigger", "day"),
    [
        ("Shops shut after the 2 March murder of a bishop.", "murder", (3, 2)),
        ("They broke off the talks after the 2 March raid on Leni.", "broke", None),
        (
            "The army condemned the murder of two men, committed on Sunday by rebels.",
            "murder",
            (3, 15),
        ),
        ("The attack that killed ten people on Sunday was condemned yesterday.", "attack", (3, 15)),
        ("The attack on the town was condemned on Sunday by the mayor.", "attack", None),
        ("Rebels shelled the market a few minutes ago.", "shelled", (3, 20)),
        ("In the past few hours police arrested two editors.", "arrested", (3, 20)),
        ("From 1640 to 2215 the town was shelled by rebels.", "shelled", (3, 20)),
    ],
)
def test_whose_day_it_is(
    read: Callable[[str], Article], sentence: str, trigger: str, day: tuple[int, int] | None
) -> None:
    event = only(read(f"{sentence} It was not the first time."), trigger)
    assert event.event_date_first == (dt.date(2015, *day) if day else None)


@pytest.mark.slow
def test_a_title_tells_of_the_day_of_the_main_event(read: Callable[[str], Article]) -> None:
    article = read(
        "Police arrest bishop in Leni\n\n"
        "LENI, March 20 - Police arrested a bishop in Leni on Thursday, witnesses said.\n\n"
        "The bishop had led prayers in the town for years."
    )
    title, body, *_ = article.events or ()
    assert (title.zone, body.is_main) == ("title", True)
    assert title.event_date_first == body.event_date_first == dt.date(2015, 3, 19)
    assert (title.event_date_basis, body.event_date_basis) == ("document", "clause")
