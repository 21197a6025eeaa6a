"""Paragraphs, headlines, and the stretch of a page where the paragraphs are.

What was saved as a whole page has menus above its story and teasers below it, often hundreds of
lines. They are short and end without a full stop; the story is where most words are in sentences.
"""

from collections.abc import Iterable, Sequence

from transforms.segmentation.lines import Unit

LONGEST_TITLE = 30  # words
# A page with more lines than this around its story is a whole page, not a clean article.
_MANY = 25
_LINE = -12.0  # what a line that is no sentence weighs against words of prose
_MOST = 60  # words that one paragraph counts for


def is_prose(unit: Unit) -> bool:
    """Whether a unit reads as a paragraph of a story does."""
    if unit.words >= 35 or (unit.words >= 12 and unit.text[-1] == ":"):
        return True
    return unit.closed and unit.words >= 8 and not is_headline(unit)


def is_headline(unit: Unit) -> bool:
    """Whether a unit can be a headline."""
    if unit.words > LONGEST_TITLE:
        return False
    if not unit.closed:
        return True
    if unit.text.isupper() or unit.words < 3:
        return False
    return unit.capitalized >= 0.75 or (unit.text[-1] in "?!" and unit.words <= 16)


def is_whole_page(units: Sequence[Unit]) -> bool:
    """Whether menus surround the story: many lines stand outside of where its paragraphs are."""
    if len(units) <= _MANY:
        return False
    begin, end = find_densest(units)
    return begin < end and len(units) - (end - begin) > _MANY


def runs_of(indices: Iterable[int], apart: int) -> list[list[int]]:
    """Return indices in runs in which none is more than `apart` behind the one before it.

    >>> runs_of([1, 3, 9, 10], 2)
    [[1, 3], [9, 10]]
    """
    runs: list[list[int]] = []
    for i in indices:
        if runs and i - runs[-1][-1] <= apart:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def find_densest(units: Sequence[Unit]) -> tuple[int, int]:
    """Return the run of units with the greatest sum of weights (Kadane's algorithm)."""
    best, best_range = 0.0, (0, 0)
    total, begin = 0.0, 0
    for i, unit in enumerate(units):
        if total <= 0:
            total, begin = 0.0, i
        total += _weight(unit)
        if total > best:
            best, best_range = total, (begin, i + 1)
    return best_range


def _weight(unit: Unit) -> float:
    if unit.closed or is_prose(unit):
        return float(min(unit.words, _MOST))
    return _LINE
