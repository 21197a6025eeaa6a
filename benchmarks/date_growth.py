"""Time on hostile input, as its length grows: it has to grow with it and not faster."""

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

from transforms.dates import normalize

SIZES = (10_000, 100_000, 1_000_000)  # characters
PIECES = {
    "digits": "1",
    "numbers": "1 ",
    "slashes": "1/",
    "commas": ", ",
    "brackets and commas": "((,",
    "nested modifiers": "the end of ",
    "hyphens": "two-and-a-half-",
    "words of dates": "in, the, year, of, ",
    "months and days": "May 5, ",
    "weekdays": "Monday and ",
    "line breaks": "\n ",
    "a history": "In 1914 he left. In May he came. ",
}
_DAY = dt.date(2014, 6, 26)


def seconds(piece: str, size: int) -> float:
    """Return the CPU seconds that so many characters of a piece repeated take."""
    text = (piece * (size // len(piece) + 1))[:size]
    begin = time.process_time()
    normalize(text, published_at=_DAY)
    return time.process_time() - begin


def rows() -> Iterator[dict[str, Any]]:
    """Yield the growth curve of each piece; the last column is 10 where time is linear."""
    for name, piece in PIECES.items():
        seconds(piece, 1000)
        taken = [seconds(piece, size) for size in SIZES]
        cells = {f"{size:,} characters": took for size, took in zip(SIZES, taken, strict=True)}
        yield {"seconds on": name, **cells, "last / one before": taken[-1] / max(taken[-2], 1e-4)}
