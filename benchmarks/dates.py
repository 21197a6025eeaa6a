"""How well dates are found and resolved, counted as TempEval-3 counts, and how fast.

TBAQ (256 news articles) is split by article: a third, chosen by a hash of the file's name, is kept
for the end (`--held-out`); WikiWars 11-16 likewise. The rest is for tuning. Counting is that of
`temporal/score_timex.py`. Sentences are split here in a plain way, so that this measures the dates
and not the zones.
"""

import argparse
import collections
import datetime as dt
import hashlib
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from body import body_article, published_on
from chain import Chain
from report import parser, report

from schemas import Article
from transforms.dates import load_normalizer
from transforms.parsing import load_parser

Doc = dict[str, Any]

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Dr|vs|St|Lt|No|Co))(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|Inc|Ltd|Jan|Feb|Mar|Apr))"
    r"(?<!\b(?:Aug|Sep|Oct|Nov|Dec|Jun|Jul))(?<!\b(?:Sept|Corp|Prof))(?<!\b[ap]\.m)[.!?][\"'”’)]*\s+(?=[\"'“‘(A-Z0-9`])"
)


def main() -> None:
    """Measure and print."""
    options = _options()
    rows, errors = [], []
    for name, docs in _sets(options.data / "temporal", held_out=options.held_out):
        row, wrong = _measure(name, docs, options.data / "temporal", parse=not options.no_parse)
        rows.append(row)
        errors += wrong
    title = "Dates: the part kept for the end" if options.held_out else "Dates: the part to tune on"
    report(title, rows, options.json)
    if options.errors:
        _print_errors(errors, options.errors)


def is_held_out(name: str) -> bool:
    """Whether a TBAQ article belongs to the third that is kept for the end."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def article_of(doc: Doc) -> Article:
    """Make an article of a document, all of it body."""
    blocks = (block.span() for block in _BLOCK.finditer(doc["text"]))
    published = published_on(dt.date.fromisoformat(doc["dct"][:10]))
    return body_article(doc["text"], blocks, _sentences, id=doc["id"], published=published)


def _options() -> argparse.Namespace:
    options = parser(__doc__, held_out="the third of the articles kept for the end")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="print N of each class")
    options.add_argument("--no-parse", action="store_true", help="tell tense from words near by")
    return options.parse_args()


def _sets(data: Path, *, held_out: bool) -> Iterator[tuple[str, list[Doc]]]:
    tml = _scorer(data)[0]
    tbaq = [d for d in tml(str(data / "tbaq-cleaned")) if is_held_out(d["id"]) == held_out]
    wars = [d for d in tml(str(data / "wikiwars/tml")) if (int(d["id"][:2]) > 10) == held_out]
    yield "TBAQ", tbaq
    yield "WikiWars", wars


def _scorer(data: Path) -> tuple[Callable[[str], list[Doc]], Callable[..., Any]]:
    """Return the loader and the scorer that come with the data."""
    if str(data) not in sys.path:
        sys.path.insert(0, str(data))
    module = importlib.import_module("score_timex")
    return module.load_dir, module.score


def _measure(
    name: str, docs: list[Doc], data: Path, *, parse: bool
) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    steps = {"parse": load_parser()} if parse else {}
    chain = Chain(**steps, dates=load_normalizer())
    done = [chain(article_of(doc)) for doc in docs]
    figures, errors = _scorer(data)[1](docs, _predictions(done))
    row = {
        "on": name,
        "articles": len(docs),
        "gold": figures["gold"],
        "found": figures["sys"],
        **{key: 100 * figures[f"{key}_F1"] for key in ("relaxed", "strict", "value", "type")},
        "words/CPU s": chain.words_per_second("dates"),
    }
    return row, [(name, *map(str, error)) for error in errors]


def _predictions(articles: list[Article]) -> dict[str, list[Doc]]:
    found = collections.defaultdict(list)
    for article in articles:
        for date in article.dates or ():
            found[article.id].append(
                {"start": date.start, "end": date.end, "type": date.type, "value": date.value}
            )
    return found


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _SENTENCE_END.finditer(text, start, end):
        yield start, stop.end() - len(stop[0]) + len(stop[0].rstrip())
        start = stop.end()
    if start < end:
        yield start, end


def _print_errors(errors: list[tuple[str, ...]], limit: int) -> None:
    """Print the errors by class: set, kind, and the shape of the expression."""
    classes = collections.defaultdict(list)
    for error in errors:
        words = (error[4] or error[7]).lower().replace("\n", " ")
        classes[error[0], error[1], re.sub(r"\d", "9", words)[:24]].append(error)
    for key, found in sorted(classes.items(), key=lambda item: -len(item[1]))[:200]:
        print(f"{len(found):4d}  {'  '.join(key)}")
        for error in found[:limit]:
            print("        ", "  |  ".join(error[2:]))


if __name__ == "__main__":
    main()
