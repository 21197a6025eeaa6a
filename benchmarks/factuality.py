"""Whether an event happened, and who says so, on single sentences with a marked trigger.

The sentences were written to be balanced over the factualities, by somebody who had not seen the
code (independent/README.md). The file has an object a line: `text`, `trigger_start`, `trigger_end`, `event_type`,
`factuality`, `time_frame`, `attribution`. Scored are those whose trigger is found; attribution is
right where all sources are found and no others.
"""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chain import whole_chain
from report import parser, report
from score import Row, overlap, row, share

from schemas import Article, Event, Published, new_article

_SENTENCES = Path(__file__).parent / "independent" / "factuality.jsonl"
_DAY = dt.datetime(2024, 6, 5, tzinfo=dt.UTC)
_PUBLISHED = Published(at=_DAY, on=_DAY.date(), precision="day")  # what is years before is history


def main() -> None:
    """Measure and print."""
    options = parser(__doc__, held_out="the half of the sentences that is not to be looked at")
    options.add_argument("--sentences", type=Path, metavar="FILE", default=_SENTENCES)
    options.add_argument("--errors", action="store_true", help="print what is wrong")
    arguments = options.parse_args()
    chain, counts = whole_chain(), Counter[str]()
    for truth in _read(arguments.sentences, held_out=arguments.held_out):
        event = _event(chain(new_article(truth["text"], published=_PUBLISHED)), truth)
        right = dict(_right(event, truth)) if event else {}
        counts.update(
            ["wanted", *(["found"] if event else []), *(k for k, v in right.items() if v)]
        )
        if arguments.errors and not (right and all(right.values())):
            print(_told(event, truth, right))
    which = "the half not looked at" if arguments.held_out else "the half to look at"
    report(f"Factuality and attribution: {which}", list(_rows(counts)), arguments.json)


def _read(path: Path, *, held_out: bool) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        digest = hashlib.sha256(truth["id"].encode()).digest()
        if (digest[0] % 2 == 1) == held_out:
            yield truth


def _event(article: Article, truth: dict[str, Any]) -> Event | None:
    """Return the event at the marked trigger, the most confident of several."""
    span = truth["trigger_start"], truth["trigger_end"]
    touching = [e for e in article.events or () if overlap((e.trigger.start, e.trigger.end), span)]
    return max(touching, key=lambda event: event.confidence or 0, default=None)


def _right(event: Event, truth: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    yield "type", event.event_type == truth["event_type"]
    yield "factuality", event.factuality == truth["factuality"]
    asserted = truth["factuality"] in {"happened", "ongoing"}
    yield "asserted", event.is_asserted == asserted
    yield "time frame", event.time_frame == truth["time_frame"]
    yield "attribution", _same_sources(event, truth["attribution"])


def _same_sources(event: Event, wanted: list[dict[str, Any]]) -> bool:
    spans = [(source["start"], source["end"]) for source in wanted]
    found = [(source.start, source.end) for source in event.attribution]
    return len(spans) == len(found) and all(any(overlap(f, s) for f in found) for s in spans)


def _told(event: Event | None, truth: dict[str, Any], right: dict[str, bool]) -> str:
    wrong = [name for name, is_right in right.items() if not is_right]
    if event is None:
        return f"no event | {truth['event_type']} {truth['factuality']} | {truth['trigger']} | {truth['text']}"
    sources = [source.text for source in event.attribution]
    wanted = [source["text"] for source in truth["attribution"]]
    found = f"{event.event_type} {event.factuality} {event.rules.factuality} {event.time_frame} {sources}"
    gold = f"{truth['event_type']} {truth['factuality']} {truth['time_frame']} {wanted}"
    return f"{wrong} | {truth['trigger']} | {found} | wanted {gold} | {truth['text']}"


def _rows(counts: Counter[str]) -> Iterator[Row]:
    yield row(
        "trigger found",
        "factuality",
        counts["wanted"],
        {"right": share(counts["found"], counts["wanted"])},
    )
    for what in ("type", "factuality", "asserted", "time frame", "attribution"):
        yield row(
            what, "factuality", counts["found"], {"right": share(counts[what], counts["found"])}
        )


if __name__ == "__main__":
    main()
