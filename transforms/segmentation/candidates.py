"""Which lines of a whole page can be its headline, and what each looks like, in numbers.

A headline shares its rarer words with the story, most of all with its lead; is followed by author or
day, by buttons to share it, by prose; and often stands twice. `headline.py` weighs these features;
their names are the names in `seeds/segmentation/headline.csv`.
"""

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from transforms.segmentation.byline import is_bare_byline
from transforms.segmentation.core import LONGEST_TITLE, is_prose, runs_of
from transforms.segmentation.features import (
    Hit,
    address_in,
    count_link_words,
    rarer_words,
    words_of,
)
from transforms.segmentation.lines import Unit, without_bullet
from transforms.segmentation.published import is_dated as has_date
from transforms.segmentation.zones import plain, split_credit

_LONGEST_CREDIT = 16  # words
_BY = re.compile(r"\W*by:?$", re.IGNORECASE)
_ABOVE = 100  # lines above the story's first
_BELOW = 4  # lines of the story that can still be it
_NEAR = 12  # lines above and below that are looked at
_FADE = 6  # lines over which a neighbour comes to count a third: a subtitle can stand between
_APART = 8  # lines that part one run of the story from the next
_MOST = 60  # words that one line of the story counts for

Features = dict[str, float]


@dataclasses.dataclass(frozen=True, slots=True)
class _Around:
    """What the lines of a page are that stand near its candidates; False for those far away."""

    dated: list[bool]
    by: list[bool]
    prose: list[bool]
    rule: list[bool]
    bullet: list[bool]


@dataclasses.dataclass(frozen=True, slots=True)
class _Shared:
    """How many rarer words a candidate has, and how much of the story and of its lead is in them."""

    words: int
    told: int
    in_lead: int
    weight: float


def read_candidates(
    units: Sequence[Unit], hits: Sequence[Hit], story: Sequence[bool]
) -> dict[int, Features]:
    """Return the features of each line that can be the headline, by its index.

    `hits` are what the rules say of each unit, `story` whether it is of the story; some are.
    """
    first, main = story.index(True), begin_of_main(units, story)
    lines = range(max(0, first - _ABOVE, main - 3 * _ABOVE), min(main + _BELOW, len(units)))
    indices = [i for i in lines if _can_be_headline(units[i], hits[i])]
    if not indices:
        return {}
    around = _look_around(units, hits, range(lines.start - _NEAR, lines.stop + _NEAR))
    shared = _share(units, story, main, indices)
    copies = _copies(units)
    best, second = sorted((0.0, 0.0, *(own.weight for own in shared.values())))[:-3:-1]
    return {
        i: {
            **_own(units[i]),
            **_twice(i, copies[plain_line(units[i].text)]),
            **_credits(around, i, main),
            **_neighbours(units, around, i),
            **_rivals(units, around, shared, i, main),
            **_likeness(shared[i], best, second),
            **_place(i, first, main, is_story=story[i]),
        }
        for i in indices
    }


def begin_of_main(units: Sequence[Unit], story: Sequence[bool]) -> int:
    """Return where the run of the story with most words begins: above it a teaser can pass for one."""
    runs = runs_of((i for i, is_story in enumerate(story) if is_story), _APART)
    return max(runs, key=lambda run: sum(min(units[i].words, _MOST) for i in run))[0]


def _can_be_headline(unit: Unit, hit: Hit) -> bool:
    if not 2 <= unit.words <= LONGEST_TITLE or len(unit.text) > 250 or hit.any:
        return False
    return split_credit(unit) is None


def plain_line(text: str) -> str:
    """Return what two lines have in common that say the same."""
    return plain(without_bullet(text)[:200])


def _copies(units: Sequence[Unit]) -> Mapping[str, list[int]]:
    copies: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        copies.setdefault(plain_line(unit.text), []).append(i)
    return copies


def is_by(text: str) -> bool:
    """Whether a line says "By", and nothing else."""
    return _BY.fullmatch(text) is not None


def is_dated(unit: Unit) -> bool:
    """Whether a line is short and has a full date in it, or tells of publication."""
    if unit.words > _LONGEST_CREDIT or len(unit.text) > 200:
        return False
    return has_date(without_bullet(unit.text))


def _look_around(units: Sequence[Unit], hits: Sequence[Hit], near: range) -> _Around:
    seen = [i in near for i in range(len(units))]
    pairs = list(zip(seen, units, strict=True))
    return _Around(
        dated=[is_near and is_dated(unit) for is_near, unit in pairs],
        by=[
            is_near and (hit.byline or is_by(without_bullet(unit.text)))
            for (is_near, unit), hit in zip(pairs, hits, strict=True)
        ],
        prose=[is_near and is_prose(unit) for is_near, unit in pairs],
        rule=[is_near and hit.rule for is_near, hit in zip(seen, hits, strict=True)],
        bullet=[is_near and without_bullet(unit.text) != unit.text for is_near, unit in pairs],
    )


def _share(
    units: Sequence[Unit], story: Sequence[bool], main: int, indices: Sequence[int]
) -> dict[int, _Shared]:
    told = Counter(_words_of_lines(units, (i for i, is_in in enumerate(story) if is_in)))
    opening = [i for i in range(main, len(units)) if story[i]][:3]
    lead = Counter(_words_of_lines(units, opening))
    shared = {}
    for i in indices:
        own, inside = rarer_words(units[i].text), int(story[i])
        counts = [told[word] - inside for word in own]
        shared[i] = _Shared(
            words=len(own),
            told=sum(count > 0 for count in counts),
            in_lead=sum(lead[word] > (i in opening) for word in own),
            weight=sum(math.log1p(max(count, 0)) for count in counts),
        )
    return shared


def _words_of_lines(units: Sequence[Unit], indices: Iterator[int] | Sequence[int]) -> Iterator[str]:
    for i in indices:
        yield from rarer_words(units[i].text)


def _own(unit: Unit) -> Features:
    text, words = unit.text, words_of(unit.text)
    return {
        "2 words": float(unit.words == 2),
        "4 words": float(unit.words == 4),
        "5 or 6 words": float(unit.words in {5, 6}),
        "more than 15 words": float(unit.words > 15),
        "more than 20 words": float(unit.words > 20),
        "bullet": float(without_bullet(text) != text),
        "full stop": float(text[-1] in ".…"),
        "colon": float(text[-1] == ":"),
        "address": float(address_in(text)),
        "all capitals": float(text.isupper()),
        "link words": min(2 * count_link_words(words) / max(len(words), 1), 1.0),
        "small first": float(text[0].islower()),
        "prose": float(is_prose(unit)),
        "names": float(is_bare_byline(text)),
        "gap": min(unit.gap, 2) / 2,
    }


def _twice(index: int, copies: Sequence[int]) -> Features:
    return {
        "twice": float(len(copies) > 1),
        "copy above": float(copies[0] < index),
        "copy below": float(copies[-1] > index),
        "many copies": float(len(copies) > 3),
    }


def _credits(around: _Around, index: int, main: int) -> Features:
    dated, by = around.dated, around.by
    last = slice(max(main - 8, 0), main)
    above = slice(max(index - _NEAR, 0), index)
    between = slice(index + 1, main if main - index < 40 else 0)
    return {
        "dated below": _nearness(dated, index, 1),
        "by below": _nearness(by, index, 1),
        "dated above": _nearness(dated, index, -1),
        "by above": _nearness(by, index, -1),
        "by next": float(any(by[index + 1 : index + 2])),
        "dated over": float(any(dated[max(index - 1, 0) : index])),
        "by between": float(any(by[between])),
        "credit above story": float(index < main and (any(dated[last]) or any(by[last]))),
        "no credit above": float(not (any(dated[above]) or any(by[above]))),
    }


def _nearness(flags: Sequence[bool], index: int, step: int) -> float:
    """Return how near the next flag above or below a line is: 1 beside it, 0 out of sight."""
    for lines in range(1, _NEAR + 1):
        place = index + step * lines
        if not 0 <= place < len(flags):
            return 0.0
        if flags[place]:
            return math.exp((1 - lines) / _FADE)
    return 0.0


def _neighbours(units: Sequence[Unit], around: _Around, index: int) -> Features:
    above, below = units[max(index - 1, 0) : index], units[index + 1 : index + 2]
    rule, bullet = around.rule, around.bullet
    return {
        "prose below": _nearness(around.prose, index, 1),
        "prose above": _nearness(around.prose, index, -1),
        "rules below": sum(rule[index + 1 : index + 7]) / 6,
        "rules above": sum(rule[max(index - 6, 0) : index]) / 6,
        "bullets below": sum(bullet[index + 1 : index + 5]) / 4,
        "bullets above": sum(bullet[max(index - 4, 0) : index]) / 4,
        "bullet next": float(any(bullet[index + 1 : index + 2])),
        "bullet over": float(any(bullet[max(index - 1, 0) : index])),
        "words over": min(above[0].words, 30) / 30 if above else 0.0,
        "gap below": min(below[0].gap, 2) / 2 if below else 0.0,
        "alike": sum(_are_alike(units, around, index, k) for k in (-2, -1, 1, 2)) / 4,
    }


def _are_alike(units: Sequence[Unit], around: _Around, index: int, step: int) -> bool:
    """Whether a line and one near it look like items of one list."""
    if not 0 <= index + step < len(units):
        return False
    unit, other = units[index], units[index + step]
    return (
        abs(unit.words - other.words) <= 2
        and around.bullet[index] == around.bullet[index + step]
        and unit.closed == other.closed
        and min(unit.words, other.words) > 1
    )


def _rivals(
    units: Sequence[Unit],
    around: _Around,
    shared: Mapping[int, _Shared],
    index: int,
    main: int,
) -> Features:
    """Return whether candidates of a few words stand above a line: a subtitle has its headline there."""
    above = [
        shared[i].weight
        for i in range(max(index - _NEAR, 0), index)
        if i in shared and units[i].words > 3
    ]
    over = index - 1 in shared and units[index - 1].words > 3 and not around.bullet[index - 1]
    return {
        "one above it": float(over),
        "better above": min(max(above, default=0.0) - shared[index].weight, 6.0) / 6,
        "right above": float(-3 <= index - main < 0),
        "near above": float(-10 <= index - main < 0),
    }


def _likeness(own: _Shared, best: float, second: float) -> Features:
    """Return what a line shares with the story, and how much more than the best of the others."""
    return {
        "shared words": own.told / (own.words + 1),
        "of the lead": own.in_lead / (own.words + 1),
        "shared": min(own.weight, 15.0) / 15,
        "more than others": min(own.weight - second, 6.0) / 6 if own.weight == best else 0.0,
    }


def _place(index: int, first: int, main: int, *, is_story: bool) -> Features:
    return {
        "in story": float(is_story),
        "below": float(index >= main),
        "lines between": math.log1p(abs(index - main)),
        "above first": float(index < first),
    }
