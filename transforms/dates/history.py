"""Whether a text tells of days long gone, so that its dates hang on one another.

In news a month without a year is near the day of publication, in a history it is near the date that
was named before it.
"""

import datetime as dt
import re

_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_NEAR = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_OLD = 2  # years before publication that make a year one of the past
_MANY = 8  # old years that a history has at least
_RATIO = 2  # … and how many to one word that counts from publication


def is_history(text: str, published: dt.date | None) -> bool:
    """Whether old years are many, and many more than words like "yesterday" and "Tuesday".

    Without a day of publication there is nothing else to count from.
    """
    if published is None:
        return True
    old = sum(published.year - int(year[0]) >= _OLD for year in _YEAR.finditer(text))
    return old >= _MANY and old > _RATIO * sum(1 for _ in _NEAR.finditer(text))
