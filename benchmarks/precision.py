"""What two readers say of events drawn at random: the precision of events, and what they miss.

`--sheets DIR` draws articles of `lgl`, `ecbplus`, `geovirus` and `gum_news` (none of those of which
independent/judged.csv has trained something), runs the whole chain on them and writes, evenly from
the four sets, in an order that does not tell them apart:

* `events-SEED.jsonl`: events, for readers to judge from the sentence (`number`, `doc_id`,
  `sentence`, `trigger`, what was extracted);
* `sentences-SEED.jsonl`: sentences of title and body, of which readers say whether they tell an
  event;
* `key-SEED.jsonl`, for nobody to read before: the confidence of each event, and in which of the
  sentences an event was found.

`--judged A B --key KEY` reads what two readers wrote, a line an event (`number`, `type_ok`,
`actors_ok`, `factuality_ok`) or a sentence (`number`, `has_event`), in one file each, and prints
what share is right and how far they agree; `--without KEY` leaves out the articles of a sheet from
which something was learned. The readers' guide is independent/guide.md.
"""

import argparse
import csv
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chain import Chain, whole_chain
from report import parser, report
from score import Row, row, share
from texts import ecbplus, geovirus, gum_news, lgl

from schemas import Article, Event, Participant, known, new_article

_SETS = (lgl, ecbplus, geovirus, gum_news)
_JUDGED = Path(__file__).parent / "independent" / "judged.csv"
_ARTICLES = 40  # of each set, in which events and sentences are drawn
_TOLD = frozenset({"title", "subtitle", "body"})  # zones in which events are looked for
_SURE = 0.7
_PARTS = ("type_ok", "actors_ok", "factuality_ok")

Line = dict[str, Any]
Verdicts = dict[tuple[str, int], Line]  # by the name of the sheet and the number of the line


def main() -> None:
    """Draw sheets, or measure and print."""
    options = _options()
    if options.sheets:
        _draw(options)
    else:
        key = _unseen(_read([options.key]), options.without)
        one, other = (_read([path]) for path in options.judged)
        report("Events as two readers judge them", list(_rows(key, one, other)), options.json)


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    what = options.add_mutually_exclusive_group(required=True)
    what.add_argument("--sheets", type=Path, metavar="DIR", help="draw, and write the sheets there")
    what.add_argument("--judged", type=Path, nargs=2, metavar=("A", "B"), help="two readers' files")
    options.add_argument("--key", type=Path, metavar="FILE", help="the key to what was judged")
    seen = "leave out the articles of this other key"
    options.add_argument("--without", type=Path, metavar="KEY", help=seen)
    options.add_argument("--seed", type=int, default=1, help="of the draw (default: %(default)s)")
    options.add_argument("--number", type=int, default=200, help="events (default: %(default)s)")
    chosen = options.parse_args()
    if chosen.judged and not chosen.key:
        options.error("--judged needs --key: the file key-SEED.jsonl that --sheets wrote")
    return chosen


# --- drawing


def _draw(options: argparse.Namespace) -> None:
    random_ = random.Random(options.seed)
    chain, each = whole_chain(), options.number // len(_SETS)
    events: list[tuple[Line, Line]] = []
    sentences: list[tuple[Line, Line]] = []
    learned = _learned()
    for reader in _SETS:
        texts = [text for text in reader(options.data) if text[0] not in learned]
        drawn = random_.sample(texts, min(_ARTICLES, len(texts)))
        found = [article for name, text in drawn for article in [_run(chain, name, text)]]
        events += _some(
            random_, (pair for article in found for pair in _event_lines(article)), each
        )
        told = (pair for article in found for pair in _sentence_lines(article))
        sentences += _some(random_, told, each)
    options.sheets.mkdir(parents=True, exist_ok=True)
    key = options.sheets / f"key-{options.seed}.jsonl"
    key.unlink(missing_ok=True)
    for sheet, lines in (("events", events), ("sentences", sentences)):
        random_.shuffle(lines)
        shown = [{"number": n, **line} for n, (line, _) in enumerate(lines, 1)]
        hidden = [{"sheet": sheet, "number": n, **line} for n, (_, line) in enumerate(lines, 1)]
        _write(options.sheets / f"{sheet}-{options.seed}.jsonl", shown, "w")
        _write(key, hidden, "a")


def _learned() -> frozenset[str]:
    """Return the articles of which readers' verdicts have trained the models of confidence."""
    with _JUDGED.open(encoding="utf-8", newline="") as file:
        return frozenset(row["article"] for row in csv.DictReader(file))


def _run(chain: Chain, name: str, text: str) -> Article:
    return chain(new_article(text, id=name))


def _some(
    random_: random.Random, lines: Iterable[tuple[Line, Line]], number: int
) -> list[tuple[Line, Line]]:
    pool = list(lines)
    return random_.sample(pool, min(number, len(pool)))


def _event_lines(article: Article) -> Iterator[tuple[Line, Line]]:
    """Yield what readers see of each event, and what they do not."""
    for event in article.events or ():
        shown = {
            "doc_id": article.id,
            "sentence": event.sentence.text,
            "trigger": event.trigger.text,
            "trigger_start": event.trigger.start - event.sentence.start,
            "type": event.event_type,
            "mode": event.event_mode,
            "actors": [_told(article, each) for each in event.actors],
            "recipients": [_told(article, each) for each in event.recipients],
            "factuality": event.factuality,
            "is_asserted": event.is_asserted,
            "time_frame": event.time_frame,
            "attribution": [each.text for each in event.attribution],
        }
        yield shown, _key(article, event)


def _told(article: Article, participant: Participant) -> str:
    """Return the words, with those that a pronoun stands for."""
    start, end = participant.antecedent_start, participant.antecedent_end
    stands_for = "" if start is None else f" (= {article.text[start:end]})"
    return f"{participant.text}{stands_for}"


def _key(article: Article, event: Event) -> Line:
    return {
        "doc_id": article.id,
        "event_id": event.event_id,
        "confidence": event.confidence,
        "rules": [event.rules.type, event.rules.factuality, event.rules.roles],
    }


def _sentence_lines(article: Article) -> Iterator[tuple[Line, Line]]:
    zones = known(article.zones, "Segment")
    found = {event.sentence.start for event in article.events or ()}
    for sentence in known(article.sentences, "Segment"):
        if zones[sentence.zone].kind in _TOLD:
            text = article.text[sentence.start : sentence.end]
            yield (
                {"doc_id": article.id, "sentence": text},
                {"doc_id": article.id, "found": sentence.start in found},
            )


def _write(path: Path, lines: list[Line], mode: str) -> None:
    with path.open(mode, encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


# --- what was judged


def _read(paths: Iterable[Path]) -> Verdicts:
    """Read lines of both sheets; without its name, a sheet is told by what it is asked for."""
    found: Verdicts = {}
    for path in paths:
        for text in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            line = json.loads(text)
            sheet = line.get("sheet") or ("sentences" if "has_event" in line else "events")
            found[sheet, line["number"]] = line
    return found


def _unseen(key: Verdicts, without: Path | None) -> Verdicts:
    seen = {line["doc_id"] for line in _read([without]).values()} if without else set()
    return {number: line for number, line in key.items() if line["doc_id"] not in seen}


def _rows(key: Verdicts, one: Verdicts, other: Verdicts) -> Iterator[Row]:
    judged = sorted(key.keys() & (one.keys() | other.keys()))
    events = [number for number in judged if number[0] == "events"]
    sentences = [number for number in judged if number[0] == "sentences"]
    sure = [number for number in events if key[number]["confidence"] >= _SURE]
    for name, verdicts in (("reader A", one), ("reader B", other)):
        for what, numbers in (("all right", events), (f"all right, from {_SURE}", sure)):
            yield _share_row(what, name, [_all_right(verdicts, number) for number in numbers])
        for part in _PARTS:
            yield _share_row(part, name, [_said(verdicts, number, part) for number in events])
        seen = [number for number in sentences if _said(verdicts, number, "has_event")]
        yield _share_row("found, of the seen", name, [key[number]["found"] for number in seen])
    for what, numbers in (("all right", events), (f"all right, from {_SURE}", sure)):
        both = [(_all_right(one, number), _all_right(other, number)) for number in numbers]
        yield _share_row(what, "mean of both", [said for pair in both for said in pair])
        yield _share_row(what, "both readers", [all(pair) for pair in both])
    seen = [n for n in sentences if all(_said(v, n, "has_event") for v in (one, other))]
    yield _share_row(
        "found, of the seen", "both readers", [key[number]["found"] for number in seen]
    )
    yield from _agreement("all right", [_all_right(v, n) for v in (one, other) for n in events])
    for part in _PARTS:
        yield from _agreement(part, [_said(v, n, part) for v in (one, other) for n in events])
    seen_or_not = [_said(v, n, "has_event") for v in (one, other) for n in sentences]
    yield from _agreement("has_event", seen_or_not)


def _said(verdicts: Verdicts, number: tuple[str, int], part: str) -> bool | None:
    return verdicts.get(number, {}).get(part)


def _all_right(verdicts: Verdicts, number: tuple[str, int]) -> bool | None:
    said = [_said(verdicts, number, part) for part in _PARTS]
    return None if None in said else all(said)


def _share_row(what: str, on: str, said: list[bool | None]) -> Row:
    known_ = [each for each in said if each is not None]
    return row(what, on, len(known_), {"right": share(sum(known_), len(known_))})


def _agreement(what: str, said: list[bool | None]) -> Iterator[Row]:
    """Yield the share on which both readers agree, and Cohen's kappa: agreement beyond chance.

    `said` are the verdicts of the one reader, then those of the other in the same order.
    """
    half = len(said) // 2
    both = [pair for pair in zip(said[:half], said[half:], strict=True) if None not in pair]
    agreed = share(sum(one == other for one, other in both), len(both))
    yes = [share(sum(bool(pair[side]) for pair in both), len(both)) for side in (0, 1)]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    yield row(f"agreement: {what}", "both readers", len(both), {"right": agreed})
    kappa = share(agreed - chance, 1 - chance)
    yield row(f"kappa: {what}", "both readers", len(both), {"right": kappa})


if __name__ == "__main__":
    main()
