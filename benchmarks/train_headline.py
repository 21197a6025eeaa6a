"""Learn the weights by which a page's headline is found: seeds/segmentation/headline.csv.

Learns from the pages that are there to learn from and whose tags name a headline that is a line of
its own. `--cv` prints instead how many headlines come out right for each fifth of the pages by what
was learnt from the others, and how many wrong, by the score below which nothing is answered.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from page_metadata import plain, read_named, standing
from pages import read_pages
from report import parser
from score import share
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from transforms.segmentation.headline import best_line, read_candidates
from transforms.segmentation.lines import Unit, read_units
from transforms.segmentation.story import find_story
from transforms.segmentation.zones import begins_unit

_TARGET = Path(__file__).parent.parent / "seeds/segmentation/headline.csv"
_FOLDS = 5
_STRENGTH = 0.3  # C of scikit-learn


class Sample(NamedTuple):
    """The lines of a page that can be its headline: a row of features each, and whether it is."""

    units: list[Unit]
    lines: list[int]
    names: list[str]
    features: np.ndarray
    right: np.ndarray


def main() -> None:
    """Learn and write, or print how well it goes."""
    options = _options()
    samples = list(_samples(options.data))
    if options.cv:
        _validate(samples)
    else:
        _write(samples[0].names, _learn(samples))


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--cv", action="store_true", help="print figures, write nothing")
    return options.parse_args()


def _samples(data: Path) -> Iterator[Sample]:
    for page in read_pages(data, held_out=False):
        wanted = standing(read_named(page.html), page.text).titles
        units = read_units(page.text, begins_unit)
        found = list(read_candidates(units, find_story(units))) if wanted else []
        if found:
            rows = np.array([list(features.values()) for _, features in found])
            right = np.array([plain(units[index].text) in wanted for index, _ in found])
            yield Sample(units, [i for i, _ in found], list(found[0][1]), rows, right)


def _learn(samples: Sequence[Sample]) -> np.ndarray:
    """Return the weights of the features, the constant first."""
    features = np.concatenate([sample.features[:, 1:] for sample in samples])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit(scaler.transform(features), np.concatenate([sample.right for sample in samples]))
    weights = model.coef_[0] / scaler.scale_
    return np.concatenate((model.intercept_ - weights @ scaler.mean_, weights))


def _validate(samples: Sequence[Sample]) -> None:
    verdicts: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        weights = _learn([s for i, s in enumerate(samples) if i % _FOLDS != fold])
        for sample in samples[fold::_FOLDS]:
            scores = dict(zip(sample.lines, (sample.features @ weights).tolist(), strict=True))
            best = best_line(sample.units, scores)
            assert best is not None
            verdicts.append((scores[best], bool(sample.right[sample.lines.index(best)])))
    for least in (-4.0, -3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0):
        answers = [right for score, right in verdicts if score >= least]
        right, wrong = sum(answers), len(answers) - sum(answers)
        total = len(samples)
        print(f"{least:5.1f} right {share(right, total):.3f} wrong {share(wrong, total):.3f}")


def _write(names: Sequence[str], weights: np.ndarray) -> None:
    with _TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Learnt by benchmarks/train_headline.py: what each feature of a line weighs.\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((name, f"{x:.4f}") for name, x in zip(names, weights, strict=True))


if __name__ == "__main__":
    main()
