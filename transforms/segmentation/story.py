"""Which lines of a whole page are its story: a logistic regression, and the best way through it.

A page has one story, with asides in it: before it, in it, beside it, after it. Each line is weighed
by itself (`features.py`, weights in `seeds/segmentation/story.csv`, learnt by
`benchmarks/train_story.py`); then the way through these four states that agrees best with all the
lines is taken (Viterbi's algorithm). Lines that a rule knows are never of the story and no reason
to leave it. A live blog is known by the times of its entries.
"""

import dataclasses
import functools
import itertools
import re
from collections.abc import Mapping, Sequence

import numpy as np

from seeds import read_csv, read_toml
from transforms.segmentation.core import find_densest, is_prose, runs_of
from transforms.segmentation.features import Hit, Matrix, read_features
from transforms.segmentation.lines import Unit
from transforms.segmentation.rules import is_entry

_WORD = re.compile(r"[^\W_]")
_LIKELIEST = 3  # lines
_LEAST_ENTRIES = 4  # of a live blog
_LONGEST_ENTRY = 25  # lines
_LEAD = 15  # words
_BEFORE, _STORY, _ASIDE, _AFTER = range(4)

CONSTANT = "(always)"
Weights = Mapping[str, float]  # by the names of the features, and the constant


@dataclasses.dataclass(frozen=True, slots=True)
class Costs:
    """How the way through a page is weighed, in logits."""

    surest: float  # no line counts for more
    favour: float  # added to each line for the story, …
    best: float  # … more where the page's likeliest lines do not reach this: there is a story
    leave: float  # for an aside
    turn_back: float  # from an aside


@functools.cache
def _weights() -> Weights:
    return {row["feature"]: float(row["weight"]) for row in read_csv("segmentation/story.csv")}


@functools.cache
def _costs() -> Costs:
    return Costs(**read_toml("segmentation/features.toml")["path"])


def find_story(
    units: Sequence[Unit], hits: Sequence[Hit], weights: Weights | None = None
) -> list[bool]:
    """Say of each line of a page whether it is of the story; some are.

    `hits` are what the rules say of each; `weights` are others than the seeds'.
    """
    worded = [i for i, unit in enumerate(units) if _WORD.search(unit.text)]
    open_lines = [i for i in worded if not hits[i].any]
    story = [False] * len(units)
    if open_lines:
        names, features = read_features([units[i] for i in worded], [hits[i] for i in worded])
        weights = weights or _weights()
        scores = features @ np.array([weights[name] for name in names]) + weights[CONSTANT]
        for i, is_story in zip(open_lines, follow(scores, _costs()), strict=True):
            story[i] = is_story
        _add_lead(units, open_lines, story)
    _add_entries(units, hits, story)
    return story if any(story) else _densest(units)


def _add_entries(units: Sequence[Unit], hits: Sequence[Hit], story: list[bool]) -> None:
    """Take in a live blog whole, from the time of its first entry to what its last one tells.

    Its lines are short and its times are many, so that no line of it looks like a story's.
    """
    entries = (i for i, unit in enumerate(units) if is_entry(unit))
    run = max(runs_of(entries, _LONGEST_ENTRY), key=len, default=[])
    told = [any(map(is_prose, units[a + 1 : b])) for a, b in itertools.pairwise(run)]
    if len(run) < _LEAST_ENTRIES or 2 * sum(told) < len(told):
        return
    end = run[-1] + 1
    while end < len(units) and not hits[end].any and any(map(is_prose, units[end : end + 2])):
        end += 1
    for i in range(run[0], end):
        story[i] = story[i] or not hits[i].any


def _add_lead(units: Sequence[Unit], open_lines: Sequence[int], story: list[bool]) -> None:
    """Take in a long paragraph right above the story: a lead lost is worse than a summary kept."""
    first = next((k for k, i in enumerate(open_lines) if story[i]), 0)
    above = units[open_lines[first - 1]] if first else None
    if above is not None and above.words >= _LEAD and is_prose(above) and above.closed:
        story[open_lines[first - 1]] = True


def _densest(units: Sequence[Unit]) -> list[bool]:
    """Take the stretch with most prose, where no line looks like a story's; else everything."""
    begin, end = find_densest(units)
    return [begin == end or begin <= i < end for i in range(len(units))]


def follow(scores: Matrix, costs: Costs) -> list[bool]:
    """Return which lines are of the story, on the way that agrees best with their scores (logits).

    Lines that a rule knows are not among them: they cost nothing on the way.
    """
    if not len(scores):
        return []
    best = float(np.sort(scores)[-_LIKELIEST:].mean())
    favour = max(costs.favour, costs.best - best)
    sure = np.clip(scores + favour, -costs.surest, costs.surest)
    return [state == _STORY for state in _best_path(sure.tolist(), costs)]


def _best_path(scores: Sequence[float], costs: Costs) -> list[int]:
    """Return the state of each line on the best path; each state lists those it can come from."""
    comes_from = {
        _BEFORE: ((_BEFORE, 0.0),),
        _STORY: ((_BEFORE, 0.0), (_STORY, 0.0), (_ASIDE, costs.turn_back)),
        _ASIDE: ((_STORY, costs.leave), (_ASIDE, 0.0)),
        _AFTER: ((_STORY, 0.0), (_AFTER, 0.0)),
    }
    best = [0.0, -np.inf, -np.inf, -np.inf]
    steps: list[list[int]] = []
    for score in scores:
        ways = [
            max((best[origin] - cost, -origin) for origin, cost in origins)
            for origins in comes_from.values()
        ]
        best = [
            value + (score if state == _STORY else -score) / 2
            for state, (value, _) in enumerate(ways)
        ]
        steps.append([-origin for _, origin in ways])
    return _walk_back(best, steps)


def _walk_back(best: Sequence[float], steps: Sequence[Sequence[int]]) -> list[int]:
    # A page does not end in an aside: it would be what comes after.
    state = max((_BEFORE, _STORY, _AFTER), key=best.__getitem__)
    path = []
    for origins in reversed(steps):
        path.append(state)
        state = origins[state]
    return path[::-1]
