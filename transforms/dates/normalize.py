"""Text in, temporal expressions out."""

import collections
import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

from schemas import Article, Date, Parse, known
from transforms.dates import words
from transforms.dates.grammar import Grammar, load_grammar
from transforms.dates.habits import is_day_first, is_history
from transforms.dates.join import Found, join, limit
from transforms.dates.narrative import placed
from transforms.dates.resolve import RESOLVERS
from transforms.dates.scan import Match, matches
from transforms.dates.spot import Place, Reading, Spot
from transforms.dates.tense import TenseAt, tense_from
from transforms.parsing import READ_ZONES

_BRACKET = 40  # characters in which a bracket, or an until, is looked for
_UNTIL = re.compile(r"\b(?:(?:until|till)\b[^.,;]{0,25}|since )$", re.IGNORECASE)
_RANGE = re.compile(r"\d{4}\s?[-‐‑–—/]\s?$")  # what is told begins with the first year
_HAD = re.compile(r"\bhad\b[^.,;:]{1,35}$")  # steps back from a story: "who had fled in 1789"
_SAYS = words.compile_pattern(r"\b{saying}(?: (?:here|late|early))?(?: on)? $")
_OPENING = 13  # characters in which a sentence comes to its first date: "Throughout 1848 …"
_STOP = re.compile(r"[.!?][\"'”’)]?\s")  # … where a paragraph was not split into its sentences
_OLDEST_DATELINE = dt.timedelta(days=3)  # an older one is a mistake, or of another text
_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")

Spans = Iterable[tuple[int, int]]
Scanned = Iterable[tuple[int, int, Iterable[Match]]]  # a sentence, and what the rules match in it
PublishedAt = dt.date | dt.datetime | str | None


def load_normalizer() -> Callable[[Article], Article]:
    """Compile the grammar and return `normalize_dates`."""
    load_grammar()
    return normalize_dates


def normalize_dates(article: Article) -> Article:
    """Fill `dates`: the temporal expressions of title, subtitle, dateline, caption and body.

    Offsets are those of the article's text. Values are TIMEX3's, counted from the day of
    publication, or from that of the dateline where it is a little earlier: "today" is the day on
    which the report was filed. Where neither is known, only what the words themselves say is filled.

    Raises:
        MissingStepError: the article has no zones or sentences yet.
    """
    filed = _filed_on(article)
    dates = find_dates(
        article.text,
        _sentences(article),
        published=filed or article.published_on,
        parse=article.parse,
    )
    if filed:
        dates = tuple(map(_from_dateline, dates))
    return dataclasses.replace(article, dates=dates)


def normalize(text: str, *, published_at: PublishedAt = None) -> tuple[Date, ...]:
    """Return the temporal expressions of a text, read as published at a time.

    `published_at` is a date, a date-time (its calendar day in its own zone counts) or either as ISO
    8601 writes it. Without a parser at hand, tense is told from the words near by.

    Raises:
        ValueError: `published_at` is a string that is neither.

    >>> [(d.text, d.value) for d in normalize("It fell last week.", published_at="2014-06-26")]
    [('last week', '2014-W25')]
    """
    return find_dates(text, blocks(text), published=published_day(published_at))


def published_day(published_at: PublishedAt) -> dt.date | None:
    """Return the calendar day of publication.

    Raises:
        ValueError: the string is no date and no date-time of ISO 8601.
    """
    if isinstance(published_at, str):
        try:
            published_at = dt.datetime.fromisoformat(published_at)
        except ValueError as error:
            raise ValueError(
                f"published_at {published_at!r}: write it as 2014-06-26 or 2014-06-26T08:04:00+02:00"
            ) from error
    return published_at.date() if isinstance(published_at, dt.datetime) else published_at


def _filed_on(article: Article) -> dt.date | None:
    """Return the day of the dateline, if that is the one to count from."""
    filed = article.dateline.day if article.dateline else None
    if filed is None or article.published_on is None:
        return filed
    return filed if dt.timedelta() < article.published_on - filed <= _OLDEST_DATELINE else None


def _from_dateline(date: Date) -> Date:
    return dataclasses.replace(date, anchor="dateline") if date.anchor == "publication" else date


def _sentences(article: Article) -> Iterator[tuple[int, int]]:
    zones = known(article.zones, "Segment")
    for sentence in known(article.sentences, "Segment"):
        if zones[sentence.zone].kind in READ_ZONES:
            yield sentence.start, sentence.end


def blocks(text: str) -> Spans:
    """Yield the paragraphs of a text, which are read one by one where there are no sentences."""
    return ((block.start(), block.end()) for block in _BLOCK.finditer(text))


@dataclasses.dataclass(frozen=True, slots=True)
class _Job:
    """A text, and all that reading it takes."""

    text: str
    grammar: Grammar
    reading: Reading
    tense_at: TenseAt


def find_dates(
    text: str, spans: Spans, *, published: dt.date | None, parse: Parse | None = None
) -> tuple[Date, ...]:
    """Return the temporal expressions that stand in the spans, which follow one another."""
    reading = Reading(published, is_history(text, published), is_day_first(text))
    job = _Job(text, load_grammar(), reading, tense_from(parse, text))
    scanned: Scanned = (
        (start, end, matches(text, start, end, job.grammar)) for start, end in spans
    )
    if reading.history:  # which years are meant shows only when all is read
        scanned = [(start, end, tuple(found)) for start, end, found in scanned]
        for start, end, found in scanned:
            collections.deque(_pieces(job, start, end, found), maxlen=0)
        years = placed(text, reading.dates)
        reading = Reading(published, reading.history, reading.is_day_first, years=years)
        job = dataclasses.replace(job, reading=reading)
    return tuple(_date(text, found) for found in _found(job, scanned))


def _found(job: _Job, scanned: Scanned) -> Iterator[Found]:
    """Yield what is found in sentences."""
    for start, end, found in scanned:
        yield from join(job.text, _pieces(job, start, end, found))


def _pieces(job: _Job, start: int, end: int, scanned: Iterable[Match]) -> Iterator[Found]:
    """Yield what the rules find in a sentence, from left to right, with what limits it."""
    free = start
    for match in scanned:
        if match.start < free:
            continue
        if match.rule.how == "nothing":
            free = match.end
            continue
        found = _resolve(job, match)
        if found is None:
            continue
        found = limit(job.text, found, free, end, job.grammar)
        free = found.end
        if not found.bound:  # the day is that of the piece beside it
            place = _place(job.text, start, found.start, history=job.reading.history)
            job.reading.hear(found.meaning, match.start, found.end, place)
        yield found


def _place(text: str, start: int, offset: int, *, history: bool) -> Place:
    """Return where in the sentence that begins at `start` an expression stands."""
    before = text[max(start, offset - _BRACKET) : offset]
    if offset - start <= _OPENING or _STOP.search(before, len(before) - _OPENING - 2):
        return "opening"
    if before.rfind("(") > before.rfind(")") or _UNTIL.search(before):
        return "aside"
    if history and _RANGE.search(before):
        return "end"
    if history and _HAD.search(before):
        return "before"
    return "source" if _SAYS.search(before) else "inside"


def _resolve(job: _Job, match: Match) -> Found | None:
    rule = match.rule
    if rule.in_histories and not (job.reading.history and job.reading.published):
        return None
    spot = Spot(job.text, match.start, match.end, match.groups, job.reading, job.tense_at)
    try:
        meaning = RESOLVERS[rule.how](spot, rule.options)
    except (ValueError, OverflowError):  # June 31, the year 0, twenty thousand years ago
        return None
    if meaning is None:
        return None
    return Found(match.start, match.end, rule.id, meaning, rule.bound)


def _date(text: str, found: Found) -> Date:
    meaning = found.meaning
    return Date(
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        first_day=meaning.first,
        last_day=meaning.last,
        precision=meaning.precision,
        anchor=meaning.anchor,
        rule=found.rule,
    )
