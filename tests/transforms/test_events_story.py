"""Where and when: what the words of a sentence place and date, and what the story has told."""

import datetime as dt
from collections.abc import Callable

import pytest

from schemas import Article, Event, Published, new_article
from transforms.dates import load_normalizer
from transforms.entities import load_linker
from transforms.events import extract_events
from transforms.segmentation import load_segmenter

pytestmark = pytest.mark.slow

_THURSDAY = dt.date(2015, 3, 19)
Read = Callable[[str], dict[str, Event]]


@pytest.fixture(scope="module")
def read(parser: Callable[[Article], Article]) -> Read:
    """Return the events of a text of 20 March 2015, a Friday, by their triggers."""
    steps = (load_segmenter(), parser, load_linker(), load_normalizer(), extract_events)
    day = dt.datetime(2015, 3, 20, tzinfo=dt.UTC)
    published = Published(at=day, on=day.date(), precision="day")

    def run(text: str) -> dict[str, Event]:
        article = new_article(text, published=published)
        for step in steps:
            article = step(article)
        return {event.trigger.text: event for event in article.events or ()}

    return run


def when(event: Event) -> tuple[dt.date | None, str]:
    return event.event_date_first, event.event_date_basis


def where(event: Event) -> tuple[str | None, str] | None:
    return event.place and (event.place.text, event.place.basis)


def test_what_follows_in_the_past_tense_was_on_the_same_day(read: Read) -> None:
    events = read(
        "Gunmen attacked a market in Kampala on Thursday. They burned two shops. "
        "Soldiers arrested a driver."
    )
    assert when(events["attacked"]) == (_THURSDAY, "clause")
    assert when(events["burned"]) == when(events["arrested"]) == (_THURSDAY, "document")
    assert events["burned"].date_expression == events["attacked"].date_expression


def test_the_story_leaves_its_day_with_another_day_or_another_tense(
    read: Read,
) -> None:
    events = read(
        "Gunmen attacked a market in Kampala on Thursday. The army has armed three farmers. "
        "A court jailed a nurse on Wednesday. Soldiers arrested a miner. Spain plans to help."
    )
    assert when(events["arrested"]) == (_THURSDAY - dt.timedelta(days=1), "document")
    assert when(events["armed"]) == (None, "publication")


def test_what_no_context_dates_stays_open(read: Read) -> None:
    events = read("The army attacked a village. A court jailed a nurse in March 2009.")
    assert when(events["attacked"]) == (None, "publication")
    assert events["attacked"].event_date_last == _THURSDAY + dt.timedelta(days=1)


def test_what_happened_this_week_did_so_up_to_the_report(read: Read) -> None:
    events = read("Gunmen attacked a market in Kampala this week.")
    days = events["attacked"].event_date_first, events["attacked"].event_date_last
    assert days == (dt.date(2015, 3, 16), dt.date(2015, 3, 20))
    events = read("Ministers will meet in Kampala this week.")
    assert events["meet"].event_date_last == dt.date(2015, 3, 22)


def test_the_day_of_who_acts_is_not_the_day_of_the_act(read: Read) -> None:
    events = read("The survivors of the 2009 attack sued a bank. A 2003 winner praised the mayor.")
    assert events["sued"].event_date_first is None
    assert events["praised"].event_date_first is None


def test_a_week_that_is_handed_on_ends_with_the_report_too(read: Read) -> None:
    events = read("Gunmen attacked a market in Kampala this week. They burned two shops.")
    assert events["burned"].event_date_last == dt.date(2015, 3, 20)


def test_what_a_noun_did_was_on_its_day(read: Read) -> None:
    events = read("The bombings on Thursday killed nine farmers.")
    assert when(events["killed"]) == (_THURSDAY, "sentence")


def test_a_day_of_then_is_not_one_of_now(read: Read) -> None:
    events = read("The army left Kampala on Thursday and is shelling a village.")
    assert when(events["shelling"])[1] != "clause"


def test_the_same_told_again_has_the_same_day(read: Read) -> None:
    events = read(
        "The death of Maria Lopez has shaken Uganda. Gunmen killed Lopez on Thursday. "
        "The city is calm. Shops are open. Buses run again. Relatives say that rebels murdered Lopez."
    )
    assert when(events["killed"]) == (_THURSDAY, "clause")
    assert when(events["murdered"]) == (_THURSDAY, "document")


def test_a_title_takes_the_day_of_what_is_of_its_type(read: Read) -> None:
    events = read(
        "Uganda sanctions bank after massacre\n\n"
        "KAMPALA, March 20 - Uganda imposed sanctions on a bank on Friday, officials said.\n\n"
        "Gunmen killed nine farmers on Thursday."
    )
    assert when(events["massacre"]) == (_THURSDAY, "document")


def test_a_date_behind_since_is_not_the_day_of_what_came_later(read: Read) -> None:
    events = read("Thousands protested in Kampala, a day after a march, the first since 2004.")
    assert {event.event_date_first for event in events.values()} == {None}


def test_a_clause_of_saying_leaves_a_day_with_what_is_said(read: Read) -> None:
    events = read("The army reported that on Thursday gunmen killed two farmers.")
    assert when(events["killed"]) == (_THURSDAY, "clause")


def test_what_a_noun_did_was_on_the_day_of_the_noun(read: Read) -> None:
    events = read(
        "Protests by miners on Thursday in which two men were arrested angered the mayor."
    )
    assert when(events["arrested"]) == (_THURSDAY, "clause")


def test_what_happened_when_something_else_did_was_on_that_day(read: Read) -> None:
    events = read("Two farmers were killed when gunmen attacked a market on Thursday.")
    assert when(events["killed"]) == (_THURSDAY, "sentence")


def test_a_day_goes_before_a_year(read: Read) -> None:
    events = read("On Thursday in 2015 gunmen killed two farmers.")
    assert when(events["killed"])[0] == _THURSDAY


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Soldiers killed two farmers in the town of Zorvik.", "Zorvik"),
        ("Soldiers killed two farmers in the Zorvik neighborhood.", "Zorvik neighborhood"),
        ("The police base in Kampala was attacked.", "Kampala"),
        ("Jets bombed Kampala.", "Kampala"),
        ("Soldiers shot two farmers at a hotel located in Kampala.", "Kampala"),
        ("Soldiers killed two farmers in Kampala, in Uganda.", "Kampala"),
    ],
)
def test_a_place_with_a_name_is_found_behind_what_it_names(
    read: Read, text: str, place: str
) -> None:
    (event,) = (event for event in read(text).values() if event.event_type == "ASSAULT")
    assert where(event) == (place, "clause")


def test_a_town_beside_who_acts_does_not_act(read: Read) -> None:
    events = read("In the Ugandan capital, Kampala, police shot four men on Friday.")
    assert [actor.text for actor in events["shot"].actors] == ["police"]


def test_the_town_where_something_was_done_is_its_place(read: Read) -> None:
    events = read("They fled to Kampala, where soldiers arrested two farmers.")
    assert where(events["arrested"]) == ("Kampala", "clause")


def test_the_city_of_a_dateline_is_meant_by_the_city(read: Read) -> None:
    events = read("KAMPALA, March 20 - Soldiers arrested two farmers in the city on Thursday.")
    place = events["arrested"].place
    assert place is not None
    assert (place.text, place.name, place.basis) == ("city", "Kampala", "clause")


def test_the_one_place_of_a_story_goes_before_its_dateline(read: Read) -> None:
    events = read(
        "NAIROBI, March 20 - Gunmen attacked a bus in Kampala on Thursday. Two men were killed."
    )
    assert where(events["attacked"]) == ("Kampala", "clause")
    assert where(events["killed"]) == ("Kampala", "document")
