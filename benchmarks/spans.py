"""Whether every span of every row slices back to its text, over all articles of the data folder.

Each text of texts.py, every other one with a day of publication, goes through all steps, and what
comes out through schemas/check.py: spans, zones, sentences, closed lists, ids, clusters, the types
of the tables. Every problem is a failure, and so is whatever a step raises; they are printed with
set and article. Ends with 1 where there is one.
"""

import argparse
import datetime as dt
import sys
import traceback
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import report
from body import published_on
from chain import Step, whole_chain
from score import Row
from texts import SETS

from schemas import Article, new_article
from schemas.check import problems, rows, spans
from transforms.events import clusters_in

_GIVEN = (published_on(dt.date(2012, 2, 29)), None)


def main() -> None:
    """Check the sets and print how many articles, words and spans that were."""
    options = _options()
    take = whole_chain()
    tables = [_check_set(take, name, options.data, options.sample) for name in options.set or SETS]
    total = {key: sum(row[key] for row in tables) for key in tables[0] if key != "set"}
    report.report("Spans of all rows", [*tables, {"set": "all"} | total], options.json)
    sys.exit(bool(total["failures"]))


def _options() -> argparse.Namespace:
    options = report.parser(__doc__)
    options.add_argument("--set", action="append", choices=SETS, help="this set alone; repeatable")
    options.add_argument("--sample", type=int, default=1, metavar="N", help="every N-th article")
    return options.parse_args()


def _check_set(take: Step, name: str, data: Path, step: int) -> Row:
    """Check every `step`-th article of a set; print what is wrong; return the counts."""
    row = {"set": name, "articles": 0, "words": 0, "spans checked": 0, "failures": 0}
    for index, (article_name, text) in enumerate(islice(SETS[name](data), 0, None, step)):
        number, failures = _check(take, new_article(text, published=_GIVEN[index % 2]))
        for failure in failures:
            print(f"{name} {article_name}: {failure}", flush=True)
        row["articles"] += 1
        row["words"] += len(text.split())
        row["spans checked"] += number
        row["failures"] += len(failures)
    if not row["articles"]:
        sys.exit(f"{data} has no articles of the set {name}")
    return row


def _check(take: Step, article: Article) -> tuple[int, list[str]]:
    """Return how many spans an article's rows have, and what is wrong with them."""
    try:
        article = take(article)
        found = list(problems(article, clusters_in(article)))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported, and the rest goes on
        return 0, [_what(error)]
    return sum(1 for _ in _spans(article)), found


def _spans(article: Article) -> Iterator[object]:
    for name, row in rows(article):
        yield from spans(row, name)


def _what(error: Exception) -> str:
    """Return an exception with the place that raised it, in a line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}: {error}"


if __name__ == "__main__":
    main()
