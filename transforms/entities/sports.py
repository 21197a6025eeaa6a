"""Whether an article tells of sport, and of which: there the name of a city is mostly a team."""

import collections

import seeds
from transforms.entities._words import Words
from transforms.entities.mentions import Mention

_RULES = seeds.read_toml("knowledge/sports.toml")
_FULL: float = _RULES["full"] / 100
_BESIDE = frozenset(_RULES["beside"]["words"])
_BRACKETS = frozenset(_RULES["beside"]["brackets"])

ANY = "any"

_SPORTS: dict[str, tuple[str, ...]] = {}
for _sport, _names in _RULES["words"].items():
    for _name in _names:
        _SPORTS[_name] = (*_SPORTS.get(_name, ()), _sport)


def sports_of(words: Words) -> dict[str, float]:
    """Return how much of the article is of each sport (the subtype of its teams) and of `any`.

    0 is not at all, 1 through and through.
    """
    counts: collections.Counter[str] = collections.Counter()
    for word in words.words:
        counts.update(_SPORTS.get(word.lower(), ()))
    full = max(1.0, _FULL * len(words))
    return {sport: min(1.0, count / full) for sport, count in counts.items()}


def stands_as_side(words: Words, mention: Mention) -> bool:
    """Tell whether a name stands where sides do: beside a figure, or what one side does to another."""
    around = (
        words.beside(mention.first, mention.first - 1),
        words.beside(mention.first, mention.end),
    )
    return any(word.lower() in _BESIDE or word[:1].isdigit() for word in around)


def stands_in_brackets(words: Words, mention: Mention) -> bool:
    """Tell whether a name stands right after a bracket: the country that somebody competes for."""
    return words.beside(mention.first, mention.first - 1) in _BRACKETS
