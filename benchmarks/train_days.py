"""Train the model that gives undated events the day that their article tells elsewhere.

Writes `seeds/events/models/days.csv`. Learns from what readers of whole articles say of 1,077 events
(independent/days.csv: offsets and days, no text): each day that an article names, and that of its
publication, is the event's or is not. Needs scikit-learn (the `dev` extra). Prints how many days are
given, and how many of them are right, on articles that it was not trained on.
"""

import csv
import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from chain import Chain, whole_chain
from report import parser
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from texts import SETS
from train_events import Sample, matrix_of, write_model

from schemas import Article, Published, new_article
from transforms.events.days import LEAST, ContextDays, Span, is_open
from transforms.events.extract import story_of

_DAYS = Path(__file__).parent / "independent" / "days.csv"
_STRENGTH = 0.1
_RARE = 3
_FOLDS = 10

Wanted = dict[int, tuple[str, str]]  # first and last day by the offset of the trigger


def main() -> None:
    """Train, measure by articles left out, and write the model."""
    options = parser(__doc__).parse_args()
    samples, events = [], list[int]()
    open_events = known_days = 0
    for article, wanted in _articles(options.data, whole_chain(without="events")):
        story = story_of(article)
        days = ContextDays(story)
        for index, event in enumerate(story.events):
            at = wanted.get(event.trigger.start)
            if at is None or not is_open(event):
                continue
            open_events, known_days = open_events + 1, known_days + bool(at[0])
            for span in days.candidates(index):
                is_day = _told(span) == at
                samples.append(Sample(list(days.features(index, span)), is_day, _group(article)))
                events.append(open_events)
    _measure(samples, events, open_events, known_days)
    matrix, names = matrix_of(samples, rare=_RARE)
    model = _model()
    model.fit(matrix, [sample.label for sample in samples])
    write_model("days", dict(zip(names, model.coef_[0], strict=True)), model.intercept_[0])


def _articles(data: Path, read: Chain) -> Iterator[tuple[Article, Wanted]]:
    said: dict[tuple[str, str, str], Wanted] = defaultdict(dict)
    with _DAYS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            of_article = said[row["set"], row["article"], row["published"]]
            of_article[int(row["trigger_start"])] = row["first"], row["last"]
    for name in sorted({name for name, _, _ in said}):
        texts = dict(SETS[name](data))
        for (of_set, article_id, published), wanted in said.items():
            if of_set == name:
                day = dt.date.fromisoformat(published)
                at = dt.datetime.combine(day, dt.time(), dt.UTC)
                given = Published(at=at, on=day, precision="day")
                article = new_article(texts[article_id], id=article_id, published=given)
                yield read(article), wanted


def _model() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=2000)


def _told(span: Span) -> tuple[str, str]:
    return span[0].isoformat(), span[1].isoformat()


def _group(article: Article) -> int:
    return zlib.crc32(article.id.encode())


def _measure(samples: list[Sample], events: list[int], open_events: int, known_days: int) -> None:
    """Print what is given and right where the articles are left out of the training."""
    matrix, _ = matrix_of(samples, rare=_RARE)
    labels = np.array([sample.label for sample in samples])
    groups = [sample.sentence for sample in samples]
    folds = GroupKFold(_FOLDS)
    likely = cross_val_predict(
        _model(), matrix, labels, groups=groups, cv=folds, method="predict_proba"
    )[:, 1]
    best: dict[int, tuple[float, bool]] = {}
    for event, chance, label in zip(events, likely, labels, strict=True):
        best[event] = max(best.get(event, (0.0, False)), (chance, label))
    given = [label for chance, label in best.values() if chance >= LEAST]
    print(
        f"days: {open_events} events without a day of their own, readers know {known_days}; "
        f"given {len(given)}, right {sum(given)}"
    )


if __name__ == "__main__":
    main()
