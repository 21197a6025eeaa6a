"""Sets: every week, twice a month, daily."""

import re
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve._units import iso_duration, number_of, precision_of, unit_of
from transforms.dates.spot import Spot

_Options = Mapping[str, Any]

_OPENS = re.compile(r"(?:^|[.!?:;\n])[\"'“‘)\]\s]*$")
_OPENING = 6  # characters
_EVERY = {"night": "XXXX-XX-XXTNI", "weekend": "XXXX-WXX-WE"}


@resolver
def every_unit(spot: Spot, _options: _Options) -> Meaning | None:
    """Every week, twice a day, every three years, on weekends."""
    unit = unit_of(spot)
    if unit["name"] in _EVERY:
        return Meaning.repeated(_EVERY[unit["name"]], "day")
    if (
        unit["name"] in {"second", "minute"}
        and "per" not in spot.words
        and "fixed" not in spot.groups
    ):
        return None
    number = 2 if spot.get("other") else number_of(spot.get("fixed") or "1")
    if nth := spot.get("nth"):
        number = words.meanings("ordinal")[nth.lower()]
    return Meaning.repeated(iso_duration(number, unit), precision_of(unit))


@resolver
def every_part(spot: Spot, _options: _Options) -> Meaning | None:
    """Every morning, in the evenings."""
    name = words.normal(spot.groups["part"])
    code = words.meanings("part").get(name) or words.meanings("part")[name.removesuffix("s")]
    return Meaning.repeated(f"XXXX-XX-XXT{code}", "time")


@resolver
def frequency(spot: Spot, options: _Options) -> Meaning | None:
    """Daily, annually, twice weekly; the first Monday of each month."""
    if _is_name(spot):
        return None
    how_often = spot.get("frequency")
    value = (
        options.get("value") or words.meanings("frequency")[words.normal(how_often or spot.words)]
    )
    return Meaning.repeated(value, "none")


def _is_name(spot: Spot) -> bool:
    """Whether a word has a capital in the middle of a sentence: Mr. Daily, the Daily Herald."""
    word = spot.text[spot.start : spot.end]
    return word.istitle() and not _OPENS.search(spot.text[: spot.start][-_OPENING:])
