"""Who held which office on a day."""

import datetime as dt

import pytest

from transforms.entities.entry import Office
from transforms.entities.offices import best_office, holds_on

D = dt.date


FIRST, LAST = D(2006, 5, 20), D(2014, 9, 8)


def office(title="Prime Minister", rank=3, start=FIRST, end=LAST, horizon=None):
    return Office(title, "GOV", rank, "IRQ", start, end, horizon)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (D(2006, 5, 19), False),
        (D(2006, 5, 20), True),
        (D(2014, 9, 8), True),
        (D(2014, 9, 9), False),
    ],
)
def test_first_and_last_day_count(day, holds):
    assert holds_on(office(), day) is holds


def test_an_open_end_holds_as_far_as_the_source_knows():
    current = office(end=None, horizon=D(2022, 6, 22))
    assert holds_on(current, D(2022, 6, 22))
    assert not holds_on(current, D(2022, 6, 23))


def test_an_end_that_was_lost():
    seat = office(rank=0, start=D(1990, 1, 1), end=None)
    assert holds_on(seat, D(1994, 1, 1))
    assert not holds_on(seat, D(2014, 1, 1))


def test_without_a_start_nothing_is_known():
    assert not holds_on(office(start=None), D(2010, 1, 1))


def test_the_highest_of_several_and_the_one_that_the_text_names():
    interior = office("Minister of Interior", rank=2)
    both = [interior, office()]
    assert best_office(both, D(2012, 1, 1)).title == "Prime Minister"
    assert best_office(both, D(2012, 1, 1), {"interior", "minister"}) is interior
    assert best_office(both, None) is None


def test_a_mere_sector_always_holds_and_comes_last():
    rebel = Office("", "REB", -1, "IRQ", None, None, None)
    assert best_office([rebel], None) is rebel
    assert best_office([rebel, office()], D(2012, 1, 1)).rank == 3
