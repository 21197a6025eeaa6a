"""Spans of tokens, asked for what overlaps, in a time that does not grow with their number."""

import collections
from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar


class _Span(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Span)


class Spans(Generic[_S]):
    """Spans in the order in which they were added."""

    def __init__(self, spans: Iterable[_S]) -> None:
        self._numbers: dict[_S, int] = {}
        self._at: dict[int, list[_S]] = collections.defaultdict(list)
        self._added = 0
        for span in spans:
            self.add(span)

    def __iter__(self) -> Iterator[_S]:
        return iter(self._numbers)

    def add(self, span: _S) -> None:
        """Add a span after the others."""
        if span not in self._numbers:
            self._added += 1
            self._numbers[span] = self._added
            for token in range(span.first, span.end):
                self._at[token].append(span)

    def drop(self, spans: Iterable[_S]) -> None:
        """Take spans out."""
        for span in spans:
            del self._numbers[span]
            for token in range(span.first, span.end):
                self._at[token].remove(span)

    def over(self, span: _S) -> list[_S]:
        """Return those that overlap a span, in order."""
        tokens = range(span.first, span.end)
        found = {other for token in tokens for other in self._at.get(token, ())}
        return sorted(found, key=self._numbers.__getitem__)
