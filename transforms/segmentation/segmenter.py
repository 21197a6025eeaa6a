"""Segment: an article's zones and sentences, and what it says about itself."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from schemas import (
    Article,
    Dateline,
    Published,
    RejectedError,
    Sentence,
    Zone,
    ZoneKind,
    new_article,
)
from transforms.segmentation.byline import read_authors
from transforms.segmentation.dateline import Origin, resolve_day
from transforms.segmentation.lines import Unit, read_units
from transforms.segmentation.parts import Part, Reading, read_parts
from transforms.segmentation.published import Stamp, read_day, read_loose_stamp
from transforms.segmentation.quotes import find_quotes
from transforms.segmentation.rules import find_credit, read_source
from transforms.segmentation.sentences import split_sentences
from transforms.segmentation.zones import begins_unit

_QUOTED: frozenset[ZoneKind] = frozenset({"title", "subtitle", "caption", "body"})
_MOST_UNITS = 100_000
_TOO_LONG = "{:,} lines and paragraphs, more than the {:,} of any article: split the text"


def load_segmenter() -> Callable[[Article], Article]:
    """Load the lexicons and return `segment`."""
    segment(new_article("Lima\n\nBy Jane Doe, May 3 2011\n\nLIMA (AP) -- “We stay,” Mr. Roe said."))
    return segment


def segment(article: Article) -> Article:
    r"""Add zones, sentences, quotes and dateline; find title, authors, source, date if not given.

    What was given with the article stays as it is; `title_basis` and `published_basis` say which.
    A text of more than 100,000 lines and paragraphs is no article: RejectedError `too_long`.

    >>> text = "Two die in fire\n\nBy Jane Doe\n\nLIMA (AP) -- A fire broke out."
    >>> article = segment(new_article(text))
    >>> [zone.kind for zone in article.zones], article.title, article.authors
    (['title', 'byline', 'dateline', 'body'], 'Two die in fire', ('Jane Doe',))
    """
    units = read_units(article.text, begins_unit)
    if len(units) > _MOST_UNITS:
        raise RejectedError("too_long", _TOO_LONG.format(len(units), _MOST_UNITS))
    reading = read_parts(article.text, units, article.title)
    parts = reading.parts
    zones = tuple(_zones(parts))
    paragraphs = [(part.start, part.end) for part in parts if part.kind in _QUOTED]
    return dataclasses.replace(
        _with_metadata(article, reading),
        zones=zones,
        sentences=tuple(_sentences(article.text, parts, zones)),
        quotes=tuple(find_quotes(article.text, paragraphs)),
    )


def _zones(parts: Sequence[Part]) -> Iterator[Zone]:
    """Join parts of one kind that follow each other."""
    for kind, group in itertools.groupby(parts, key=_kind):
        run = list(group)
        yield Zone(kind=kind, start=run[0].start, end=run[-1].end)


def _kind(part: Part) -> ZoneKind:
    return part.kind


def _sentences(text: str, parts: Iterable[Part], zones: Sequence[Zone]) -> Iterator[Sentence]:
    """Split each part; a sentence crosses no paragraph and so no zone."""
    zone = 0
    for part in parts:
        while part.start >= zones[zone].end:
            zone += 1
        cut = find_credit(text, part.start, part.end) if part.kind == "caption" else None
        for begin, finish in itertools.pairwise((part.start, *([cut] if cut else []), part.end)):
            for start, end in split_sentences(text, begin, finish):
                yield Sentence(start=start, end=end, zone=zone)


def _with_metadata(article: Article, reading: Reading) -> Article:
    parts, origin, source = reading
    found = _published(parts) or _published_of(origin)
    published = article.published or found
    title = next((part.text for part in parts if part.kind == "title"), None)
    return dataclasses.replace(
        article,
        title=article.title or title,
        title_basis="given" if article.title else "text" if title else "unknown",
        authors=article.authors or _authors(parts),
        source=article.source or source or _source(parts),
        published=published,
        published_basis="given" if article.published else "text" if found else "unknown",
        published_in_text=found,
        dateline=_dateline(article.text, parts, origin, published.on if published else None),
    )


def _authors(parts: Sequence[Part]) -> tuple[str, ...]:
    names = (name for part in parts if part.kind == "byline" for name in read_authors(part.text))
    return tuple(dict.fromkeys(names))


def _source(parts: Sequence[Part]) -> str | None:
    sources = (read_source(Unit(0, 0, 0, p.text)) for p in parts if p.kind == "boilerplate")
    return next((source for source in sources if source), None)


def _published(parts: Sequence[Part]) -> Published | None:
    """Return what the page says of its publication; else of its last change."""
    stamps = [stamp for part in parts if (stamp := _stamp(part)) and stamp.published]
    stamps.sort(key=_is_update)  # stable: the first of each kind stays first
    return stamps[0].published if stamps else None


def _is_update(stamp: Stamp) -> bool:
    return stamp.updated


def _stamp(part: Part) -> Stamp | None:
    return read_loose_stamp(part.text) if part.kind in {"published", "byline"} else None


def _published_of(origin: Origin | None) -> Published | None:
    """A full date in the dateline is the day of publication, where nothing else says it."""
    day = read_day(origin.date) if origin and origin.date else None
    if day is None:
        return None
    return Published(at=dt.datetime.combine(day, dt.time(), dt.UTC), on=day, precision="day")


def _dateline(
    text: str, parts: Sequence[Part], origin: Origin | None, near: dt.date | None
) -> Dateline | None:
    part = next((part for part in parts if part.kind == "dateline"), None)
    if part is None or origin is None:
        return None
    return Dateline(
        text=text[part.start : part.end],
        start=part.start,
        end=part.end,
        place=origin.place,
        day=resolve_day(origin.date, near) if origin.date else None,
        agency=origin.agency,
    )
