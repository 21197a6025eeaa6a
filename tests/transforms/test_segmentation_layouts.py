"""The ways in which articles are laid out, each from its zones to its sentences."""

import datetime as dt
import textwrap

import pytest

from schemas import new_article
from seeds import read_toml
from transforms.segmentation import segment
from transforms.segmentation.lines import Unit
from transforms.segmentation.rules import is_entry

STORY = [
    (
        "Two people died and eleven were hurt when a ferry struck a pier in the port of Harrow on "
        "Tuesday, which was closed until the evening, the coast guard of the northern islands said."
    ),
    (
        "The ferry had left Brae at 7 a.m. with 140 people, more than it was built to carry. “We "
        "heard a crack and then everyone was thrown to the floor,” said Ann Lee, 34, a teacher."
    ),
    (
        "Officials said that it was too early to name a cause. The ship, the older of two on this "
        "line, had been checked in March, and nothing had been found that would explain it."
    ),
]


def zones(text, **known):
    article = segment(new_article(text, **known))
    return [(zone.kind, text[zone.start : zone.end]) for zone in article.zones]


def kinds(text):
    return [kind for kind, _ in zones(text)]


def sentences(text):
    return [text[s.start : s.end] for s in segment(new_article(text)).sentences]


def test_text_without_line_breaks_is_body_and_still_comes_apart_into_sentences():
    text = " ".join(STORY)
    assert kinds(text) == ["body"]
    assert len(sentences(text)) == 5


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("indent", ["", "   "])
def test_hard_wrapped_paragraphs_are_whole(width, indent):
    paragraphs = [textwrap.fill(p, width, initial_indent=indent) for p in STORY]
    text = ("\n" if indent else "\n\n").join(["Ferry strikes pier in Harrow", *paragraphs])
    assert kinds(text) == ["title", "body"]
    assert [" ".join(s.split()) for s in sentences(text)[1:]] == sentences(" ".join(STORY))


def test_double_spaced_lines_are_joined():
    text = "\n\n".join(textwrap.wrap(" ".join(STORY), 70))
    assert kinds(text) == ["body"]
    assert len(sentences(text)) == 5


def test_items_of_a_list_are_sentences_of_the_body():
    text = (
        "What to know about the crash\n\nBy Jane Doe\n\n"
        "The port was closed on Tuesday after a ferry struck a pier. Here is what we know:\n\n"
        "- Two people died.\n- Eleven were hurt\n\n1. It left at 7 a.m.\n2. It struck at 8 a.m.\n\n"
        "Officials said that it was too early to name a cause."
    )
    assert kinds(text) == ["title", "byline", "body"]
    assert "- Eleven were hurt" in sentences(text)
    assert "2. It struck at 8 a.m." in sentences(text)


def test_rows_of_a_table_are_not_glued_to_sentences():
    text = (
        f"HARROW, May 3 (Reuters) - {STORY[0]}\n\n"
        "               2011    2010\nRevenue        41.2    44.0\nNet profit      3.1     5.6\n\n"
        "Shares fell 4 percent."
    )
    assert kinds(text) == ["dateline", "body"]
    assert sentences(text)[-1] == "Shares fell 4 percent."
    assert "Net profit      3.1     5.6" in sentences(text)


def test_times_of_a_live_blog_begin_its_entries():
    text = (
        "Ferry crash in Harrow: live\n\nLast updated 3 hours ago\n\nBy Jane Doe\n\n"
        f"6:45pm: Port opens again\n\n{STORY[2]}\n\n5.20pm\n\n{STORY[0]}"
    )
    assert kinds(text) == ["title", "published", "byline", "body"]
    assert segment(new_article(text)).published is None


def test_examples_of_entries_are_entries():
    for example in read_toml("segmentation/zones.toml")["entry"]["examples"]:
        assert is_entry(Unit(0, 0, 0, example)), example
    assert not is_entry(Unit(0, 0, 0, "7.30 metres was the longest jump of the day."))


def test_slugs_and_notes_of_a_wire_are_out_of_the_way():
    text = (
        "BC-Ferry, 2nd Ld-Writethru\nEds: Adds quotes. With AP Photos.\n\n"
        "Ferry strikes pier in Harrow, two dead\n\nBy JANE DOE\nAssociated Press Writer\n\n"
        f"HARROW (AP) _ {STORY[0]}\n\n{STORY[2]}\n\n"
        "(This version CORRECTS the number of passengers.)\n\nAP-NY-05-03-11 1402EDT"
    )
    found = zones(text)
    assert [kind for kind, _ in found] == [
        *("boilerplate", "title", "byline", "boilerplate", "dateline", "body", "boilerplate")
    ]
    assert found[5][1].endswith(STORY[2])


def test_release_says_whom_to_ask_above_its_title():
    text = (
        "FOR IMMEDIATE RELEASE\n\nContact: Ann Lee, 555-0100\n\nNorthern Ferries names new chief\n\n"
        f"HARROW, Scotland, May 3, 2011 /PRNewswire/ -- {STORY[0]}\n\n{STORY[2]}\n\n"
        "SOURCE Northern Ferries\n\n###"
    )
    article = segment(new_article(text))
    assert article.title == "Northern Ferries names new chief"
    assert article.published.on == dt.date(2011, 5, 3)
    assert [zone.kind for zone in article.zones][-1] == "boilerplate"


def test_boilerplate_in_the_middle_does_not_end_the_story():
    text = "\n\n".join(
        (
            *("Harrow Gazette\nNews | Sport | Weather", "Ferry strikes pier in Harrow"),
            *("Port closed until evening", "By Jane Doe and Max Roe\nTuesday, May 3, 2011"),
            *("A ferry at the pier. (Photo: Ann Lee/Harrow Gazette)", STORY[0]),
            *("Related: How the pier was built", "Advertisement", STORY[1]),
            *("Sign up for our newsletter", STORY[2]),
            *("Jane Doe is a transport reporter at the Gazette.", "© 2011 Harrow Gazette"),
            *("Comments (12)", "Share\nTweet\nEmail"),
        )
    )
    assert kinds(text) == [
        *("boilerplate", "title", "subtitle", "byline", "published", "caption"),
        *("body", "boilerplate", "body", "boilerplate", "body", "boilerplate"),
    ]
    article = segment(new_article(text))
    assert article.authors == ("Jane Doe", "Max Roe")
    assert article.source == "Harrow Gazette"


def test_first_publication_is_the_one_that_counts_and_what_is_relative_is_left_alone():
    text = "Ferry strikes pier in Harrow\n\nJane Doe, transport reporter\n{}\n\n" + "\n\n".join(
        STORY
    )
    both = "Updated 4 May 2011, 10:15 BST\nFirst published 3 May 2011, 8:20 BST"
    found = segment(new_article(text.format(both))).published
    assert found.at == dt.datetime(2011, 5, 3, 7, 20, tzinfo=dt.UTC)
    relative = segment(new_article(text.format("3 hours ago")))
    assert relative.published is None
    assert [zone.kind for zone in relative.zones] == ["title", "byline", "published", "body"]


def test_text_in_capitals_comes_apart_as_any_other():
    text = "\n\n".join(paragraph.upper() for paragraph in ("Ferry strikes pier", *STORY))
    assert kinds(text) == ["title", "body"]
    assert len(sentences(text)) == 6


def test_interview_keeps_questions_and_answers():
    text = (
        "Ten questions for Ann Lee\n\nBy Jane Doe\n\nAnn Lee was on the ferry that struck the pier.\n\n"
        "Q: Where were you?\n\nA: On deck. I was reading.\n\nLEE: I heard a crack. It was loud."
    )
    assert kinds(text) == ["title", "byline", "body"]
    assert len(sentences(text)) == 8
