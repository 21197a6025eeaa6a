"""Stretches of the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates.periods import Period, add_months, half, month, quarter, season

UNITS = [
    "day",
    "week",
    "weekend",
    "month",
    "quarter",
    "half",
    "season",
    "year",
    "decade",
    "century",
]
DAY = dt.date(2014, 6, 26)


@pytest.mark.parametrize(
    ("unit", "value", "first", "last"),
    [
        ("day", "2014-06-26", (2014, 6, 26), (2014, 6, 26)),
        ("week", "2014-W26", (2014, 6, 23), (2014, 6, 29)),
        ("weekend", "2014-W26-WE", (2014, 6, 28), (2014, 6, 29)),
        ("month", "2014-06", (2014, 6, 1), (2014, 6, 30)),
        ("quarter", "2014-Q2", (2014, 4, 1), (2014, 6, 30)),
        ("half", "2014-H1", (2014, 1, 1), (2014, 6, 30)),
        ("season", "2014-SU", (2014, 6, 1), (2014, 8, 31)),
        ("year", "2014", (2014, 1, 1), (2014, 12, 31)),
        ("decade", "201", (2010, 1, 1), (2019, 12, 31)),
        ("century", "20", (2000, 1, 1), (2099, 12, 31)),
    ],
)
def test_holding(unit, value, first, last):
    period = Period.holding(DAY, unit)
    assert (period.value, period.first, period.last) == (value, dt.date(*first), dt.date(*last))


def test_winter_belongs_to_the_year_of_its_january():
    assert Period.holding(dt.date(2014, 12, 3), "season") == season(2015, "WI")
    assert season(2015, "WI").first == dt.date(2014, 12, 1)
    assert season(2015, "WI").value == "2015-WI"


def test_week_of_another_year():
    assert Period.holding(dt.date(2016, 1, 1), "week").value == "2015-W53"


def test_parts_of_a_year():
    assert quarter(2012, 3) == Period.holding(dt.date(2012, 9, 30), "quarter")
    assert half(2012, 2).first == dt.date(2012, 7, 1)
    assert month(2012, 2).last == dt.date(2012, 2, 29)


def test_month_has_no_such_day():
    assert add_months(dt.date(2012, 2, 29), 12) == dt.date(2013, 2, 28)


def test_outside_of_the_calendar():
    with pytest.raises(OverflowError, match="no year 0"):
        add_months(dt.date(1, 1, 1), -1)


@given(
    st.dates(dt.date(1200, 1, 1), dt.date(2700, 1, 1)),
    st.sampled_from(UNITS),
    st.integers(-9, 9),
)
def test_shifting_there_and_back(day, unit, number):
    period = Period.holding(day, unit)
    assert period.first <= period.last
    assert period.shifted(number).shifted(-number) == period
    assert period.shifted(1).first > period.last
