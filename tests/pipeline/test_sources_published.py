import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import parse_published
from schemas import Published, RejectedError


def _utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "given", ["2014-06-26", " 2014-06-26 ", "20140626", "2014-W26-4", "2014W264"]
)
def test_a_day_is_midnight_of_its_date(given):
    expected = Published(at=_utc(2014, 6, 26), on=dt.date(2014, 6, 26), precision="day")
    assert parse_published(given) == expected


@pytest.mark.parametrize(
    ("given", "at", "day", "precision"),
    [
        ("2014-06-26T09:30", _utc(2014, 6, 26, 9, 30), 26, "minute"),
        ("2014-06-26 09:30Z", _utc(2014, 6, 26, 9, 30), 26, "minute"),
        ("2014-06-26T0930+0200", _utc(2014, 6, 26, 7, 30), 26, "minute"),
        ("2014-06-26t09:30:15z", _utc(2014, 6, 26, 9, 30, 15), 26, "second"),
        ("2014-06-26T09:30:15 +02:00", _utc(2014, 6, 26, 7, 30, 15), 26, "second"),
        ("2014-06-26T09:30:15.123456789Z", _utc(2014, 6, 26, 9, 30, 15, 123456), 26, "second"),
        ("2014-06-26T09:30:15,5Z", _utc(2014, 6, 26, 9, 30, 15, 500000), 26, "second"),
        ("2014-W26-4T09:30Z", _utc(2014, 6, 26, 9, 30), 26, "minute"),
        # What "today" means in the text is the day in the zone given.
        ("2014-06-26T23:30:00-05:00", _utc(2014, 6, 27, 4, 30), 26, "second"),
        ("2014-06-27T01:00:00+09:00", _utc(2014, 6, 26, 16), 27, "second"),
        # A bare hour is too little to be a time of publication.
        ("2014-06-26T09+02", _utc(2014, 6, 26), 26, "day"),
    ],
)
def test_a_time_is_utc_and_keeps_the_day_of_its_zone(given, at, day, precision):
    expected = Published(at=at, on=dt.date(2014, 6, day), precision=precision)
    assert parse_published(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "", "yesterday", "June 26, 2014", "26/06/2014", "2014", "2014-06", "2014-W26", "2014-02-30",
        "2014-06-26T", "2014-06-26x09:30", "2014-06-26T25:00", "2014-06-26T09:30+25:00",
        "0001-01-01T00:00:00Z", "9999-12-31", "２０１４-06-26", "1403773800", "9" * 5000,
        1403773800, 1.5, True, ["2014-06-26"], {"on": "2014-06-26"},
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(given):
    with pytest.raises(RejectedError, match=r"^bad_date: published_at .* is no ISO 8601 date"):
        parse_published(given)


@given(
    st.dates(dt.date(1700, 1, 1), dt.date(2100, 1, 1)),
    st.times(),
    st.integers(-14 * 60, 14 * 60),
)
def test_every_iso_time_is_read_as_python_writes_it(day, time, minutes):
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    zoned = dt.datetime.combine(day, time, zone)
    published = parse_published(zoned.isoformat())
    assert (published.at, published.on) == (zoned, day)


@given(st.text(max_size=40))
def test_any_string_is_a_date_or_refused(text):
    with contextlib.suppress(RejectedError):
        assert parse_published(text).on
