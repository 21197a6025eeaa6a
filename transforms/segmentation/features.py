"""What a line of a page looks like, by itself and among its neighbours, in numbers from 0 to about 1.

No single line of a page tells whether it belongs to the story; a line with its surroundings nearly
does. The features follow the text-only ones of Kohlschütter, Fankhauser and Nejdl, "Boilerplate
Detection using Shallow Text Features" (WSDM 2010), with more of the neighbourhood. `story.py` weighs
them; their names are the names in `seeds/segmentation/story.csv`.
"""

import dataclasses
import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from seeds import read_toml
from transforms.segmentation.byline import is_bare_byline, is_byline
from transforms.segmentation.core import find_densest, is_prose
from transforms.segmentation.dateline import read_dateline
from transforms.segmentation.lines import Unit, without_bullet
from transforms.segmentation.published import find_date, is_stamp
from transforms.segmentation.rules import boilerplate, is_caption, is_section

Matrix = NDArray[np.float64]

_LONGEST = 600  # characters of a line that are looked at
_WORD = re.compile(r"[^\W_][\w'’-]*")
_LONG_WORD = re.compile(r"[^\W_][\w'’-]{3,}")
_STOP = re.compile(r"[.!?][\"”’)]? ")
_DIGIT = re.compile(r"\d")
_QUOTE = re.compile(r"[\"“”«]")
_SHAPES = (
    (re.compile(r"\d+"), "0"),
    (re.compile(r"[A-Z][\w’'-]*"), "A"),
    (re.compile(r"[a-z][\w’'-]*"), "a"),
)
_FAR = 60  # lines: as good as nowhere

_BESIDE = (
    *("length", "closed", "prose", "bullet", "capitals", "stop words", "small"),
    *("short", "link words", "quote", "repeated", "gap", "commas", "digits"),
)
_AROUND = (
    *("prose", "closed", "bullet", "short", "link words", "repeated", "capitals"),
    *("stop words", "digits"),
)
_KNOWN = ("rule", "list", "caption", "section", "stamp", "byline")
_WINDOWS = (4, 8, 16)
_MASS_WINDOWS = (4, 8, 16, 40)


@dataclasses.dataclass(frozen=True, slots=True)
class _Lexicon:
    stop_words: frozenset[str]
    link_words: frozenset[str]
    bullet: re.Pattern[str]
    address: re.Pattern[str]
    divider: re.Pattern[str]


@functools.cache
def _lexicon() -> _Lexicon:
    data = read_toml("segmentation/features.toml")
    return _Lexicon(
        stop_words=frozenset(data["stop_words"]),
        link_words=frozenset(data["link_words"]),
        bullet=re.compile(data["bullet"]),
        address=re.compile(data["address"]),
        divider=re.compile(data["divider"]),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """What the rules say of a line: the reasons why it is no line of a story, and why it is."""

    rule: bool
    opens_list: bool
    caption: bool
    section: bool
    stamp: bool
    byline: bool

    @property
    def any(self) -> bool:
        """Whether a rule knows the line: it is then none of the story's."""
        return self.rule or self.caption or self.section or self.stamp or self.byline


def read_hits(units: Iterable[Unit]) -> list[Hit]:
    """Ask the rules about the lines of a page; lines that say the same are asked about once."""
    known: dict[str, Hit] = {}
    for unit in units:
        if unit.text not in known:
            known[unit.text] = read_hit(unit)
    return [known[unit.text] for unit in units]


def read_hit(unit: Unit) -> Hit:
    """Ask the rules about a line; a bullet before it does not matter to them."""
    text = without_bullet(unit.text)
    if text != unit.text:
        unit = Unit(unit.start, unit.end, unit.gap, text)
    rule = boilerplate(unit, "below")
    return Hit(
        rule=rule is not None,
        opens_list=rule is not None and rule.opens == "list",
        caption=is_caption(unit),
        section=is_section(unit),
        stamp=is_stamp(unit.text),
        byline=is_byline(unit.text),
    )


def read_features(units: Sequence[Unit], hits: Sequence[Hit]) -> tuple[list[str], Matrix]:
    """Return the names of the features, and a row of them for each unit that no rule knows.

    Such lines alone are each other's neighbours: a button between two paragraphs parts them no more
    than it does for a reader. What the rules say of a line's true neighbours is a feature as well.
    """
    counts = Counter(unit.text for unit in units)
    known = _columns(map(_known, hits))
    open_lines = [i for i, hit in enumerate(hits) if not hit.any]
    lines = [units[i] for i in open_lines]
    own = _columns(_own(unit, repeated=counts[unit.text] > 1) for unit in lines)
    mass = _mass(lines, own)
    table = own | _beside(own, _BESIDE) | _around(own, _AROUND) | _masses(mass)
    about_rules = _beside(known, _KNOWN) | _around(known, _KNOWN) | _rules_near(known, hits)
    table |= {name: values[open_lines] for name, values in about_rules.items()}
    table |= _position(mass, lines) | _likeness(lines, mass) | _page(lines, mass)
    return list(table), np.column_stack(list(table.values()))


def _columns(rows: Iterable[dict[str, float]]) -> dict[str, Matrix]:
    table = list(rows)
    values = np.array([list(row.values()) for row in table])
    return dict(zip(table[0], values.T.copy(), strict=True))


def _own(unit: Unit, *, repeated: bool) -> dict[str, float]:
    text = unit.text[:_LONGEST]
    words, marks = _WORD.findall(text), _marks(unit, text)
    return {
        **_size(len(words)),
        **marks,
        **_wording(text, words),
        **_like(unit, has_digit=marks["digits"] > 0),
        "repeated": float(repeated),
        "gap": min(unit.gap, 2) / 2,
    }


def _size(words: int) -> dict[str, float]:
    return {
        "length": min(math.log1p(words), 5) / 5,
        "one word": float(words <= 1),
        "short": float(words <= 3),
        "middling": float(4 <= words <= 9),
        "15 words": float(words >= 15),
        "25 words": float(words >= 25),
    }


def _marks(unit: Unit, text: str) -> dict[str, float]:
    lexicon = _lexicon()
    return {
        "closed": float(unit.closed),
        "colon": float(unit.text.endswith(":")),
        "question": float(unit.text.endswith("?")),
        "ellipsis": float(unit.text.endswith(("…", "..."))),
        "stops": min(len(_STOP.findall(text)), 5) / 5,
        "commas": min(text.count(","), 6) / 6,
        "bullet": float(lexicon.bullet.match(text) is not None),
        "address": float(lexicon.address.search(text) is not None),
        "divider": float(lexicon.divider.search(text) is not None),
        "quote": float(_QUOTE.search(text) is not None),
        "digits": len(_DIGIT.findall(text)) / len(text),
    }


def _wording(text: str, words: list[str]) -> dict[str, float]:
    lexicon, count = _lexicon(), max(len(words), 1)
    lower = [word.lower() for word in words]
    letters = [word[0] for word in words if word[0].isalpha()]
    links = sum(word in lexicon.link_words for word in lower)
    return {
        "capitals": sum(map(str.isupper, letters)) / max(len(letters), 1),
        "all capitals": float(text.isupper()),
        "small first": float(text[0].islower()),
        "digit first": float(text[0].isdigit()),
        "stop words": sum(word in lexicon.stop_words for word in lower) / count,
        "small": sum(map(str.islower, letters)) / count,
        "short words": sum(len(word) <= 3 and word.islower() for word in words) / count,
        "word length": min(sum(map(len, words)) / count / 10, 1.5),
        "link words": min(2 * links / count, 1),
        "links": min(links, 5) / 5,
    }


def _known(hit: Hit) -> dict[str, float]:
    return {
        "rule": float(hit.rule),
        "list": float(hit.opens_list),
        "caption": float(hit.caption),
        "section": float(hit.section),
        "stamp": float(hit.stamp),
        "byline": float(hit.byline),
    }


def _like(unit: Unit, *, has_digit: bool) -> dict[str, float]:
    """Return what a line is like: a date's, a byline, the beginning of a report, a paragraph."""
    text = unit.text
    return {
        "date": float(len(text) < 300 and has_digit and find_date(text) is not None),
        "names": float(is_bare_byline(text)),
        "dateline": float((unit.closed or unit.words >= 8) and read_dateline(text) is not None),
        "prose": float(is_prose(unit)),
    }


def _mass(units: Sequence[Unit], own: dict[str, Matrix]) -> Matrix:
    """Return how many words of prose each line has, none counted above 60."""
    prose = np.maximum(own["prose"], own["closed"] * (own["length"] > 0.33))
    return prose * np.array([min(unit.words, 60) for unit in units])


def _beside(own: dict[str, Matrix], names: Sequence[str]) -> dict[str, Matrix]:
    above = {f"{name} -1": np.concatenate(([0.0], own[name][:-1])) for name in names}
    return above | {f"{name} +1": np.concatenate((own[name][1:], [0.0])) for name in names}


def _around(own: dict[str, Matrix], names: Sequence[str]) -> dict[str, Matrix]:
    """Return means over windows above and below each line, the line itself left out."""
    table: dict[str, Matrix] = {}
    for name, width in itertools.product(names, _WINDOWS):
        above, below = _sums(own[name], width)
        table[f"{name} -{width}"], table[f"{name} +{width}"] = above / width, below / width
    return table


def _masses(mass: Matrix) -> dict[str, Matrix]:
    table: dict[str, Matrix] = {}
    for width in _MASS_WINDOWS:
        above, below = _sums(mass, width)
        table[f"mass -{width}"] = np.log1p(above / width) / 4
        table[f"mass +{width}"] = np.log1p(below / width) / 4
    return table


def _sums(values: Matrix, width: int) -> tuple[Matrix, Matrix]:
    """Return, for each place, the sums of the values in as many places before and after it."""
    sums, here = _cumulated(values), np.arange(len(values))
    first, last = np.maximum(here - width, 0), np.minimum(here + width + 1, len(values))
    return sums[here] - sums[first], sums[last] - sums[here + 1]


def _cumulated(values: Matrix) -> Matrix:
    return np.concatenate(([0.0], np.cumsum(values)))


def _rules_near(known: dict[str, Matrix], hits: Sequence[Hit]) -> dict[str, Matrix]:
    """Return how many lines that rules know are above and below, and how near they are."""
    rules, lists = _cumulated(known["rule"]), _cumulated(known["list"])
    about = [hit.stamp or hit.byline for hit in hits]
    return {
        "rules above": np.minimum(rules[:-1], 10) / 10,
        "rules below": np.minimum(rules[-1] - rules[1:], 10) / 10,
        "lists above": np.minimum(lists[:-1], 5) / 5,
        "credit above": _nearness(about),
        "credit below": _nearness(about[::-1])[::-1],
        "list above": _nearness(known["list"] > 0),
    }


def _nearness(flags: Iterable[object]) -> Matrix:
    """Return how near the last flag before each place is: 1 beside it, falling with each line."""
    lines, near = _FAR, []
    for flag in flags:
        near.append(math.exp(-lines / 6))
        lines = 0 if flag else lines + 1
    return np.array(near)


def _position(mass: Matrix, units: Sequence[Unit]) -> dict[str, Matrix]:
    """Return where a line stands: what is above and below it, and where the densest stretch is."""
    words, here = _cumulated(mass), np.arange(len(mass))
    total, (begin, end) = max(words[-1], 1.0), find_densest(units)
    above, below = _nearness(mass > 0), _nearness((mass > 0)[::-1])[::-1]
    return {
        "above": words[:-1] / total,
        "below": 1 - words[1:] / total,
        "words above": np.log1p(words[:-1]) / 8,
        "words below": np.log1p(words[-1] - words[1:]) / 8,
        "prose above": above,
        "prose below": below,
        "between prose": above * below,
        "in core": ((begin <= here) & (here < end)).astype(float),
        "before core": np.clip(begin - here, 0, 20) / 20,
        "after core": np.clip(here - end + 1, 0, 20) / 20,
        "core begins": ((begin <= here) & (here < begin + 2)).astype(float),
        "core ends": ((end - 2 <= here) & (here < end)).astype(float),
        "position": here / len(mass),
    }


def _likeness(units: Sequence[Unit], mass: Matrix) -> dict[str, Matrix]:
    """Return how like its neighbours a line is, and how many of its words the story has."""
    shapes = [_shape(unit.text) for unit in units]
    own = np.array(_overlaps(units, mass))
    above, below = _sums(own, 4)
    return {
        "shape": np.array([_alike(shapes, i) for i in range(len(shapes))]),
        "overlap": own,
        "overlap -4": above / 4,
        "overlap +4": below / 4,
    }


def _shape(text: str) -> str:
    """Return what sorts of words a line begins with: "A A, 0 a"."""
    text = text[:80]
    for pattern, sort in _SHAPES:
        text = pattern.sub(sort, text)
    return text[:12]


def _alike(shapes: Sequence[str], index: int) -> float:
    near = (*shapes[max(index - 2, 0) : index], *shapes[index + 1 : index + 3])
    return near.count(shapes[index]) / 4


def _overlaps(units: Sequence[Unit], mass: Matrix) -> list[float]:
    """Return what share of the rarer words of each line stands in the core's other lines."""
    begin, end = find_densest(units)
    words = [rarer_words(unit.text) for unit in units]
    inside = [begin <= i < end and mass[i] > 0 for i in range(len(units))]
    core = Counter(word for own, is_in in zip(words, inside, strict=True) if is_in for word in own)
    return [
        sum(core[word] > is_in for word in own) / max(len(own), 1)
        for own, is_in in zip(words, inside, strict=True)
    ]


def words_of(text: str) -> list[str]:
    """Return the words of a line, in small letters."""
    return _WORD.findall(text[:_LONGEST].lower())


def count_link_words(words: Iterable[str]) -> int:
    """Return how many words are of those that links and buttons are made of."""
    return sum(word in _lexicon().link_words for word in words)


def address_in(text: str) -> bool:
    """Whether a line has an address of the web."""
    return _lexicon().address.search(text[:_LONGEST]) is not None


def rarer_words(text: str) -> frozenset[str]:
    """Return the words of a line that say what it is about: longer ones, no stop words."""
    return _rarer_words(text[:_LONGEST])


@functools.lru_cache(maxsize=1024)  # a page asks of each line several times
def _rarer_words(text: str) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(text.lower())) - _lexicon().stop_words


def _page(units: Sequence[Unit], mass: Matrix) -> dict[str, Matrix]:
    """Return what the whole page is like, the same for each of its lines."""
    words = sum(min(unit.words, 60) for unit in units)
    same: Callable[[float], Matrix] = functools.partial(np.full, len(units))
    return {
        "prose of page": same(mass.sum() / max(words, 1)),
        "lines of page": same(min(math.log(len(units)), 7) / 7),
        "words of page": same(math.log1p(mass.sum()) / 10),
    }
