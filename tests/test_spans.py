"""Whatever an article is made of, its rows hold what is promised of them."""

import datetime as dt
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import Article, Published, new_article
from schemas.check import problems, rows, spans
from transforms.dates import load_normalizer
from transforms.entities import load_linker
from transforms.events import clusters_in, load_extractor
from transforms.segmentation import load_segmenter

pytestmark = pytest.mark.slow

PUBLISHED = Published(
    at=dt.datetime(2019, 3, 8, 17, 30, tzinfo=dt.UTC), on=dt.date(2019, 3, 8), precision="minute"
)

FRAGMENTS = [
    # what stands above a story
    "Kenya and Somalia Reopen Border After Talks",
    "SHIP SINKS OFF SICILY; 14 MISSING",
    "Ministers are to meet again in Geneva next month",
    "By Amina Example",
    "by JOHN P. SAMPLE and Li Mei, Harbour Daily",
    "Published: March 8, 2019, 5:30 p.m. GMT",
    "Updated 10:04 AM EST, Fri 8 March 2019",
    "NAIROBI, Kenya, March 8 (Reuters) - ",
    "LIMA (AP) -- ",
    "   BOGOTA, 7 MAR 89 (DPA) -- [TEXT] ",
    "A soldier guards a bridge near Mosul on 5 March. (Photo: Sam Sample/AFP)",
    "Photograph: Jo Example/Getty Images",
    # what stands around it
    "Share on Facebook | Tweet | Print",
    "Home | World | Business | Sport",
    "© Harbour Daily 2019. All rights reserved.",
    "Read more: What we know about the sinking",
    "Follow @harbourdaily on Twitter for more",
    "Correction: an earlier version misspelled the name of the ship.",
    "(Reporting by Amina Example; Editing by Sam Sample)",
    # the story
    "Rebels attacked a village near Goma on Friday, killing at least 12 people, the army said.",
    "Russian jets bombed Idlib last night, and Turkey's foreign minister condemned the raid.",
    "“We shall not leave,” President Uhuru Kenyatta told reporters. “Not today, not tomorrow.”",
    'Mr. Sample said: "The U.S. will send $2.5 million in aid to Yemen by June 2020."',
    "Police arrested between 30 and 40 protesters in Paris in the early hours of March 3, 2019.",
    "She denied that her party had threatened the judges; they had met them twice since 2015.",
    "China and India agreed to withdraw troops from the border within two weeks.",
    "He was killed. They say so. Nobody else does - or did, on 11 September 2001.",
    "The talks, which began in the mid-1990s, collapsed three days after the cease-fire.",
    "Workers marched through Dhaka every Monday to demand higher wages, but no one was hurt.",
    "The U.N. Security Council imposed sanctions on North Korea in Resolution 1718 (2006).",
    "Iran's parliament rejected the plan, 204-12, at 9:15 p.m. on Tuesday; Tehran had no comment.",
    "In Mosul, Iraqi forces seized the airport and freed 1,200 civilians whom ISIS had held.",
    "Germany may lift its ban on arms sales to Saudi Arabia if the war in Yemen ends this year.",
    "‘It’s over’, said O’Neill’s lawyer; the ex-mayor — now 61 — won’t appeal.",
    "1. Who did it? 2. Why? 3. No. 4 battalion did.",
    "the the the of of ,,, ... !!! ??? (((( “““ ''' -- --",
    "Q: Did they shoot? A: They did. Twice...",
]
BREAKS = ["\n", "\n\n", "\n\n\n", " ", "\r\n", "\r\n\r\n", "\n \t \n", "\t", "", "\u2028", "\x0c"]
NOISE = [
    *[
        "\u0301",
        "e\u0301\u0323",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "\U0001f1fa\U0001f1f3",
    ],
    *["\u05e9\u05dc\u05d5\u05dd", "\u202bمرحبا\u202c", "\u200f", "\u00a0", "\u3000", "\u2003"],
    *["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\x00", "\x07", "\x1b[1m", "\x1f", "\x7f"],
    *["\x85", "\u2029", "\r", "\r\n", "\n", "\t", "\x0b", "İ", "ß", "ﬁ", "ŉ", "𝐊𝐢𝐞𝐯", "北京"],
    *['"', "“", "”", "'", "’", "‘", "«", "»", "(", ")", "[", "]", "—", "…", "\ufffd", "\uffff"],
    *["²", "٣", "½", "1,2,3", "9" * 40, "A" * 300, "-" * 80, " " * 90, "\n" * 5, ". ", "."],
]


def wrap(text: str) -> str:
    """Break the lines as wires do."""
    return "\n".join(textwrap.fill(line, 66) for line in text.split("\n"))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Fragments in any order, with odd characters here and there."""
    text = ""
    for fragment in draw(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=12)):
        text += fragment + draw(st.sampled_from(BREAKS))
    places = st.tuples(st.integers(0, 5000), st.sampled_from(NOISE) | st.text(max_size=5))
    for place, noise in draw(st.lists(places, max_size=10)):
        at = place % (len(text) + 1)
        text = text[:at] + noise + text[at:]
    change = draw(st.sampled_from([str, str, str.upper, str.title, wrap]))
    return new_article(change(text), published=draw(st.sampled_from([None, PUBLISHED])))


@pytest.fixture(scope="session")
def take(parser) -> Callable[[Article], Article]:
    """All steps, one after the other."""
    steps = [load_segmenter(), parser, load_linker(), load_normalizer(), load_extractor()]

    def take_through(article):
        for step in steps:
            article = step(article)
        return article

    return take_through


def check(article):
    assert list(problems(article, clusters_in(article))) == []


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(article=articles())
def test_the_rows_of_any_article_hold_what_is_promised(take, article):
    check(take(article))


@pytest.mark.parametrize("noise", NOISE, ids=ascii)
def test_no_character_between_words_moves_a_span(take, noise):
    """The same character after each space and inside of words, in a story with events."""
    story = "\n\n".join(FRAGMENTS[at] for at in (0, 3, 5, 19, 20, 21, 24, 31))
    check(take(new_article(story.replace(" ", " " + noise), published=PUBLISHED)))
    check(take(new_article(story.replace("e", "e" + noise), published=PUBLISHED)))


def test_the_fragments_give_spans_of_every_kind(take):
    """Else the tests above would hold for want of spans."""
    article = take(new_article("\n\n".join(FRAGMENTS), published=PUBLISHED))
    check(article)
    columns = {
        span.where.split(".")[-1].partition("[")[0]
        for name, row in rows(article)
        for span in spans(row, name)
    }
    assert columns >= {"zones", "sentences", "quotes", "speaker", "entities", "dates"}
    assert columns >= {"trigger", "sentence", "actors", "recipients", "head", "place", "counts"}
    assert columns >= {"attribution", "date_expression"}
