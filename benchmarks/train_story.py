"""Learn the weights by which a page's story is told from its menus: seeds/segmentation/story.csv.

Learns from the half of the article extraction benchmark's pages that is there to learn from, and
from pages put together of three of them (what stands above the story of one, the story of another,
what stands below that of a third; with bullets or without), so that what one publisher does beside
its own stories is not learnt by heart. `--cv` prints instead how well each fifth of the pages comes
out by what was learnt from the others.
"""

import argparse
import csv
import dataclasses
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from pages import Page, labels, lines_of, read_pages
from report import parser
from score import Score
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from transforms.segmentation.features import Matrix, read_features, read_hit
from transforms.segmentation.lines import Unit, read_lines
from transforms.segmentation.story import Costs, follow

_TARGET = Path(__file__).parent.parent / "seeds/segmentation/story.csv"
_FOLDS = 5
_BULLETS = ("* ", "+ ", "o ", "- ")
_STRENGTH = 0.01  # of the fit against the ridge: C of scikit-learn
_COPIES = 2  # how often a page counts as it is


@dataclasses.dataclass(frozen=True)
class Sample:
    """The lines of a page, and which of them are story."""

    units: list[Unit]
    story: list[bool]

    @property
    def edges(self) -> tuple[int, int]:
        """Where the story begins and ends."""
        return self.story.index(True), len(self.story) - self.story[::-1].index(True)


@dataclasses.dataclass(frozen=True)
class Measured:
    """A page in numbers."""

    names: list[str]
    features: Matrix
    known: list[bool]
    story: np.ndarray


def main() -> None:
    """Learn and write, or print how well it goes."""
    options = _options()
    samples = [_sample(page) for page in read_pages(options.data, held_out=False)]
    if options.cv:
        _validate(samples, options.mixed)
    else:
        _write(*_learn(samples, options.mixed))


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--cv", action="store_true", help="print figures, write nothing")
    options.add_argument("--mixed", type=int, default=400, help="pages to put together")
    return options.parse_args()


def _sample(page: Page) -> Sample:
    counted = lines_of(page.text)
    story = dict(zip((line.start for line in counted), labels(counted, page.story), strict=True))
    lines = read_lines(page.text)
    units = [Unit(x.start, x.end, x.gap, " ".join(x.text.split())) for x in lines]
    units = [unit for unit in units if unit.start in story]
    return Sample(units, [story[unit.start] for unit in units])


def _mixed(samples: Sequence[Sample], count: int) -> Iterator[Sample]:
    """Yield pages put together of others."""
    chance = random.Random(0)  # the same pages each time
    told = [sample for sample in samples if any(sample.story)]
    for _ in range(count):
        above, story, below = (chance.choice(told) for _ in range(3))
        head, tail = above.edges[0], below.edges[1]
        first = chance.randint(0, head) if chance.random() < 0.3 else 0
        last = chance.randint(tail, len(below.units)) if chance.random() < 0.3 else None
        pieces = [(above, slice(first, head)), (story, slice(*story.edges))]
        pieces.append((below, slice(tail, last)))
        units = [unit for sample, piece in pieces for unit in sample.units[piece]]
        if chance.random() < 0.5:
            units = [_without_bullet(unit) for unit in units]
        yield Sample(units, [x for sample, piece in pieces for x in sample.story[piece]])


def _without_bullet(unit: Unit) -> Unit:
    if unit.text.startswith(_BULLETS) and len(unit.text) > 2:
        return dataclasses.replace(unit, text=unit.text[2:])
    return unit


def _measure(sample: Sample) -> Measured:
    hits = [read_hit(unit) for unit in sample.units]
    names, features = read_features(sample.units, hits)
    return Measured(names, features, [hit.any for hit in hits], np.array(sample.story))


def _learn(samples: Sequence[Sample], mixed: int) -> tuple[list[str], Matrix, float]:
    """Return the names of the features, their weights and the constant."""
    whole = [_measure(sample) for sample in samples] * _COPIES
    whole += map(_measure, _mixed(samples, mixed))
    features = np.concatenate([page.features for page in whole])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=_STRENGTH, max_iter=300)
    model.fit(scaler.transform(features), np.concatenate([page.story for page in whole]))
    weights = model.coef_[0] / scaler.scale_
    return whole[0].names, weights, float(model.intercept_[0] - weights @ scaler.mean_)


def _validate(samples: Sequence[Sample], mixed: int) -> None:
    """Print the F1 of each way to join the scores, over pages that were not learnt from."""
    judged: list[tuple[Measured, Matrix]] = []
    for fold in range(_FOLDS):
        rest = [s for i, s in enumerate(samples) if i % _FOLDS != fold]
        _, weights, constant = _learn(rest, mixed)
        pages = map(_measure, samples[fold::_FOLDS])
        judged += [(page, page.features @ weights + constant) for page in pages]
    grid = itertools.product((2.0, 4.0), (0.0, 0.25, 0.5, 1.0), (1.0, 2.0, 4.0), (0.0, 1.0))
    for costs in itertools.starmap(Costs, grid):
        total, means = _judge(judged, costs)
        print(f"{total:.3f} {means:.3f} {costs}")


def _judge(judged: Sequence[tuple[Measured, Matrix]], costs: Costs) -> tuple[float, float]:
    total, means = Score(), []
    for page, scores in judged:
        found = np.array(follow(scores, page.known, costs))
        score = Score()
        score.add(found=found.sum(), wanted=page.story.sum(), right=(found & page.story).sum())
        total += score
        means.append(score.figures()["f1"])
    return total.figures()["f1"], float(np.mean(means))


def _write(names: Sequence[str], weights: Matrix, constant: float) -> None:
    rows = [("(always)", constant), *zip(names, weights.tolist(), strict=True)]
    with _TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write("# Learnt by benchmarks/train_story.py: what each feature of a line weighs.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((name, f"{weight:.4f}") for name, weight in rows)


if __name__ == "__main__":
    main()
