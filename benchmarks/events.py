"""How well events are found: who, what kind, whether they happened.

`cameo_roles`: the heads of actor and recipient inside the marked words. `cameo_quad`: the quad
class of the sentence's most confident event, 0 where none is found, and how many of the events of
each confidence are right by either manual. A third of each is kept for the end (`--held-out`); see
cameo.py. `seeds`: the bundled articles against their hand-made gold: triggers,
and of those found, their type, participants, factuality, days and place.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from cameo import Classed, add_heads, quad_classes, roles
from chain import Chain, whole_chain
from gold import Truth, gold_articles
from report import parser, report
from score import Row, Score, Span, overlap, row, share

from schemas import Event, Participant

_BINS = (0.0, 0.3, 0.5, 0.7, 0.9, 1.01)  # of confidence


def main() -> None:
    """Measure and print."""
    options = _options()
    chain = whole_chain()
    folder, held_out = options.data / "events", options.held_out
    rows = list(roles(folder / "cameo_roles/train.txt", chain, held_out=held_out))
    classes = list(quad_classes(folder / "cameo_quad/train.tsv", chain, held_out=held_out))
    rows += _quad_rows(classes)
    rows += _gold_rows(chain)
    rows += chain.rows("all of these")
    title = "Events: the part kept for the end" if held_out else "Events: the part to tune on"
    report(title, rows, options.json)
    if options.errors:
        _print_confusion(classes)


def _options() -> argparse.Namespace:
    options = parser(__doc__, held_out="the third of the sentences kept for the end")
    options.add_argument(
        "--errors", action="store_true", help="print which class is taken for which"
    )
    return options.parse_args()


def _quad_rows(classes: list[Classed]) -> Iterator[Row]:
    for whose, ours in (
        ("PLOVER", [c.plover for c in classes]),
        ("CAMEO", [c.cameo for c in classes]),
    ):
        right = sum(each.label == found for each, found in zip(classes, ours, strict=True))
        figures = {"right": share(right, len(classes))}
        yield row(f"quad: {whose} classes", "cameo_quad", len(classes), figures)
    yield from _reliability(classes)


def _reliability(classes: list[Classed]) -> Iterator[Row]:
    """Yield how many of the events of each confidence are right, which should be as many."""
    for low, high in pairwise(_BINS):
        within = [c for c in classes if c.confidence is not None and low <= c.confidence < high]
        right = {"right": share(sum(each.is_right for each in within), len(within))}
        yield row(f"confidence {low:.1f} to {min(high, 1):.1f}", "cameo_quad", len(within), right)


def _print_confusion(classes: list[Classed]) -> None:
    taken = Counter((each.label, each.cameo) for each in classes)
    for (label, found), number in sorted(taken.items()):
        print(f"{number:4d}  {label} taken for {found}")


def _gold_rows(chain: Chain) -> Iterator[Row]:
    """Score whole articles against what readers saw in them."""
    scores: dict[str, Score] = defaultdict(Score)
    agree: Counter[str] = Counter()
    for article, truth in gold_articles():
        found = chain(article).events or ()
        both = list(pairs(found, truth["events"]))
        scores["trigger"].add(found=len(found), wanted=len(truth["events"]), right=len(both))
        for event, wanted in both:
            agree.update(dict(_agreements(event, wanted)))
            _add_participants(scores, event, wanted)
    pairs_found = scores["trigger"].hit
    yield scores.pop("trigger").row("trigger", "seeds")
    for what, right in agree.items():
        yield row(what, "seeds", pairs_found, {"right": share(right, pairs_found)})
    for what, score in scores.items():
        yield score.row(what, "seeds")


def pairs(found: tuple[Event, ...], wanted: list[Truth]) -> Iterator[tuple[Event, Truth]]:
    """Yield each event of the gold with the first free one of ours whose trigger touches its."""
    left = list(found)
    for truth in wanted:
        span = _span(truth["trigger"])
        for event in left:
            if overlap((event.trigger.start, event.trigger.end), span):
                left.remove(event)
                yield event, truth
                break


def _agreements(event: Event, truth: Truth) -> Iterator[tuple[str, bool]]:
    yield "type", event.event_type == truth["event_type"]
    yield "factuality", event.factuality == truth["factuality"]
    yield "asserted", event.is_asserted == (truth["factuality"] in {"happened", "ongoing"})
    yield "place", _same_place(event, truth["place"])
    yield "first_day", str(event.event_date_first or None) == str(truth["first_day"])
    yield "last_day", str(event.event_date_last or None) == str(truth["last_day"])
    yield "attribution", bool(event.attribution) == bool(truth["attribution"])


def _same_place(event: Event, truth: Truth | None) -> bool:
    """Whether both name no place, or places that touch; what is taken from elsewhere is not named."""
    named = event.place is not None and event.place.basis not in {"dateline", "document"}
    place = event.place if named else None
    if place and truth:
        return overlap((place.start, place.end), _span(truth))
    return place is None and truth is None


def _add_participants(scores: dict[str, Score], event: Event, truth: Truth) -> None:
    """Count participants; who takes part on either side of a meeting or fight is one group."""
    who, whom = _heads(event.actors), _heads(event.recipients)
    actors, recipients = map(_spans, (truth["actors"], truth["recipients"]))
    if event.event_type in {"CONSULT", "ASSAULT"} and not whom and len(who) > 1:
        actors, recipients = actors + recipients, []
    add_heads(scores["actors"], who, actors)
    add_heads(scores["recipients"], whom, recipients)


def _heads(participants: tuple[Participant, ...]) -> list[Span]:
    return [(p.head_start, p.head_end) for p in participants]


def _spans(mentions: list[Any]) -> list[Span]:
    return [_span(mention) for mention in mentions]


def _span(mention: Truth) -> Span:
    return mention["start"], mention["end"]


if __name__ == "__main__":
    main()
