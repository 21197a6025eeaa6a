"""Learns the weights of the ranking (seeds/knowledge/ranking.csv) on the halves to tune on.

A conditional logit over the candidates of a name and the answer that it means none of them, fitted
by L-BFGS with a penalty on the squares of the weights. Examples are the names of AIDA, news-fair and
RSS-500, and the places of LGL and GeoVirus. Which other names stand for what depends on the weights:
so they are learned, applied and learned again, `_ROUNDS` times. Prints how many links are right and
how many names are linked at several thresholds, each fifth of the articles by weights that were
learned on the others, and writes the weights. Needs scipy (extra `dev`).
"""

import collections
import csv
import dataclasses
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import entities as linking
import numpy as np
import places
from report import parser, report
from scipy import optimize, sparse
from score import Span

from schemas import Article
from transforms.entities import KnowledgeBase
from transforms.entities._words import Words
from transforms.entities.coreference import acronym_mentions
from transforms.entities.entry import Candidate, Entry
from transforms.entities.features import Features, features, nobody_features
from transforms.entities.mentions import find_mentions
from transforms.entities.ranking import Ranked, rank
from transforms.entities.senses import Sense, find_senses, first_context, second_context
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

_ROUNDS = 2
_PENALTY = 1.0
# What weights are drawn to where it is not 0, and how firmly: of what the data have too little of
# to teach, or nothing.
_CENTRES = {
    "in what stands beside: division": (4.0, 100.0),
    "in what stands beside: country": (2.0, 8.0),
    "elsewhere": (-2.0, 8.0),
    "by two names": (2.0, 8.0),
    "also named otherwise": (2.0, 8.0),
    "capital that acts as a government": (1.5, 8.0),
    "team: no sport": (-2.0, 8.0),
    "national: another country is named": (-2.0, 8.0),
    "in the dateline": (2.5, 8.0),
    "in office": (1.0, 8.0),
    "in high office": (1.0, 8.0),
    "title agrees": (1.5, 8.0),
    "surname of a head in office": (2.0, 8.0),
    "by what surprise": (1.5, 8.0),
}
# Kinds of organisation are many and each is seldom seen: these weights have to be earned.
_SELDOM, _SELDOM_PENALTY = "subtype: ", 8.0
# What no data can teach: a user's own entities go before the knowledge base's.
_FIXED = {"alias: yours": 4.0}

_FOLDS = 5

# Of candidates within reach of a point those are right that are not farther than the nearest and
# this; where large areas are, gazetteers disagree.
_NEAR_KM = 25.0
_REACH_KM = {"country": 1200, "region": 1200, "admin1": 400}

Weights = dict[str, float]
Truth = dict[Span, str | tuple[float, float] | None]


@dataclasses.dataclass
class Text:
    """A parsed article, and what the names in it mean: an item, a point, or nobody known."""

    set: str
    article: Article
    truth: Truth
    marked: Span
    only_marked: bool = False  # not all names are marked: others tell nothing
    only_places: bool = False

    words: Words | None = None
    senses: list[Sense] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Example:
    """A name: the features of its candidates and of nobody (the last), and which are right."""

    text: int
    weight: float
    options: list[Features]
    right: list[int]


def main() -> None:
    """Learn, print, write."""
    options = parser(__doc__)
    options.add_argument("--knowledge-base", help="another one than that which ships")
    options.add_argument("--output", type=Path, default=Path("seeds/knowledge/ranking.csv"))
    options = options.parse_args()
    kb = KnowledgeBase(options.knowledge_base)
    texts = list(read_texts(options.data))
    weights, rows = learn(texts, kb)
    report("Ranking: cross-validated on the halves to tune on", rows, options.json)
    write(weights | _FIXED, options.output)


def read_texts(data: Path) -> Iterator[Text]:
    """Yield the articles of the halves to tune on, parsed."""
    segment, parse = load_segmenter(), load_parser()
    for name in linking.SETS:
        path = data / "entities/elevant" / f"{name}.benchmark.jsonl"
        for text in linking.texts(path, held_out=False):
            truth: Truth = {name.span: name.item for name in text.names}
            only = name in linking.ONLY_MARKED
            yield Text(name, parse(text.article), truth, text.marked, only_marked=only)
    for name, read in places.SETS.items():
        for text in read(data / "places", held_out=False):
            article = parse(segment(text.article))
            whole = (0, len(article.text))
            yield Text(name, article, dict(text.places), whole, only_places=True)


def learn(texts: list[Text], kb: KnowledgeBase) -> tuple[Weights, list[dict]]:
    """Return the weights and, for each set, what the cross-validation measured."""
    for text in texts:
        text.words = Words(text.article)
        mentions = find_mentions(text.words, kb)
        mentions = sorted([*mentions, *acronym_mentions(text.words, mentions, kb)])
        text.senses = find_senses(text.words, mentions, kb)
    weights: Weights = {"nobody": 4.0}
    for _ in range(_ROUNDS):
        examples = list(_examples(texts, kb, weights))
        weights = fit(examples, texts)
    scored = []
    for fold in range(_FOLDS):
        others = fit([e for e in examples if e.text % _FOLDS != fold], texts)
        scored += [_scored(e, others, texts) for e in examples if e.text % _FOLDS == fold]
    return weights, list(_figures(scored))


def _examples(texts: list[Text], kb: KnowledgeBase, weights: Weights) -> Iterator[Example]:
    for number, text in enumerate(texts):
        assert text.words is not None
        context = first_context(text.words, text.senses, text.article, kb)
        ranked: list[list[Ranked]] = [
            rank(s.name, s.candidates, context, kb, weights) for s in text.senses
        ]
        senses, context = second_context(text.senses, ranked, context)
        for sense in senses:
            options = features(sense.name, sense.candidates, context, kb)
            right = _right(text, sense)
            if right is not None and options:
                options.append(nobody_features(sense.name, context))
                yield Example(number, float(len(sense.members)), options, right)


def _right(text: Text, sense: Sense) -> list[int] | None:
    """Return which options are right by most of the mentions; None where nobody knows."""
    assert text.words is not None
    starts, ends = text.words.parse.starts, text.words.parse.ends
    spans = [(starts[m.first], ends[m.end - 1]) for m in sense.members]
    spans = [span for span in spans if text.marked[0] <= span[0] < text.marked[1]]
    answers = collections.Counter(_answer(text, span) for span in spans)
    answer = answers.most_common(1)[0][0] if answers else "unknown"
    nobody = [len(sense.candidates)]
    if answer == "unknown" or (answer == "unmarked" and text.only_places and _may_be(sense)):
        return None
    found = [i for i, c in enumerate(sense.candidates) if _is_meant(c, answer)]
    if not found and answer != "unmarked" and _has_no_item(sense):
        return None
    if isinstance(answer, tuple) and len(found) > 1:
        distances = {i: _distance(sense.candidates[i].entry, answer) for i in found}
        found = [i for i in found if distances[i] < min(distances.values()) + _NEAR_KM]
    return found or nobody


def _may_be(sense: Sense) -> bool:
    """Tell whether a name may be right though data that mark places do not mark it."""
    is_people = all(mention.label == "NORP" for mention in sense.members)
    return is_people or any(c.entry.kind != "place" for c in sense.candidates)


def _has_no_item(sense: Sense) -> bool:
    """Tell whether a candidate may be the one that is meant, as nobody knows its item."""
    return any(c.entry.id.startswith("local:") for c in sense.candidates)


def _answer(text: Text, span: Span) -> str | tuple[float, float]:
    if span in text.truth:
        found = text.truth[span]
        if found is None:
            return "unknown" if text.only_places else "unmarked"
        return found
    is_over = any(span[0] < end and start < span[1] for start, end in text.truth)
    return "unknown" if text.only_marked and not is_over else "unmarked"


def _is_meant(candidate: Candidate, answer: str | tuple[float, float]) -> bool:
    if isinstance(answer, str):
        return candidate.entry.wikidata_id == answer
    reach = _REACH_KM.get(candidate.entry.place_kind or "", 161)
    return candidate.entry.kind == "place" and _distance(candidate.entry, answer) <= reach


def _distance(entry: Entry, point: tuple[float, float]) -> float:
    if entry.latitude is None or entry.longitude is None:
        return math.inf
    return places.kilometres((entry.latitude, entry.longitude), point)


def fit(examples: list[Example], texts: list[Text]) -> Weights:
    """Return the weights under which what is right is likeliest.

    A name counts with the square root of its mentions and a set with the square root of its size,
    else the longest lists and the largest set would speak alone.
    """
    names = sorted({name for e in examples for option in e.options for name in option})
    columns = {name: i for i, name in enumerate(names)}
    data, inner, pointers, starts, right = [], [], [0], [], []
    for example in examples:
        starts.append(len(pointers) - 1)
        for number, option in enumerate(example.options):
            values = [(columns[name], value) for name, value in option.items() if value]
            inner += [column for column, _ in values]
            data += [value for _, value in values]
            pointers.append(len(data))
            right.append(number in example.right)
    matrix = sparse.csr_matrix((data, inner, pointers), shape=(len(pointers) - 1, len(names)))
    sizes = np.diff([*starts, len(right)])
    per_row = np.repeat(_set_weights(examples, texts), sizes)
    is_right = np.array(right)
    centres, penalties = np.array([_drawn_to(name) for name in names]).T

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        worths = matrix @ weights
        worths -= np.repeat(np.maximum.reduceat(worths, starts), sizes)
        powers = np.exp(worths)
        shares = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
        likely = np.add.reduceat(shares * is_right, starts)
        wanted = shares * is_right / np.repeat(likely, sizes)
        away = weights - centres
        value = -(per_row[starts] * np.log(likely)).sum() + penalties @ away**2 / 2
        return value, matrix.T @ (per_row * (shares - wanted)) + penalties * away

    result = optimize.minimize(loss, centres, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return dict(zip(names, result.x.tolist(), strict=True))


def _drawn_to(name: str) -> tuple[float, float]:
    """Return what a weight is drawn to and how firmly."""
    return _CENTRES.get(name, (0.0, _SELDOM_PENALTY if name.startswith(_SELDOM) else _PENALTY))


def _set_weights(examples: list[Example], texts: list[Text]) -> np.ndarray:
    totals: collections.Counter[str] = collections.Counter()
    for example in examples:
        totals[texts[example.text].set] += math.sqrt(example.weight)
    mean = sum(map(math.sqrt, totals.values())) / len(totals)
    return np.array(
        [math.sqrt(e.weight) * mean / math.sqrt(totals[texts[e.text].set]) for e in examples]
    )


Scored = tuple[str, float, bool, float, bool]  # set, score, is right, mentions, is a link possible


def _scored(example: Example, weights: Weights, texts: list[Text]) -> Scored:
    worths = [sum(weights.get(n, 0.0) * v for n, v in option.items()) for option in example.options]
    highest = max(worths)
    powers = [math.exp(worth - highest) for worth in worths]
    best = max(range(len(powers) - 1), key=powers.__getitem__)
    is_possible = example.right != [len(powers) - 1]
    score = powers[best] / sum(powers)
    return texts[example.text].set, score, best in example.right, example.weight, is_possible


def _figures(scored: list[Scored]) -> Iterator[dict]:
    for name in sorted({s[0] for s in scored}):
        mine = [s for s in scored if s[0] == name]
        possible = sum(s[3] for s in mine if s[4])
        yield {"set": name, "at": "argmax", **_shares(mine, 0.0, possible)}
        for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            yield {"set": name, "at": str(least), **_shares(mine, least, possible)}


def _shares(scored: Iterable[Scored], least: float, possible: float) -> dict[str, float]:
    linked = [s for s in scored if s[1] >= least]
    right = sum(s[3] for s in linked if s[2])
    total = sum(s[3] for s in linked)
    expected = sum(s[1] * s[3] for s in linked)
    return {
        "linked": total,
        "right of linked": right / total if total else 0.0,
        "expected": expected / total if total else 0.0,
        "of the possible": right / possible,
    }


def write(weights: Weights, path: Path) -> None:
    """Write the weights, rounded, those of nothing left out."""
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write("# What each feature of a candidate is worth: benchmarks/train_ranking.py\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows([n, round(w, 3)] for n, w in sorted(weights.items()) if abs(w) >= 0.0005)


if __name__ == "__main__":
    main()
