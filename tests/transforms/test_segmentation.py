import dataclasses
import datetime as dt
import doctest
import importlib
import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Published, new_article
from seeds import seed
from transforms.segmentation import load_segmenter, segment

PAGE = """\
Army Leaves Northern Town

By Jane Doe
Updated: May 5, 2011
Published: May 3, 2011, 11:30 p.m. EDT

HILL, May 3 (AP) — “We stay,” the mayor said. The army left the town on Monday.

Nobody was hurt in the fighting, which lasted until late in the evening.

© Valley Review 2011
"""
GIVEN = Published(
    at=dt.datetime(2011, 5, 6, tzinfo=dt.UTC), on=dt.date(2011, 5, 6), precision="day"
)


def test_article_says_what_it_is():
    article = segment(new_article(PAGE))
    assert (article.title, article.title_basis) == ("Army Leaves Northern Town", "text")
    assert article.authors == ("Jane Doe",)
    assert article.source == "Valley Review"
    assert article.published == article.published_in_text
    assert (article.published.on, article.published_basis) == (dt.date(2011, 5, 3), "text")
    dateline = article.dateline
    assert (dateline.place, dateline.day, dateline.agency) == ("HILL", dt.date(2011, 5, 3), "AP")
    assert PAGE[dateline.start : dateline.end] == dateline.text == "HILL, May 3 (AP) —"


def test_given_values_win():
    known = {"title": "T", "authors": ("A",), "source": "S", "published": GIVEN}
    article = segment(new_article(PAGE, **known))
    assert (article.title, article.authors, article.source) == ("T", ("A",), "S")
    assert (article.title_basis, article.published_basis) == ("given", "given")
    assert article.published == GIVEN
    assert article.published_in_text.on == dt.date(2011, 5, 3)


def test_nothing_is_invented():
    article = segment(new_article("The army left the town. Nobody was hurt."))
    assert (article.title, article.authors, article.source, article.published) == (
        None,
        (),
        None,
        None,
    )
    assert (article.title_basis, article.published_basis) == ("unknown", "unknown")
    assert article.dateline is None


def test_full_date_of_the_dateline_is_the_day_of_publication():
    article = segment(new_article("LIMA, 3 JAN 90 (EFE) -- [TEXT] THE ARMY LEFT THE TOWN OF HILL."))
    assert article.published.on == article.dateline.day == dt.date(1990, 1, 3)


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "...", "\x00", "!", "—\n\n—", "1\n2", "“", "שלום", "a" * 50_000]
)
def test_odd_texts_do_no_harm(text):
    check(text, segment(new_article(text)))


@pytest.mark.parametrize(
    "name", ["byline", "dateline", "lines", "published", "rules", "segmenter", "sentences"]
)
def test_examples_in_the_docs_hold(name):
    module = importlib.import_module(f"transforms.segmentation.{name}")
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_function_is_the_one_that_is_loaded():
    assert load_segmenter() is segment


def check(text, article):
    """Zones cover each visible line in order; sentences cover each visible character of them."""
    ends = [0, *(zone.end for zone in article.zones)]
    assert all(end <= zone.start < zone.end for end, zone in zip(ends, article.zones, strict=False))
    for zone in article.zones:
        assert text[zone.start : zone.end] == text[zone.start : zone.end].strip() != ""
    for line in re.finditer(r"\S[^\n\r\v\f\x85\u2028\u2029]*", text):
        assert any(zone.start < line.end() and line.start() < zone.end for zone in article.zones)
    for a, b in itertools.pairwise(article.sentences):
        assert a.end <= b.start
    covered = set()
    for sentence in article.sentences:
        zone = article.zones[sentence.zone]
        assert zone.start <= sentence.start < sentence.end <= zone.end
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        covered.update(range(sentence.start, sentence.end))
    for zone in article.zones:
        assert all(i in covered or text[i].isspace() for i in range(zone.start, zone.end))
    for quote in article.quotes:
        assert 0 <= quote.start < quote.end <= len(text)
        assert (quote.speaker_start is None) == (quote.speaker_end is None)


LINES = st.sampled_from(
    [
        "Army Leaves Town", "By Jane Doe", "By Jane Doe | May 3, 2011", "May 3 2011, 8:04pm", "",
        "HILL (AP) — The army left the town on Monday.", "Photo: Max Roe", "Related articles",
        "“We stay,” he said. “They go", "It rained. Nobody came to the bridge that evening, she said.",
        "   Indented  text\twith tabs that goes on and on until the line is full of words", "\r", "1. a 2. b",
        "the end of a line that was broken by a wire, and was not a sentence of its own.", "• item", "\x0c",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_pages_keep_the_contract(text):
    check(text, segment(new_article(text)))


@given(st.text(max_size=120))
def test_any_text_keeps_the_contract(text):
    check(text, segment(new_article(text)))


def gold_articles():
    for file in sorted(seed("gold").iterdir(), key=lambda file: file.name):
        gold = json.loads(file.read_text(encoding="utf-8"))
        text = seed(f"articles/{gold['article']}").read_text(encoding="utf-8")
        if gold["article"].endswith(".jsonl"):
            records = (json.loads(line) for line in text.splitlines())
            record = next(record for record in records if record["id"] == gold["id"])
            yield pytest.param(gold, record["text"], record["title"], id=gold["id"])
        else:
            yield pytest.param(gold, text, None, id=gold["article"])


@pytest.mark.parametrize(("gold", "text", "title"), list(gold_articles()))
def test_bundled_articles_are_taken_apart_as_their_readers_did(gold, text, title):
    article = segment(new_article(text, title=title))
    check(text, article)
    zones = [(zone.kind, zone.start, zone.end) for zone in article.zones]
    assert zones == [(zone["kind"], zone["start"], zone["end"]) for zone in gold["zones"]]
    assert article.title == gold["about"]["title"]
    dateline = gold["about"]["dateline"]
    if dateline:
        found = dataclasses.asdict(article.dateline)
        assert [found[key] for key in ("text", "start", "end", "place", "agency")] == [
            dateline[key] for key in ("text", "start", "end", "place", "agency")
        ]
    if title is None:
        assert list(article.authors) == gold["about"]["authors"]
        day = article.published and article.published.on.isoformat()
        assert day == gold["about"]["published_on"]
