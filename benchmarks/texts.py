"""Every text of the data folder, set by set, as one text an article: for checks that need no gold.

Markup goes, and nothing else: what a set leaves in its texts (headers of wires, words in stars)
stays, for a program has to live with it.
"""

import csv
import gzip
import html
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from gold import gold_articles
from segmentation import golden_cases, read_pages

Named = tuple[str, str]  # the article's name, its text
Reader = Callable[[Path], Iterator[Named]]

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r" ?\n[ \n]*")
_BLOCK_NAMES = """
    address article aside blockquote br button caption dd div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section select
    summary table tbody td textarea tfoot th thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HIDDEN = frozenset({"script", "style", "noscript", "template"})
_IN_A_GROUP = 20  # single sentences that make a text


def articles(data: Path) -> Iterator[Named]:
    """Yield the articles that came as plain text."""
    for path in sorted((data / "articles").glob("*.txt")):
        yield path.name, path.read_bytes().decode()


def pages(data: Path) -> Iterator[Named]:
    """Yield what a browser shows of the pages of the article extraction benchmark."""
    folder = data / "articles/article_extraction_benchmark/html"
    for path in sorted(folder.glob("*.html.gz")):
        yield path.name, visible_text(gzip.decompress(path.read_bytes()).decode())


def gum_news(data: Path) -> Iterator[Named]:
    """Yield GUM's Wikinews articles, laid out as pages."""
    for held_out in (False, True):
        for page in read_pages(data / "segmentation/gum_news", held_out=held_out):
            yield page.name, page.text


def pysbd(data: Path) -> Iterator[Named]:
    """Yield pySBD's hard cases."""
    cases = golden_cases(data / "segmentation/pysbd_golden/test_english.py")
    return ((f"case {number}", text) for number, (text, _) in enumerate(cases))


def tbaq(data: Path) -> Iterator[Named]:
    """Yield TimeBank and AQUAINT, with the wires' headers."""
    return _time_ml(data / "temporal/tbaq-cleaned")


def wikiwars(data: Path) -> Iterator[Named]:
    """Yield the histories of WikiWars."""
    return _time_ml(data / "temporal/wikiwars")


def elevant(data: Path) -> Iterator[Named]:
    """Yield the texts of all sets of Elevant."""
    for path in sorted((data / "entities/elevant").glob("*.benchmark.jsonl")):
        name = path.name.removesuffix(".benchmark.jsonl")
        yield from ((f"{name} {row['id']}", row["text"]) for row in _json_lines(path))


def gum_wikification(data: Path) -> Iterator[Named]:
    """Yield GUM's documents with Wikipedia links, a sentence a line."""
    for path in sorted((data / "entities/gum_wikification").rglob("*.tsv")):
        lines = path.read_text(encoding="utf-8").split("\n")
        marked = (line.partition("#Text=") for line in lines)
        yield path.name, "\n".join(text for before, mark, text in marked if mark and not before)


def lgl(data: Path) -> Iterator[Named]:
    """Yield the local news of LGL, the headline above."""
    for article in ET.parse(data / "places/lgl.xml").iter("article"):
        lines = (article.findtext("title"), article.findtext("text"))
        yield article.get("docid") or "", "\n\n".join(line for line in lines if line)


def geovirus(data: Path) -> Iterator[Named]:
    """Yield GeoVirus."""
    for number, article in enumerate(ET.parse(data / "places/GeoVirus.xml").iter("article")):
        yield f"article {number}", article.findtext("text") or ""


def muc4(data: Path) -> Iterator[Named]:
    """Yield the wires of MUC-4."""
    return ((row["id"], row["text"]) for row in _json_lines(data / "events/muc4/texts.jsonl"))


def wikievents(data: Path) -> Iterator[Named]:
    """Yield the articles of WikiEvents."""
    rows = _json_lines(data / "events/wikievents/dev.jsonl")
    return ((row["doc_id"], row["text"]) for row in rows)


def giveme5w1h(data: Path) -> Iterator[Named]:
    """Yield the articles of Giveme5W1H, the headline above."""
    for path in sorted((data / "events/giveme5w1h").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(row, dict) and row.get("text"):
            yield path.name, "\n\n".join(part for part in (row.get("title"), row["text"]) if part)


def ecbplus(data: Path) -> Iterator[Named]:
    """Yield the reports of ECB+, a sentence a line, tokens apart."""
    for path in sorted((data / "events/ecbplus").rglob("*.xml")):
        tokens = ET.parse(path).iter("token")
        lines = itertools.groupby(tokens, key=_sentence_number)
        yield path.name, "\n".join(" ".join(t.text or "" for t in line) for _, line in lines)


def cameo_roles(data: Path) -> Iterator[Named]:
    """Yield the sentences with marked roles, many to a text."""
    blocks = (data / "events/cameo_roles/train.txt").read_text(encoding="utf-8").split("\n\n")
    words = ((line.rpartition(" ")[0] for line in block.split("\n")) for block in blocks)
    return _grouped(" ".join(filter(None, sentence)) for sentence in words)


def cameo_quad(data: Path) -> Iterator[Named]:
    """Yield the sentences with a quad class, many to a text."""
    with (data / "events/cameo_quad/train.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield from _grouped(row[0] for row in rows if row)


def seeds(_data: Path) -> Iterator[Named]:
    """Yield the bundled articles."""
    return ((article.id, article.text) for article, _ in gold_articles())


SETS: dict[str, Reader] = {
    reader.__name__: reader
    for reader in (
        seeds,
        articles,
        pages,
        gum_news,
        pysbd,
        tbaq,
        wikiwars,
        elevant,
        gum_wikification,
        lgl,
        geovirus,
        muc4,
        wikievents,
        giveme5w1h,
        ecbplus,
        cameo_roles,
        cameo_quad,
    )
}


def visible_text(page: str) -> str:
    r"""Return the text of a page, a block a line.

    >>> visible_text("<style>p {}</style><h1>Fire\nat <i>port</i></h1><p>Two died.")
    'Fire at port\nTwo died.'
    """
    reader = _Visible()
    reader.feed(page)
    reader.close()
    return _BREAK.sub("\n", "".join(reader.parts)).strip()


class _Visible(HTMLParser):
    """Collects what is not inside of hidden elements; blocks begin and end lines."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - the base's
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(_SPACE.sub(" ", data))


def _time_ml(folder: Path) -> Iterator[Named]:
    for path in sorted(folder.rglob("*.tml")):
        text = path.read_text(encoding="utf-8")
        yield path.name, html.unescape(_TAG.sub("", text)).strip("\n")


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _sentence_number(token: ET.Element) -> str | None:
    return token.get("sentence")


def _grouped(sentences: Iterable[str]) -> Iterator[Named]:
    left = iter(sentences)
    for number in itertools.count():
        group = list(itertools.islice(left, _IN_A_GROUP))
        if not group:
            return
        yield f"group {number}", "\n".join(group)
