"""Articles that are body all over: for what is measured after the segments and without them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from score import Span

from schemas import Article, Published, Sentence, Zone, new_article

Split = Callable[[str, int, int], Iterator[Span]]


def body_article(text: str, blocks: Iterable[Span], split: Split, **known: object) -> Article:
    """Make an article of a text, its blocks, and a function that yields the sentences of one."""
    zones, sentences = [], []
    for index, (start, end) in enumerate(blocks):
        zones.append(Zone(kind="body", start=start, end=end))
        sentences += [Sentence(start=a, end=b, zone=index) for a, b in split(text, start, end)]
    return new_article(text, zones=tuple(zones), sentences=tuple(sentences), **known)


def published_on(day: dt.date) -> Published:
    """Return what is known of an article's publication when only the day is."""
    at = dt.datetime.combine(day, dt.time(), dt.UTC)
    return Published(at=at, on=day, precision="day")
