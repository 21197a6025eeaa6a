"""Texts exported from an archive of the press, whose lines say what they are: "HEADLINE: …", "HD …".

What researchers of conflict have in folders comes mostly from such archives. Nothing needs to be
guessed there: the labels, and what each stands for, are seeds/segmentation/exports.toml.
"""

import dataclasses
import functools
import re
from collections.abc import Sequence

from schemas import RejectedError, ZoneKind
from seeds import read_toml
from transforms.segmentation.core import is_headline
from transforms.segmentation.lines import Unit
from transforms.segmentation.published import find_date
from transforms.segmentation.rules import boilerplate, is_caption

_MANY = "{} articles in one export: give each as a text of its own"
_LONGEST_DAY = 10  # words: "March 4, 2019 Monday, Late Edition"
# A label with the words of a paragraph behind it stands apart from them.
_APART = re.compile(r"\S+(?:[^\S ]|  |$)")


@dataclasses.dataclass(frozen=True, slots=True)
class Export:
    """What each unit of an exported text is, and where its label ends in the unit's text."""

    kinds: list[ZoneKind]
    label_ends: dict[int, int]
    source: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Format:
    label: re.Pattern[str]
    kinds: dict[str, str]
    least: int
    once: str
    end: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class _Label:
    name: str
    end: int


@functools.cache
def _formats() -> tuple[_Format, ...]:
    return tuple(
        _Format(
            label=re.compile(row["label"].format(names="|".join(row["kinds"]))),
            kinds={name.lower(): kind for name, kind in row["kinds"].items()},
            least=row["least"],
            once=row["once"].lower(),
            end=frozenset(map(str.lower, row["end"])),
        )
        for row in read_toml("segmentation/exports.toml")["export"]
    )


def begins_label(line: str) -> bool:
    """Whether a line begins with a label of an archive and a colon."""
    return _formats()[0].label.match(line) is not None


def read_export(text: str, units: Sequence[Unit]) -> Export | None:
    r"""Read the labels of an exported text; None where it has not enough of them.

    Raises RejectedError `many_articles` where the text holds more than one article.

    >>> text = "HEADLINE: Two held\n\nBYLINE: Ann Lee\n\nLENGTH: 9 words\n\nBODY:\nThey ran."
    >>> from transforms.segmentation.lines import read_units
    >>> read_export(text, read_units(text, begins_label)).kinds
    ['title', 'byline', 'boilerplate', 'boilerplate', 'body']
    """
    for form in _formats():
        labels = _read_labels(text, units, form)
        names = {label.name for label in labels.values()}
        told = {form.kinds[name] for name in names}
        if len(names) >= form.least and "body" in told:
            _refuse_many(labels, form)
            return _read(units, labels, form)
    return None


def _refuse_many(labels: dict[int, _Label], form: _Format) -> None:
    """Refuse a file of several articles: each needs its own day, and none must be lost."""
    count = sum(label.name == form.once for label in labels.values())
    if count > 1:
        raise RejectedError("many_articles", _MANY.format(count))


def _read_labels(text: str, units: Sequence[Unit], form: _Format) -> dict[int, _Label]:
    """Return the labels by the index of their unit; in the story only those that stand apart."""
    labels: dict[int, _Label] = {}
    in_story = False
    for i, unit in enumerate(units):
        match = form.label.match(unit.text[:40])
        name = match[1].lower() if match else ""
        is_coded = match is not None and not match[0].endswith(":")
        if match is None or (in_story and is_coded and not _APART.match(text, unit.start)):
            continue
        labels[i] = _Label(name, match.end())
        in_story = form.kinds[name] == "body"
    return labels


def _read(units: Sequence[Unit], labels: dict[int, _Label], form: _Format) -> Export:
    kinds: list[ZoneKind] = []
    ends: dict[int, int] = {}
    source: str | None = None
    now = ""  # what the last label stands for
    for i, unit in enumerate(units):
        label = labels.get(i)
        if label is None:
            kinds.append(_unlabelled(unit, now))
            continue
        rest = unit.text[label.end :].strip()
        if label.name in form.end:
            now = "end"
        elif now not in {"body", "end"}:  # a line with a label in the story does not end it
            now = form.kinds[label.name]
        kind = form.kinds[label.name] if rest and now != "end" else "boilerplate"
        if kind == "source":  # in the story such a line names somebody else's
            source = source or (rest if now == "source" else None)
            kind = "boilerplate"
        if kind != "boilerplate":
            ends[i] = label.end
        kinds.append(kind)  # type: ignore[arg-type]  # of the file's own values
    above = range(min(labels))
    if "title" not in kinds:
        _label_title(units, kinds, above)
    return Export(kinds, ends, source or _paper(units, kinds, above))


def _unlabelled(unit: Unit, now: str) -> ZoneKind:
    """Return what a unit without a label is: in the story, above it, below it."""
    if now == "body":
        if is_caption(unit):
            return "caption"
        return "boilerplate" if boilerplate(unit, "below") else "body"
    is_day = not now and unit.words <= _LONGEST_DAY and find_date(unit.text) is not None
    return "published" if is_day else "boilerplate"


def _label_title(units: Sequence[Unit], kinds: list[ZoneKind], above: range) -> None:
    """Label the headline that no label names: the first line that can be one."""
    title = next((i for i in above if kinds[i] == "boilerplate" and is_headline(units[i])), None)
    if title is not None:
        kinds[title] = "title"


def _paper(units: Sequence[Unit], kinds: Sequence[ZoneKind], above: range) -> str | None:
    """Return the line over the day, where above all labels the paper is named."""
    day = next((i for i in above if kinds[i] == "published"), 0)
    return units[day - 1].text if day and kinds[day - 1] == "boilerplate" else None
