"""The whole chain: events of whole articles of which actor, type, recipient, day and asserted agree.

On the bundled articles and on a folder of pairs NAME.txt and NAME.json (the gold as in seeds/gold,
with `published_on` and `published_given`): those of independent/, or of another one. `all right` counts events with all of
these right; each row below leaves one of them out, which says what it costs.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from cameo import inside
from chain import Chain, whole_chain
from events import pairs
from gold import Truth, gold_articles
from report import parser, report
from score import Row, Score, Span

from schemas import Article, Event, Participant, Published, new_article

_INDEPENDENT = Path(__file__).parent / "independent" / "articles"
_PARTS = ("type", "asserted", "day", "actors", "recipients")


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--articles", type=Path, metavar="DIR", default=_INDEPENDENT)
    arguments = options.parse_args()
    chain = whole_chain()
    rows = list(_rows(gold_articles(), chain, "seeds"))
    rows += _rows(_pairs_in(arguments.articles), chain, arguments.articles.parent.name)
    report("Whole events", rows, arguments.json)


def _pairs_in(folder: Path) -> Iterator[tuple[Article, Truth]]:
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        given = {}
        if truth["published_given"] and truth["published_on"]:
            day = dt.date.fromisoformat(truth["published_on"])
            at = dt.datetime.combine(day, dt.time(), dt.UTC)
            given = {"published": Published(at=at, on=day, precision="day")}
        yield new_article(text, id=path.stem, **given), truth


def _rows(articles: Iterable[tuple[Article, Truth]], chain: Chain, on: str) -> Iterator[Row]:
    scores = {left_out: Score() for left_out in ("", "trigger", *_PARTS)}
    for article, truth in articles:
        found = chain(article).events or ()
        agreements = [_agreements(event, wanted) for event, wanted in pairs(found, truth["events"])]
        for left_out, score in scores.items():
            kept = [part for part in _PARTS if left_out not in {part, "trigger"}]
            right = sum(all(agreed[part] for part in kept) for agreed in agreements)
            score.add(found=len(found), wanted=len(truth["events"]), right=right)
    names = {"": "all right", "trigger": "trigger alone"}
    for left_out, score in scores.items():
        yield score.row(names.get(left_out, f"all but {left_out}"), on)


def _agreements(event: Event, truth: Truth) -> dict[str, bool]:
    return {
        "type": event.event_type == truth["event_type"],
        "asserted": event.is_asserted == (truth["factuality"] in {"happened", "ongoing"}),
        "day": str(event.event_date_first or None) == str(truth["first_day"]),
        "actors": _same(event.actors, truth["actors"]),
        "recipients": _same(event.recipients, truth["recipients"]),
    }


def _same(found: tuple[Participant, ...], wanted: list[Truth]) -> bool:
    """Whether one of the found is one of the wanted; nobody agrees with nobody."""
    spans: list[Span] = [(mention["start"], mention["end"]) for mention in wanted]
    heads = [(each.head_start, each.head_end) for each in found]
    agree = any(inside(head, span) for head, span in product(heads, spans))
    return agree or not (heads or spans)


if __name__ == "__main__":
    main()
