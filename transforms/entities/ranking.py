"""Which candidate a name means: a learned ranking over named features, nobody being an answer.

A conditional logit: each candidate has a worth, the sum of its features by their weights
(seeds/knowledge/ranking.csv), and so has the answer that it is nobody known; the score of each is
its share of the exponentials, which makes it a probability. `benchmarks/train_ranking.py` learns
the weights.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import seeds
from transforms.entities.context import Context
from transforms.entities.entry import Candidate, Entry
from transforms.entities.features import Features, features, kind_class, nobody_features
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.name import Name

WEIGHTS = {row["feature"]: float(row["weight"]) for row in seeds.read_csv("knowledge/ranking.csv")}
_LEAST: dict[str, float] = seeds.read_toml("knowledge/linking.toml")["least_score"]


class Ranked(NamedTuple):
    """A candidate with the probability that it is meant, and what speaks for and against it."""

    score: float
    candidate: Candidate
    features: Features


def rank(
    name: Name,
    candidates: Sequence[Candidate],
    context: Context,
    kb: KnowledgeBase,
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Ranked]:
    """Return the candidates with their scores, the best first.

    The scores add up to less than 1: the rest is the probability that nobody of them is meant.
    """
    found = features(name, candidates, context, kb)
    worths = [_worth(values, weights) for values in found]
    shares = _shares([*worths, _worth(nobody_features(name, context), weights)])
    ranked = [
        Ranked(share, candidate, values)
        for share, candidate, values in zip(shares, candidates, found, strict=False)
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.candidate.entry.number))


def _worth(values: Features, weights: Mapping[str, float]) -> float:
    """Return the sum of features by their weights; one that was never seen in training weighs 0."""
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def _shares(worths: list[float]) -> list[float]:
    highest = max(worths)
    powers = [math.exp(worth - highest) for worth in worths]
    total = sum(powers)
    return [power / total for power in powers]


def choose(ranked: list[Ranked]) -> Ranked | None:
    """Return what a name means; None where no candidate is likely enough.

    A city and the division named after it are as good as one: their scores add up.
    """
    if not ranked:
        return None
    best = ranked[0]
    likely = sum(r.score for r in ranked if _overlap(best.candidate.entry, r.candidate.entry))
    is_likely = likely >= _LEAST[kind_class(best.candidate.entry)]
    return best._replace(score=likely) if is_likely else None


def _overlap(one: Entry, other: Entry) -> bool:
    """Tell whether two entries are one, or as good as one: a city and what is named after it."""
    if one.number == other.number:
        return True
    is_place = one.kind == other.kind == "place"
    return (
        is_place
        and one.country is not None
        and one.country == other.country
        and one.admin1 == other.admin1
        and one.place_kind != other.place_kind
    )
