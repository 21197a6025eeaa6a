"""English temporal expressions by construction: each found exactly and given its value."""

import datetime as dt
from pathlib import Path

import pytest

from transforms.dates import normalize

DAY = dt.date(2014, 6, 26)
LINES = Path(__file__).with_name("dates_table.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split("|")) for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("sentence", "expression", "value"), CASES)
def test_expression(sentence, expression, value):
    found = [(date.text, date.value) for date in normalize(sentence, published_at=DAY)]
    if expression == "-":
        assert found == []
    else:
        assert (expression, value) in found


@pytest.mark.parametrize("sentence", [case[0] for case in CASES])
def test_days_agree_with_the_value(sentence):
    """What has days of a calendar year says so in its value."""
    for date in normalize(sentence, published_at=DAY):
        if date.type in {"DATE", "TIME"} and date.first_day and date.value[:4].isdigit():
            years = {f"{date.first_day.year:04d}", f"{date.last_day.isocalendar().year:04d}"}
            assert any(year.startswith(date.value[:4]) for year in years)
