"""What an article is made of, and the row that the documents table has for it."""

import datetime as dt
from typing import Literal

from schemas._declare import column, record
from schemas.date import Date
from schemas.entity import Entity

ZoneKind = Literal[
    "title", "subtitle", "byline", "published", "dateline", "caption", "body", "boilerplate"
]
GivenBasis = Literal["given", "text", "unknown"]
PublishedPrecision = Literal["second", "minute", "day"]


@record
class Zone:
    """A run of lines of one kind. Zones are in order, do not overlap, cover each non-blank line."""

    kind: ZoneKind = column("what the lines are")
    start: int = column("offset of its first character")
    end: int = column("offset after its last character")


@record
class Sentence:
    """A sentence; it never crosses a zone."""

    start: int = column("offset of its first character")
    end: int = column("offset after its last character")
    zone: int = column("index of its zone in zones")


@record
class Quote:
    """A direct quotation: the words between the quotation marks, and whose they are."""

    start: int = column("offset of the first quoted character")
    end: int = column("offset after the last quoted character")
    speaker_start: int | None = column(
        "offset of the words that name the speaker, where the text does", default=None
    )
    speaker_end: int | None = column("offset after those words", default=None)


@record
class Dateline:
    """Where and when a report was filed: `BAGHDAD, June 26 (Reuters) —`."""

    text: str | None = column("the dateline as it stands in the article", quoted=True)
    start: int = column("offset of its first character")
    end: int = column("offset after its last character")
    place: str | None = column("the place that it names", default=None, quoted=True)
    day: dt.date | None = column("the day that it names", default=None)
    agency: str | None = column("the agency that it names", default=None, quoted=True)


@record
class Document:
    """One article, with what it says about itself and what was found in it."""

    doc_id: str = column("the article's id, as given, else a hash of url and text")
    url: str | None = column("as given", default=None)
    source: str | None = column("the publisher, as given, else as found in the text", default=None)
    title: str | None = column("as given, else as found in the text", default=None)
    language: str | None = column("as given", default=None)
    authors: tuple[str, ...] = column("as given, else as found in the text", default=())
    published_at: dt.datetime | None = column(
        "when it was published; a time without a zone is taken for UTC", default=None
    )
    published_on: dt.date | None = column(
        "the calendar day of publication in the zone given: what 'today' means in the text",
        default=None,
    )
    published_precision: PublishedPrecision | None = column(
        "how precisely published_at is known", default=None
    )
    title_basis: GivenBasis = column("where the title comes from")
    published_basis: GivenBasis = column("where the publication date comes from")
    published_in_text: dt.datetime | None = column(
        "what the text itself says, also where a date was given", default=None
    )
    dateline: Dateline | None = column("where and when it says it was filed", default=None)
    text: str | None = column("the article as read; null under --keep_text none", quoted=True)
    text_sha256: str = column("SHA-256 of the text's UTF-8, in hex")
    zones: tuple[Zone, ...] = column("what the lines are", default=())
    sentences: tuple[Sentence, ...] = column("the sentences", default=())
    quotes: tuple[Quote, ...] = column("direct quotations", default=())
    entities: tuple[Entity, ...] = column(
        "every mention in title, subtitle, dateline, caption and body", default=()
    )
    dates: tuple[Date, ...] = column(
        "every temporal expression in title, subtitle, dateline, caption and body", default=()
    )
    extra: str | None = column("input fields that we do not know, as JSON", default=None)
