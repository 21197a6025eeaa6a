"""Numbers that measure an event: killed, wounded, arrested, marching, paid."""

import functools
from collections.abc import Iterator

from schemas import Count, CountKind
from transforms.events.match import Match
from transforms.events.phrases import is_partitive
from transforms.events.reading import Reading
from transforms.events.tables import count_kinds, raw

_BEFORE = 4  # words before a number that can bound it


class Counts:
    """Finds the counts of one article's events."""

    __slots__ = ("_article", "_phrases", "_tree")

    def __init__(self, reading: Reading) -> None:
        self._article = reading.article
        self._tree = reading.tree
        self._phrases = reading.phrases

    def of(self, match: Match) -> tuple[Count, ...]:
        """Return the counts of a match."""
        kind = count_kinds().get(self._tree.lemmas[match.trigger])
        if kind is None and match.noun is not None:
            kind = count_kinds().get(self._tree.lemmas[match.noun])
        found: list[Count] = []
        if kind is not None:
            heads = match.actors if kind == "participants" else match.recipients
            found = [count for head in heads for count in self._of_head(head, kind)]
        return (*found, *self._money(match))

    def _of_head(self, head: int, kind: CountKind) -> Iterator[Count]:
        tree = self._tree
        numbers = tree.having(head, "nummod")
        up = tree.heads[head]
        if tree.words[up] == "of" and is_partitive(tree.words[tree.heads[up]]):
            numbers = [tree.heads[up]]
        elif tree.tags[head] == "CD":
            numbers = [head]
        for number in numbers[:1]:
            count = self._count(number, kind)
            if count is not None:
                yield count

    def _count(self, number: int, kind: CountKind, unit: str | None = None) -> Count | None:
        first, last = self._number_span(self._upper_end(number))
        value = number_value(self._tree.words[first : last + 1])
        if value is None:
            return None
        least, most, first = self._bounds(first, last, value)
        start, end = self._tree.parse.starts[first], self._tree.parse.ends[last]
        text = self._article.text[start:end]
        return Count(kind=kind, min=least, max=most, unit=unit, text=text, start=start, end=end)

    def _number_span(self, number: int) -> tuple[int, int]:
        """Return the run of number words around a token: `two hundred`, `tens of thousands`."""
        words = self._tree.words
        first = last = number
        while first > 0 and number - first < 4 and _is_number(words[first - 1]):
            first -= 1
        if words[number] in {"thousands", "millions"} and words[max(0, number - 1)] == "of":
            first = number - 2 if words[number - 2] in {"tens", "hundreds"} else first
        while last + 1 < len(words) and last - number < 4 and _is_number(words[last + 1]):
            last += 1
        return max(0, first), last

    def _bounds(
        self, first: int, last: int, value: float
    ) -> tuple[float | None, float | None, int]:
        words = self._tree.words
        if words[last] in _vague():
            return value, None, first
        lower = self._lower_end(first)
        if lower is not None and lower[0] < value:
            return lower[0], value, lower[1]
        for side, phrases in raw("counts")["bounds"].items():
            for phrase in phrases:
                parts = tuple(phrase.split())
                if words[max(0, first - len(parts)) : first] == parts and len(parts) <= _BEFORE:
                    start = first - len(parts)
                    return (value, None, start) if side == "least" else (None, value, start)
        return value, value, first

    def _upper_end(self, number: int) -> int:
        """Return `15` for the `10` of `between 10 and 15`, on which a parser hangs the other."""
        words = self._tree.words
        between = number > 0 and words[number - 1] == "between"
        if between and number + 2 < len(words) and words[number + 1] == "and":
            return number + 2 if _is_number(words[number + 2]) else number
        return number

    def _lower_end(self, first: int) -> tuple[float, int] | None:
        """Return the number before `to` or after `between`, and the token that it begins with."""
        words = self._tree.words
        if first < 2 or words[first - 1] not in {"to", "-", "–", "and", "or"}:
            return None
        least = number_value((words[first - 2],)) if _is_number(words[first - 2]) else None
        if least is None:
            return None
        between = first > 2 and words[first - 3] == "between"
        if words[first - 1] == "and":
            return (least, first - 3) if between else None
        return least, first - 2

    def _money(self, match: Match) -> Iterator[Count]:
        """Yield sums of money among the objects of the match."""
        tree = self._tree
        for child in tree.having(match.trigger, "dobj"):
            if self._phrases.label(child) != "MONEY":
                continue
            numbers = [t for t in range(max(0, child - 5), child + 1) if tree.tags[t] == "CD"]
            unit = next(
                (
                    _currencies()[w]
                    for w in tree.words[max(0, child - 6) : child + 2]
                    if w in _currencies()
                ),
                None,
            )
            if numbers:
                count = self._count(numbers[-1], "money", unit)
                if count is not None:
                    yield count


def number_value(words: tuple[str, ...]) -> float | None:
    """Return the number that words spell; None where they spell none.

    >>> number_value(("two", "hundred"))
    200.0
    """
    whole = " ".join(words)
    if whole in _vague():
        return _vague()[whole]
    total, current, seen = 0.0, 0.0, False
    for word in words:
        value = _digits(word)
        if value is None:
            value = _numbers().get(word)
        if value is not None:
            current, seen = current + value, True
        elif word in _scales():
            current, seen = max(current, 1.0) * _scales()[word], True
            if _scales()[word] >= 1000:
                total, current = total + current, 0.0
        elif word in _vague():
            return _vague()[word]
    return total + current if seen else None


def _digits(word: str) -> float | None:
    plain = word.replace(",", "")
    if not plain.isascii() or len(plain) > 15 or not plain[:1].isdigit():
        return None
    try:
        return float(plain)
    except ValueError:
        return None


def _is_number(word: str) -> bool:
    known = word in _numbers() and word not in {"a", "an", "both"}
    return known or word in _scales() or word in _vague() or _digits(word) is not None


def _by_word(table: str) -> dict[str, float]:
    return {word: float(v) for v, listed in raw("counts")[table].items() for word in listed}


@functools.cache
def _numbers() -> dict[str, float]:
    return _by_word("numbers")


@functools.cache
def _scales() -> dict[str, float]:
    return _by_word("scales")


@functools.cache
def _vague() -> dict[str, float]:
    return _by_word("vague")


@functools.cache
def _currencies() -> dict[str, str]:
    return {word: code for code, listed in raw("counts")["currencies"].items() for word in listed}
