"""How well an article is taken apart: sentences, zones, what it says about itself, and how fast.

`gum_news`: 16 Wikinews articles, laid out as pages with their headings, captions and paragraphs;
5 of them, chosen by a hash of the file's name, are kept for the end (`--held-out`). A boundary is
the last character of a sentence; F1 is over those (the ends of the sentences, as the annotators
have them). `pysbd_golden`: 48 hard cases, right or wrong. `seeds`: the bundled articles against
their hand-made gold. `pages`: whole pages, story or not by line (`pages.py`), and what their tags
say of them (`page_metadata.py`); half of them are kept for the end. `muc4`: datelines
(`datelines.py`). `--hostile` shows how time grows with texts made to break it (`hostile.py`).
"""

import argparse
import ast
import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from chain import Chain, Step
from datelines import dateline_rows
from gold import Truth, gold_articles
from hostile import hostile_rows
from page_metadata import metadata_rows
from pages import read_pages as read_whole_pages
from pages import story_rows
from report import parser, report
from score import Row, Score, row, share

from schemas import Article, new_article
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

_BLOCKS = frozenset({"head", "p", "figure", "caption", "item", "list", "quote"})
_GLUE = "\x00"
_NO_SPACE_BEFORE = re.compile(r" (?=[.,;:!?%)\]}’”]|'s\b|n't\b|'(?:re|ve|ll|d|m)\b)")
_NO_SPACE_AFTER = re.compile(r"(?<=[(\[{$£€“‘]) ")


@dataclasses.dataclass(frozen=True)
class Page:
    """A page of text and the offsets at which its sentences end."""

    name: str
    text: str
    ends: frozenset[int]


def main() -> None:
    """Measure and print."""
    options = _options()
    segment = load_segmenter()
    folder = options.data / "segmentation"
    pages = list(read_pages(folder / "gum_news", held_out=options.held_out))
    rows = [_sentence_row(segment, pages), _golden_row(segment, folder / "pysbd_golden")]
    rows += _seed_rows(segment, errors=options.errors)
    whole = list(read_whole_pages(options.data, held_out=options.held_out))
    rows += story_rows(whole)
    rows += metadata_rows(whole, errors=options.errors)
    rows += dateline_rows(options.data, errors=options.errors)
    if not options.no_parse:
        rows += _speed_rows(segment, pages)
    if options.errors:
        _print_errors(segment, pages)
    title = "Segmentation: pages kept for the end" if options.held_out else "Segmentation"
    report(title, rows, options.json)
    if options.hostile:
        report("Hostile texts", list(hostile_rows()), None)


def _options() -> argparse.Namespace:
    options = parser(__doc__, held_out="the articles and pages kept for the end")
    options.add_argument(
        "--no-parse", action="store_true", help="leave out the comparison of speed"
    )
    options.add_argument("--hostile", action="store_true", help="show how the time grows")
    options.add_argument("--errors", action="store_true", help="print what is wrong")
    return options.parse_args()


def is_held_out(name: str, names: list[str]) -> bool:
    """Whether a page is among the five kept for the end."""
    return name in sorted(names, key=_digest)[:5]


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def read_pages(folder: Path, *, held_out: bool) -> Iterator[Page]:
    """Yield GUM documents as pages: blocks with a blank line between them."""
    names = [path.name for path in folder.glob("*.xml")]
    for name in sorted(names):
        if is_held_out(name, names) == held_out:
            yield _page(name, ET.fromstring((folder / name).read_text(encoding="utf-8")))


def _page(name: str, root: ET.Element) -> Page:
    text, ends = "", set()
    for block in _blocks(root):
        text += "\n\n" if text else ""
        for i, sentence in enumerate(block):
            text += (" " if i else "") + sentence
            ends.add(len(text))
    return Page(name, text, frozenset(ends))


def _blocks(root: ET.Element) -> Iterator[list[str]]:
    """Yield the sentences of each heading, paragraph, caption and list item."""
    block: list[str] = []
    for sentence in _walk(root):
        if sentence is not None:
            block.append(sentence)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _walk(element: ET.Element) -> Iterator[str | None]:
    """Yield sentences, and None where a block begins or ends."""
    if element.tag == "s":
        yield _sentence(element)
        return
    edge = [None] if element.tag in _BLOCKS else []
    yield from edge
    for child in element:
        yield from _walk(child)
    yield from edge


def _sentence(element: ET.Element) -> str:
    """Join the tokens of a sentence as a page would have them."""
    words = " ".join(_tokens(element)).replace(f" {_GLUE}", "").replace(f"{_GLUE} ", "")
    return _NO_SPACE_AFTER.sub("", _NO_SPACE_BEFORE.sub("", words.replace(_GLUE, ""))).strip()


def _tokens(element: ET.Element) -> Iterator[str]:
    """Yield the tokens inside an element; one that sticks to its neighbour says so."""
    first = True
    for part in _parts(element):
        tokens = [_token(part)] if isinstance(part, str) else list(_tokens(part))
        if element.tag == "w" and not first and tokens:
            tokens[0] = _GLUE + tokens[0]
        yield from tokens
        first = False


def _token(line: str) -> str:
    """Return the word of a token line; quotation marks stick to what they enclose."""
    word, tag = line.split("\t")[:2]
    return word + _GLUE if tag == "``" else _GLUE + word if tag == "''" else word


def _parts(element: ET.Element) -> Iterator[str | ET.Element]:
    """Yield the token lines and the elements inside an element, in their order."""
    yield from (line for line in (element.text or "").split("\n") if line.strip())
    for child in element:
        yield child
        yield from (line for line in (child.tail or "").split("\n") if line.strip())


def _sentence_row(segment: Step, pages: list[Page]) -> Row:
    score = Score()
    for page in pages:
        ends = _ends(segment, page)
        score.add(found=len(ends), wanted=len(page.ends), right=len(ends & page.ends))
    return score.row("sentence ends", "gum_news")


def _ends(segment: Step, page: Page) -> set[int]:
    return {sentence.end for sentence in segment(new_article(page.text)).sentences or ()}


def _print_errors(segment: Step, pages: list[Page]) -> None:
    for page in pages:
        ends = _ends(segment, page)
        for sign, wrong in (("+", ends - page.ends), ("-", page.ends - ends)):
            for end in sorted(wrong):
                around = page.text[max(end - 60, 0) : end] + " ¦ " + page.text[end : end + 50]
                print(f"{sign} {page.name} {around!r}")


def _golden_row(segment: Step, folder: Path) -> Row:
    """Count the hard cases that come out exactly right."""
    cases = list(golden_cases(folder / "test_english.py"))
    right = sum(_split(segment, text) == expected for text, expected in cases)
    return row("hard cases", "pysbd_golden", len(cases), {"right": share(right, len(cases))})


def _split(segment: Step, text: str) -> list[str]:
    return [text[s.start : s.end] for s in segment(new_article(text)).sentences or ()]


def golden_cases(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield text and sentences from pySBD's test file, without running it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assigned = next(node for node in tree.body if isinstance(node, ast.Assign))
    assert isinstance(assigned.value, ast.List)
    for case in assigned.value.elts:
        pair = case.args if isinstance(case, ast.Call) else case.elts  # type: ignore[attr-defined]
        yield ast.literal_eval(pair[0]), ast.literal_eval(pair[1])


def _seed_rows(segment: Step, *, errors: bool) -> list[Row]:
    """Compare the bundled articles with their gold: zones by non-blank line, then the rest."""
    tally: dict[str, list[bool]] = {}
    for article, truth in gold_articles():
        for what, right in _checks(truth, segment(article)):
            tally.setdefault(what, []).append(right)
            if errors and not right:
                print("-", article.id, what)
    return [
        row(what, "seeds", len(rights), {"right": share(sum(rights), len(rights))})
        for what, rights in tally.items()
    ]


def _checks(gold: Truth, article: Article) -> Iterator[tuple[str, bool]]:
    about, published = gold["about"], article.published
    for zone in gold["zones"]:
        for line in re.finditer(r"\S[^\n]*", article.text[zone["start"] : zone["end"]]):
            yield "zone of a line", _kind_at(article, zone["start"] + line.start()) == zone["kind"]
    spans = [(z["kind"], z["start"], z["end"]) for z in gold["zones"]]
    found = [(z.kind, z.start, z.end) for z in article.zones or ()]
    yield "all zones, exactly", spans == found
    yield "title", article.title == about["title"]
    if gold["article"].endswith(".jsonl"):
        return
    yield "authors", list(article.authors) == about["authors"]
    yield "day", (str(published.on) if published else None) == about["published_on"]
    if about["published_at"]:
        at = dt.datetime.fromisoformat(about["published_at"])
        yield "time", published is not None and published.at == at
    dateline = article.dateline
    yield "dateline", (dateline and dateline.text) == (about["dateline"] or {}).get("text")


def _kind_at(article: Article, offset: int) -> str | None:
    zones = (zone for zone in article.zones or () if zone.start <= offset < zone.end)
    return next((zone.kind for zone in zones), None)


def _speed_rows(segment: Step, pages: list[Page]) -> Iterator[Row]:
    """Compare the CPU time with that of the parse, in turns, over the same pages."""
    chain = Chain(segment=segment, parse=load_parser())
    for page in pages:
        chain(new_article(page.text))
    return chain.rows("gum_news")


if __name__ == "__main__":
    main()
