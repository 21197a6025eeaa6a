"""Which lines of a whole page are its story: a logistic regression, and the best way through it.

A page has one story, with asides in it: before it, in it, beside it, after it. Each line is weighed
by itself (`features.py`, weights in `seeds/segmentation/story.csv`, learnt by
`benchmarks/train_story.py`); then the way through these four states that agrees best with all the
lines is taken (Viterbi's algorithm). Lines that a rule knows are never of the story and no reason
to leave it.
"""

import dataclasses
import functools
import re
from collections.abc import Sequence

import numpy as np

from seeds import read_csv, read_toml
from transforms.segmentation.core import find_densest
from transforms.segmentation.features import Matrix, read_features, read_hit
from transforms.segmentation.lines import Unit

_WORD = re.compile(r"[^\W_]")
_BEFORE, _STORY, _ASIDE, _AFTER = range(4)


@dataclasses.dataclass(frozen=True, slots=True)
class Costs:
    """How the way through a page is weighed, in logits."""

    surest: float  # no line counts for more
    favour: float  # added to each line for the story
    leave: float  # for an aside
    turn_back: float  # from an aside


@functools.cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_csv("segmentation/story.csv")}


@functools.cache
def _costs() -> Costs:
    return Costs(**read_toml("segmentation/features.toml")["path"])


def find_story(units: Sequence[Unit]) -> list[bool]:
    """Say of each line of a page whether it is of the story; some are."""
    worded = [i for i, unit in enumerate(units) if _WORD.search(unit.text)]
    story = [False] * len(units)
    if worded:
        for i, is_story in zip(worded, _judge([units[i] for i in worded]), strict=True):
            story[i] = is_story
    return story if any(story) else _densest(units)


def _densest(units: Sequence[Unit]) -> list[bool]:
    """Take the stretch with most prose, where no line looks like a story's; else everything."""
    begin, end = find_densest(units)
    return [begin == end or begin <= i < end for i in range(len(units))]


def _judge(units: Sequence[Unit]) -> list[bool]:
    hits = [read_hit(unit) for unit in units]
    names, features = read_features(units, hits)
    weights = _weights()
    scores = features @ np.array([weights[name] for name in names]) + weights["(always)"]
    return follow(scores, [hit.any for hit in hits], _costs())


def follow(scores: Matrix, known: Sequence[bool], costs: Costs) -> list[bool]:
    """Return which lines are of the story, on the way that agrees best with their scores (logits).

    Lines that are `known` to be none are left out of the way.
    """
    open_lines = [i for i, is_known in enumerate(known) if not is_known]
    story = [False] * len(known)
    sure = np.clip(scores[open_lines] + costs.favour, -costs.surest, costs.surest)
    for i, state in zip(open_lines, _best_path(sure.tolist(), costs), strict=True):
        story[i] = state == _STORY
    return story


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
