"""How well dates are found and resolved, counted as TempEval-3 counts, and how fast.

TBAQ (256 news articles) is split by article: a third, chosen by a hash of the file's name, is kept
for the end (`--held-out`); WikiWars 11-16 likewise. The rest is for tuning. Counting is that of
`temporal/score_timex.py`. Sentences are split here in a plain way, so that this measures the dates
and not the zones.

Then the cases of other projects, by class, in their shares of the cases: found at all, with the same
words, with an answer that comes to the same (date_cases.py says when it does). They are for tuning,
all of them. Then the errors by class, and with `--growth` the time that hostile input takes.
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
from date_case_sets import cases
from date_cases import judge
from date_errors import class_of, table
from date_growth import rows as growth
from report import parser, report
from score import share

from schemas import Article
from transforms.dates import load_normalizer, normalize
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
    data = options.data / "temporal"
    rows, errors, gold = [], [], []
    for name, docs in _sets(data, held_out=options.held_out):
        row, wrong = _measure(name, docs, data, parse=not options.no_parse)
        rows.append(row)
        errors += wrong
        gold += [(name, timex["text"]) for doc in docs for timex in doc["timex"]]
    title = "Dates: the part kept for the end" if options.held_out else "Dates: the part to tune on"
    if not options.held_out:
        rows += _case_rows(data)
    report(title, rows, options.json)
    if not options.held_out:
        report("Dates: errors by class", table(errors, gold)[: options.classes], None)
        _print_errors(errors, options.errors)
    if options.growth:
        report("Dates: seconds on hostile input", list(growth()), None)


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
    options.add_argument("--classes", type=int, default=20, metavar="N", help="classes of errors")
    options.add_argument("--growth", action="store_true", help="print the time on hostile input")
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
        "class": "",
        "texts": len(docs),
        "gold": figures["gold"],
        "found": figures["sys"],
        **{key: 100 * figures[f"{key}_F1"] for key in ("relaxed", "strict", "value", "type")},
        "time/parse": chain.beside_parse("dates") if parse else None,
        "words/CPU s": chain.words_per_second("dates"),
    }
    return row, [(name, *map(str, error)) for error in errors]


def _case_rows(data: Path) -> Iterator[dict[str, Any]]:
    """Yield a row a set of cases and class: the shares found, found exactly, answered."""
    verdicts = collections.defaultdict(list)
    for case in cases(data):
        dates = normalize(case.text, published_at=case.reference)
        verdicts[case.on, case.kind].append(judge(case, dates))
    for (on, kind), found in verdicts.items():
        yield {
            "on": on,
            "class": kind,
            "texts": len(found),
            "gold": len(found),
            "found": sum(verdict.found for verdict in found),
            "relaxed": 100 * share(sum(verdict.found for verdict in found), len(found)),
            "strict": 100 * share(sum(verdict.exact for verdict in found), len(found)),
            "value": 100 * share(sum(verdict.right for verdict in found), len(found)),
            "type": None,
            "time/parse": None,
            "words/CPU s": None,
        }


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
    """Print so many errors of each set, kind and class."""
    classes = collections.defaultdict(list)
    for error in errors:
        classes[error[0], error[1], class_of(error[4] or error[7])].append(error)
    for key, found in sorted(classes.items(), key=lambda item: -len(item[1])):
        for place, error in enumerate(found[:limit]):
            print("" if place else f"{len(found):4d}  {'  '.join(key)}\n", "  |  ".join(error[2:]))


if __name__ == "__main__":
    main()
