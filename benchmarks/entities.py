"""How many names are found and linked right, on texts with Wikidata ids (data `entities/elevant`).

Only names count (no pronouns, common nouns, dates), exact span and exact id. Of each set one half,
by the number of the text, is for development; `--held-out` measures the other. RSS-500 marks two
names a sentence, so there links of other names are not counted against us. Links to entries that
have no Wikidata id are no links here; but on `seeds`, the bundled articles with their zones, ids
of GeoNames count too. `given`: the names are given, and of those whose item is in the knowledge base
so many get it, however little speaks for it.
"""

import argparse
import dataclasses
import datetime as dt
import functools
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from body import body_article, published_on
from chain import Chain
from gold import gold_articles
from report import parser, report
from score import Score, Span, overlap, share

from schemas import Article, Entity, Published
from transforms.entities import KnowledgeBase, link_entities, resolve
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

SETS = ("aida-conll-dev", "news-fair", "rss-500")
ONLY_MARKED = {"rss-500"}
_PRONOUNS = """
    i you he she it we they his her its their our my your me us him them this that these those who
    which there here what one others the a an
"""
_NOT_NAMES = frozenset(_PRONOUNS.split())
_DAY = re.compile(r"\b(\d{4})-?(\d\d)-?(\d\d)\b")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”’']*(?=\s+[\"“‘']?[A-Z])|$)", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Gold:
    """A name with the id of what it means; None for what the knowledge bases have not."""

    start: int
    end: int
    text: str
    item: str | None

    @property
    def span(self) -> Span:
        """Its offsets in the text."""
        return self.start, self.end


@dataclasses.dataclass(frozen=True)
class Text:
    """A text with the names in it, and the part of it in which all are marked."""

    article: Article
    names: list[Gold]
    marked: Span


def main() -> None:
    """Measure and print."""
    options = _options()
    kb, parse = KnowledgeBase(options.knowledge_base), load_parser()
    link = functools.partial(link_entities, kb=kb)
    rows = []
    for name in SETS:
        path = options.data / "entities/elevant" / f"{name}.benchmark.jsonl"
        tally = Tally(kb, only_marked=name in ONLY_MARKED)
        chain = Chain(parse=parse, entities=link)
        rows.append(_measure(name, texts(path, options.held_out), chain, tally, options.errors))
    if not options.held_out:
        tally = Tally(kb, geonames=True)
        chain = Chain(segment=load_segmenter(), parse=parse, entities=link)
        rows.append(_measure("seeds", _samples(), chain, tally, options.errors))
    half = "the half kept for the end" if options.held_out else "the half to tune on"
    report(f"Entities: {half}; knowledge base {kb.version}", rows, options.json)


def _options() -> argparse.Namespace:
    options = parser(__doc__, held_out="the half kept for the end")
    options.add_argument("--knowledge-base", help="another one than that which ships")
    options.add_argument("--errors", type=Path, help="write what went wrong there, a line a name")
    return options.parse_args()


def _measure(
    name: str, texts: Iterator[Text], chain: Chain, tally: "Tally", errors: Path | None
) -> dict[str, Any]:
    for text in texts:
        tally.add(text, chain(text.article))
    if errors:
        errors.mkdir(exist_ok=True)
        (errors / f"{name}.txt").write_text("\n".join(tally.errors) + "\n")
    return {"on": name, **tally.figures(), "time/parse": chain.beside_parse("entities")}


def texts(path: Path, held_out: bool) -> Iterator[Text]:
    """Yield the texts of one half of a set."""
    for number, line in enumerate(path.open(encoding="utf-8")):
        if (number % 2 == 1) == held_out:
            row = json.loads(line)
            names = [name for label in row["labels"] if (name := _name(row["text"], label))]
            yield Text(_article(row), names, tuple(row["evaluation_span"]))


def _name(text: str, label: dict[str, Any]) -> Gold | None:
    start, end = label["span"]
    name, item = text[start:end], label["entity_id"]
    is_named = any(c.isupper() for c in name) and name.lower() not in _NOT_NAMES
    if not is_named or label["type"] in {"QUANTITY", "DATETIME"}:
        return None
    return Gold(start, end, name, item if re.fullmatch(r"Q\d+", item) else None)


def _article(row: dict[str, Any]) -> Article:
    """Make an article whose lines are body: what is measured is linking."""
    text = row["text"]
    lines = (line.span() for line in _LINE.finditer(text))
    published = _published(f"{row['title'] or ''} {text[:300]}")
    return body_article(text, lines, _sentences, published=published)


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _SENTENCE.finditer(text, start, end):
        yield match.start(), match.start() + len(match[0].rstrip())


def _published(text: str) -> Published | None:
    match = _DAY.search(text)
    try:
        return published_on(dt.date(*map(int, match.groups()))) if match else None
    except ValueError:
        return None


def _samples() -> Iterator[Text]:
    for article, truth in gold_articles():
        names = [
            Gold(e["start"], e["end"], e["text"], _item(e["wikidata_id"], e["geonames_id"]))
            for e in truth["entities"]
        ]
        yield Text(article, names, (0, len(article.text)))


def _item(wikidata_id: str | None, geonames_id: str | None) -> str | None:
    """Return the Wikidata item, of what has none the GeoNames id."""
    return wikidata_id or (f"gn:{geonames_id}" if geonames_id else None)


class Tally:
    """What was right over the texts of a set, and a line for each name that was not."""

    def __init__(
        self, kb: KnowledgeBase, *, only_marked: bool = False, geonames: bool = False
    ) -> None:
        self.errors: list[str] = []
        self._kb = kb
        self._only_marked = only_marked
        self._geonames = geonames
        self._counts: Counter[str] = Counter()

    def add(self, text: Text, article: Article) -> None:
        """Compare what was found in a text, and what is found for its names, with what they mean."""
        first, end = text.marked
        found = {(e.start, e.end): e for e in article.entities or () if first <= e.start < end}
        self.errors.append(f"# {text.article.id}")
        for name in text.names:
            over = [e for span, e in found.items() if overlap(span, name.span)]
            if name.item is None:
                self._add_nil(name, over)
            else:
                self._add_name(name, name.item, found.get(name.span), over)
        for entity in found.values():
            self._add_link(entity, text.names)
        self._add_given(text.names, article)

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1 of the links, and where they were lost."""
        counts = self._counts
        score = Score(counts["linked"], counts["right"], counts["gold"], counts["right"]).figures()
        return {
            "f1": score["f1"],
            "precision": score["precision"],
            "recall": score["recall"],
            "in kb": share(counts["in_kb"], counts["gold"]),
            "right if in kb": share(counts["in_kb_right"], counts["in_kb_found"]),
            "given": share(counts["given_right"], counts["in_kb"]),
            "found": share(counts["found"], counts["gold"]),
            "nil linked": share(counts["nil_linked"], counts["nil"]),
            "names": counts["gold"] + counts["nil"],
        }

    def _add_nil(self, name: Gold, over: list[Entity]) -> None:
        is_linked = any(map(self._link, over))
        self._counts.update({"nil": 1, "nil_linked": is_linked})
        if is_linked:
            self.errors.append(f"NIL LINKED\t{name.text}\t{[(e.text, e.name) for e in over]}")

    def _add_name(self, name: Gold, item: str, mine: Entity | None, over: list[Entity]) -> None:
        in_kb = self._kb.number(item) is not None
        right = mine is not None and self._link(mine) == item
        self._counts.update({"gold": 1, "found": mine is not None, "right": right})
        if not in_kb:
            return
        self._counts.update({"in_kb": 1, "in_kb_found": mine is not None, "in_kb_right": right})
        if not right:
            seen = [(e.text, e.label, e.entity_id, e.name) for e in over]
            self.errors.append(f"{'WRONG' if mine else 'MISSED'}\t{name.text}\t{item}\t{seen}")

    def _add_given(self, names: list[Gold], article: Article) -> None:
        resolved = resolve(article, [name.span for name in names], kb=self._kb)
        for name in names:
            if name.item is not None and self._kb.number(name.item) is not None:
                mine = resolved.get(name.span)
                is_right = mine is not None and mine.id == name.item
                self._counts["given_right"] += is_right
                if not is_right:
                    seen = mine and (mine.name, mine.id)
                    self.errors.append(f"GIVEN\t{name.text}\t{name.item}\t{seen}")

    def _add_link(self, entity: Entity, names: list[Gold]) -> None:
        span = (entity.start, entity.end)
        is_marked = any(overlap(span, name.span) for name in names)
        if self._link(entity) and (is_marked or not self._only_marked):
            self._counts["linked"] += 1
            if all(span != name.span for name in names):
                self.errors.append(f"FALSE\t{entity.text}\t{entity.label}\t{entity.name}")

    def _link(self, entity: Entity) -> str | None:
        return _item(entity.wikidata_id, entity.geonames_id if self._geonames else None)


if __name__ == "__main__":
    main()
