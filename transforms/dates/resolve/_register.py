"""Resolvers: each gives the match of a rule its meaning, or None where it is no date after all."""

from collections.abc import Callable, Mapping
from typing import Any

from transforms.dates.meaning import Meaning
from transforms.dates.spot import Spot

Resolver = Callable[[Spot, Mapping[str, Any]], Meaning | None]

RESOLVERS: dict[str, Resolver] = {}


def resolver(function: Resolver) -> Resolver:
    """Make a function known to the rules by its name."""
    RESOLVERS[function.__name__] = function
    return function
