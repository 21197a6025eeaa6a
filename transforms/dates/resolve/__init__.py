"""What the rules mean: one small function a kind of expression."""

from transforms.dates.resolve import (
    calendar,
    clock,
    durations,
    offsets,
    quarters,
    references,
    relative,
    seasons,
    sets,
    weekdays,
    years,
)
from transforms.dates.resolve._register import RESOLVERS, Resolver

__all__ = [
    "RESOLVERS",
    "Resolver",
    "calendar",
    "clock",
    "durations",
    "offsets",
    "quarters",
    "references",
    "relative",
    "seasons",
    "sets",
    "weekdays",
    "years",
]
