"""Days of the week, and days and weekends named by their week."""

import contextlib
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from transforms.dates import words
from transforms.dates.meaning import Meaning
from transforms.dates.periods import Period, day
from transforms.dates.resolve._choose import choose
from transforms.dates.resolve._common import nth_of, range_begin, told_step, which_of
from transforms.dates.resolve._register import resolver
from transforms.dates.resolve._units import number_of
from transforms.dates.resolve.calendar import calendar_day
from transforms.dates.spot import PAST, Spot

_Options = Mapping[str, Any]
_REACH = 1500
_BESIDE = 4  # characters, as ", a "
_CLOSE = 150  # characters in which news have just told of the day that a previous one is before
_AWAITING = re.compile(
    r"\b(?:ahead of|run-?up to|lead-?up to|eve of|in time for) (?:the |a )?$", re.IGNORECASE
)
_WEEK = dt.timedelta(days=7)
_PARTS = {"mornings": "TMO", "evenings": "TEV", "nights": "TNI", "afternoons": "TAF"}


@resolver
def weekday(spot: Spot, _options: _Options) -> Meaning | None:
    """A day of the week: the day of publication itself, or the nearest by tense.

    In a history it is the next one, seen from the day that is told of.
    """
    number = _number(spot)
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-WXX-{number}", "day")
    if spot.reading.history:
        told = spot.told_last(_REACH)
        if told is None or told.unit != "day":
            return Meaning.unplaced(f"XXXX-WXX-{number}", "day")
        return Meaning.of(day(_on_or_after(told.first, number)), "narrative")
    begin = range_begin(spot)
    if begin is not None and begin.unit == "day":  # from Monday to Friday
        return Meaning.of(day(_on_or_after(begin.first, number)), "narrative")
    here = _on_or_before(spot.published, number)
    candidates = [day(here)] if here == spot.published else [day(here), day(here + _WEEK)]
    if spot.follows(_AWAITING):
        return Meaning.of(candidates[-1], "publication")
    return Meaning.of(choose(spot, candidates, spot.published, weekday=True), "publication")


@resolver
def weekday_nth(spot: Spot, _options: _Options) -> Meaning | None:
    """Friday the 13th: of a month around publication in which that is a Friday."""
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-XX-{nth_of(spot.groups['nth']):02d}", "day")
    here, days = Period.holding(spot.published, "month"), []
    for step in range(-6, 7):
        first, number = here.shifted(step).first, nth_of(spot.groups["nth"])
        with contextlib.suppress(ValueError):
            days.append(first.replace(day=number))
    fit = [day(date) for date in days if date.isoweekday() == _number(spot)]
    return Meaning.of(choose(spot, fit, spot.published), "publication") if fit else None


@resolver
def weekday_which(spot: Spot, _options: _Options) -> Meaning | None:
    """Last, this, next Friday: the nearest on that side, never the day of publication itself.

    Nobody calls tomorrow or the day after "next Friday".
    """
    number, published = _number(spot), spot.published
    if published is None:
        return Meaning.unplaced(f"XXXX-WXX-{number}", "day")
    return Meaning.of(day(_which(number, which_of(spot), published, spot)), "publication")


@resolver
def weekday_told(spot: Spot, _options: _Options) -> Meaning | None:
    """The following Friday; that Friday."""
    number, step = _number(spot), told_step(spot)
    told = spot.told(_REACH)
    if step < 0 and spot.published and not spot.reading.history and spot.told(_CLOSE) is None:
        told = Period.holding(spot.published, "week")  # "from 7.5 % the previous Monday"
    if told is None or told.unit not in {"day", "week", "weekend"}:
        return weekday(spot, _options) if told is None else None
    if step == 0:
        return Meaning.of(day(_on_or_after(told.last, number)), "narrative")
    return Meaning.of(day(_beside(number, step, told.first)), "narrative")


@resolver
def weekday_of_week(spot: Spot, _options: _Options) -> Meaning | None:
    """Friday of last week."""
    number = _number(spot)
    if spot.published is None:
        return Meaning.unplaced(f"XXXX-WXX-{number}", "day")
    step = which_of(spot) if "which" in spot.groups else 1
    week = Period.holding(spot.published, "week").shifted(step)
    return Meaning.of(day(week.first + dt.timedelta(days=number - 1)), "publication")


@resolver
def week_from_weekday(spot: Spot, _options: _Options) -> Meaning | None:
    """A week from Monday."""
    weeks = number_of(spot.groups["count"]) if "count" in spot.groups else 1
    if spot.published is None or weeks is None:
        return None
    there = _beside(_number(spot), 1, spot.published) + int(weeks) * _WEEK
    return Meaning.of(day(there), "publication")


@resolver
def weekdays_away(spot: Spot, _options: _Options) -> Meaning | None:
    """Three Fridays ago, two Sundays from now."""
    number = words.meanings("weekdays")[words.normal(spot.groups["weekdays"])]
    weeks, back = number_of(spot.groups["count"]), spot.groups["side"].lower() != "from now"
    if spot.published is None or weeks is None:
        return None
    there = _beside(number, -1 if back else 1, spot.published)
    return Meaning.of(day(there + (int(weeks) - 1) * (-_WEEK if back else _WEEK)), "publication")


@resolver
def weekday_ago(spot: Spot, _options: _Options) -> Meaning | None:
    """Two weeks ago Monday: the Monday of that week."""
    weeks = number_of(spot.groups["count"])
    if spot.published is None or weeks is None:
        return None
    week = Period.holding(spot.published, "week").shifted(-int(weeks))
    return Meaning.of(day(week.first + dt.timedelta(days=_number(spot) - 1)), "publication")


@resolver
def day_beside_weekday(spot: Spot, options: _Options) -> Meaning | None:
    """The day before last Tuesday."""
    found = weekday_which(spot, options) if "which" in spot.groups else weekday(spot, options)
    if found is None or found.first is None:
        return None
    step = -1 if spot.groups["side"].lower() == "before" else 1
    return Meaning.of(day(found.first + dt.timedelta(days=step)), "publication")


@resolver
def some_weekday(spot: Spot, _options: _Options) -> Meaning | None:
    """A recent Friday, on a Monday: which one is not said; on Feb. 12, a Friday, that day."""
    told, near = spot.reading.told, spot.start - spot.reading.told_at <= _BESIDE
    if told and near and told.unit == "day" and told.first.isoweekday() == _number(spot):
        return Meaning.of(told, "narrative")
    return Meaning.unplaced(f"XXXX-WXX-{_number(spot)}", "day")


@resolver
def every_weekday(spot: Spot, _options: _Options) -> Meaning | None:
    """Every Thursday, Thursdays, Thursday mornings."""
    names = words.meanings("weekdays") if "weekdays" in spot.groups else words.meanings("weekday")
    group = "weekdays" if "weekdays" in spot.groups else "weekday"
    ending = _PARTS.get(spot.words.split()[-1].rstrip("s") + "s", "")
    return Meaning.repeated(f"XXXX-WXX-{names[words.normal(spot.groups[group])]}{ending}", "day")


@resolver
def the_weekend(spot: Spot, _options: _Options) -> Meaning | None:
    """The weekend: this week's if it has begun or is spoken of as to come, else the last."""
    if spot.published is None:
        return Meaning.unplaced("XXXX-WXX-WE", "day")
    here = Period.holding(spot.published, "weekend")
    begun = here.first <= spot.published
    this = spot.words.startswith("this") and spot.tense not in PAST
    return Meaning.of(
        here if begun or this or spot.tense == "future" else here.shifted(-1), "publication"
    )


@resolver
def weekend_which(spot: Spot, _options: _Options) -> Meaning | None:
    """Last weekend."""
    if spot.published is None:
        return Meaning.unplaced("XXXX-WXX-WE", "day")
    here = Period.holding(spot.published, "weekend")
    return Meaning.of(here.shifted(which_of(spot)), "publication")


@resolver
def week_of_day(spot: Spot, options: _Options) -> Meaning | None:
    """The week of July 7."""
    found = calendar_day(spot, options)
    if found is None or found.first is None:
        return None
    return Meaning.of(Period.holding(found.first, "week"), found.anchor)


def _number(spot: Spot) -> int:
    """Return the number of the day of the week; Monday is 1."""
    word_class = "weekday" if "weekday" in spot.groups else "weekday_short"
    return int(words.meanings(word_class)[words.normal(spot.groups[word_class])])


def _on_or_before(date: dt.date, number: int) -> dt.date:
    return date - dt.timedelta(days=(date.isoweekday() - number) % 7)


def _on_or_after(date: dt.date, number: int) -> dt.date:
    return date + dt.timedelta(days=(number - date.isoweekday()) % 7)


def _beside(number: int, step: int, date: dt.date) -> dt.date:
    """Return the nearest such weekday after the date (before, where step is negative)."""
    before = _on_or_before(date - dt.timedelta(days=1), number)
    if step < 0:
        return before
    return before + _WEEK if before + _WEEK > date else before + 2 * _WEEK


def _which(number: int, step: int, published: dt.date, spot: Spot) -> dt.date:
    if step:
        there = _beside(number, step, published)
        is_close = step > 0 and there - published <= dt.timedelta(days=2)
        return there + _WEEK if is_close and spot.words.startswith("next") else there
    week = Period.holding(published, "week")
    here = week.first + dt.timedelta(days=number - 1)
    return here + _WEEK if here < published and spot.tense == "future" else here
