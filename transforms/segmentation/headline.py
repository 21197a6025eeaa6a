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
_FEW = 3  # words


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
    leads to a headline, votes for that; a subtitle votes for the headline over it. To answer
    nothing has the score 0.
    """
    if not scores:
        return None, 0.0
    top = max(0.0, *scores.values())
    votes = {i: math.exp(score - top) for i, score in scores.items()}
    texts = {i: plain_line(units[i].text) for i in scores}
    best, below = _with_subtitle(units, votes, texts)
    same = _copies(texts, best)
    shortest = min(same, key=lambda i: (len(texts[i]), -votes[i]))
    behind = {*same, *(_copies(texts, below) if below is not None else ())}
    return shortest, sum(votes[i] for i in behind) / (sum(votes.values()) + math.exp(-top))


def _with_subtitle(
    units: Sequence[Unit], votes: Mapping[int, float], texts: Mapping[int, str]
) -> tuple[int, int | None]:
    """Return the headline and the subtitle right below it, where the likeliest line is of two such.

    Of two likely lines that follow each other the second is the subtitle, however well it tells
    what the story is about; the name of a section has less words, or next to no vote.
    """
    best = max(votes, key=votes.__getitem__)
    over = best - 1
    if votes.get(over, 0.0) >= _least()["over"] * votes[best] and units[over].words > _FEW:
        return (best, None) if _ends_in(texts[over], texts[best]) else (over, best)
    return best, best + 1 if best + 1 in votes and units[best].words > _FEW else None


def _copies(texts: Mapping[int, str], index: int) -> list[int]:
    text = texts[index]
    return [i for i, other in texts.items() if _ends_in(other, text) or _ends_in(text, other)]


def _ends_in(text: str, other: str) -> bool:
    return text == other or (len(other) >= _LONG and text.endswith(other))
