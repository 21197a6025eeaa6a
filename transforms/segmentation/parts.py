"""From units to parts: a line can hold a headline and a story, a dateline, an author and a date."""

import dataclasses
import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas import ZoneKind
from transforms.segmentation.dateline import Origin, read_dateline
from transforms.segmentation.export import Export, read_export
from transforms.segmentation.lines import Unit
from transforms.segmentation.page import classify
from transforms.segmentation.published import is_stamp
from transforms.segmentation.zones import split_credit

# What stands between a headline and the story on one line.
_AFTER_TITLE = re.compile(r" ?[.:!?|–—-]+ (?=\S)")


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A unit, or the part of one that is of one kind."""

    kind: ZoneKind
    start: int
    end: int
    text: str  # white space collapsed


class Reading(NamedTuple):
    """The parts of a text, what its dateline says, and the publisher where an export names it."""

    parts: list[Part]
    origin: Origin | None
    source: str | None


def read_parts(text: str, units: Sequence[Unit], title: str | None) -> Reading:
    """Label the units and split those that are of two kinds."""
    export = read_export(text, units) or Export(classify(units, title), {}, None)
    kinds = export.kinds
    first = next((i for i, kind in enumerate(kinds) if kind == "body"), None)
    origin = None
    parts: list[Part] = []
    for i, (unit, kind) in enumerate(zip(units, kinds, strict=True)):
        part = Part(kind, unit.start, unit.end, unit.text)
        if i in export.label_ends:
            end = export.label_ends[i]
            label, part = _split(text, part, ("boilerplate", kind), (end, end))
            parts.append(label)
        if i == first:
            inline = None if "title" in kinds else title
            opening, found = _open_story(text, part, inline, colon=not _is_transcript(units))
            origin = origin or found
            parts += opening
        elif kind == "dateline":
            origin = read_dateline(f"{part.text} -") or Origin(0, part.text, None, None)
            parts.append(part)
        elif kind in {"byline", "published"}:
            parts += _split_credit(text, unit, part)
        elif kind == "body":
            parts += _split(text, part, ("dateline", "body"), _next_dateline(part.text))
        else:
            parts.append(part)
    return Reading(parts, origin, export.source)


def _is_transcript(units: Sequence[Unit]) -> bool:
    """Whether several paragraphs begin with a speaker in capitals and a colon ("DOE: Yes")."""
    heads = (unit.text[:40].partition(":") for unit in units)
    return sum(bool(colon) and head.isupper() for head, colon, _ in heads) > 1


def _open_story(
    text: str, part: Part, title: str | None, *, colon: bool
) -> tuple[list[Part], Origin | None]:
    """Split the given title and the dateline off the first paragraph."""
    parts = _split(text, part, ("title", "body"), _title_end(part.text, title))
    story = parts.pop()
    origin = read_dateline(story.text, colon=colon)
    cut = (origin.end, origin.end) if origin else None
    return [*parts, *_split(text, story, ("dateline", "body"), cut)], origin


def _next_dateline(paragraph: str) -> tuple[int, int] | None:
    """Return where the dateline ends of a second report, which only its agency makes sure."""
    origin = read_dateline(paragraph, colon=False)
    return (origin.end, origin.end) if origin and origin.agency else None


def _title_end(paragraph: str, title: str | None) -> tuple[int, int] | None:
    """Return where the given title ends that a paragraph begins with, and where the rest starts.

    "Army leaves town. The army left …", not "Army leaves town after …".
    """
    plain = " ".join((title or "").split())
    if not plain or paragraph[: len(plain)].casefold() != plain.casefold():
        return None
    mark = _AFTER_TITLE.match(paragraph, len(plain))
    return (mark.end() - 1, mark.end()) if mark else None


def _split_credit(text: str, unit: Unit, part: Part) -> list[Part]:
    cut = split_credit(unit)
    date_first = cut is not None and is_stamp(unit.text[: cut[0]])
    return _split(
        text, part, ("published", "byline") if date_first else ("byline", "published"), cut
    )


def _split(
    text: str, part: Part, kinds: tuple[ZoneKind, ZoneKind], cut: tuple[int, int] | None
) -> list[Part]:
    """Split a part where `cut`, in its collapsed text, says; leave it whole where it is None."""
    if cut is None:
        return [part]
    left, right = part.text[: cut[0]].rstrip(), part.text[cut[1] :].lstrip()
    first = Part(kinds[0], part.start, _skip(text, part.start, left), left)
    if not right:
        return [first]
    start = _skip(text, part.start, part.text[: cut[1]].rstrip())
    while text[start].isspace():
        start += 1
    return [first, Part(kinds[1], start, part.end, right)]


def _skip(text: str, start: int, collapsed: str) -> int:
    """Return where the words end that begin at `start`; `collapsed` has single spaces for gaps."""
    for word in collapsed.split(" "):
        while text[start].isspace():
            start += 1
        start += len(word)
    return start
