"""Counting what is right: precision, recall, F1, and the rows in which they are shown."""

import dataclasses
from typing import Any

Row = dict[str, Any]
Span = tuple[int, int]

_FIGURES = ("precision", "recall", "f1", "right", "time/parse", "words/CPU s")


@dataclasses.dataclass
class Score:
    """Counts of what was found and of what was wanted, which give precision, recall and F1.

    `right` are the found that are wanted, `hit` the wanted that were found: not the same number
    where one of them may answer several of the other.
    """

    found: int = 0
    right: int = 0
    wanted: int = 0
    hit: int = 0

    def add(self, *, found: int, wanted: int, right: int, hit: int | None = None) -> None:
        """Count; without `hit`, found and wanted answer each other one by one."""
        self.found += found
        self.wanted += wanted
        self.right += right
        self.hit += right if hit is None else hit

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.found + other.found,
            self.right + other.right,
            self.wanted + other.wanted,
            self.hit + other.hit,
        )

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1, each 0 where there is nothing to divide by."""
        precision, recall = share(self.right, self.found), share(self.hit, self.wanted)
        f1 = share(2 * precision * recall, precision + recall)
        return {"precision": precision, "recall": recall, "f1": f1}

    def row(self, what: str, on: str) -> Row:
        """Return the figures as a row; n is the number of the wanted."""
        return row(what, on, self.wanted, self.figures())


def share(part: float, whole: float) -> float:
    """Return a part of a whole, 0 of nothing."""
    return part / whole if whole else 0.0


def row(what: str, on: str, n: int, figures: dict[str, float]) -> Row:
    """Return a row for `report.report`; a figure that it does not have is None."""
    return {"what": what, "on": on, "n": n, **dict.fromkeys(_FIGURES), **figures}


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
