"""Which line of a whole page is its headline: a logistic regression over the lines above the story.

A headline shares its rarer words with the story, is followed by author or day, and often stands
twice. The weights in `seeds/segmentation/headline.csv` are learnt by `benchmarks/train_headline.py`.
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from seeds import read_csv, read_toml
from transforms.segmentation.byline import is_bare_byline, is_byline
from transforms.segmentation.core import LONGEST_TITLE
from transforms.segmentation.features import rarer_words
from transforms.segmentation.lines import Unit, without_bullet
from transforms.segmentation.published import read_loose_stamp, read_stamp
from transforms.segmentation.rules import boilerplate, is_caption, is_section
from transforms.segmentation.zones import split_credit

_LONGEST_CREDIT = 16  # words
_BY = re.compile(r"\W*by:?$", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[\W_]+")


@functools.cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_csv("segmentation/headline.csv")}


@functools.cache
def _limits() -> dict[str, float]:
    limits: dict[str, float] = read_toml("segmentation/features.toml")["headline"]
    return limits


def choose_headline(units: Sequence[Unit], story: Sequence[bool]) -> int | None:
    """Return the index of the headline; None where no line is like one.

    `story` says of each unit whether it is of the story; some are.
    """
    scores = {
        index: sum(_weights()[name] * value for name, value in features.items())
        for index, features in read_candidates(units, story)
    }
    best = best_line(units, scores)
    return best if best is not None and scores[best] >= _limits()["least"] else None


def best_line(units: Sequence[Unit], scores: Mapping[int, float]) -> int | None:
    """Return the line of the highest score, or the one right above if it is nearly as good.

    A headline stands above its subtitle, which shares as many words with the story.
    """
    best = max(scores, key=lambda index: (scores[index], -index), default=None)
    if best is None or best - 1 not in scores:
        return best
    above = units[best - 1]
    is_plain = above.words > 4 and not _has_bullet(above)
    is_near = scores[best - 1] > scores[best] - _limits()["margin"]
    return best - 1 if is_plain and is_near else best


def read_candidates(
    units: Sequence[Unit], story: Sequence[bool]
) -> Iterator[tuple[int, dict[str, float]]]:
    """Yield the index of each line that can be the headline, and its features."""
    begin, limits = story.index(True), _limits()
    told = Counter(
        word
        for unit, is_story in zip(units, story, strict=True)
        if is_story
        for word in rarer_words(unit.text)
    )
    texts = Counter(_plain(unit.text) for unit in units)
    first = max(0, begin - int(limits["above"]))
    for index in range(first, min(begin + int(limits["below"]), len(units))):
        if _can_be_headline(units[index]):
            yield (
                index,
                {
                    **_own(units[index], texts),
                    **_beside(units, index),
                    **_place(units[index], index - begin, told),
                },
            )


def _can_be_headline(unit: Unit) -> bool:
    if not 2 <= unit.words <= LONGEST_TITLE or len(unit.text) > 250:
        return False
    return not (
        read_stamp(unit.text)
        or is_byline(unit.text)
        or is_caption(unit)
        or is_section(unit)
        or split_credit(unit)
        or boilerplate(unit, "below")
    )


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", without_bullet(text)[:200]).casefold()


def _own(unit: Unit, texts: Counter[str]) -> dict[str, float]:
    return {
        "(always)": 1.0,
        "2 or 3 words": float(unit.words <= 3),
        "4 words": float(unit.words == 4),
        "more than 18 words": float(unit.words > 18),
        "bullet": float(_has_bullet(unit)),
        "full stop": float(unit.text[-1] in ".…"),
        "capitals": unit.capitalized,
        "names": float(is_bare_byline(unit.text)),
        "twice": float(texts[_plain(unit.text)] > 1),
    }


def _beside(units: Sequence[Unit], index: int) -> dict[str, float]:
    above, below = units[max(index - 3, 0) : index], units[index + 1 : index + 5]
    credits_ = [is_credit(unit) for unit in below]
    return {
        "credit next": float(any(credits_[:1])),
        "credit below": float(any(credits_[1:])),
        "credit above": float(any(map(is_credit, above))),
        "full stop next": float(any(unit.text[-1] == "." for unit in below[:1])),
        "bullet above": float(any(map(_has_bullet, above[-1:]))),
        "bullet next": float(any(map(_has_bullet, below[:1]))),
    }


def _has_bullet(unit: Unit) -> bool:
    return without_bullet(unit.text) != unit.text


def _place(unit: Unit, lines: int, told: Counter[str]) -> dict[str, float]:
    """Measure how far a line is from the story, and what they share."""
    own, inside = rarer_words(unit.text), int(lines >= 0)
    shared = sum(told[word] > inside for word in own)
    return {
        "shared words": shared / (len(own) + 1),
        "shared": min(shared, 8) / 8,
        "words of its own": min(len(own) - shared, 5) / 5,
        "in story": float(inside),
        "right above": float(-3 <= lines < 0),
        "lines between": math.log1p(abs(lines)),
    }


def is_credit(unit: Unit) -> bool:
    """Whether a line is about authors or the day, whatever else it says."""
    text = without_bullet(unit.text)
    return is_byline(text) or is_by(text) or is_dated(unit)


def is_by(text: str) -> bool:
    """Whether a line says "By", and nothing else."""
    return _BY.fullmatch(text) is not None


def is_dated(unit: Unit) -> bool:
    """Whether a line is short and has a full date in it, or tells of publication."""
    if unit.words > _LONGEST_CREDIT or len(unit.text) > 200:
        return False
    return read_loose_stamp(without_bullet(unit.text)) is not None
