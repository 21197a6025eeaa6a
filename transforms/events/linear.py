"""Linear models over named features: the weights are data, and a score is a sum that can be read.

A model is a CSV file in `seeds/events/models` with a row a feature, the most telling first; the
feature without a name is the bias. `benchmarks/train_events.py` writes them.
"""

import dataclasses
import functools
import math
from collections.abc import Iterable

from seeds import read_csv


@dataclasses.dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression over features that are there or not."""

    bias: float
    weights: dict[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Return the log-odds; a feature that the model does not know counts nothing."""
        weights = self.weights
        return self.bias + sum(weights.get(name, 0.0) for name in features)

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability, 0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


@functools.cache
def load_model(name: str) -> Linear:
    """Read the model of that name."""
    rows = read_csv(f"events/models/{name}.csv")
    weights = {row["feature"]: float(row["weight"]) for row in rows}
    return Linear(weights.pop("", 0.0), weights)
