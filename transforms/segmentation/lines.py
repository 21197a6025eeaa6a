"""From characters to lines, and from lines to units: what belongs together on the page.

A unit is a paragraph, a heading, a byline: one line, or several where the text was broken at a
fixed width, as wires do it. Everything later speaks of units.
"""

import dataclasses
import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from seeds import read_toml

_BREAKS = "\\n\\r\\v\\f\\x85\\u2028\\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+|[{_BREAKS}]+")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$|[.!?…][\"'”’»)\]]*\s*\([^()]{1,60}\)$")

_BULLET = re.compile(r"(?:[*+o•·▪‣»›>|–—-]|\d{1,2}[.)])\s+(?=\S)")

# Wires broke lines at 60 to 80 columns, mail programs at up to 100.
_WIDEST_WRAP = 105
_NARROWEST_WRAP = 30


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line without the white space around it."""

    start: int
    end: int
    indent: int  # columns of white space before it
    gap: int  # blank lines above it
    text: str


@dataclasses.dataclass(frozen=True)
class Unit:
    """A paragraph, heading or other run of words that stands by itself on the page."""

    start: int
    end: int
    gap: int  # blank lines above it
    text: str  # white space collapsed: for patterns, not for offsets

    @functools.cached_property
    def words(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1

    @functools.cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return _CLOSED.search(self.text[-80:]) is not None

    @functools.cached_property
    def capitalized(self) -> float:
        """The share of its words, small ones aside, that begin with a capital (0 to 1)."""
        words = [w for w in _WORD.findall(self.text[:400]) if w.lower() not in _small_words()]
        words = [w for w in words if w[0].isalpha()]
        return sum(w[0].isupper() for w in words) / len(words) if words else 0.0


@functools.cache
def _small_words() -> frozenset[str]:
    """Return the words that headlines write small."""
    return frozenset(read_toml("segmentation/zones.toml")["title"]["small_words"])


def without_bullet(text: str) -> str:
    """Return a line without the bullet or number that it begins with.

    >>> without_bullet("* Jane Doe"), without_bullet("2. Jane Doe")
    ('Jane Doe', 'Jane Doe')
    """
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def read_lines(text: str) -> list[Line]:
    """Return the non-blank lines of a text."""
    lines: list[Line] = []
    gap = 0
    for match in _LINE.finditer(text):
        line = match.group()
        if line[0] in "\n\r\v\f\x85\u2028\u2029":
            gap += len(line) - line.count("\r\n")
            continue
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        indent = start - match.start()
        lines.append(Line(start, start + len(stripped), indent, max(gap - 1, 0), stripped))
        gap = 0
    return lines


def read_units(text: str, begins_unit: Callable[[str], bool]) -> list[Unit]:
    """Join the lines of a text to units.

    `begins_unit` says of a line that it is the first of a unit, whatever stands above it (a byline,
    a dateline); only hard-wrapped text asks it.
    """
    lines = read_lines(text)
    wrap = _wrap_of(lines)
    groups = _join(lines, wrap, begins_unit) if wrap else ([line] for line in lines)
    return [_unit(text, group) for group in groups]


def _unit(text: str, lines: Sequence[Line]) -> Unit:
    start, end = lines[0].start, lines[-1].end
    return Unit(start, end, lines[0].gap, _SPACE.sub(" ", text[start:end]))


@dataclasses.dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text was broken into lines."""

    width: int
    spacing: int  # blank lines between two lines of one paragraph
    indented: bool  # whether paragraphs begin with an indent


def _wrap_of(lines: list[Line]) -> _Wrap | None:
    """Tell how the text was hard-wrapped; None where a line is a paragraph."""
    width = _width(lines)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    for spacing in (0, 1):
        pairs = [(a, b) for a, b in itertools.pairwise(lines) if b.gap == spacing]
        if pairs and sum(_is_broken(a, b, width) for a, b in pairs) >= 0.45 * len(pairs):
            indents = {line.indent for line in lines}
            return _Wrap(width, spacing, len(indents) > 1)
    return None


def _width(lines: list[Line]) -> int:
    """Return the width that nearly all lines keep to."""
    widths = sorted(line.indent + line.end - line.start for line in lines)
    return widths[int(0.97 * (len(widths) - 1))] if widths else 0


def _is_broken(line: Line, following: Line, width: int) -> bool:
    """Whether a sentence goes over the end of a line that had no room for its next word."""
    return _is_full(line, following, 0.75 * width) and _runs_on(line, following)


def _is_full(line: Line, following: Line, width: float) -> bool:
    return line.indent + len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) > width


def _runs_on(line: Line, following: Line) -> bool:
    """Whether a sentence goes over the end of a line."""
    if _CLOSED.search(line.text[-80:]) or line.text[-1] in ":;|":
        return False
    first = following.text[0]
    return first.islower() or first.isdigit() or line.text[-1] == "," or _shouts(line, following)


def _shouts(line: Line, following: Line) -> bool:
    """Whether two long lines stand in capitals, where a small letter cannot give a sign."""
    return len(line.text) > 50 and line.text.isupper() and following.text.isupper()


def _join(
    lines: list[Line], wrap: _Wrap, begins_unit: Callable[[str], bool]
) -> Iterator[list[Line]]:
    group = lines[:1]
    for line, following in itertools.pairwise(lines):
        if _continues(line, following, wrap) and not begins_unit(following.text):
            group.append(following)
        else:
            yield group
            group = [following]
    if group:
        yield group


def _continues(line: Line, following: Line, wrap: _Wrap) -> bool:
    """Whether a line continues the paragraph of the line above it."""
    if following.gap > wrap.spacing:
        return False
    if wrap.indented and following.indent >= line.indent + 2:
        return False
    if _runs_on(line, following):
        return True
    return _is_full(line, following, 0.9 * wrap.width)
