"""Train the small models of event extraction; writes their weights to `seeds/events/models`.

`actor`, `recipient`: who takes part, from the sentences of `cameo_roles` to tune on; the event
meant is the one whose participants come closest to the marked ones. `event`: whether type and
participants are right, from the sentences of `cameo_quad` to tune on (those that `cameo_roles`
keeps for the end are left out), and from the events of independent/judged.csv, for news of all
sorts is not what coders of conflict collect. Needs scikit-learn (the `dev` extra). Prints how well each model does on
sentences that it was not trained on.
"""

import csv
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from cameo import CAMEO_QUAD, Read, inside, kept, labelled, marked
from chain import whole_chain
from report import parser
from score import Span
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from texts import SETS

from schemas import Article, new_article
from transforms.events.confidence import Confidence
from transforms.events.judging import Judge, Judged, cameo_root
from transforms.events.lexicon import load_lexicon
from transforms.events.linear import load_model
from transforms.events.matching import Match, Matcher
from transforms.events.ranking import Ranker
from transforms.events.reading import Reading
from transforms.events.tables import type_facts

MODELS = Path(__file__).parents[1] / "seeds" / "events" / "models"
# Weights nearer to nothing than this are left out.
_LEAST = 0.01
# Features seen less often than this say nothing that would hold elsewhere.
_RARE = 4
_JUDGED = Path(__file__).parent / "independent" / "judged.csv"
_OF_JUDGED = 2  # how often each of them counts

Marks = dict[str, list[Span]]


class Sample(NamedTuple):
    """What a model is told of a thing, and what it should say."""

    features: list[str]
    label: bool
    sentence: int


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
    samples = list(_events(_classed(folder, read), dict(sentences)))
    samples += [each for each in _judged(options.data, read) for _ in range(_OF_JUDGED)]
    _train("event", samples, strength=0.1)


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


def _judged(data: Path, read: Read) -> Iterator[Sample]:
    """Yield the events that two readers judged, but for those on which they disagree."""
    judged: dict[tuple[str, str], dict[int, bool]] = {}
    with _JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = judged.setdefault((row["set"], row["article"]), {})
            said[int(row["trigger_start"])] = row["right"] == "1"
    for name in sorted({name for name, _ in judged}):
        for article_id, text in SETS[name](data):
            if said := judged.get((name, article_id), {}):
                yield from _samples(read(new_article(text, id=article_id)), said)


def _samples(article: Article, said: dict[int, bool]) -> Iterator[Sample]:
    reading = Reading.of(article)
    judge, confidence = Judge(reading), Confidence(reading)
    for match in Matcher(load_lexicon(), reading).matches():
        label = said.get(reading.tree.parse.starts[match.trigger])
        if label is not None:
            judged = judge.judge(match, in_title=False)
            features = list(confidence.features(judged.match, judged.verdict.factuality))
            yield Sample(features, label, -zlib.crc32(article.id.encode()))


def _letters(text: str) -> str:
    """Return a text without its spaces and signs, which the two sets set differently."""
    return "".join(filter(str.isalnum, text)).lower()


def _events(
    articles: Iterable[tuple[Article, int]], sentences: dict[str, Marks]
) -> Iterator[Sample]:
    """Yield every match of a sentence; right is one of its class, and with a marked participant."""
    marks_of = {_letters(text): marks for text, marks in sentences.items()}
    for number, (article, label) in enumerate(articles):
        reading = Reading.of(article)
        judge, confidence = Judge(reading), Confidence(reading)
        marks = marks_of.get(_letters(article.text))
        for match in Matcher(load_lexicon(), reading).matches():
            judged = judge.judge(match, in_title=False)
            if judge.has_enough(judged.match):
                features = list(confidence.features(judged.match, judged.verdict.factuality))
                yield Sample(features, _is_right(judged, label, marks, reading), number)


def _is_right(judged: Judged, label: int, marks: Marks | None, reading: Reading) -> bool:
    match, event_type = judged.match, judged.event_type
    quad = type_facts()[event_type].quad_class
    if label not in {quad, CAMEO_QUAD[cameo_root(match, event_type)]}:
        return False
    return marks is None or any(
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


def _train(name: str, samples: list[Sample], *, strength: float) -> None:
    common = Counter(feature for sample in samples for feature in set(sample.features))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{f: 1 for f in sample.features if common[f] >= _RARE} for sample in samples]
    )
    labels = np.array([sample.label for sample in samples])
    model = LogisticRegression(C=strength, max_iter=1000)
    groups = [sample.sentence for sample in samples]
    guesses = cross_val_predict(
        model, matrix, labels, groups=groups, cv=GroupKFold(8), method="predict_proba"
    )[:, 1]
    auc, loss = roc_auc_score(labels, guesses), log_loss(labels, guesses)
    print(f"{name}: {len(labels)} samples, {labels.mean():.3f} yes, AUC {auc:.3f}, loss {loss:.3f}")
    model.fit(matrix, labels)
    _write(
        name, dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True)), model.intercept_[0]
    )


def _write(name: str, weights: dict[str, float], bias: float) -> None:
    telling = {k: round(w, 2) for k, w in weights.items() if abs(w) >= _LEAST}
    ordered = sorted(telling.items(), key=lambda item: (-abs(item[1]), item[0]))
    with (MODELS / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["feature", "weight"])
        rows.writerows([("", round(bias, 2)), *ordered])


if __name__ == "__main__":
    main()
