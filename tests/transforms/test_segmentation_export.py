"""Texts that archives of the press exported, with their labels."""

import datetime as dt

import pytest

from schemas import RejectedError, new_article
from seeds import read_toml
from transforms.segmentation import segment
from transforms.segmentation.export import read_export
from transforms.segmentation.lines import read_units
from transforms.segmentation.zones import begins_unit

STORY = ("The army left the town on Sunday.", "Shops opened again, and the market was full.")

NEXIS = """2 of 9 DOCUMENTS

The Valley Courier (England)

March 4, 2019 Monday, Final Edition

HEADLINE: Army leaves hill town
BYLINE: Ann Lee, Local Government Reporter
SECTION: NEWS; Pg. 3
LENGTH: 212 words
DATELINE: BARROW

BODY:
{}

{}

GRAPHIC: The market in Barrow.

LOAD-DATE: March 5, 2019
LANGUAGE: ENGLISH
"""

FACTIVA = """SE  World
HD  Army leaves hill town
BY  Ann Lee and Bob Ray
WC  212 words
PD  4 March 2019
SN  Valley Courier
SC  VALLEY
LA  English

LP
{}

TD
{}

AN  Document VALLEY0020190304e1
"""


def zones_of(text):
    article = segment(new_article(text))
    return article, [(zone.kind, text[zone.start : zone.end]) for zone in article.zones]


def test_labels_with_colons():
    article, zones = zones_of(NEXIS.format(*STORY))
    assert (article.title, article.authors) == ("Army leaves hill town", ("Ann Lee",))
    assert (article.source, article.published.on) == (
        "The Valley Courier (England)",
        dt.date(2019, 3, 4),
    )
    assert article.dateline.place == "BARROW"
    assert ("body", "\n\n".join(STORY)) in zones
    assert ("caption", "The market in Barrow.") in zones
    assert zones[-1] == ("boilerplate", "LOAD-DATE: March 5, 2019\nLANGUAGE: ENGLISH")


def test_labels_of_two_letters():
    article, zones = zones_of(FACTIVA.format(*STORY))
    assert (article.title, article.authors) == ("Army leaves hill town", ("Ann Lee", "Bob Ray"))
    assert (article.source, article.published.on) == ("Valley Courier", dt.date(2019, 3, 4))
    assert [text for kind, text in zones if kind == "body"] == list(STORY)


def test_paragraph_that_begins_with_a_code_in_capitals_is_story():
    _, zones = zones_of(FACTIVA.format(STORY[0], "IN the hills the army stayed where it was."))
    assert ("body", "IN the hills the army stayed where it was.") in zones


def test_line_with_a_label_does_not_end_the_story():
    article, zones = zones_of(NEXIS.format(STORY[0], f"Source: the town hall.\n\n{STORY[1]}"))
    assert [text for kind, text in zones if kind == "body"] == list(STORY)
    assert article.source == "The Valley Courier (England)"


@pytest.mark.parametrize("export", [NEXIS, FACTIVA])
def test_export_of_several_articles_is_refused(export):
    with pytest.raises(RejectedError, match="2 articles in one export: give each"):
        segment(new_article(export.format(*STORY) * 2))


def test_headline_that_no_label_names_stands_first():
    text = f"Army leaves hill town\n\nSection: NEWS\n\nLength: 9 words\n\nBody\n\n{STORY[0]}\n"
    article, zones = zones_of(text + "\nClassification\n\nLanguage: ENGLISH\n\nEnd of Document\n")
    assert article.title == "Army leaves hill town"
    assert [text for kind, text in zones if kind == "body"] == [STORY[0]]


def test_sentences_begin_behind_the_labels():
    text = NEXIS.format(*STORY)
    article = segment(new_article(text))
    sentences = [text[sentence.start : sentence.end] for sentence in article.sentences]
    assert {*STORY, "Army leaves hill town", "The market in Barrow."} < set(sentences)


@pytest.mark.parametrize(
    "text",
    [
        "HEADLINE: Army leaves\n\nThe army left the town.",
        "Length: 3 km\n\nSection: two\n\nThe walk is easy.",
        "IN May\n\nAN end\n\nBY sea\n\nRE the letter",
    ],
)
def test_few_labels_make_no_export(text):
    assert read_export(text, read_units(text, begins_unit)) is None


@pytest.mark.parametrize("form", read_toml("segmentation/exports.toml")["export"])
def test_examples_begin_with_a_label(form):
    units = read_units(form["example"], begins_unit)
    assert read_export(form["example"], units) is None  # one label is not enough
    kinds = {name.lower(): kind for name, kind in form["kinds"].items()}
    assert kinds[form["example"].split()[0].rstrip(":").lower()] == "title"
    assert set(form["end"]) <= form["kinds"].keys()
