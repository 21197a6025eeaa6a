"""How many names are found and linked right, on texts with Wikidata ids (data `entities/elevant`).

Only names count (no pronouns, common nouns, dates), exact span and exact id. Of each set one half,
by the number of the text, is for development; `--held-out` measures the other. RSS-500 marks two
names a sentence, so there links of other names are not counted against us. Links to entries that
have no Wikidata id are no links here.
"""

import argparse
import collections
import dataclasses
import datetime as dt
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from report import parser, report

from schemas import Article, Entity, Published, Sentence, Zone, new_article
from seeds import seed
from transforms.entities import KnowledgeBase, link_entities
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

_SETS = ("aida-conll-dev", "news-fair", "rss-500")
_ONLY_MARKED = {"rss-500"}
_PRONOUNS = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "me",
        "us",
        "him",
        "them",
        "this",
        "that",
        "these",
        "those",
        "who",
        "which",
        "there",
        "here",
        "what",
        "one",
        "others",
        "the",
        "a",
        "an",
    ]
)
_DAY = re.compile(r"\b(\d{4})-?(\d\d)-?(\d\d)\b")
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”’']*(?=\s+[\"“‘']?[A-Z])|$)", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Gold:
    """A name with the id of what it means; None for what Wikidata has not."""

    start: int
    end: int
    text: str
    qid: str | None


def main() -> None:
    """Measure and print."""
    options = _options()
    kb, parse = KnowledgeBase(options.knowledge_base), load_parser()
    folder = options.data / "entities/elevant"
    rows = [_measure(name, folder, parse, kb, options) for name in _SETS]
    if not options.held_out:
        rows.append(_measure_gold(parse, kb, options))
    half = "the half kept for the end" if options.held_out else "the half to tune on"
    report(f"Entities: {half}; knowledge base {kb.version}", rows, options.json)


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--held-out", action="store_true", help="the half kept for the end")
    options.add_argument("--knowledge-base", help="another one than that which ships")
    options.add_argument("--errors", type=Path, help="write what went wrong there, a line a name")
    return options.parse_args()


def _measure(
    name: str, folder: Path, parse: Any, kb: KnowledgeBase, options: argparse.Namespace
) -> dict[str, Any]:
    counts: collections.Counter[str] = collections.Counter()
    errors: list[str] = []
    seconds = [0.0, 0.0]
    for article, gold, span in _texts(folder / f"{name}.benchmark.jsonl", options.held_out):
        begin = time.process_time()
        parsed = parse(article)
        middle = time.process_time()
        linked = link_entities(parsed, kb=kb)
        seconds[0] += middle - begin
        seconds[1] += time.process_time() - middle
        found = {(e.start, e.end): e for e in linked.entities if span[0] <= e.start < span[1]}
        _count(counts, errors, gold, found, kb, only_marked=name in _ONLY_MARKED)
    _write(options, name, errors)
    return {"set": name, **_figures(counts), "time/parse": round(seconds[1] / seconds[0], 3)}


def _texts(path: Path, held_out: bool) -> Iterator[tuple[Article, list[Gold], tuple[int, int]]]:
    for number, line in enumerate(path.open(encoding="utf-8")):
        if (number % 2 == 1) == held_out:
            row = json.loads(line)
            gold = [g for g in map(_gold(row), row["labels"]) if g]
            yield _article(row), gold, tuple(row["evaluation_span"])


def _gold(row: dict[str, Any]) -> Any:
    def make(label: dict[str, Any]) -> Gold | None:
        start, end = label["span"]
        text = row["text"][start:end]
        named = any(c.isupper() for c in text) and text.lower() not in _PRONOUNS
        if not named or label["type"] in {"QUANTITY", "DATETIME"}:
            return None
        qid = label["entity_id"]
        return Gold(start, end, text, qid if re.fullmatch(r"Q\d+", qid) else None)

    return make


def _article(row: dict[str, Any]) -> Article:
    """Make an article whose lines are body: what is measured is linking."""
    text = row["text"]
    zones, sentences = [], []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        zones.append(Zone(kind="body", start=line.start(), end=line.end()))
        for match in _SENTENCE.finditer(line[0]):
            start = line.start() + match.start()
            sentence = Sentence(
                start=start, end=start + len(match[0].rstrip()), zone=len(zones) - 1
            )
            sentences.append(sentence)
    article = new_article(text, published=_published(f"{row['title'] or ''} {text[:300]}"))
    return dataclasses.replace(article, zones=tuple(zones), sentences=tuple(sentences))


def _published(text: str) -> Published | None:
    match = _DAY.search(text)
    try:
        day = dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
    if day is None:
        return None
    at = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return Published(at=at, on=day, precision="day")


def _count(
    counts: collections.Counter[str],
    errors: list[str],
    gold: list[Gold],
    found: dict[tuple[int, int], Entity],
    kb: KnowledgeBase,
    *,
    only_marked: bool,
) -> None:
    """Add the names of one text to the counts, and what went wrong to the errors."""
    for name in gold:
        over = [e for e in found.values() if e.start < name.end and name.start < e.end]
        if name.qid is None:
            is_linked = any(e.wikidata_id for e in over)
            counts.update({"nil": 1, "nil_linked": is_linked})
            if is_linked:
                errors.append(f"NIL LINKED\t{name.text}\t{[(e.text, e.name) for e in over]}")
            continue
        mine = found.get((name.start, name.end))
        in_kb = kb.number(name.qid) is not None
        right = mine is not None and mine.wikidata_id == name.qid
        counts.update({"gold": 1, "in_kb": in_kb, "found": mine is not None, "right": right})
        counts.update({"in_kb_found": in_kb and mine is not None, "in_kb_right": in_kb and right})
        if in_kb and not right:
            seen = [(e.text, e.label, e.entity_id, e.name) for e in over]
            errors.append(f"{'WRONG' if mine else 'MISSED'}\t{name.text}\t{name.qid}\t{seen}")
    for entity in found.values():
        is_marked = any(g.start < entity.end and entity.start < g.end for g in gold)
        if entity.wikidata_id and (is_marked or not only_marked):
            counts["linked"] += 1
            if (entity.start, entity.end) not in {(g.start, g.end) for g in gold}:
                errors.append(f"FALSE\t{entity.text}\t{entity.label}\t{entity.name}")


def _figures(counts: collections.Counter[str]) -> dict[str, Any]:
    def share(part: str, whole: str) -> float | None:
        return round(counts[part] / counts[whole], 3) if counts[whole] else None

    precision, recall = share("right", "linked") or 0.0, share("right", "gold") or 0.0
    f1 = round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0.0
    return {
        "f1": f1,
        "precision": precision,
        "recall": recall,
        "in kb": share("in_kb", "gold"),
        "right if in kb": share("in_kb_right", "in_kb_found"),
        "found": share("found", "gold"),
        "nil linked": share("nil_linked", "nil"),
        "names": counts["gold"] + counts["nil"],
    }


def _measure_gold(parse: Any, kb: KnowledgeBase, options: argparse.Namespace) -> dict[str, Any]:
    """Measure on the sample articles in seeds/, zones and all; GeoNames ids count too there."""
    counts: collections.Counter[str] = collections.Counter()
    errors: list[str] = []
    segment = load_segmenter()
    for path in sorted(Path(str(seed("gold"))).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = _sample(gold["article"], gold.get("id"))
        if article is not None:
            linked = link_entities(parse(segment(article)), kb=kb)
            names = [Gold(e["start"], e["end"], e["text"], _qid(e)) for e in gold["entities"]]
            found = {(e.start, e.end): _with_qid(e) for e in linked.entities or ()}
            errors.append(f"# {path.name}")
            _count(counts, errors, names, found, kb, only_marked=False)
    _write(options, "gold", errors)
    return {"set": "seeds/gold", **_figures(counts), "time/parse": "-"}


def _sample(name: str, article_id: str | None) -> Article | None:
    path = Path(str(seed("articles"))) / name
    if not path.exists():
        return None
    if path.suffix != ".jsonl":
        return new_article(path.read_text(encoding="utf-8"))
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    row = next(row for row in rows if row.get("id") == article_id)
    return new_article(row["text"], published=_published(row.get("published_at") or ""))


def _qid(entity: dict[str, Any]) -> str | None:
    geonames = entity.get("geonames_id")
    return entity.get("wikidata_id") or (f"gn:{geonames}" if geonames else None)


def _with_qid(entity: Entity) -> Entity:
    """Return the entity with its GeoNames id where it has no Wikidata item."""
    if entity.wikidata_id or not entity.geonames_id:
        return entity
    return dataclasses.replace(entity, wikidata_id=f"gn:{entity.geonames_id}")


def _write(options: argparse.Namespace, name: str, errors: list[str]) -> None:
    if options.errors:
        options.errors.mkdir(exist_ok=True)
        (options.errors / f"{name}.txt").write_text("\n".join(errors) + "\n")


if __name__ == "__main__":
    main()
