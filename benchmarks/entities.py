"""How many names are found and linked right, on texts with Wikidata ids (data `entities/elevant`).

    python benchmarks/entities.py [--data DIR] [--json FILE] [--held-out]

Only names count (no pronouns, common nouns, dates), exact span and exact id. Of each set one half,
by the number of the text, is for development; `--held-out` measures the other. RSS-500 marks two
names a sentence, so there links of other names are not counted against us. Links to entries that
have no Wikidata id are no links here.
"""

import argparse
import collections
import dataclasses
import datetime as dt
import importlib.metadata
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas import Article, Entity, Published, Sentence, Zone, new_article
from seeds import seed
from transforms.entities import KnowledgeBase, link_entities
from transforms.parsing import DEFAULT_MODEL, load_parser
from transforms.segmentation import load_segmenter

_SETS = ("aida-conll-dev", "news-fair", "rss-500")
_ONLY_MARKED = {"rss-500"}
_PRONOUNS = frozenset(
    "i you he she it we they his her its their our my your me us him them this that these those "
    "who which there here what one others the a an".split()
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
    kb, parser = KnowledgeBase(options.knowledge_base), load_parser()
    report: dict[str, Any] = {"versions": _versions(kb), "held_out": options.held_out}
    for name in options.sets:
        report[name] = _measure(name, options.data / "entities/elevant", parser, kb, options)
        print(name, json.dumps(report[name]))
    report["gold articles"] = _measure_gold(parser, kb, options)
    print("gold articles", json.dumps(report["gold articles"]))
    print(json.dumps(report["versions"]))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path.home() / ".cache/dateline-data")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--knowledge-base")
    parser.add_argument("--sets", nargs="*", default=_SETS)
    parser.add_argument("--errors", type=Path, help="write what went wrong there, a line a name")
    return parser.parse_args()


def _versions(kb: KnowledgeBase) -> dict[str, str]:
    return {
        "dateline": importlib.metadata.version("dateline"),
        "spacy": importlib.metadata.version("spacy"),
        "model": f"{DEFAULT_MODEL} {importlib.metadata.version(DEFAULT_MODEL.replace('_', '-'))}",
        "knowledge_base": kb.version,
    }


def _measure(
    name: str, folder: Path, parser: Any, kb: KnowledgeBase, options: argparse.Namespace
) -> dict[str, Any]:
    counts: collections.Counter[str] = collections.Counter()
    errors: list[str] = []
    seconds = [0.0, 0.0]
    for article, gold, span in _texts(folder / f"{name}.benchmark.jsonl", options.held_out):
        begin = time.process_time()
        parsed = parser(article)
        middle = time.process_time()
        linked = link_entities(parsed, kb=kb)
        seconds[0] += middle - begin
        seconds[1] += time.process_time() - middle
        found = {(e.start, e.end): e for e in linked.entities if span[0] <= e.start < span[1]}
        _count(counts, errors, gold, found, kb, only_marked=name in _ONLY_MARKED)
    _write(options, name, errors)
    return {**_figures(counts), "link_time_of_parse": round(seconds[1] / seconds[0], 3)}


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


def _count(counts, errors, gold, found, kb, *, only_marked) -> None:  # noqa: ANN001
    marked = {(g.start, g.end): g for g in gold}
    for g in gold:
        mine = found.get((g.start, g.end))
        over = [e for e in found.values() if e.start < g.end and g.start < e.end]
        counts["gold" if g.qid else "nil"] += 1
        if g.qid is None:
            counts["nil_linked"] += any(e.wikidata_id for e in over)
            if any(e.wikidata_id for e in over):
                errors.append(f"NIL-LINKED\t{g.text}\t{[(e.text, e.name) for e in over]}")
            continue
        in_kb = kb.number(g.qid) is not None
        counts["in_kb"] += in_kb
        counts["found"] += mine is not None
        right = mine is not None and mine.wikidata_id == g.qid
        counts["right"] += right
        counts["in_kb_found"] += in_kb and mine is not None
        counts["in_kb_right"] += in_kb and right
        if in_kb and not right:
            errors.append(
                f"{'WRONG' if mine else 'MISSED'}\t{g.text}\t{g.qid}\t{[(e.text, e.label, e.entity_id, e.name) for e in over]}"
            )
    for (start, end), e in found.items():
        overlaps = any(g.start < end and start < g.end for g in gold)
        if e.wikidata_id and (overlaps or not only_marked):
            counts["linked"] += 1
            g = marked.get((start, end))
            if g is None or (g.qid and g.qid != e.wikidata_id and kb.number(g.qid) is None):
                errors.append(f"FALSE\t{e.text}\t{e.label}\t{e.name}\t{g.qid if g else None}")


def _figures(counts: collections.Counter[str]) -> dict[str, Any]:
    def share(part: str, whole: str) -> float | None:
        return round(counts[part] / counts[whole], 3) if counts[whole] else None

    precision, recall = share("right", "linked") or 0.0, share("right", "gold") or 0.0
    f1 = round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0.0
    return {
        "f1": f1,
        "precision": precision,
        "recall": recall,
        "gold_in_kb": share("in_kb", "gold"),
        "right_if_found_and_in_kb": share("in_kb_right", "in_kb_found"),
        "spans_found": share("found", "gold"),
        "nil_with_link": share("nil_linked", "nil"),
        "names": counts["gold"] + counts["nil"],
    }


def _measure_gold(parser: Any, kb: KnowledgeBase, options: argparse.Namespace) -> dict[str, Any]:
    """Measure on the sample articles in seeds/, zones and all; GeoNames ids count too there."""
    counts: collections.Counter[str] = collections.Counter()
    errors: list[str] = []
    segment = load_segmenter()
    for path in sorted(Path(str(seed("gold"))).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = _sample(gold["article"], gold.get("id"))
        if article is not None:
            linked = link_entities(parser(segment(article)), kb=kb)
            names = [Gold(e["start"], e["end"], e["text"], _qid(e)) for e in gold["entities"]]
            found = {(e.start, e.end): _with_qid(e) for e in linked.entities or ()}
            errors.append(f"# {path.name}")
            _count(counts, errors, names, found, kb, only_marked=False)
    _write(options, "gold", errors)
    return _figures(counts)


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
