"""Times of the clock and parts of the day; without a day, on the day told of."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, day
from transforms.dates.resolve._common import told_step
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve._units import number_of
from transforms.dates.spot import PAST, Spot

_Options = Mapping[str, Any]
_NEAR = 300  # characters that the day of one time holds for the next
_LATE = re.compile(r"T(?:1[89]|2\d|EV|NI)")  # times that those before dawn follow …
_BEFORE_DAWN = re.compile(r"T(?:0[0-5]|MO)")  # … on the next day


@resolver
def clock(spot: Spot, _options: _Options) -> Meaning | None:
    """5:30 a.m., 17:30 GMT, 1730 GMT; a zone other than Greenwich's leaves the time local."""
    hour, minute = int(spot.groups["hour"]), int(spot.get("minutes") or 0)
    if half := spot.get("half"):
        if hour > 12:
            return None
        hour = _of_24(hour, half)
    zone = (
        words.meanings("zone")[words.normal(spot.groups["zone"])] if "zone" in spot.groups else ""
    )
    return _on_day(spot, f"T{hour:02d}:{minute:02d}{zone}")


@resolver
def spelled_clock(spot: Spot, _options: _Options) -> Meaning | None:
    """Seven thirty p.m., four-twenty (this morning)."""
    table = words.meanings("number")
    hour = int(table[spot.groups["h"].lower()])
    minute = sum(int(table[part.lower()]) for name in ("tens", "ones") if (part := spot.get(name)))
    if hour > 12 or minute > 59:
        return None
    half = spot.get("half")
    return _on_day(spot, f"T{_of_24(hour, half) if half else hour:02d}:{minute:02d}")


@resolver
def range_start(spot: Spot, _options: _Options) -> Meaning | None:
    """From 5 (to 6 p.m.): in the same half of the day, if that is before the end."""
    hour, until = int(spot.groups["hour"]), int(spot.groups["hour_to"])
    if not 1 <= hour <= 12 or not 1 <= until <= 12:
        return None
    end = _of_24(until, spot.groups["half_to"])
    begin = max((h for h in (hour % 12, hour % 12 + 12) if h < end), default=hour % 12 + 12)
    return _on_day(spot, f"T{begin:02d}:{int(spot.get('minutes') or 0):02d}")


@resolver
def past_the_hour(spot: Spot, _options: _Options) -> Meaning | None:
    """Half past eight, a quarter to nine."""
    off = 30 if spot.groups["minutes_off"].lower() == "half" else 15
    is_before = spot.groups["side"].lower() in {"to", "before"}
    hour = _hour(spot)
    if hour is None or (is_before and off == 30):
        return None
    minutes = hour * 60 + (-off if is_before else off)
    return _on_day(spot, f"T{minutes // 60 % 24:02d}:{minutes % 60:02d}")


@resolver
def oclock(spot: Spot, _options: _Options) -> Meaning | None:
    """Five o'clock in the morning."""
    hour = _hour(spot)
    return None if hour is None else _on_day(spot, f"T{hour:02d}:{int(spot.get('min') or 0):02d}")


@resolver
def moment(spot: Spot, _options: _Options) -> Meaning | None:
    """Noon, midnight."""
    return _on_day(spot, f"T{words.meanings('moment')[words.normal(spot.groups['moment'])]}")


@resolver
def part_of_day(spot: Spot, options: _Options) -> Meaning | None:
    """This morning, last night; the morning of a day told of; what came overnight."""
    name = words.normal(spot.groups["part"])
    code = words.meanings("tonight").get(name) or words.meanings("part")[name]
    was_last_night = name == "overnight" and spot.tense in PAST
    days = dt.timedelta(days=-1 if was_last_night else options.get("days", 0))
    if (
        options.get("told")
        or "the" in spot.words.split()
        or spot.published is None
        or spot.reading.history
    ):
        return _on_day(spot, f"T{code}")
    return Meaning.time(Meaning.of(day(spot.published + days), "publication"), f"T{code}")


@resolver
def some_part(spot: Spot, _options: _Options) -> Meaning | None:
    """At night: any night."""
    code = words.meanings("part")[words.normal(spot.groups["part"])]
    return Meaning.time(Meaning.unplaced("XXXX-XX-XX", "day"), f"T{code}")


@resolver
def part_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The next morning, that night."""
    code = words.meanings("part")[words.normal(spot.groups["part"])]
    told = spot.told_last(1500)
    step = told_step(spot)
    if told is None or told.unit != "day":
        return Meaning.time(Meaning.unplaced("XXXX-XX-XX", "day"), f"T{code}")
    return Meaning.time(Meaning.of(told.shifted(step), "narrative"), f"T{code}")


@resolver
def early_hours(spot: Spot, _options: _Options) -> Meaning | None:
    """The early hours of (Wednesday)."""
    return _on_day(spot, "TMO")


def _of_24(hour: int, half: str) -> int:
    """Return an hour of twelve, by a.m. and p.m., as one of 24."""
    return hour % 12 + (12 if half.lower().startswith("p") else 0)


def _hour(spot: Spot) -> int | None:
    """Return the hour of twelve that is named, told apart by the part of the day, if there is one."""
    hour = int(number_of(spot.groups["h"]) or 0)
    part = (spot.get("part") or "").lower()
    if not 1 <= hour <= 12:
        return None
    afternoon = part in {"afternoon", "evening"} or (part == "night" and hour > 5)
    return hour % 12 + (12 if afternoon else 0) if part else hour


def _on_day(spot: Spot, clock_: str) -> Meaning:
    """Put a time on the day told of just before, else, in news, on that of publication.

    "They talked on Monday evening; at 3 a.m." it was Tuesday.
    """
    told, published = spot.told_last(_NEAR), spot.published
    in_news = published is not None and not spot.reading.history
    if told is not None and told.unit == "day" and not (in_news and _is_ahead(spot, told)):
        told = told.shifted(1) if _goes_past_midnight(spot, clock_) else told
        return Meaning.time(Meaning.of(told, "narrative"), clock_)
    if published is None or not in_news:
        return Meaning.time(Meaning.unplaced("XXXX-XX-XX", "day"), clock_)
    return Meaning.time(Meaning.of(day(published), "publication"), clock_)


def _is_ahead(spot: Spot, told: Period) -> bool:
    """Whether the day told of is to come, and the time is one of what has been done."""
    return spot.published is not None and told.first > spot.published and spot.tense in PAST


def _goes_past_midnight(spot: Spot, clock_: str) -> bool:
    reading = spot.reading
    is_near = 0 <= spot.start - reading.clock_at <= _NEAR
    return bool(is_near and _LATE.match(reading.clock) and _BEFORE_DAWN.match(clock_))
