"""How many ways of saying it are understood: single sentences with one act each, and look-alikes.

independent/sentences.jsonl has 45 sentences of each of the sixteen types, each with another verb or
construction, and 200 in which the same words tell no act: sport, accidents, figures of speech. They
were written by others, who had not seen the lexicon (independent/README.md). An object a line: `id`,
`text`, `trigger`, `type` (NONE for the look-alikes), `actors`, `recipients`, `factuality`, `also` (the
triggers of other acts). A third is kept for the end. `trigger found` is the share whose trigger is an
event; the next rows are of those found, the last one is of all look-alikes.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chain import Chain, whole_chain
from report import parser, report
from score import Row, Span, overlap, row, share

from schemas import Article, Event, Participant, new_article

_SENTENCES = Path(__file__).parent / "independent" / "sentences.jsonl"
NO_ACT = "NONE"
_PARTS = ("type", "factuality", "actors", "recipients")

Truth = dict[str, Any]


def main() -> None:
    """Measure and print."""
    options = _options()
    chain, held_out = whole_chain(), options.held_out
    rows = list(_rows(chain, truths(held_out=held_out), errors=options.errors))
    which = "the part kept for the end" if held_out else "the part to tune on"
    report(f"Ways of saying it: {which}", rows, options.json)


def _options() -> argparse.Namespace:
    options = parser(__doc__, held_out="the third of the sentences kept for the end")
    options.add_argument("--errors", action="store_true", help="print what is wrong")
    return options.parse_args()


def truths(*, held_out: bool) -> Iterator[Truth]:
    """Yield the sentences of a part; held out is every third of each author's, by the number."""
    for line in _SENTENCES.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        if (int(truth["id"][1:]) % 3 == 0) == held_out:
            yield truth


def trigger_of(truth: Truth) -> Span:
    """Return where the words of the act stand."""
    start = truth["text"].index(truth["trigger"])
    return start, start + len(truth["trigger"])


def _rows(chain: Chain, sentences: Iterable[Truth], *, errors: bool) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for truth in sentences:
        article = chain(new_article(truth["text"]))
        told = list(_told(article, truth))
        counts.update(told)
        if errors and "all right" not in told and "silent" not in told:
            print(told, _seen(article), truth)
    acts, others = counts["act"], counts["look-alike"]
    yield row("trigger found", "sentences", acts, {"right": share(counts["found"], acts)})
    for part in (*_PARTS, "all right"):
        found = counts["found"]
        yield row(part, "sentences", found, {"right": share(counts[part], found)})
    silent = {"right": share(counts["silent"], others)}
    yield row("no event in look-alikes", "sentences", others, silent)


def _told(article: Article, truth: Truth) -> Iterator[str]:
    """Yield what is counted of a sentence."""
    events = article.events or ()
    if truth["type"] == NO_ACT:
        yield "look-alike"
        yield from () if events else ("silent",)
        return
    yield "act"
    at = trigger_of(truth)
    touching = [e for e in events if overlap((e.trigger.start, e.trigger.end), at)]
    touching.sort(key=lambda event: event.event_type != truth["type"])
    for event in touching[:1]:
        right = dict(_right(article, event, truth))
        yield "found"
        yield from (part for part in _PARTS if right[part])
        yield from ("all right",) if all(right.values()) else ()


def _right(article: Article, event: Event, truth: Truth) -> Iterator[tuple[str, bool]]:
    yield "type", event.event_type == truth["type"]
    going = {event.factuality, truth["factuality"]} <= {"happened", "ongoing"}
    yield "factuality", going or event.factuality == truth["factuality"]
    yield "actors", _same(article.text, event.actors, truth["actors"])
    yield "recipients", _same(article.text, event.recipients, truth["recipients"])


def _same(text: str, found: tuple[Participant, ...], wanted: list[str]) -> bool:
    """Whether each of the found is one of the wanted, and none is missing; a pronoun is whom it means."""
    heads = [_head(text, participant) for participant in found]
    named = all(any(_is_within(head, words) for words in wanted) for head in heads)
    return named and all(any(_is_within(head, words) for head in heads) for words in wanted)


def _is_within(head: str, words: str) -> bool:
    """Whether a head is a word of a phrase."""
    return re.search(rf"(?<!\w){re.escape(head)}(?!\w)", words) is not None


def _head(text: str, participant: Participant) -> str:
    start, end = participant.antecedent_start, participant.antecedent_end
    if start is not None and end is not None:
        return text[start:end].rsplit(maxsplit=1)[-1]
    return text[participant.head_start : participant.head_end]


def _seen(article: Article) -> list[tuple[str | None, str, str]]:
    return [(e.trigger.text, e.event_type, e.factuality) for e in article.events or ()]


if __name__ == "__main__":
    main()
