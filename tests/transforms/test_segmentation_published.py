import datetime as dt

import pytest

from seeds import read_toml
from transforms.segmentation.published import find_date, read_day, read_stamp


def at(line):
    stamp = read_stamp(line)
    return stamp and stamp.published and stamp.published.at.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("May 3 2011, 9:15pm", "2011-05-03 21:15:00"),
        ("Tuesday 3 May 2011 19.45 BST", "2011-05-03 18:45:00"),
        ("Published: Tuesday, May 3, 2011, 17:30 CET", "2011-05-03 16:30:00"),
        ("Posted: May 3rd, 2011 at 8:04 p.m. EDT", "2011-05-04 00:04:00"),
        ("3-May-2011 16:22 GMT", "2011-05-03 16:22:00"),
        ("2011-05-03T16:22:10Z", "2011-05-03 16:22:10"),
        ("2011-05-03T16:22:10+05:30", "2011-05-03 10:52:10"),
        ("3 May 2011 1730 GMT", "2011-05-03 17:30:00"),
        ("8:04 PM ET, Tue May 3, 2011", "2011-05-04 00:04:00"),
        ("8:04 PM ET, Thu January 6, 2011", "2011-01-07 01:04:00"),
        ("5/13/2011 5 pm PT", "2011-05-14 00:00:00"),
        ("13/5/2011", "2011-05-13 00:00:00"),
        ("13.05.2011", "2011-05-13 00:00:00"),
        ("Sept. 5, 2011", "2011-09-05 00:00:00"),
    ],
)
def test_line_of_publication_is_read(line, expected):
    assert at(line) == expected


def test_day_is_the_one_on_the_clock_of_its_zone():
    published = read_stamp("May 3, 2011, 11:30 p.m. EDT").published
    assert published.on == dt.date(2011, 5, 3)
    assert published.at == dt.datetime(2011, 5, 4, 3, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("line", "precision"),
    [("May 3 2011", "day"), ("May 3 2011 9:15", "minute"), ("May 3 2011 9:15:20", "second")],
)
def test_precision_is_what_the_line_has(line, precision):
    assert read_stamp(line).published.precision == precision


@pytest.mark.parametrize("line", ["3 May 2011 10:30 IST", "3 May 2011 10:30 XYZT"])
def test_zone_that_could_be_two_leaves_the_day(line):
    published = read_stamp(line).published
    assert (published.on, published.precision) == (dt.date(2011, 5, 3), "day")


@pytest.mark.parametrize(
    "line",
    ["3 hours ago", "Published 2 days ago", "05/06/2011", "31 February 2011", "May 3, 1066"],
)
def test_what_cannot_be_relied_on_stays_unknown(line):
    stamp = read_stamp(line)
    assert stamp is None or stamp.published is None


@pytest.mark.parametrize(
    "line",
    [
        "On May 3, 2011 the rebels took the town",
        "The court sat on Tuesday, May 3, 2011.",
        "By Jane Doe",
        "May 3",
        "",
    ],
)
def test_other_lines_are_none_of_publication(line):
    assert read_stamp(line) is None


def test_first_publication_wins_over_the_update_on_its_line():
    stamp = read_stamp("Published: 3 May 2011 19:20 CET | Updated: 4 May 2011 09:05 CET")
    assert (stamp.published.on.day, stamp.updated) == (3, False)
    assert read_stamp("Last updated: 4 May 2011").updated


def test_examples_of_the_grammar_are_read():
    data = read_toml("segmentation/dates.toml")
    for form in data["form"]:
        assert find_date(form["example"]), form
    for form in data["dateline_form"][:2]:
        assert read_day(form["example"]), form
    for example in data["time"]["examples"]:
        assert read_stamp(f"3 May 2011 {example}").published.precision == "minute", example
