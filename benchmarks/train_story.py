"""Learn the weights by which a page's story is told from its menus: seeds/segmentation/story.csv.

Learns from the half of the article extraction benchmark's pages that is there to learn from. What
one way to turn a page into text, or one publisher, does beside its stories is not to be learnt by
heart; so each page comes as inscriptis lays it out and as a plain reader of its tags does, with
blank lines and bullets and without, and there are pages put together of three: what stands above
the story of one, the story of another, what stands below that of a third. `--cv` prints instead how
well each fifth of the pages comes out by what was learnt from the others, in both ways.
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
from texts import visible_text

from transforms.segmentation.features import Matrix, read_features, read_hits
from transforms.segmentation.lines import Unit, read_lines
from transforms.segmentation.story import CONSTANT, Costs, Weights, follow

_TARGET = Path(__file__).parent.parent / "seeds/segmentation/story.csv"
FOLDS = 5
_BULLETS = ("* ", "+ ", "o ", "- ")
_STRENGTH = 0.01  # of the fit against the ridge: C of scikit-learn
_COPIES = 2  # how often a page counts as inscriptis lays it out


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
    """A page in numbers: those of its lines that no rule knows, and how much story is in others."""

    names: list[str]
    features: Matrix
    story: np.ndarray
    missed: int


def main() -> None:
    """Learn and write, or print how well it goes."""
    options = _options()
    laid_out, read = _read(list(read_pages(options.data, held_out=False)))
    if options.cv:
        _validate(laid_out, read, options.mixed)
    else:
        _write(*_learn(laid_out, read, options.mixed))


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--cv", action="store_true", help="print figures, write nothing")
    options.add_argument("--mixed", type=int, default=400, help="pages to put together")
    return options.parse_args()


def _read(pages: Sequence[Page]) -> tuple[list[Sample], list[Sample]]:
    """Return the pages as they are laid out, and as a plain reader of their tags has them."""
    laid_out = [_sample(page.text, page.story) for page in pages]
    return laid_out, [_sample(visible_text(page.html), page.story) for page in pages]


def _sample(text: str, truth: str) -> Sample:
    counted = lines_of(text)
    story = dict(zip((line.start for line in counted), labels(counted, truth), strict=True))
    lines = read_lines(text)
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


def _varied(samples: Sequence[Sample]) -> Iterator[Sample]:
    """Yield the pages with their lines all alike in space, most of them without bullets."""
    chance = random.Random(0)
    for sample in samples:
        gap, change = chance.choice((0, 1)), chance.random() < 0.7
        units = [dataclasses.replace(unit, gap=gap) for unit in sample.units]
        yield Sample([_without_bullet(x) if change else x for x in units], sample.story)


def _without_bullet(unit: Unit) -> Unit:
    if unit.text.startswith(_BULLETS) and len(unit.text) > 2:
        return dataclasses.replace(unit, text=unit.text[2:])
    return unit


def _measure(sample: Sample) -> Measured:
    hits = read_hits(sample.units)
    names, features = read_features(sample.units, hits)
    pairs = list(zip(sample.story, hits, strict=True))
    story = np.array([is_story for is_story, hit in pairs if not hit.any])
    missed = sum(is_story and hit.any for is_story, hit in pairs)
    return Measured(names, features, story, missed)


def _learn(
    laid_out: Sequence[Sample], read: Sequence[Sample], mixed: int
) -> tuple[list[str], Matrix, float]:
    """Return the names of the features, their weights and the constant."""
    samples = [*laid_out, *read]
    whole = [_measure(sample) for sample in laid_out] * _COPIES
    for more in (read, _varied(samples), _mixed(samples, mixed)):
        whole += map(_measure, more)
    features = np.concatenate([page.features for page in whole])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=_STRENGTH, max_iter=300)
    model.fit(scaler.transform(features), np.concatenate([page.story for page in whole]))
    weights = model.coef_[0] / scaler.scale_
    return whole[0].names, weights, float(model.intercept_[0] - weights @ scaler.mean_)


def learn_in_folds(pages: Sequence[Page], mixed: int = 400) -> list[Weights]:
    """Return, for each fold (every `FOLDS`th page from that one on), what the others teach."""
    ways = _read(pages)
    learnt = (_learn(*_others(ways, fold), mixed) for fold in range(FOLDS))
    return [dict(zip(names, weights, strict=True)) | {CONSTANT: b} for names, weights, b in learnt]


def _others(ways: Sequence[Sequence[Sample]], fold: int) -> list[list[Sample]]:
    return [[s for i, s in enumerate(way) if i % FOLDS != fold] for way in ways]


def _validate(laid_out: Sequence[Sample], read: Sequence[Sample], mixed: int) -> None:
    """Print the F1 of each way to join the scores, over pages that were not learnt from."""
    judged: dict[str, list[tuple[Measured, Matrix]]] = {"laid out": [], "read": []}
    for fold in range(FOLDS):
        _, weights, constant = _learn(*_others((laid_out, read), fold), mixed)
        for way, samples in zip(judged, (laid_out, read), strict=True):
            pages = map(_measure, samples[fold::FOLDS])
            judged[way] += [(page, page.features @ weights + constant) for page in pages]
    grid = itertools.product((4.0,), (0.25, 0.5), (0.0, 1.0, 2.0, 3.0), (2.0, 4.0), (1.0,))
    for costs in itertools.starmap(Costs, grid):
        figures = {way: _judge(pages, costs) for way, pages in judged.items()}
        print(*(f"{way}: {total:.3f} {mean:.3f}" for way, (total, mean) in figures.items()), costs)


def _judge(judged: Sequence[tuple[Measured, Matrix]], costs: Costs) -> tuple[float, float]:
    total, means = Score(), []
    for page, scores in judged:
        found = np.array(follow(scores, costs))
        score = Score()
        wanted = page.story.sum() + page.missed
        score.add(found=found.sum(), wanted=wanted, right=(found & page.story).sum())
        total += score
        means.append(score.figures()["f1"])
    return total.figures()["f1"], float(np.mean(means))


def _write(names: Sequence[str], weights: Matrix, constant: float) -> None:
    rows = [(CONSTANT, constant), *zip(names, weights.tolist(), strict=True)]
    with _TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write("# Learnt by benchmarks/train_story.py: what each feature of a line weighs.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((name, f"{weight:.4f}") for name, weight in rows)


if __name__ == "__main__":
    main()
