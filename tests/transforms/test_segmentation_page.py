"""Whole pages: the story among menus, and what stands above it."""

import csv
import dataclasses
import datetime as dt
import time

import numpy as np
import pytest

from schemas import new_article
from seeds import read_csv, seed
from transforms.segmentation import page as module
from transforms.segmentation import segment
from transforms.segmentation.candidates import begin_of_main, read_candidates
from transforms.segmentation.core import is_whole_page
from transforms.segmentation.features import read_features, read_hit, read_hits
from transforms.segmentation.headline import best_line, choose_headline
from transforms.segmentation.lines import Unit, without_bullet
from transforms.segmentation.story import Costs, find_story, follow

MENU = ["Home", "World News", "Business", "Sports", "Opinion", "Weather", "Photos", "Jobs"]
TEASERS = [
    *("Council votes on new stadium", "Five recipes for spring", "Why the river is rising"),
    *("Singer cancels her tour of the north", "What to do this weekend in Harrow"),
]
HEADLINE = "Ferry strikes pier in Harrow, killing two"
STORY = [
    (
        "Two people died and eleven were hurt when a ferry struck a pier in the port of Harrow on "
        "Tuesday morning, the coast guard of the northern islands said."
    ),
    "The ferry had left at 7 a.m. with 140 people. “We heard a crack,” said Ann Lee, who was on it.",
    "Officials said that it was too early to name a cause. The port was closed until the evening.",
    "The mayor of Harrow said that the town would pay for the funerals of the two people who died.",
    "The ship, the older of two on this line, had been checked in March, and nothing was found then.",
    "A second ferry will take its place from Thursday, with half of the usual number of crossings.",
]
COSTS = Costs(surest=2.0, favour=0.0, best=-5.0, leave=2.0, turn_back=1.0)


def page(*story, bullet="* ", credit=("By Jane Doe", "May 3, 2011 8:20 am")):
    menu = [bullet + item for item in MENU]
    return "\n".join(
        (
            *("Harrow Gazette", *menu, *menu, "Subscribe", HEADLINE, *credit),
            *(*story, "Share", "Most popular", *(bullet + teaser for teaser in TEASERS)),
            *(*menu, "© 2011 Harrow Gazette"),
        )
    )


def units(*texts):
    return [Unit(i, i, 0, text) for i, text in enumerate(texts)]


def zones(text):
    return [(zone.kind, text[zone.start : zone.end]) for zone in segment(new_article(text)).zones]


@pytest.mark.parametrize("bullet", ["* ", "", "- "])
def test_story_headline_author_and_day_come_out_of_a_page(bullet):
    text = page(*STORY, bullet=bullet)
    article = segment(new_article(text))
    assert article.title == HEADLINE
    assert article.authors == ("Jane Doe",)
    assert article.published.at == dt.datetime(2011, 5, 3, 8, 20, tzinfo=dt.UTC)
    assert article.source == "Harrow Gazette"
    assert [found for kind, found in zones(text) if kind == "body"] == ["\n".join(STORY)]


def test_asides_in_the_story_do_not_end_it():
    text = page(*STORY[:2], "Advertisement", STORY[2], "Read more: How it was built", *STORY[3:])
    body = [found for kind, found in zones(text) if kind == "body"]
    assert body == ["\n".join(STORY[:2]), STORY[2], "\n".join(STORY[3:])]


@pytest.mark.parametrize(
    ("credit", "authors", "day"),
    [
        (("By", "Jane Doe", "Nov. 19, 2011 8:03 am ET"), ("Jane Doe",), (2011, 11, 19)),
        (("By Jane Doe Staff Writer", "3 May 2011"), ("Jane Doe",), (2011, 5, 3)),
        (("Jane Doe", "* 3 May 2011, 19:09"), ("Jane Doe",), (2011, 5, 3)),
        (("8:20 AM PST 5/13/2011 by Jane Doe",), ("Jane Doe",), (2011, 5, 13)),
        (("By Jane Doe - Staff Writer 2011-05-03T22:05:36Z Harbour",), ("Jane Doe",), (2011, 5, 3)),
        (("Updated on: May 4, 2011 / 10:07 AM / Gazette",), (), (2011, 5, 4)),
        (("3 hours ago",), (), None),
        (("Published Tue, May 3 20117:05 AM EST",), (), (2011, 5, 3)),
    ],
)
def test_credits_of_a_page_have_many_forms(credit, authors, day):
    article = segment(new_article(page(*STORY, credit=credit)))
    assert article.title == HEADLINE
    assert article.authors == authors
    assert (article.published and article.published.on) == (day and dt.date(*day))


def test_date_in_a_short_sentence_of_the_story_is_none_of_publication():
    text = page(*STORY[:2], "It had last struck a pier on May 3, 1998.", *STORY[2:])
    assert segment(new_article(text)).published.on == dt.date(2011, 5, 3)
    assert "1998" in "".join(found for kind, found in zones(text) if kind == "body")


def test_given_title_is_the_line_that_repeats_it():
    article = segment(new_article(page(*STORY), title=HEADLINE))
    assert article.text[slice(*_title(article))] == HEADLINE
    assert article.title_basis == "given"


def _title(article):
    zone = next(zone for zone in article.zones if zone.kind == "title")
    return zone.start, zone.end


def test_page_without_anything_like_a_story_is_labelled_all_the_same():
    text = "\n".join(f"* Section {i}" for i in range(80))
    covered = "".join(found for _, found in zones(text))
    assert covered.replace("\n", "") == text.replace("\n", "")


def test_only_much_around_the_story_makes_a_page():
    assert not is_whole_page(units(*STORY))
    assert not is_whole_page(units(*MENU, *STORY))
    assert is_whole_page(units(*MENU, *MENU, *STORY, *MENU, *TEASERS))


def test_weights_are_those_of_the_features():
    lines = units("Share", *STORY)
    names, features = read_features(lines, [read_hit(unit) for unit in lines])
    assert [row["feature"] for row in read_csv("segmentation/story.csv")] == ["(always)", *names]
    assert features.shape == (len(STORY), len(names))
    assert np.isfinite(features).all()
    story = [unit.text in STORY for unit in lines]
    lines = units(HEADLINE, *STORY)
    found = read_candidates(lines, read_hits(lines), [False, *story[1:]])
    weighed = [row["feature"] for row in read_csv("segmentation/headline.csv")]
    assert weighed == ["(always)", *found[0]]


def test_every_weight_is_a_number_of_a_reasonable_size():
    for name in ("story", "headline"):
        text = seed(f"segmentation/{name}.csv").read_text(encoding="utf-8")
        rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
        assert all(abs(float(row["weight"])) < 50 for row in rows)


def test_rules_know_a_line_behind_its_bullet():
    assert read_hit(Unit(0, 0, 0, "* Share this article on Facebook | Twitter")).rule
    assert read_hit(Unit(0, 0, 0, "By Jane Doe")).byline
    assert not read_hit(Unit(0, 0, 0, STORY[0])).any


@pytest.mark.parametrize(
    ("scores", "story"),
    [
        ([-2, 2, 2, -2], "0110"),
        ([-2, 2, -0.5, 2, -2], "01110"),  # not worth an aside
        ([-2, 2, 2, -9, -9, -9, 2, 2, -2], "011000110"),
        ([-2, -2], "00"),
        ([2], "1"),
        ([], ""),
    ],
)
def test_way_through_a_page_agrees_best_with_its_lines(scores, story):
    found = follow(np.array(scores, dtype=float), COSTS)
    assert "".join(map(str, map(int, found))) == story


def test_there_is_a_story_even_where_no_line_is_sure():
    costs = dataclasses.replace(COSTS, best=2.0)
    assert follow(np.array([-9.0, -2.0, -2.0, -2.0, -9.0]), costs) == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_story_of_a_page_is_found():
    lines = units(*MENU, *MENU, HEADLINE, *STORY, *TEASERS, *MENU)
    story = find_story(lines, read_hits(lines))
    found = [unit.text for unit, is_story in zip(lines, story, strict=True) if is_story]
    assert found == STORY


def headline_of(*lines):
    found = units(*lines)
    story = [unit.text in STORY for unit in found]
    index, is_sure = choose_headline(found, read_hits(found), story)
    return index if index is None else lines[index], is_sure


def test_headline_is_the_line_that_shares_its_words_with_the_story():
    lines = (*MENU, TEASERS[0], HEADLINE, "By Jane Doe", "May 3, 2011", *STORY, *TEASERS[1:])
    assert headline_of(*lines) == (HEADLINE, True)


def test_headline_stands_above_its_subtitle():
    credits_ = ("By Jane Doe", "May 3, 2011")
    subtitle = "Questions over the age of the fleet grow louder"
    assert headline_of(*MENU, HEADLINE, subtitle, *credits_, *STORY)[0] == HEADLINE


def test_no_headline_is_better_than_any():
    assert headline_of(*MENU, *STORY) == (None, False)


def test_lines_share_the_votes_of_a_page():
    lines = units("Ferry strikes pier", "Home > News Ferry strikes pier", "Port closed")
    assert best_line(lines, {}) == (None, 0.0)
    assert best_line(lines, {0: 0.0}) == (0, 0.5)
    lines = units("Ferry strikes", "Port closed", "* Port closed")
    index, share = best_line(lines, {0: 0.0, 1: 0.5, 2: 0.5})
    assert (index, round(share, 2)) == (1, 0.62)


def test_trail_of_sections_votes_for_the_headline_that_it_ends_with():
    lines = units(
        "Harrow", "Home News Ferry strikes pier in Harrow", "Ferry strikes pier in Harrow"
    )
    assert best_line(lines, {0: -9, 1: 5, 2: 1})[0] == 2
    assert best_line(lines, {0: -9, 1: 1, 2: 5})[0] == 2


def test_story_begins_where_most_of_its_words_are():
    lines = units(*STORY[:1], *MENU, *MENU, *STORY)
    assert begin_of_main(lines, [unit.text in STORY for unit in lines]) == 1 + 2 * len(MENU)


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("* Jane Doe", "Jane Doe"),
        ("2. Jane Doe", "Jane Doe"),
        ("-30-", "-30-"),
        ("2011 was", "2011 was"),
    ],
)
def test_bullet_goes_and_nothing_else(line, plain):
    assert without_bullet(line) == plain


@pytest.mark.parametrize(
    "line", ["* Menu item\n", "word\n", "By Jane Doe | May 3, 2011\n", "\x00\x0b"]
)
def test_long_pages_take_linear_time(line):
    text = line * (100_000 // len(line)) + "\n".join(STORY)
    begin = time.process_time()
    segment(new_article(text))
    assert time.process_time() - begin < 10


def test_banner_with_a_button_is_no_headline():
    banner = ("Welcome to the Gazette", "Learn more")
    article = segment(new_article("\n".join((*banner, HEADLINE, "By Jane Doe", *STORY))))
    assert article.title == HEADLINE


def test_where_no_headline_is_found_none_has_a_subtitle(monkeypatch):
    monkeypatch.setattr(module, "choose_headline", lambda *_: (None, False))
    teasers = [f"Rebels seize the town of {name} after raid {n}" for n, name in enumerate(2 * MENU)]
    found = zones("\n".join([*MENU, *MENU, *teasers, *STORY, *(TEASERS * 3), *MENU, *MENU]))
    assert {kind for kind, _ in found} == {"boilerplate", "body"}


@pytest.mark.parametrize(
    "above",
    [
        f"{HEADLINE} - The Harrow Gazette",
        f"HOME > NEWS > {HEADLINE}",
        "BC-Harrow-Ferry, 1st Ld-Writethru,0210",
        "Media desk: Jane Doe, 555 0100",
    ],
)
def test_line_above_the_headline_is_not_taken_for_it(above):
    article = segment(new_article("\n".join((above, HEADLINE, "By Jane Doe", *STORY))))
    assert article.title == HEADLINE


def test_subtitle_votes_for_the_headline_over_it():
    lines = units("Ferry strikes pier in Harrow", "Many hurt as fog hides the coast", "Port closed")
    index, share = best_line(lines, {0: 4.0, 1: 5.0, 2: -9.0})
    assert (index, round(share, 2)) == (0, 1.0)
    assert best_line(lines, {0: 1.0, 1: 5.0, 2: -9.0})[0] == 1


def blog(*entries):
    return [line for time, heading, text in entries for line in (time, heading, text)]


def test_live_blog_is_story_from_its_first_entry_to_its_last():
    entries = blog(
        (
            "22:47",
            "Ferry towed in",
            "The ferry has been towed into the harbour, the coastguard says.",
        ),
        (
            "21:30",
            "Divers at work",
            "Divers are looking at the hull and will report in the morning.",
        ),
        ("20:05", "Pier closed", "The harbour master has closed the pier until further notice."),
        ("19:20", "Ferry strikes pier", "A ferry with ninety people on board has struck the pier."),
    )
    text = "\n".join((*MENU * 3, HEADLINE, "By Jane Doe", "May 3, 2011", *entries, *TEASERS * 3))
    article = segment(new_article(text))
    body = [text[z.start : z.end] for z in article.zones if z.kind in {"body", "dateline"}]
    assert all(any(line in part for part in body) for line in entries[2::3])
    assert not any(line in part for part in body for line in (*MENU, *TEASERS[1:]))


def test_times_of_a_list_make_no_live_blog():
    ticker = [
        line for hour in range(10, 16) for line in (f"{hour}:05", f"Minister visits town {hour}")
    ]
    lines = units(*MENU, *ticker, *MENU, *STORY)
    story = find_story(lines, read_hits(lines))
    assert not any(is_in for is_in, unit in zip(story, lines, strict=True) if unit.text in ticker)
