"""What the check of an article's rows finds, on rows that are wrong on purpose."""

import dataclasses
import datetime as dt

import pytest

from schemas import (
    Cluster,
    Date,
    Entity,
    Event,
    MissingStepError,
    Parse,
    Participant,
    Quote,
    Rules,
    Sentence,
    Span,
    Trigger,
    Zone,
    new_article,
    stable_id,
)
from schemas.check import problems, spans

TEXT = "Troops left\n\nTroops left Goma on Friday."
FRIDAY = Date(
    text="Friday",
    start=33,
    end=39,
    type="DATE",
    value="2019-03-08",
    first_day=dt.date(2019, 3, 8),
    last_day=dt.date(2019, 3, 8),
    precision="day",
    anchor="publication",
    rule="weekday",
)
TROOPS = Participant(
    text="Troops", start=13, end=19, kind="group", head_start=13, head_end=19, basis="clause"
)
EVENT = Event(
    event_id=stable_id("a", "20", "24", "RETREAT"),
    doc_id="a",
    event_type="RETREAT",
    quad_class=2,
    zone="body",
    trigger=Trigger(text="left", lemma="leave", start=20, end=24),
    factuality="happened",
    is_asserted=True,
    time_frame="current",
    actors=(TROOPS,),
    event_date_basis="clause",
    date_expression=FRIDAY,
    sentence=Span(text=TEXT[13:], start=13, end=40),
    rules=Rules(),
)
ARTICLE = new_article(
    TEXT,
    id="a",
    zones=(Zone(kind="title", start=0, end=11), Zone(kind="body", start=13, end=40)),
    sentences=(Sentence(start=0, end=11, zone=0), Sentence(start=13, end=40, zone=1)),
    quotes=(Quote(start=13, end=24),),
    entities=(Entity(text="Goma", start=25, end=29, kind="place"),),
    dates=(FRIDAY,),
    events=(EVENT,),
)
CLUSTER = Cluster(event_id=EVENT.event_id, cluster_id=EVENT.event_id)


def with_event(**changes):
    return dataclasses.replace(ARTICLE, events=(dataclasses.replace(EVENT, **changes),))


def with_actor(**changes):
    return with_event(actors=(dataclasses.replace(TROOPS, **changes),))


def only(article, clusters=None):
    (problem,) = problems(article, clusters)
    return problem


def test_nothing_is_wrong_with_what_is_right():
    assert list(problems(ARTICLE, (CLUSTER,))) == []


def test_every_span_is_looked_at():
    assert [span.where for span in spans(EVENT, "event")] == [
        "event.trigger",
        "event.actors[0]",
        "event.actors[0].head",
        "event.actors[0].antecedent",
        "event.date_expression",
        "event.sentence",
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"start": 12}, "event 0.actors[0]: 12-19 is '\\nTroops', not 'Troops'"),
        ({"end": 99}, "event 0.actors[0]: 13-99 is no stretch of 40 characters"),
        ({"start": -1}, "event 0.actors[0]: -1-19 is no stretch of 40 characters"),
        ({"text": " ", "start": 12, "end": 13}, "event 0.actors[0]: 12-13 has no words"),
        ({"head_end": 41}, "event 0.actors[0].head: 13-41 is no stretch of 40 characters"),
        ({"antecedent_end": 6}, "event 0.actors[0].antecedent: only one of start None and end 6"),
        ({"kind": "animal"}, "event 0.actors[0].kind: 'animal' is not legal"),
        ({"basis": None}, "event 0.actors[0].basis: null"),
        ({"score": "high"}, "event 0: does not fit its table: "),
    ],
)
def test_a_wrong_participant_is_found(changes, problem):
    assert only(with_actor(**changes)).startswith(problem)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"event_id": "x"}, "event 0: its id is not the hash of"),
        ({"doc_id": "b"}, "event 0: is of document b, not of a"),
        ({"zone": "title"}, "event 0: zone 1, in which it stands, is not title"),
        ({"is_asserted": False}, "event 0: is_asserted is False for happened"),
        ({"sentence": Span(text="Troops", start=13, end=19)}, "event 0: 13-19 is no sentence"),
        ({"quad_class": 999}, "event 0: does not fit its table: "),
        (
            {"event_date_first": dt.date(2019, 3, 9), "event_date_last": dt.date(2019, 3, 8)},
            "event 0: its first day 2019-03-09 is after its last 2019-03-08",
        ),
    ],
)
def test_a_wrong_event_is_found(changes, problem):
    assert any(found.startswith(problem) for found in problems(with_event(**changes)))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"zones": (Zone(kind="body", start=0, end=39),)}, "outside of the zones: '.'"),
        ({"zones": (ARTICLE.zones[1],)}, "outside of the zones: 'Troops left'"),
        ({"zones": ARTICLE.zones[::-1]}, "document.zones[1]: 0-11 follows 40"),
        (
            {"sentences": (Sentence(start=0, end=12, zone=0), ARTICLE.sentences[1])},
            "document.sentences[0]: 0-12 is not in its zone 0",
        ),
        (
            {"sentences": (ARTICLE.sentences[0], Sentence(start=13, end=40, zone=2))},
            "document.sentences[1]: 13-40 is not in its zone 2",
        ),
        ({"sentences": ARTICLE.sentences[::-1]}, "document.sentences[1]: 0-11 follows 40"),
        ({"events": (EVENT, EVENT)}, f"event_id {EVENT.event_id}: 2 events have it"),
    ],
)
def test_a_wrong_document_is_found(changes, problem):
    assert problem in list(problems(dataclasses.replace(ARTICLE, **changes)))


def test_a_token_that_stands_elsewhere_is_found():
    fields = [field.name for field in dataclasses.fields(Parse)]
    parse = Parse(
        **dict.fromkeys(fields, ()) | {"starts": (1,), "ends": (7,), "words": ("Troops",)}
    )
    article = dataclasses.replace(ARTICLE, parse=parse)
    assert only(article) == "token 'Troops': 1-7 is 'roops ' and follows 0"


def test_clusters_hold_every_event_once_and_are_named_after_the_smallest():
    assert only(ARTICLE, ()) == "clusters: 0 rows, which are not one for each of 1 events"
    wrong = dataclasses.replace(CLUSTER, cluster_id="0")
    assert only(ARTICLE, (wrong,)) == f"cluster 0: its smallest event is {EVENT.event_id}"


def test_an_article_that_has_not_been_through_the_steps_says_so():
    with pytest.raises(MissingStepError, match="Segment"):
        list(problems(new_article(TEXT)))


@pytest.mark.parametrize(
    ("between", "is_right"), [(" | ", True), (" or ", False), ("\n|\n", False)]
)
def test_only_what_parts_two_zones_of_a_line_may_belong_to_neither(between, is_right):
    text = f"By Jo Doe{between}May 3"
    start = len(text) - 5
    zones = (
        Zone(kind="byline", start=0, end=9),
        Zone(kind="published", start=start, end=start + 5),
    )
    found = list(problems(new_article(text, zones=zones, sentences=(), events=())))
    assert found == ([] if is_right else [f"outside of the zones: {between.strip()!r}"])
