"""Segment: an article's zones and sentences, and what it says about itself."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from schemas import Article, Dateline, Published, Sentence, Zone, ZoneKind, new_article
from transforms.segmentation.byline import read_authors
from transforms.segmentation.dateline import Origin, read_dateline, resolve_day
from transforms.segmentation.lines import Unit, read_units
from transforms.segmentation.published import Stamp, find_date, read_day, read_stamp
from transforms.segmentation.quotes import find_quotes
from transforms.segmentation.rules import find_credit, read_source
from transforms.segmentation.sentences import split_sentences
from transforms.segmentation.zones import begins_unit, classify, split_credit

_QUOTED: frozenset[ZoneKind] = frozenset({"title", "subtitle", "caption", "body"})


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """A unit, or the part of one that is of one kind."""

    kind: ZoneKind
    start: int
    end: int
    text: str  # white space collapsed


def load_segmenter() -> Callable[[Article], Article]:
    """Load the lexicons and return `segment`."""
    segment(new_article("Lima\n\nBy Jane Doe, May 3 2011\n\nLIMA (AP) -- “We stay,” Mr. Roe said."))
    return segment


def segment(article: Article) -> Article:
    r"""Add zones, sentences, quotes and dateline; find title, authors, source, date if not given.

    What was given with the article stays as it is; `title_basis` and `published_basis` say which.

    >>> article = segment(new_article("Two die in fire\n\nBy Jane Doe\n\nLIMA -- A fire broke out."))
    >>> [zone.kind for zone in article.zones], article.title, article.authors
    (['title', 'byline', 'dateline', 'body'], 'Two die in fire', ('Jane Doe',))
    """
    units = read_units(article.text, begins_unit)
    parts, origin = _parts(article, units)
    zones = tuple(_zones(parts))
    paragraphs = [(part.start, part.end) for part in parts if part.kind in _QUOTED]
    return dataclasses.replace(
        _with_metadata(article, parts, origin),
        zones=zones,
        sentences=tuple(_sentences(article.text, parts, zones)),
        quotes=tuple(find_quotes(article.text, paragraphs)),
    )


def _parts(article: Article, units: Sequence[Unit]) -> tuple[list[_Part], Origin | None]:
    """Label the units; split off the dateline, and the date beside an author."""
    kinds = classify(units, article.title)
    first = next((i for i, kind in enumerate(kinds) if kind == "body"), None)
    origin = None
    parts: list[_Part] = []
    for i, (unit, kind) in enumerate(zip(units, kinds, strict=True)):
        if i == first:
            origin = read_dateline(unit.text, colon=not _is_transcript(units))
            parts += _split_dateline(article.text, unit, origin)
        elif kind in {"byline", "published"}:
            parts += _split_credit(article.text, unit, kind)
        else:
            parts.append(_Part(kind, unit.start, unit.end, unit.text))
    return parts, origin


def _is_transcript(units: Sequence[Unit]) -> bool:
    """Whether several paragraphs begin with a speaker in capitals and a colon ("DOE: Yes")."""
    heads = (unit.text[:40].partition(":") for unit in units)
    return sum(bool(colon) and head.isupper() for head, colon, _ in heads) > 1


def _split_dateline(text: str, unit: Unit, origin: Origin | None) -> Iterator[_Part]:
    if origin is None:
        yield _Part("body", unit.start, unit.end, unit.text)
        return
    yield from _split(text, unit, ("dateline", "body"), (origin.end, origin.end))


def _split_credit(text: str, unit: Unit, kind: ZoneKind) -> Iterator[_Part]:
    cut = split_credit(unit)
    if cut is None:
        yield _Part(kind, unit.start, unit.end, unit.text)
        return
    date_first = read_stamp(unit.text[: cut[0]]) is not None
    kinds: tuple[ZoneKind, ZoneKind] = ("byline", "published")
    yield from _split(text, unit, kinds[::-1] if date_first else kinds, cut)


def _split(
    text: str, unit: Unit, kinds: tuple[ZoneKind, ZoneKind], cut: tuple[int, int]
) -> Iterator[_Part]:
    """Split a unit in two, at offsets into its collapsed text."""
    left, right = unit.text[: cut[0]].rstrip(), unit.text[cut[1] :].lstrip()
    yield _Part(kinds[0], unit.start, unit.start + _true_length(text, unit.start, left), left)
    if right:
        yield _Part(kinds[1], unit.end - _true_length_back(text, unit.end, right), unit.end, right)


def _true_length(text: str, start: int, collapsed: str) -> int:
    """Return how many characters of the text make up a collapsed beginning of a unit."""
    position = start
    for word in collapsed.split(" "):
        while text[position].isspace():
            position += 1
        position += len(word)
    return position - start


def _true_length_back(text: str, end: int, collapsed: str) -> int:
    position = end
    for word in reversed(collapsed.split(" ")):
        while text[position - 1].isspace():
            position -= 1
        position -= len(word)
    return end - position


def _zones(parts: Sequence[_Part]) -> Iterator[Zone]:
    """Join parts of one kind that follow each other."""
    for kind, group in itertools.groupby(parts, key=_kind):
        run = list(group)
        yield Zone(kind=kind, start=run[0].start, end=run[-1].end)


def _kind(part: _Part) -> ZoneKind:
    return part.kind


def _sentences(text: str, parts: Iterable[_Part], zones: Sequence[Zone]) -> Iterator[Sentence]:
    """Split each part; a sentence crosses no paragraph and so no zone."""
    zone = 0
    for part in parts:
        while part.start >= zones[zone].end:
            zone += 1
        cut = find_credit(text, part.start, part.end) if part.kind == "caption" else None
        for begin, finish in itertools.pairwise((part.start, *([cut] if cut else []), part.end)):
            for start, end in split_sentences(text, begin, finish):
                yield Sentence(start=start, end=end, zone=zone)


def _with_metadata(article: Article, parts: Sequence[_Part], origin: Origin | None) -> Article:
    found = _published(parts) or _published_of(origin)
    published = article.published or found
    title = next((part.text for part in parts if part.kind == "title"), None)
    return dataclasses.replace(
        article,
        title=article.title or title,
        title_basis="given" if article.title else "text" if title else "unknown",
        authors=article.authors or _authors(parts),
        source=article.source or _source(parts),
        published=published,
        published_basis="given" if article.published else "text" if found else "unknown",
        published_in_text=found,
        dateline=_dateline(article.text, parts, origin, published.on if published else None),
    )


def _authors(parts: Sequence[_Part]) -> tuple[str, ...]:
    names = (name for part in parts if part.kind == "byline" for name in read_authors(part.text))
    return tuple(dict.fromkeys(names))


def _source(parts: Sequence[_Part]) -> str | None:
    sources = (read_source(Unit(0, 0, 0, p.text)) for p in parts if p.kind == "boilerplate")
    return next((source for source in sources if source), None)


def _published(parts: Sequence[_Part]) -> Published | None:
    """Return what the page says of its publication; else of its last change."""
    stamps = [stamp for part in parts if (stamp := _stamp(part)) and stamp.published]
    stamps.sort(key=_is_update)  # stable: the first of each kind stays first
    return stamps[0].published if stamps else None


def _is_update(stamp: Stamp) -> bool:
    return stamp.updated


def _stamp(part: _Part) -> Stamp | None:
    if part.kind == "published":
        return read_stamp(part.text)
    date = find_date(part.text) if part.kind == "byline" else None
    return read_stamp(part.text[date.start() :]) if date else None


def _published_of(origin: Origin | None) -> Published | None:
    """A full date in the dateline is the day of publication, where nothing else says it."""
    day = read_day(origin.date) if origin and origin.date else None
    if day is None:
        return None
    return Published(at=dt.datetime.combine(day, dt.time(), dt.UTC), on=day, precision="day")


def _dateline(
    text: str, parts: Sequence[_Part], origin: Origin | None, near: dt.date | None
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
