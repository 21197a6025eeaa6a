"""What the rest of an article says about whom its names can mean."""

import collections
import dataclasses
import datetime as dt
import math
from collections.abc import Hashable, Iterable, Mapping

from transforms.entities.entry import Candidate, Entry

Weighed = tuple[Candidate, float]  # a candidate, and how many mentions are likely to mean it

# Places that hardly anybody means need not vote.
_LEAST_WEIGHT = 0.02
# What is left of a total of votes where only rounding is.
_NOTHING = 1e-9


class Votes:
    """For which countries, divisions and surroundings the places speak that an article names.

    Keys of `counts` are a country (ISO alpha-3), a country and division, a square of a degree;
    the totals are by the length of the key: 1, 2, 3.
    """

    def __init__(self) -> None:
        self.counts: dict[tuple[Hashable, ...], float] = {}
        self.totals: dict[int, float] = {}

    def add(self, other: "Votes") -> None:
        """Count the votes of another as well."""
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0.0) + count
        for size, total in other.totals.items():
            self.totals[size] = self.totals.get(size, 0.0) + total

    def count(self, entry: Entry, weight: float) -> None:
        """Count a vote for where a place lies; also for the squares around, for which it is none."""
        for key in place_keys(entry):
            self.totals[len(key)] = self.totals.get(len(key), 0.0) + weight
            self.counts[key] = self.counts.get(key, 0.0) + weight
        for key in _around(entry):
            self.counts[key] = self.counts.get(key, 0.0) + weight

    def share(self, key: tuple[Hashable, ...], own: "Votes") -> float:
        """Return the share of a key among all votes but a name's own."""
        total = self.totals.get(len(key), 0.0) - own.totals.get(len(key), 0.0)
        count = self.counts.get(key, 0.0) - own.counts.get(key, 0.0)
        return count / total if total > _NOTHING else 0.0


def votes_of(likely: Iterable[Weighed]) -> Votes:
    """Return the votes of one name, by what it is likely to mean."""
    votes = Votes()
    for (entry, _), weight in likely:
        if entry.kind == "place" and weight >= _LEAST_WEIGHT:
            votes.count(entry, math.sqrt(weight))
    return votes


def place_keys(entry: Entry) -> list[tuple[Hashable, ...]]:
    """Return the country, division and square in which a place lies, as far as known."""
    keys: list[tuple[Hashable, ...]] = []
    if entry.country:
        keys.append((entry.country,))
    if entry.country and entry.admin1 and entry.place_kind != "country":
        keys.append((entry.country, entry.admin1))
    if entry.latitude is not None and entry.longitude is not None and _is_point(entry):
        keys.append(("square", math.floor(entry.latitude), math.floor(entry.longitude)))
    return keys


def _is_point(entry: Entry) -> bool:
    return entry.place_kind in {"city", "admin2", "site"}


def _around(entry: Entry) -> Iterable[tuple[Hashable, ...]]:
    """Yield the squares around that of a place."""
    if entry.latitude is None or entry.longitude is None or not _is_point(entry):
        return
    north, east = math.floor(entry.latitude), math.floor(entry.longitude)
    for up in (-1, 0, 1):
        for right in (-1, 0, 1):
            if up or right:
                yield "square", north + up, east + right


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an article says beside its names."""

    day: dt.date | None
    source: str | None  # the publisher's name or site
    home: tuple[str, str | None] | None  # country and division of the publisher
    words: frozenset[str]  # in small letters
    sports: Mapping[str, float]
    votes: Votes = dataclasses.field(default_factory=Votes)
    named: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)


def named_keys(likely: Mapping[str, list[Weighed]]) -> dict[str, frozenset[str]]:
    """Return, by the id of an entity, the keys under which the article is likely to have it."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for key, weighed in likely.items():
        for (entry, _), weight in weighed:
            if weight > 0.5:
                found[entry.id].add(key)
    return {entity: frozenset(keys) for entity, keys in found.items()}
