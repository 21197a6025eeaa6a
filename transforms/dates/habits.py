"""Habits of a whole text that decide how its single dates are read.

In news a month without a year is near the day of publication, in a history it is near the date that
was named before it. 5/3/2014 is in May or in March, as the text itself has it elsewhere.
"""

import datetime as dt
import re

_YEAR = re.compile(r"\b((?:1\d|20)\d\d)\b(?! B\.?C)|\b\d{1,4} B\.?C\b")
# What counts from publication. Not the day of a date ("Sunday, 22 June"), of a feast ("Good Friday")
# or of a name ("Bloody Sunday"), nor the "today" to which things have lasted.
_NEAR = re.compile(
    r"(?<!to )\b(?:today|yesterday|tomorrow|tonight)\b"
    r"|(?<!Maundy )(?<!Good )(?<!Easter )(?<!Palm )(?<!Bloody )(?<!Black )(?<!Holy )"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"(?!,? (?:the )?\d|,? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WHOLE = re.compile(rf"\b(?=(\w{{3}}))(?:{_MONTH}) (?:\d{{1,2}}, )?(\d{{4}})\b")
_DAY_FIRST = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}")
_MONTH_FIRST = re.compile(rf"\b{_MONTH} \d{{1,2}}\b")
_MANY = 8  # old years that a history has at least
_RATIO = 8  # … and how many to one word that counts from publication


def is_history(text: str, published: dt.date | None) -> bool:
    """Whether old years are many, and many more than words like "yesterday" and "Tuesday".

    Without a day of publication there is nothing else to count from.
    """
    if published is None:
        return True
    old = sum(int(year[1] or 0) < published.year for year in _YEAR.finditer(text))
    near = sum(1 for _ in _NEAR.finditer(text)) + _dates_of_month(text, published)
    return old >= _MANY and old > _RATIO * near


def _dates_of_month(text: str, published: dt.date) -> int:
    """Return how many whole dates there are of the month of publication, its own among them."""
    dates = (f"{found[1]} {found[2]}" for found in _WHOLE.finditer(text))
    return sum(date == f"{published:%b} {published.year}" for date in dates)


def is_day_first(text: str) -> bool:
    """Whether the text writes the day before the month.

    Numbers that can be no month tell, most of them being right; where there are none, how the text
    writes the dates that have the name of a month. The American order where nothing tells.
    """
    numbers = [(int(found[1]), int(found[3])) for found in _NUMERIC.finditer(text)]
    if not numbers:
        return False
    day_first = sum(first > 12 >= second for first, second in numbers)
    month_first = sum(second > 12 >= first for first, second in numbers)
    if day_first == month_first:
        day_first = sum(1 for _ in _DAY_FIRST.finditer(text))
        month_first = sum(1 for _ in _MONTH_FIRST.finditer(text))
    return day_first > month_first
