"""Datelines of MUC-4 against an independent reading of them, on a fixed sample of 200 texts.

The reference is a few string operations that know the one form that these wires have, "PLACE, DAY
(SOURCE) -- [TAGS] text", and nothing of the program's grammar. It was checked by eye on the sample:
what it says there of place, day and source is what a reader would say. Of the 1,500 texts those with
a double hyphen near their beginning have a dateline; the sample are the 200 with the smallest hashes
of their names.
"""

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from score import Row, row, share

from schemas import new_article
from transforms.segmentation import segment

_SAMPLE = 200
_NEAR = 220  # characters from the beginning of a text


class Origin(NamedTuple):
    """What a dateline says; None where it does not."""

    place: str | None
    day: dt.date | None
    source: str | None


def dateline_rows(data: Path, *, errors: bool = False) -> Iterator[Row]:
    """Yield the share of the sample that is right in place, in day, in source, in all three."""
    right = dict.fromkeys((*Origin._fields, "dateline"), 0)
    sample = sample_of(data)
    for name, text in sample:
        wanted, found = reference(text), read(text)
        for field in Origin._fields:
            right[field] += getattr(wanted, field) == getattr(found, field)
        right["dateline"] += wanted == found
        if errors and wanted != found:
            print(name, wanted, found)
    for what, count in right.items():
        yield row(what, "muc4", len(sample), {"right": share(count, len(sample))})


def sample_of(data: Path) -> list[tuple[str, str]]:
    """Return the names and texts of the sample."""
    with (data / "events/muc4/texts.jsonl").open(encoding="utf-8") as file:
        texts = [(text["id"], text["text"]) for text in map(json.loads, file)]
    dated = [(name, text) for name, text in texts if " --" in text[:_NEAR]]
    return sorted(dated, key=_digest)[:_SAMPLE]


def _digest(named: tuple[str, str]) -> str:
    return hashlib.sha256(named[0].encode()).hexdigest()


def reference(text: str) -> Origin:
    r"""Read the dateline of a text of MUC-4 by its one form.

    >>> reference("X-1 (LAB)\n\n   LA PAZ (BOLIVIA), 3 JAN 90\n(RADIO UNO) -- [TEXT] A")
    Origin(place='LA PAZ (BOLIVIA)', day=datetime.date(1990, 1, 3), source='RADIO UNO')
    """
    head = " ".join(text.partition("\n\n")[2].partition(" --")[0].split())
    source = None
    if head.endswith(")"):
        head, _, source = head[:-1].rpartition(" (")
    place, _, day = head.rpartition(", ")
    if place.startswith("NO CITY"):
        place = place.removeprefix("NO CITY").strip(" ()")  # only the country is known
    return Origin(place or None, _day(day.title().replace("Sept", "Sep")), source)


def _day(day: str) -> dt.date | None:
    for form in ("%d %b %y", "%B %d %y"):
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(day, form).replace(tzinfo=dt.UTC).date()
    return None


def read(text: str) -> Origin:
    """Read the dateline of a text with the program."""
    dateline = segment(new_article(text)).dateline
    if dateline is None:
        return Origin(None, None, None)
    return Origin(dateline.place, dateline.day, dateline.agency)
