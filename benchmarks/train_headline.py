"""Learn the weights by which a page's headline is found: seeds/segmentation/headline.csv.

Learns from the pages that are there to learn from and whose tags name a headline that is a line of
its own: as inscriptis lays them out, and as a plain reader of their tags does. The story of each
page is found by weights that were learnt from other pages, so that it is as wrong as it is on a page
never seen. `--cv` prints instead how many headlines come out right for each fifth of the pages by
what was learnt from the others, and how many wrong, by the share below which nothing is answered.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from page_metadata import plain, read_named, standing
from pages import Page, read_pages
from report import parser
from scipy.optimize import minimize
from score import share
from sklearn.preprocessing import StandardScaler
from texts import visible_text
from train_story import FOLDS, learn_in_folds

from transforms.segmentation.candidates import read_candidates
from transforms.segmentation.features import read_hits
from transforms.segmentation.headline import best_line
from transforms.segmentation.lines import Unit, read_units
from transforms.segmentation.story import Weights, find_story
from transforms.segmentation.zones import begins_unit

_TARGET = Path(__file__).parent.parent / "seeds/segmentation/headline.csv"
_RIDGE = 5.0


class Sample(NamedTuple):
    """The lines of a page that can be its headline: a row of features each, and whether it is."""

    fold: int
    laid_out: bool
    units: list[Unit]
    lines: list[int]
    names: list[str]
    features: np.ndarray
    right: np.ndarray


def main() -> None:
    """Learn and write, or print how well it goes."""
    options = _options()
    pages = list(read_pages(options.data, held_out=False))
    samples = list(_samples(pages, learn_in_folds(pages)))
    if options.cv:
        _validate(samples)
    else:
        _write(samples[0].names, _learn(samples))


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--cv", action="store_true", help="print figures, write nothing")
    return options.parse_args()


def _samples(pages: Sequence[Page], weights: Sequence[Weights]) -> Iterator[Sample]:
    for i, page in enumerate(pages):
        for text in (page.text, visible_text(page.html)):
            wanted = standing(read_named(page.html), text).titles
            units = read_units(text, begins_unit)
            hits = read_hits(units)
            story = find_story(units, hits, weights[i % FOLDS])
            found = read_candidates(units, hits, story) if wanted else {}
            if found:
                rows = np.array([list(features.values()) for features in found.values()])
                right = np.array([plain(units[index].text) in wanted for index in found])
                names = list(next(iter(found.values())))
                yield Sample(i % FOLDS, text == page.text, units, list(found), names, rows, right)


def _learn(samples: Sequence[Sample]) -> np.ndarray:
    """Return the weights of the features, the constant first, that make what is right likeliest."""
    scaler = StandardScaler().fit(np.concatenate([sample.features for sample in samples]))
    rows = [scaler.transform(sample.features) for sample in samples]
    votes = [np.append(sample.right, not sample.right.any()) for sample in samples]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        constant, slopes = weights[0], weights[1:]
        total, gradient = _RIDGE * slopes @ slopes, 2 * _RIDGE * np.append(0, slopes)
        for table, right in zip(rows, votes, strict=True):
            shares = _shares(np.append(table @ slopes + constant, 0.0))
            of_right = shares[right].sum() + 1e-9
            total -= np.log(of_right)
            pull = shares - np.where(right, shares / of_right, 0)
            gradient += np.append(pull[:-1].sum(), table.T @ pull[:-1])
        return total, gradient

    start = np.zeros(1 + rows[0].shape[1])
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    slopes = fitted[1:] / scaler.scale_
    return np.append(fitted[0] - slopes @ scaler.mean_, slopes)


def _shares(scores: np.ndarray) -> np.ndarray:
    votes = np.exp(scores - scores.max())
    shares: np.ndarray = votes / votes.sum()
    return shares


def _validate(samples: Sequence[Sample]) -> None:
    verdicts: list[tuple[float, bool]] = []
    laid_out = [sample for sample in samples if sample.laid_out]
    for fold in range(FOLDS):
        weights = _learn([sample for sample in samples if sample.fold != fold])
        for sample in (sample for sample in laid_out if sample.fold == fold):
            scores = (sample.features @ weights[1:] + weights[0]).tolist()
            best, surest = best_line(sample.units, dict(zip(sample.lines, scores, strict=True)))
            assert best is not None
            verdicts.append((surest, bool(sample.right[sample.lines.index(best)])))
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        answers = [right for surest, right in verdicts if surest >= least]
        right, wrong = sum(answers), len(answers) - sum(answers)
        total = len(laid_out)
        print(f"{least:5.2f} right {share(right, total):.3f} wrong {share(wrong, total):.3f}")


def _write(names: Sequence[str], weights: np.ndarray) -> None:
    with _TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Learnt by benchmarks/train_headline.py: what each feature of a line weighs.\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        pairs = zip(("(always)", *names), weights, strict=True)
        writer.writerows((name, f"{x:.4f}") for name, x in pairs)


if __name__ == "__main__":
    main()
