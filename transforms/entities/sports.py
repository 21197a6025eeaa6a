"""Whether an article tells of sport, and of which: there the name of a city is mostly a team."""

import collections
import functools
import re

import seeds
from transforms.entities._words import Words
from transforms.entities.entry import Entry

_RULES = seeds.read_toml("knowledge/sports.toml")
_FULL: float = _RULES["full"] / 100
_BESIDE = frozenset(_RULES["beside"]["words"])
_BRACKETS = frozenset(_RULES["beside"]["brackets"])

ANY = "any"

# What is won by: 3, 2-1; no year and no date.
_FIGURE = re.compile(r"\d{1,3}(?:[-–:/]\d{1,3}){0,2}")

# From here on an article is about a sport as good as through and through.
_THROUGH = 0.5

_SPORTS: dict[str, tuple[str, ...]] = {}
for _sport, _names in _RULES["words"].items():
    for _name in _names:
        _SPORTS[_name] = (*_SPORTS.get(_name, ()), _sport)


def sports_of(words: Words) -> dict[str, float]:
    """Return how much of the article is of each sport (the subtype of its teams) and of `any`.

    0 is not at all, 1 through and through.
    """
    return _sports_in(words.words)


@functools.lru_cache(maxsize=4)
def _sports_in(words: tuple[str, ...]) -> dict[str, float]:
    counts: collections.Counter[str] = collections.Counter()
    for word in words:
        counts.update(_SPORTS.get(word.lower(), ()))
    running = sum(word.islower() for word in words)  # tables of results are full of other things
    full = max(1.0, _FULL * running)
    return {sport: min(1.0, count / full) for sport, count in counts.items()}


def stands_as_side(words: Words, first: int, end: int) -> bool:
    """Tell whether a span stands where sides do: beside a figure, or what one side does to another."""
    around = (words.beside(first, first - 1), words.beside(first, end))
    return any(word.lower() in _BESIDE or _FIGURE.fullmatch(word) is not None for word in around)


def stands_in_brackets(words: Words, first: int) -> bool:
    """Tell whether a name stands right after a bracket: the country that somebody competes for."""
    return words.beside(first, first - 1) in _BRACKETS


def names_a_side(words: Words, first: int, end: int, team: Entry) -> bool:
    """Tell whether a team's name is that of a side, in an article on what it plays."""
    sport = sports_of(words).get(team.subtype or "", 0.0)
    return sport >= _THROUGH and stands_as_side(words, first, end)
