"""Train the small models of event extraction; writes their weights to `seeds/events/models`.

`actor`, `recipient`: who takes part, from the sentences of `cameo_roles` to tune on; the event
meant is the one whose participants come closest to the marked ones. `type`: whether the
type of an event is right, from what readers said of 3,925 events of random news
(independent/judged.csv), each in its article and, at a quarter of the weight, in its sentence
alone; from the sentences to tune on of independent/sentences.jsonl; and from those of `cameo_quad`
(those that `cameo_roles` keeps for the end are left out). `rest`: whether the participants and the
factuality are right where the type is, from the readers and from the marks of `cameo_roles`.
Needs scikit-learn (the `dev` extra). Prints how well each model does on sentences that it was not
trained on.
"""

import csv
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from cameo import CAMEO_QUAD, Read, inside, kept, labelled, marked
from chain import whole_chain
from report import parser
from score import Span, overlap
from sentences import NO_ACT, trigger_of, truths
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from texts import SETS

from schemas import Article, Sentence, known, new_article
from transforms.events.confidence import Confidence
from transforms.events.judging import Judge, Judged, cameo_root
from transforms.events.lexicon import load_lexicon
from transforms.events.linear import load_model
from transforms.events.match import Match
from transforms.events.matching import Matcher
from transforms.events.ranking import Ranker
from transforms.events.reading import Reading
from transforms.events.tables import type_facts

MODELS = Path(__file__).parents[1] / "seeds" / "events" / "models"
# Weights nearer to nothing than this are left out.
_LEAST = 0.01
# Features seen less often than this say nothing that would hold elsewhere.
_RARE = 4
_CODED = 1.5  # what a coder said of a sentence: of many fewer, and of other news
_ALONE = 0.25  # what a sentence counts without the article that it was judged in
_SIDES = ("actors", "recipients")
_TOLD = (*_SIDES, "factuality")
_JUDGED = Path(__file__).parent / "independent" / "judged.csv"

Marks = dict[str, list[Span]]


class Sample(NamedTuple):
    """What a model is told of a thing, and what it should say."""

    features: list[str]
    label: bool
    sentence: int
    weight: float = 1.0


class Opinion(NamedTuple):
    """What the models of confidence are told of a match, and what people said of it."""

    features: list[str]
    type_right: bool
    rest_right: bool | None  # None where nobody said so of these participants and that factuality
    group: int
    weight: float = 1.0


def main() -> None:
    """Train and write all models."""
    options = parser(__doc__).parse_args()
    read = whole_chain(without="events")
    folder = options.data / "events"
    sentences = list(kept(marked(folder / "cameo_roles/train.txt"), held_out=False))
    articles = [(read(new_article(text)), marks) for text, marks in sentences]
    _train("actor", list(_participants(articles, "SR")), strength=0.3)
    _train("recipient", list(_participants(articles, "TR")), strength=0.3)
    load_model.cache_clear()  # whether an event is right depends on who takes part in it
    opinions = list(_judged(options.data, read))
    opinions += _of_coders(_classed(folder, read), dict(sentences))
    opinions += _of_sentences(read)
    types = [Sample(o.features, o.type_right, o.group, o.weight) for o in opinions]
    _train("type", types, strength=0.1)
    known_ = [(o, right) for o in opinions if (right := o.rest_right) is not None and o.type_right]
    samples = [Sample(o.features, right, o.group, o.weight) for o, right in known_]
    _train("rest", samples, strength=0.05)


def _participants(articles: list[tuple[Article, Marks]], sides: str) -> Iterator[Sample]:
    for number, (article, marks) in enumerate(articles):
        reading = Reading.of(article)
        spans = [span for side in sides for span in marks[side]]
        match = _meant(Matcher(load_lexicon(), reading).matches(), reading, marks)
        if match is None:
            continue
        ranker = Ranker(reading)
        held = {token for token in ranker.candidates(match) if _is_held(reading, token, spans)}
        for token in ranker.candidates(match):
            below = any(head in held for head in reading.tree.ancestors(token))
            label = token in held and (not below or reading.tree.deps[token] == "conj")
            yield Sample(list(ranker.features(match, token)), label, number)


def _classed(folder: Path, read: Read) -> Iterator[tuple[Article, int]]:
    """Yield the sentences with a quad class that neither set keeps for the end."""
    kept_back = kept(marked(folder / "cameo_roles/train.txt"), held_out=True)
    hidden = {_letters(text) for text, _ in kept_back}
    for text, label in kept(labelled(folder / "cameo_quad/train.tsv"), held_out=False):
        if _letters(text) not in hidden:
            yield read(new_article(text)), label


def _judged(data: Path, read: Read) -> Iterator[Opinion]:
    """Yield what readers said of the events of independent/judged.csv that are still found.

    Of the rest only where it is still the same.
    """
    said: dict[tuple[str, str], dict[int, dict[str, str]]] = {}
    with _JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            of_article = said.setdefault((row["set"], row["article"]), {})
            of_article[int(row["trigger_start"])] = row
    for name in sorted({name for name, _ in said}):
        for article_id, text in SETS[name](data):
            if rows := said.get((name, article_id), {}):
                article = read(new_article(text, id=article_id))
                yield from _opinions(article, rows)
                for sentence in known(article.sentences, "Segment"):
                    yield from _alone(article, sentence, rows, read)


def _alone(
    article: Article, sentence: Sentence, rows: Mapping[int, Mapping[str, str]], read: Read
) -> Iterator[Opinion]:
    """Yield what was said of the events of a sentence, for the sentence without its article."""
    start, end = sentence.start, sentence.end
    inside = {
        at - start: {**row, **{side: _moved(row[side], -start) for side in _SIDES}}
        for at, row in rows.items()
        if start <= at < end
    }
    if inside:
        alone = read(new_article(article.text[start:end], id=article.id))
        yield from (o._replace(weight=_ALONE) for o in _opinions(alone, inside))


def _moved(offsets: str, by: int) -> str:
    return " ".join(str(int(offset) + by) for offset in offsets.split())


def _opinions(article: Article, rows: Mapping[int, Mapping[str, str]]) -> Iterator[Opinion]:
    group = -zlib.crc32(article.id.encode())
    for judged, features, reading in _looked_at(article):
        starts = reading.tree.parse.starts
        row = rows.get(starts[judged.match.trigger])
        if row is not None and row["type"] == judged.event_type:
            sides = (judged.match.actors, judged.match.recipients)
            told = tuple(" ".join(str(starts[head]) for head in heads) for heads in sides)
            is_same = (*told, judged.verdict.factuality) == tuple(row[key] for key in _TOLD)
            right = row["sides_right"] == row["factuality_right"] == "1" if is_same else None
            yield Opinion(features, row["type_right"] == "1", right, group)


def _looked_at(article: Article) -> Iterator[tuple[Judged, list[str], Reading]]:
    """Yield the matches of an article in which somebody takes part, with their features."""
    reading = Reading.of(article)
    matches = Matcher(load_lexicon(), reading).matches()
    judge, confidence = Judge(reading, matches), Confidence(reading, matches)
    for match in matches:
        judged = judge.judge(match, in_title=False)
        if judge.has_enough(judged.match):
            features = confidence.features(judged.match, judged.verdict.factuality)
            yield judged, list(features), reading


def _letters(text: str) -> str:
    """Return a text without its spaces and signs, which the two sets set differently."""
    return "".join(filter(str.isalnum, text)).lower()


def _of_coders(
    articles: Iterable[tuple[Article, int]], sentences: dict[str, Marks]
) -> Iterator[Opinion]:
    """Yield every match of a sentence: is it of its class, and with a marked participant?"""
    marks_of = {_letters(text): marks for text, marks in sentences.items()}
    for number, (article, label) in enumerate(articles):
        marks = marks_of.get(_letters(article.text))
        for judged, features, reading in _looked_at(article):
            yield Opinion(
                features,
                label in _classes(judged),
                None if marks is None else _is_one_marked(judged.match, marks, reading),
                number,
                _CODED,
            )


def _of_sentences(read: Read) -> Iterator[Opinion]:
    """Yield the matches at the marked triggers, and all matches of the look-alikes."""
    for truth in truths(held_out=False):
        article = read(new_article(truth["text"], id=truth["id"]))
        at = (0, len(article.text)) if truth["type"] == NO_ACT else trigger_of(truth)
        for judged, features, reading in _looked_at(article):
            token = judged.match.trigger
            word = reading.tree.parse.starts[token], reading.tree.parse.ends[token]
            if overlap(word, at):
                group = -zlib.crc32(truth["id"].encode())
                yield Opinion(features, judged.event_type == truth["type"], None, group)


def _classes(judged: Judged) -> set[int]:
    quad = type_facts()[judged.event_type].quad_class
    return {quad, CAMEO_QUAD[cameo_root(judged.match, judged.event_type)]}


def _is_one_marked(match: Match, marks: Marks, reading: Reading) -> bool:
    return any(
        _hits(heads, reading, marks[side] + marks["R"])
        for heads, side in ((match.actors, "S"), (match.recipients, "T"))
    )


def _is_held(reading: Reading, token: int, spans: list[Span]) -> bool:
    return any(inside(head_span(reading, token), span) for span in spans)


def _meant(matches: list[Match], reading: Reading, marks: Marks) -> Match | None:
    """Return the match whose participants agree best with the marks; of equals the highest."""

    def agreement(match: Match) -> tuple[int, int]:
        actors = _hits(match.actors, reading, marks["S"] + marks["R"])
        recipients = _hits(match.recipients, reading, marks["T"] + marks["R"])
        depth = sum(1 for _ in reading.tree.ancestors(match.trigger))
        return actors + recipients, -depth

    return max(matches, key=agreement, default=None)


def _hits(tokens: tuple[int, ...], reading: Reading, spans: list[Span]) -> int:
    heads = [head_span(reading, token) for token in tokens]
    return sum(any(inside(head, span) for head in heads) for span in spans)


def head_span(reading: Reading, token: int) -> Span:
    """Return where a token stands; a pronoun stands where what it stands for does."""
    antecedent = reading.coreference.antecedent(token)
    token = token if antecedent is None else antecedent
    return reading.tree.parse.starts[token], reading.tree.parse.ends[token]


def matrix_of(samples: list[Sample], *, rare: int) -> tuple[Any, list[str]]:
    """Return the features of samples as a sparse matrix, and the names of its columns."""
    common = Counter(feature for sample in samples for feature in set(sample.features))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{f: 1 for f in sample.features if common[f] >= rare} for sample in samples]
    )
    return matrix, vectorizer.feature_names_


def _train(name: str, samples: list[Sample], *, strength: float) -> None:
    matrix, names = matrix_of(samples, rare=_RARE)
    labels = np.array([sample.label for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    model = LogisticRegression(C=strength, max_iter=1000)
    groups = [sample.sentence for sample in samples]
    guesses = cross_val_predict(
        model,
        matrix,
        labels,
        groups=groups,
        cv=GroupKFold(8),
        method="predict_proba",
        params={"sample_weight": weights},
    )[:, 1]
    auc, loss = roc_auc_score(labels, guesses), log_loss(labels, guesses)
    print(f"{name}: {len(labels)} samples, {labels.mean():.3f} yes, AUC {auc:.3f}, loss {loss:.3f}")
    model.fit(matrix, labels, sample_weight=weights)
    write_model(name, dict(zip(names, model.coef_[0], strict=True)), model.intercept_[0])


def write_model(name: str, weights: dict[str, float], bias: float) -> None:
    """Write the weights that count, the heaviest first."""
    telling = {k: round(w, 2) for k, w in weights.items() if abs(w) >= _LEAST}
    ordered = sorted(telling.items(), key=lambda item: (-abs(item[1]), item[0]))
    with (MODELS / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["feature", "weight"])
        rows.writerows([("", round(bias, 2)), *ordered])


if __name__ == "__main__":
    main()
