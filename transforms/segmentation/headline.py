"""Which line of a whole page is its headline: one of the candidates, or none that is sure.

The candidates of a page stand for election against each other and against silence (a conditional
logit model, McFadden 1974): the weights in `seeds/segmentation/headline.csv` give each a share, and
a line whose share is not large is no answer: a wrong headline is worse than none. They are learnt by
`benchmarks/train_headline.py`.
"""

import functools
import math
from collections.abc import Mapping, Sequence

from seeds import read_csv, read_toml
from transforms.segmentation.candidates import Features, plain_line, read_candidates
from transforms.segmentation.features import Hit
from transforms.segmentation.lines import Unit

_LONG = 20  # letters


@functools.cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_csv("segmentation/headline.csv")}


@functools.cache
def _least() -> dict[str, float]:
    least: dict[str, float] = read_toml("segmentation/features.toml")["headline"]
    return least


def choose_headline(
    units: Sequence[Unit], hits: Sequence[Hit], story: Sequence[bool]
) -> tuple[int | None, bool]:
    """Return the index of the likeliest headline, and whether it is sure; None where none is likely.

    `hits` are what the rules say of each unit, `story` whether it is of the story; some are.
    """
    scores = {i: _score(row) for i, row in read_candidates(units, hits, story).items()}
    index, share = best_line(units, scores)
    return index if share >= _least()["likely"] else None, share >= _least()["sure"]


def _score(features: Features) -> float:
    weights = _weights()
    return sum(weights[name] * value for name, value in features.items()) + weights["(always)"]


def best_line(units: Sequence[Unit], scores: Mapping[int, float]) -> tuple[int | None, float]:
    """Return the line of the highest score, and its share, 0 to 1.

    Its copies vote for it; a line that ends with another one, as the trail of sections does that
    leads to a headline, votes for that. To answer nothing has the score 0.
    """
    if not scores:
        return None, 0.0
    top = max(0.0, *scores.values())
    votes = {i: math.exp(score - top) for i, score in scores.items()}
    texts = {i: plain_line(units[i].text) for i in scores}
    best = texts[max(votes, key=votes.__getitem__)]
    same = [i for i, text in texts.items() if text == best or _is_end(text, best)]
    shortest = min(same, key=lambda i: (len(texts[i]), -votes[i]))
    return shortest, sum(votes[i] for i in same) / (sum(votes.values()) + math.exp(-top))


def _is_end(text: str, of: str) -> bool:
    return len(text) >= _LONG and of.endswith(text)
