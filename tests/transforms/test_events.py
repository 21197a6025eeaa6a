"""Event extraction on hand-made parses: fast, and independent of the model."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import (
    Article,
    Date,
    Dateline,
    Entity,
    Event,
    MissingStepError,
    Parse,
    Published,
    Quote,
    Sentence,
    Span,
    Zone,
    new_article,
    stable_id,
)
from transforms.events import clusters_in, extract_events, load_extractor
from transforms.events.counts import number_value
from transforms.events.lexicon import load_lexicon

DAY = dt.date(2015, 3, 20)
PUBLISHED = Published(at=dt.datetime(2015, 3, 20, tzinfo=dt.UTC), on=DAY, precision="day")

ATTACK = """
Libyan/libyan/JJ/amod/jets jets/jet/NNS/nsubj/bombed bombed/bomb/VBD/ROOT/bombed
two/two/CD/nummod/villages villages/village/NNS/dobj/bombed on/on/IN/prep/bombed
Monday/Monday/NNP/pobj/on ././././bombed
"""
MEETING = """
Peru/Peru/NNP/nsubj/held held/hold/VBD/ROOT/held talks/talk/NNS/dobj/held
with/with/IN/prep/talks Chile/Chile/NNP/pobj/with and/and/CC/cc/Chile
Brazil/Brazil/NNP/conj/Chile ././././held
"""
REFUSAL = """
Peru/Peru/NNP/nsubj/refused refused/refuse/VBD/ROOT/refused to/to/TO/aux/free
free/free/VB/xcomp/refused the/the/DT/det/hostages hostages/hostage/NNS/dobj/free
././././refused
"""
REPORTED = """
The/the/DT/det/army army/army/NN/nsubj/said said/say/VBD/ROOT/said
rebels/rebel/NNS/nsubj/shelled had/have/VBD/aux/shelled not/not/RB/neg/shelled
shelled/shell/VBN/ccomp/said the/the/DT/det/port port/port/NN/dobj/shelled ././././said
"""
KILLED = """
At/at/IN/advmod/30 least/least/JJS/advmod/30 30/30/CD/nummod/soldiers
soldiers/soldier/NNS/nsubjpass/killed were/be/VBD/auxpass/killed killed/kill/VBN/ROOT/killed
by/by/IN/agent/killed gunmen/gunman/NNS/pobj/by ././././killed
"""


def article(text: str, *, kind: str = "body", **known: object) -> Article:
    """Make an article of one sentence from word/lemma/tag/dep/head entries."""
    rows = [entry.rsplit("/", 4) for entry in text.split()]
    words = [row[0] for row in rows]
    starts, start = [], 0
    for word in words:
        starts.append(start)
        start += len(word) + 1
    plain = " ".join(words)
    parse = Parse(
        starts=tuple(starts),
        ends=tuple(s + len(w) for s, w in zip(starts, words, strict=True)),
        words=tuple(words),
        lemmas=tuple(row[1] for row in rows),
        tags=tuple(row[2] for row in rows),
        deps=tuple(row[3] if row[3] != "." else "punct" for row in rows),
        heads=tuple(words.index(row[4]) for row in rows),
        sentence_starts=(0,),
        sentence_indexes=(0,),
        names=(),
    )
    zones = (Zone(kind=kind, start=0, end=len(plain)),)  # type: ignore[arg-type]
    sentences = (Sentence(start=0, end=len(plain), zone=0),)
    defaults: dict[str, object] = {
        "zones": zones,
        "sentences": sentences,
        "quotes": (),
        "entities": (),
        "dates": (),
        "parse": parse,
        "published": PUBLISHED,
    }
    return new_article(plain, **(defaults | known))


def entity(text: str, of: Article, **known: object) -> Entity:
    start = of.text.index(text)
    return Entity(text=text, start=start, end=start + len(text), **known)  # type: ignore[arg-type]


def date(text: str, of: Article, day: dt.date, *, precision: str = "day") -> Date:
    start = of.text.index(text)
    return Date(
        text=text,
        start=start,
        end=start + len(text),
        type="DATE",
        value=day.isoformat(),
        first_day=day,
        last_day=day,
        precision=precision,  # type: ignore[arg-type]
        anchor="publication",
        rule="test",
    )


def place(text: str, of: Article, code: str) -> Entity:
    return entity(
        text,
        of,
        kind="place",
        place_kind="country",
        entity_id=f"id-{code}",
        name=text,
        country=code,
    )


def only(done: Article) -> Event:
    assert done.events is not None
    assert len(done.events) == 1, [event.trigger.text for event in done.events]
    return done.events[0]


def heads(event: Event, side: str) -> list[str | None]:
    return [participant.text for participant in getattr(event, side)]


def test_who_did_what_to_whom() -> None:
    event = only(extract_events(article(ATTACK)))
    assert event.event_type == "ASSAULT"
    assert event.event_mode == "aerial"
    assert heads(event, "actors") == ["Libyan jets"]
    assert heads(event, "recipients") == ["two villages"]
    assert (event.quad_class, event.cameo_root, event.intensity) == (4, "19", -9.5)
    assert (event.factuality, event.is_asserted) == ("happened", True)
    assert event.is_main is True
    assert event.confidence is not None
    assert event.confidence > 0.5


def test_event_has_the_columns_of_its_article() -> None:
    known = {"id": "a1", "url": "https://example.org/1", "source": "The Example", "title": "T"}
    event = only(extract_events(article(ATTACK, **known)))
    assert (event.doc_id, event.url, event.source, event.title) == tuple(known.values())
    assert event.published_on == DAY
    trigger = event.trigger
    assert event.event_id == stable_id("a1", str(trigger.start), str(trigger.end), "ASSAULT")


def test_an_unnamed_actor_has_the_country_before_it() -> None:
    made = article(ATTACK)
    libya = place("Libyan", made, "LBY")
    event = only(extract_events(dataclasses.replace(made, entities=(libya,))))
    (actor,) = event.actors
    assert (actor.country, actor.entity_id, actor.kind) == ("LBY", None, "other")


def test_date_of_the_clause() -> None:
    made = article(ATTACK)
    monday = date("Monday", made, dt.date(2015, 3, 16))
    event = only(extract_events(dataclasses.replace(made, dates=(monday,))))
    assert event.event_date_first == event.event_date_last == dt.date(2015, 3, 16)
    assert event.event_date_basis == "clause"
    assert event.date_expression == monday
    assert event.time_frame == "current"


def test_what_is_long_past_is_background() -> None:
    made = article(ATTACK)
    long_ago = date("Monday", made, dt.date(2003, 3, 17))
    event = only(extract_events(dataclasses.replace(made, dates=(long_ago,))))
    assert event.time_frame == "background"


def test_without_a_date_only_the_last_possible_day_is_known() -> None:
    event = only(extract_events(article(ATTACK)))
    assert (event.event_date_first, event.event_date_last) == (None, DAY)
    assert (event.event_date_basis, event.event_date_precision) == ("publication", "none")
    event = only(extract_events(article(ATTACK, published=None)))
    assert (event.event_date_last, event.event_date_basis) == (None, "unknown")


def test_the_dateline_comes_before_the_publication() -> None:
    line = Dateline(text="Libyan", start=0, end=6, day=dt.date(2015, 3, 19))
    made = article(ATTACK, dateline=line)
    damascus = entity("Libyan", made, kind="place", name="Tripoli")
    event = only(extract_events(dataclasses.replace(made, entities=(damascus,))))
    assert (event.event_date_last, event.event_date_basis) == (dt.date(2015, 3, 19), "dateline")
    assert event.place is not None
    assert (event.place.name, event.place.basis) == ("Tripoli", "dateline")


def test_two_sided_acts_have_both_sides_as_actors() -> None:
    made = article(MEETING)
    states = (place("Peru", made, "PER"), place("Chile", made, "CHL"), place("Brazil", made, "BRA"))
    event = only(extract_events(dataclasses.replace(made, entities=states)))
    assert event.event_type == "CONSULT"
    assert heads(event, "actors") == ["Peru", "Chile", "Brazil"]
    assert event.recipients == ()
    assert event.trigger.text == "held"


def test_a_governing_verb_decides_type_and_takes_in_what_it_governs() -> None:
    made = article(REFUSAL)
    event = only(extract_events(dataclasses.replace(made, entities=(place("Peru", made, "PER"),))))
    assert (event.event_type, event.event_mode) == ("REJECT", "yield")
    assert event.trigger.text == "refused"


def test_negation_and_report() -> None:
    event = only(extract_events(article(REPORTED)))
    assert (event.factuality, event.is_asserted) == ("not_happened", False)
    assert heads(event, "actors") == ["rebels"]
    (source,) = event.attribution
    assert (source.text, source.cue, source.is_quote) == ("army", "say", False)
    assert (event.event_date_first, event.event_date_last) == (None, None)


def test_quotation_names_its_speaker() -> None:
    made = article(ATTACK)
    quote = Quote(start=0, end=20, speaker_start=made.text.index("villages"), speaker_end=33)
    quote = dataclasses.replace(quote, speaker_end=made.text.index("villages") + 8)
    event = only(extract_events(dataclasses.replace(made, quotes=(quote,))))
    (source,) = event.attribution
    assert (source.text, source.is_quote) == ("two villages", True)


def test_counts() -> None:
    event = only(extract_events(article(KILLED)))
    (count,) = event.counts
    assert (count.kind, count.min, count.max, count.text) == ("killed", 30.0, None, "At least 30")
    assert heads(event, "actors") == ["gunmen"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("1,200",), 1200),
        (("two", "hundred"), 200),
        (("thirty", "five"), 35),
        (("2.5", "million"), 2_500_000),
        (("dozens",), 24),
        (("tens", "of", "thousands"), 20_000),
        (("tall",), None),
        (("1" * 400,), None),
    ],
)
def test_number_value(words: tuple[str, ...], value: float | None) -> None:
    assert number_value(words) == value


@pytest.mark.parametrize("kind", ["caption", "byline", "boilerplate", "dateline", "published"])
def test_no_events_outside_the_story(kind: str) -> None:
    assert extract_events(article(ATTACK, kind=kind)).events == ()


@pytest.mark.parametrize("kind", ["title", "subtitle", "body"])
def test_events_say_their_zone(kind: str) -> None:
    assert only(extract_events(article(ATTACK, kind=kind))).zone == kind


def test_a_model_without_a_parser_gives_no_events() -> None:
    made = article(ATTACK)
    assert made.parse is not None
    count = len(made.parse)
    blank = dataclasses.replace(
        made.parse, tags=("",) * count, deps=("",) * count, heads=tuple(range(count))
    )
    assert extract_events(dataclasses.replace(made, parse=blank)).events == ()


def test_an_empty_article_has_no_events() -> None:
    empty = Parse(
        starts=(), ends=(), words=(), lemmas=(), tags=(), deps=(), heads=(),
        sentence_starts=(), sentence_indexes=(), names=(),
    )  # fmt: skip
    assert extract_events(article(ATTACK, parse=empty)).events == ()


def test_the_steps_before_must_have_run() -> None:
    with pytest.raises(MissingStepError, match="ParseSentences"):
        extract_events(new_article("Rebels attacked the port."))
    with pytest.raises(MissingStepError, match="ExtractEvents"):
        clusters_in(new_article("Rebels attacked the port."))


def test_load_extractor_returns_the_function() -> None:
    assert only(load_extractor()(article(ATTACK))).event_type == "ASSAULT"


def told(text: str) -> Span:
    return Span(text=text, start=0, end=len(text))


def test_clusters_join_the_same_act_of_the_same_people_on_the_same_day() -> None:
    made = article(MEETING)
    states = (place("Peru", made, "PER"), place("Chile", made, "CHL"), place("Brazil", made, "BRA"))
    done = extract_events(dataclasses.replace(made, entities=states))
    first = dataclasses.replace(
        only(done), event_date_first=DAY, event_date_last=DAY, event_date_basis="clause"
    )
    then = dt.date(2015, 3, 1)
    again = dataclasses.replace(first, event_id="0" * 32, sentence=told("They met again."))
    other_day = dataclasses.replace(
        first, event_id="1" * 32, event_date_first=then, event_date_last=then
    )
    nobody = dataclasses.replace(
        first, event_id="2" * 32, actors=(), sentence=told("Talks were held.")
    )
    done = dataclasses.replace(done, events=(first, again, other_day, nobody))
    found = {cluster.event_id: cluster.cluster_id for cluster in clusters_in(done)}
    assert found[first.event_id] == found[again.event_id] == "0" * 32
    assert found[other_day.event_id] == other_day.event_id
    assert found[nobody.event_id] == nobody.event_id


TAGS = ["NN", "NNS", "NNP", "VBD", "VBN", "VB", "VBG", "IN", "TO", "MD", "PRP", "CD", "JJ", "."]
DEPS = ["nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent", "conj", "xcomp", "ccomp", "advcl",
        "relcl", "acl", "aux", "auxpass", "neg", "amod", "compound", "poss", "pcomp", "appos",
        "ROOT", "mark", "dative", "prt", "parataxis"]  # fmt: skip
WORDS = sorted({*load_lexicon().verbs, *load_lexicon().nouns, "to", "of", "not", "he", "dozens"})


@st.composite
def tangles(draw: st.DrawFn) -> Article:
    """Draw sentences whose tags, labels and heads make no sense together, circles included."""
    count = draw(st.integers(1, 25))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=count, max_size=count))
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=count, max_size=count))
    deps = draw(st.lists(st.sampled_from(DEPS), min_size=count, max_size=count))
    heads_ = draw(st.lists(st.integers(0, count - 1), min_size=count, max_size=count))
    entries = [
        f"{w}{i}/{w}/{t}/{d}/" for i, (w, t, d) in enumerate(zip(words, tags, deps, strict=True))
    ]
    rows = [entry + f"{words[head]}{head}" for entry, head in zip(entries, heads_, strict=True)]
    made = article(" ".join(rows))
    assert made.parse is not None
    return dataclasses.replace(made, parse=dataclasses.replace(made.parse, words=tuple(words)))


@settings(deadline=None, max_examples=60)
@given(tangles())
def test_any_tree_is_survived_and_every_span_slices_back(made: Article) -> None:
    done = extract_events(made)
    assert done.events is not None
    for event in done.events:
        spans = [event.trigger, event.sentence, *event.actors, *event.recipients, *event.counts]
        spans += [*event.attribution, *([event.place] if event.place else [])]
        for span in spans:
            assert made.text[span.start : span.end] == span.text
        for participant in (*event.actors, *event.recipients):
            assert participant.start <= participant.head_start < participant.head_end
    assert len({event.event_id for event in done.events}) == len(done.events)


def test_a_span_of_months_that_were_taken_for_those_of_other_years_is_of_unknown_days():
    text = """
    Peru/Peru/NNP/nsubj/met met/meet/VBD/ROOT/met Chile/Chile/NNP/dobj/met
    between/between/IN/prep/met January/January/NNP/pobj/between
    and/and/CC/cc/January July/July/NNP/conj/January ././././met
    """
    a = article(text)
    dates = (
        date("January", a, dt.date(2015, 1, 31), precision="month"),
        date("July", a, dt.date(2014, 7, 31), precision="month"),
    )
    event = only(extract_events(article(text, dates=dates)))
    assert (event.event_date_first, event.event_date_last) == (None, None)
