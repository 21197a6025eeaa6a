"""The article on its way through the pipeline, with what is known of it so far."""

import dataclasses
import datetime as dt
import hashlib
from typing import TypeVar

from schemas.date import Date
from schemas.document import (
    Dateline,
    Document,
    GivenBasis,
    PublishedPrecision,
    Quote,
    Sentence,
    Zone,
)
from schemas.entity import Entity, Participant
from schemas.errors import MissingStepError
from schemas.event import Event
from schemas.ids import stable_id
from schemas.parse import Parse

_T = TypeVar("_T")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article was published."""

    at: dt.datetime  # in UTC; midnight where only the day is known
    on: dt.date  # the calendar day in the zone given: what "today" means in the text
    precision: PublishedPrecision


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article: what was read, then what each step adds. A step returns a new one.

    What a step has not yet been asked for is None; what it looked for and did not find is empty.
    """

    id: str
    text: str
    url: str | None = None
    source: str | None = None
    title: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    published: Published | None = None
    extra: str | None = None
    input_path: str = ""
    input_line: int | None = None

    # Segment; it also fills source, title, authors and published where they were not given.
    title_basis: GivenBasis = "unknown"
    published_basis: GivenBasis = "unknown"
    published_in_text: Published | None = None
    dateline: Dateline | None = None
    zones: tuple[Zone, ...] | None = None
    sentences: tuple[Sentence, ...] | None = None
    quotes: tuple[Quote, ...] | None = None

    parse: Parse | None = None  # ParseSentences
    entities: tuple[Entity, ...] | None = None  # LinkEntities
    descriptions: tuple[Participant, ...] = ()  # LinkEntities: who is meant without a name
    dates: tuple[Date, ...] | None = None  # NormalizeDates
    events: tuple[Event, ...] | None = None  # ExtractEvents

    @property
    def published_on(self) -> dt.date | None:
        """The calendar day of publication, where one is known."""
        return self.published.on if self.published else None


def new_article(text: str, **known: object) -> Article:
    """Make an article of a text and whatever else is known of it; the id is made if not given.

    >>> new_article("Rebels took the town.", source="Example Times").source
    'Example Times'
    """
    known.setdefault("id", stable_id(str(known.get("url") or ""), text))
    return Article(text=text, **known)  # type: ignore[arg-type]


def known(value: _T | None, step: str) -> _T:
    """Return what `step` adds to an article, or say that the article has not been through it.

    Raises:
        MissingStepError: the value is None.
    """
    if value is None:
        raise MissingStepError(f"the article has not been through {step} yet; apply {step} first")
    return value


def document_of(article: Article) -> Document:
    """Make the row of the documents table for an article that has been through the steps."""
    published, in_text = article.published, article.published_in_text
    return Document(
        doc_id=article.id,
        url=article.url,
        source=article.source,
        title=article.title,
        language=article.language,
        authors=article.authors,
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        published_precision=published.precision if published else None,
        title_basis=article.title_basis,
        published_basis=article.published_basis,
        published_in_text=in_text.at if in_text else None,
        dateline=article.dateline,
        text=article.text,
        text_sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        zones=article.zones or (),
        sentences=article.sentences or (),
        quotes=article.quotes or (),
        entities=article.entities or (),
        dates=article.dates or (),
        extra=article.extra,
    )
