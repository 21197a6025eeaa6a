import datetime as dt

import pytest

from seeds import read_toml
from transforms.segmentation.dateline import read_dateline, resolve_day


@pytest.mark.parametrize(
    ("head", "place", "date", "agency"),
    [
        ("SAN SALVADOR, 3 JAN 90 (AFP) --", "SAN SALVADOR", "3 JAN 90", "AFP"),
        ("BAGHDAD (Reuters) -", "BAGHDAD", None, "Reuters"),
        ("WASHINGTON, June 26 —", "WASHINGTON", "June 26", None),
        ("LA PAZ (BOLIVIA), 12 OCT 92 (ABI - EFE) --", "LA PAZ (BOLIVIA)", "12 OCT 92", "ABI - EFE"),
        ("ST. LOUIS, Mo. (AP) _", "ST. LOUIS, Mo.", None, "AP"),
        ("LIMA/QUITO, Tuesday, May 3, 2011 (Hill News Service) –", "LIMA/QUITO", "Tuesday, May 3, 2011", "Hill News Service"),
        ("Port-au-Prince, Haiti (CNN) --", "Port-au-Prince, Haiti", None, "CNN"),
        ("PARIS, Jan. 5, 2015 /PRNewswire/ --", "PARIS", "Jan. 5, 2015", "PRNewswire"),
        ("QUITO, NO DATE (EFE) -- [REPORT] [TEXT]", "QUITO", None, "EFE"),
        ("(Reuters) -", None, None, "Reuters"),
        ("ISLAMABAD:", "ISLAMABAD", None, None),
    ],
)  # fmt: skip
def test_dateline_comes_apart(head, place, date, agency):
    origin = read_dateline(f"{head} The army has left the town, officials said.")
    assert (origin.place, origin.date, origin.agency) == (place, date, agency)
    assert origin.end == len(head)


@pytest.mark.parametrize(
    "text",
    [
        "Police - who had been called - left the house at once.",
        "NATO - which has no army of its own - said it would wait.",
        "UPDATE: The police have found the car that was stolen.",
        "The army left the town on Monday -- and came back.",
        "John Doe: We have nothing to say to you about this.",
        "",
        "-",
    ],
)
def test_beginnings_of_sentences_are_no_datelines(text):
    assert read_dateline(text) is None


def test_colon_is_not_enough_in_a_transcript():
    assert read_dateline("LIMA: We have seen nothing of the kind at all.", colon=False) is None


def test_examples_are_read():
    for example in read_toml("segmentation/datelines.toml")["examples"]:
        assert read_dateline(f"{example} The army has left the town today.") is not None, example


@pytest.mark.parametrize(
    ("date", "near", "expected"),
    [
        ("3 JAN 90", None, (1990, 1, 3)),
        ("Dec. 31", (2011, 1, 1), (2010, 12, 31)),
        ("1 January", (2010, 12, 30), (2011, 1, 1)),
        ("Feb. 29", (2012, 3, 1), (2012, 2, 29)),
        ("Monday", (2011, 5, 4), (2011, 5, 2)),
        ("May 3", None, None),
    ],
)
def test_day_of_a_dateline_is_the_closest(date, near, expected):
    day = resolve_day(date, dt.date(*near) if near else None)
    assert day == (dt.date(*expected) if expected else None)
