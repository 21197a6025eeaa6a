"""The pages of the article extraction benchmark as plain text, their lines labelled story or not.

A page becomes text with inscriptis, which lays it out as a browser would. Half of the pages, by a
hash of their names, are to train and tune on; the other half is only reported, at the end.

**What counts.** A line with a letter or a digit in it counts, each as one. Of eight words or more it
is the story's where at least half of its runs of four words stand in the true text; a shorter one
where it is a line of the true text, and no more than one line outside of what the long ones span
("Share" and a menu's "Business" are not the story's because it has the word). Words are compared in
small letters; where a script has no spaces, each character is one. What an extractor gives may be
one line: there a shorter line is the story's where its words stand in it one after the other.
The same measure by characters, a line counting for its length, is reported beside it, and the first
for the pages in English alone, the only language that the program reads.
"""

import dataclasses
import functools
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import inscriptis
import trafilatura
from score import Row, Score, share

from schemas import new_article
from transforms.segmentation import segment

_FOLDER = "articles/article_extraction_benchmark"
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"  # kana and Chinese characters
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_LONG = 8  # words
_RUN = 4
_ENGLISH = frozenset({"the", "of", "and", "to", "in", "a", "is", "that"})
_STORY = frozenset({"body", "dateline"})


@dataclasses.dataclass(frozen=True)
class Page:
    """A page as it came, as text, and the text that is its story."""

    name: str
    html: str
    story: str

    @functools.cached_property
    def text(self) -> str:
        """What a reader sees of it."""
        return inscriptis.get_text(self.html)

    @functools.cached_property
    def is_english(self) -> bool:
        """Whether its story has the small words of English."""
        words = _words(self.story)
        return sum(word in _ENGLISH for word in words) > 0.08 * len(words)


def read_pages(data: Path, *, held_out: bool) -> Iterator[Page]:
    """Yield the pages of one half."""
    folder = data / _FOLDER
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name in sorted(truth):
        if is_held_out(name) == held_out:
            html = gzip.decompress((folder / f"html/{name}.html.gz").read_bytes()).decode()
            yield Page(name, html, truth[name]["articleBody"])


def is_held_out(name: str) -> bool:
    """Whether a page is of the half that is kept for the end."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


@dataclasses.dataclass(frozen=True)
class Line:
    """A line that counts: where it stands in the text, and its words in small letters."""

    start: int
    end: int
    words: tuple[str, ...]


def lines_of(text: str) -> list[Line]:
    """Return the lines that count."""
    spans = (match.span() for match in re.finditer(r"\S[^\n]*", text))
    lines = (Line(start, end, _words(text[start:end])) for start, end in spans)
    return [line for line in lines if line.words]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def labels(lines: Sequence[Line], story: str, *, in_lines: bool = True) -> list[bool]:
    """Say of each line whether it is of a story; `in_lines`: the story has its own line breaks."""
    runs, has = frozenset(_runs(_words(story))), _contains(story, in_lines=in_lines)
    found = [_is_long_of(line, runs) for line in lines]
    of_story = [i for i, is_of in enumerate(found) if is_of]
    reach = range(of_story[0] - 1, of_story[-1] + 2) if of_story else range(len(lines))
    return [
        is_long or (len(line.words) < _LONG and i in reach and has(line.words))
        for i, (line, is_long) in enumerate(zip(lines, found, strict=True))
    ]


def _contains(story: str, *, in_lines: bool) -> Callable[[tuple[str, ...]], bool]:
    if in_lines:
        return frozenset(map(_words, story.splitlines())).__contains__
    joined = f" {' '.join(_words(story))} "
    return lambda words: f" {' '.join(words)} " in joined


def _is_long_of(line: Line, runs: frozenset[tuple[str, ...]]) -> bool:
    own = _runs(line.words)
    return len(line.words) >= _LONG and 2 * sum(run in runs for run in own) >= len(own)


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[i : i + _RUN] for i in range(len(words) - _RUN + 1)]


Judge = Callable[[Page, Sequence[Line]], list[bool]]


def by_segment(page: Page, lines: Sequence[Line]) -> list[bool]:
    """Judge lines by the zones of the step: body and dateline are story."""
    zones = segment(new_article(page.text)).zones or ()
    spans = [(zone.start, zone.end) for zone in zones if zone.kind in _STORY]
    return [any(a < line.end and line.start < b for a, b in spans) for line in lines]


def by_length(_page: Page, lines: Sequence[Line]) -> list[bool]:
    """Judge lines by having fifteen words, the number that is best on the half to tune on."""
    return [len(line.words) >= 15 for line in lines]


def by_baseline(page: Page, lines: Sequence[Line]) -> list[bool]:
    """Judge lines by what trafilatura's baseline takes from the page's tags."""
    return labels(lines, trafilatura.baseline(page.html)[1], in_lines=False)


JUDGES: dict[str, Judge] = {
    "story or not": by_segment,
    "by length alone": by_length,
    "trafilatura.baseline": by_baseline,
}


def story_rows(pages: Sequence[Page]) -> Iterator[Row]:
    """Yield the F1 of the lines that are story, by each judge: lines, characters, mean of pages."""
    for what, judge in JUDGES.items():
        by_line, in_english, by_character, means = Score(), Score(), Score(), []
        for page in pages:
            lines = lines_of(page.text)
            found, wanted = judge(page, lines), labels(lines, page.story)
            scores = [_score(found, wanted, weights) for weights in _weights(lines)]
            by_line, by_character = by_line + scores[0], by_character + scores[1]
            in_english += scores[0] if page.is_english else Score()
            means.append(scores[0].figures()["f1"])
        yield by_line.row(what, "pages, lines")
        yield in_english.row(what, "pages in English, lines")
        yield by_character.row(what, "pages, characters")
        mean = {"precision": None, "recall": None, "f1": share(sum(means), len(means))}
        yield Score().row(what, "pages, mean") | {"n": len(pages)} | mean


def _weights(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    return [1] * len(lines), [line.end - line.start for line in lines]


def _score(found: Sequence[bool], wanted: Sequence[bool], weights: Sequence[int]) -> Score:
    score = Score()
    for is_found, is_wanted, weight in zip(found, wanted, weights, strict=True):
        score.add(
            found=is_found * weight,
            wanted=is_wanted * weight,
            right=(is_found and is_wanted) * weight,
        )
    return score
