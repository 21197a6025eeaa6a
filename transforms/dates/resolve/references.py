"""References to the present, the past and the future."""

from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.resolve._register import resolver
from transforms.dates.spot import PAST, Spot

_Options = Mapping[str, Any]

_REFERENCES = {"past": "PAST_REF", "future": "FUTURE_REF"}


@resolver
def reference(spot: Spot, _options: _Options) -> Meaning | None:
    """Now, recently, soon, the future."""
    plain = words.normal(spot.words)
    if plain == "soon" and spot.tense in PAST:
        return None  # soon after what was told
    value = words.meanings("reference").get(plain) or _REFERENCES[plain.split()[-1]]
    return Meaning.unplaced(value, "none", "publication")


@resolver
def present(_spot: Spot, _options: _Options) -> Meaning | None:
    """Today, as in "today's young readers"."""
    return Meaning.unplaced("PRESENT_REF", "none", "publication")


@resolver
def stretch_vague(spot: Spot, _options: _Options) -> Meaning | None:
    """Recent years, the coming months."""
    past = spot.groups["way"].lower() in {"past", "recent", "last"}
    return Meaning.unplaced("PAST_REF" if past else "FUTURE_REF", "none", "publication")
