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
from transforms.segmentation.published import find_date, read_stamp
from transforms.segmentation.rules import boilerplate, is_caption, is_section

Matrix = NDArray[np.float64]

_LONGEST = 600  # characters of a line that are looked at
_WORD = re.compile(r"[^\W_][\w'’-]*")
_STOP = re.compile(r"[.!?][\"”’)]? ")
_QUOTE = re.compile(r"[\"“”«]")
_SHAPES = (
    (re.compile(r"\d+"), "0"),
    (re.compile(r"[A-Z][\w’'-]*"), "A"),
    (re.compile(r"[a-z][\w’'-]*"), "a"),
)
_FAR = 60  # lines: as good as nowhere

_BESIDE = (
    *("length", "closed", "prose", "bullet", "capitals", "stop words", "small", "rule", "caption"),
    *("short", "link words", "quote", "repeated", "gap", "commas", "digits", "stamp"),
)
_AROUND = (
    *("prose", "closed", "bullet", "short", "rule", "link words", "repeated", "capitals"),
    *("stop words", "digits", "caption", "stamp"),
)
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


def read_hit(unit: Unit) -> Hit:
    """Ask the rules about a line; a bullet before it does not matter to them."""
    text = without_bullet(unit.text)
    if text != unit.text:
        unit = dataclasses.replace(unit, text=text)
    rule = boilerplate(unit, "below")
    return Hit(
        rule=rule is not None,
        opens_list=rule is not None and rule.opens == "list",
        caption=is_caption(unit),
        section=is_section(unit),
        stamp=read_stamp(unit.text) is not None,
        byline=is_byline(unit.text),
    )


def read_features(units: Sequence[Unit], hits: Sequence[Hit]) -> tuple[list[str], Matrix]:
    """Return the names of the features, and a row of them for each unit."""
    counts = Counter(unit.text for unit in units)
    rows = [
        _own(unit, hit, repeated=counts[unit.text] > 1)
        for unit, hit in zip(units, hits, strict=True)
    ]
    own = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    mass = _mass(units, own)
    table = own | _beside(own) | _around(own, mass) | _position(own, mass, units)
    table |= _distances(own, mass, hits) | _likeness(units, mass) | _page(units, mass)
    return list(table), np.column_stack(list(table.values()))


def _own(unit: Unit, hit: Hit, *, repeated: bool) -> dict[str, float]:
    text = unit.text[:_LONGEST]
    words = _WORD.findall(text)
    return {
        **_size(len(words)),
        **_marks(unit, text),
        **_wording(text, words),
        **_known(unit, hit),
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
        "digits": sum(map(str.isdigit, text)) / len(text),
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


def _known(unit: Unit, hit: Hit) -> dict[str, float]:
    text = unit.text
    return {
        "rule": float(hit.rule),
        "list": float(hit.opens_list),
        "caption": float(hit.caption),
        "section": float(hit.section),
        "stamp": float(hit.stamp),
        "byline": float(hit.byline),
        "date": float(len(text) < 300 and find_date(text) is not None),
        "names": float(is_bare_byline(text)),
        "dateline": float((unit.closed or unit.words >= 8) and read_dateline(text) is not None),
        "prose": float(is_prose(unit)),
    }


def _mass(units: Sequence[Unit], own: dict[str, Matrix]) -> Matrix:
    """Return how many words of prose each line has, none counted above 60."""
    long = own["closed"] * (own["length"] > 0.33)
    prose = np.maximum(own["prose"], long) * (1 - own["rule"]) * (1 - own["caption"])
    return prose * np.array([min(unit.words, 60) for unit in units])


def _beside(own: dict[str, Matrix]) -> dict[str, Matrix]:
    above = {f"{name} -1": np.concatenate(([0.0], own[name][:-1])) for name in _BESIDE}
    return above | {f"{name} +1": np.concatenate((own[name][1:], [0.0])) for name in _BESIDE}


def _around(own: dict[str, Matrix], mass: Matrix) -> dict[str, Matrix]:
    """Return means over windows above and below each line, the line itself left out."""
    table: dict[str, Matrix] = {}
    for name, width in itertools.product(_AROUND, _WINDOWS):
        above, below = _sums(own[name], width)
        table[f"{name} -{width}"], table[f"{name} +{width}"] = above / width, below / width
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


def _position(own: dict[str, Matrix], mass: Matrix, units: Sequence[Unit]) -> dict[str, Matrix]:
    """Return where a line stands: what is above and below it, and where the densest stretch is."""
    words, rules, lists = _cumulated(mass), _cumulated(own["rule"]), _cumulated(own["list"])
    total, here = max(words[-1], 1.0), np.arange(len(mass))
    begin, end = find_densest(units)
    return {
        "above": words[:-1] / total,
        "below": 1 - words[1:] / total,
        "words above": np.log1p(words[:-1]) / 8,
        "words below": np.log1p(words[-1] - words[1:]) / 8,
        "rules above": np.minimum(rules[:-1], 10) / 10,
        "rules below": np.minimum(rules[-1] - rules[1:], 10) / 10,
        "lists above": np.minimum(lists[:-1], 5) / 5,
        "in core": ((begin <= here) & (here < end)).astype(float),
        "before core": np.clip(begin - here, 0, 20) / 20,
        "after core": np.clip(here - end + 1, 0, 20) / 20,
        "core begins": ((begin <= here) & (here < begin + 2)).astype(float),
        "core ends": ((end - 2 <= here) & (here < end)).astype(float),
        "position": here / len(mass),
    }


def _distances(own: dict[str, Matrix], mass: Matrix, hits: Sequence[Hit]) -> dict[str, Matrix]:
    """Return how near the next line of a sort is: 1 beside it, falling with each line between."""
    prose, about = mass > 0, [hit.stamp or hit.byline for hit in hits]
    above, below = _nearness(prose), _nearness(prose[::-1])[::-1]
    return {
        "prose above": above,
        "prose below": below,
        "between prose": above * below,
        "credit above": _nearness(about),
        "credit below": _nearness(about[::-1])[::-1],
        "list above": _nearness(own["list"] > 0),
    }


def _nearness(flags: Iterable[object]) -> Matrix:
    lines, near = _FAR, []
    for flag in flags:
        near.append(math.exp(-lines / 6))
        lines = 0 if flag else lines + 1
    return np.array(near)


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


def rarer_words(text: str) -> frozenset[str]:
    """Return the words of a line that say what it is about: longer ones, no stop words."""
    words = (word.lower() for word in _WORD.findall(text[:_LONGEST]) if len(word) > 3)
    return frozenset(words) - _lexicon().stop_words


def _page(units: Sequence[Unit], mass: Matrix) -> dict[str, Matrix]:
    """Return what the whole page is like, the same for each of its lines."""
    words = sum(min(unit.words, 60) for unit in units)
    same: Callable[[float], Matrix] = functools.partial(np.full, len(units))
    return {
        "prose of page": same(mass.sum() / max(words, 1)),
        "lines of page": same(min(math.log(len(units)), 7) / 7),
        "words of page": same(math.log1p(mass.sum()) / 10),
    }
