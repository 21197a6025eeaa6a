"""The component `dateline_dates` for spaCy: temporal expressions without Beam.

Installed, spaCy finds it by its entry point; importing this module registers it as well.

>>> import spacy, transforms.dates.component
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("dateline_dates", config={"published_at": "2014-06-26"})
>>> [(span.text, span.label_, span.id_) for span in nlp("They met last Friday.").spans["dates"]]
[('last Friday', 'DATE', '2014-06-20')]
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from schemas import Date, Parse
from transforms.dates.normalize import blocks, find_dates, load_normalizer, published_day
from transforms.parsing import parse_of

NAME = "dateline_dates"
_DAYS = ("first_day", "last_day")


class DatesComponent:
    """Writes the temporal expressions of a Doc to its span group and to `doc._.dates`.

    A span has the type as its label and the value as its id; `doc._.dates` are the records, with
    offsets in characters. `doc._.published_at` says for one Doc when it was published. Tense comes
    from tagger and parser where they ran before, else from the words near by.
    """

    def __init__(self, published_at: str | None, spans_key: str) -> None:
        load_normalizer()
        self.published_at = published_at
        self.spans_key = spans_key
        published_day(published_at)  # a mistake shows when the pipeline is made

    def __call__(self, doc: Doc) -> Doc:
        """Find the expressions of a Doc."""
        published = published_day(doc._.published_at or self.published_at)
        dates = find_dates(doc.text, _spans(doc), published=published, parse=_parse(doc))
        doc.user_data[NAME] = [_plain(date) for date in dates]
        spans = (
            doc.char_span(d.start, d.end, label=d.type, span_id=d.value, alignment_mode="expand")
            for d in dates
        )
        doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc

    def to_disk(self, path: Any, *, exclude: Any = ()) -> None:
        """Nothing: the grammar comes with the package, the options with the config."""

    def from_disk(self, path: Any, *, exclude: Any = ()) -> "DatesComponent":  # noqa: ARG002
        """Return itself: there is nothing to read."""
        return self


@Language.factory(
    NAME,
    assigns=["doc.spans", "doc._.dates"],
    default_config={"published_at": None, "spans_key": "dates"},
)
def make_component(
    nlp: Language,  # noqa: ARG001 - the arguments are spaCy's
    name: str,  # noqa: ARG001
    published_at: str | None,
    spans_key: str,
) -> DatesComponent:
    """Make the component; `published_at` is a day for all Docs, as ISO 8601 writes it."""
    return DatesComponent(published_at, spans_key)


def _dates(doc: Doc) -> tuple[Date, ...]:
    """Return the records; kept as plain values, which a Doc can be sent and stored with."""
    return tuple(
        Date(**row | {key: row[key] and dt.date.fromisoformat(row[key]) for key in _DAYS})
        for row in doc.user_data.get(NAME, ())
    )


def _plain(date: Date) -> dict[str, Any]:
    row = {name: getattr(date, name) for name in Date.__dataclass_fields__}
    return row | {key: row[key] and row[key].isoformat() for key in _DAYS}


def _spans(doc: Doc) -> Iterator[tuple[int, int]]:
    if not doc.has_annotation("SENT_START"):
        yield from blocks(doc.text)
        return
    for sentence in doc.sents:
        yield sentence.start_char, sentence.end_char


def _parse(doc: Doc) -> Parse | None:
    return parse_of(doc) if doc.has_annotation("TAG") and doc.has_annotation("DEP") else None


if not Doc.has_extension("dates"):
    Doc.set_extension("dates", getter=_dates)
if not Doc.has_extension("published_at"):
    Doc.set_extension("published_at", default=None)
