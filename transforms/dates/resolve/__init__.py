"""What the rules mean: one small function a kind of expression."""

from transforms.dates.resolve import (
    amounts,
    calendar,
    clock,
    quarters,
    relative,
    seasons,
    weekdays,
    years,
)
from transforms.dates.resolve._register import RESOLVERS, Resolver

__all__ = [
    "RESOLVERS",
    "Resolver",
    "amounts",
    "calendar",
    "clock",
    "quarters",
    "relative",
    "seasons",
    "weekdays",
    "years",
]
