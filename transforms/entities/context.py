"""What the rest of an article says about whom its names can mean."""

import collections
import dataclasses
import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from transforms.entities.entry import Candidate, Entry

Weighed = tuple[Candidate, float]  # a candidate, and how many mentions are likely to mean it

# Places that hardly anybody means need not vote.
_LEAST_WEIGHT = 0.02
# Places that are small enough to have surroundings.
_POINTS = frozenset({"city", "admin2", "site"})

# What is left of a total of votes where only rounding is.
_NOTHING = 1e-9


class Place(NamedTuple):
    """What is voted for: a country, a division of it, or a square of a degree anywhere."""

    country: str | None = None  # ISO alpha-3
    division: str | None = None
    square: tuple[int, int] | None = None  # latitude and longitude of its south-western corner

    @property
    def level(self) -> int:
        """What it is one of: 0 the countries, 1 the divisions, 2 the squares."""
        return 2 if self.square is not None else int(self.division is not None)


class Votes:
    """For which countries, divisions and squares the places speak that an article names."""

    def __init__(self) -> None:
        self.counts: dict[Place, float] = {}
        self.totals = [0.0, 0.0, 0.0]  # by level

    def add(self, other: "Votes") -> None:
        """Count the votes of another as well."""
        for place, count in other.counts.items():
            self.counts[place] = self.counts.get(place, 0.0) + count
        self.totals = [
            mine + theirs for mine, theirs in zip(self.totals, other.totals, strict=True)
        ]

    def count(self, entry: Entry, weight: float) -> None:
        """Count a vote for where a place lies; also for the squares around, for which it is none."""
        for place in filter(None, places_of(entry)):
            self.totals[place.level] += weight
            for near in _around(place):
                self.counts[near] = self.counts.get(near, 0.0) + weight

    def share(self, place: Place, own: "Votes") -> float:
        """Return the share of a place among all votes but a name's own."""
        total = self.totals[place.level] - own.totals[place.level]
        count = self.counts.get(place, 0.0) - own.counts.get(place, 0.0)
        return count / total if total > _NOTHING else 0.0


def votes_of(likely: Iterable[Weighed]) -> Votes:
    """Return the votes of one name, by what it is likely to mean."""
    votes = Votes()
    for (entry, _), weight in likely:
        if entry.kind == "place" and weight >= _LEAST_WEIGHT:
            votes.count(entry, math.sqrt(weight))
    return votes


def places_of(entry: Entry) -> tuple[Place | None, Place | None, Place | None]:
    """Return the country, the division and the square in which a place lies, as far as known."""
    country = Place(entry.country) if entry.country else None
    division = None
    if country and entry.admin1 and entry.place_kind != "country":
        division = Place(entry.country, entry.admin1)
    square = None
    if entry.latitude is not None and entry.longitude is not None and entry.place_kind in _POINTS:
        square = Place(square=(math.floor(entry.latitude), math.floor(entry.longitude)))
    return country, division, square


def _around(place: Place) -> Iterator[Place]:
    """Yield a place and, of a square, those beside it."""
    if place.square is None:
        yield place
        return
    north, east = place.square
    for up, right in itertools.product((-1, 0, 1), repeat=2):
        yield Place(square=(north + up, east + right))


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
