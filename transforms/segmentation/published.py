"""When a page says that it was published: "Jun 26 2014, 8:04pm", "Updated: 3 May 2011, 17:30 CET".

A pattern says where the date, the time and the zone stand; dateparser reads them. What could be
read in two ways is not read: a wrong day would be wrong for every "today" of the article.
"""

import dataclasses
import datetime as dt
import functools
import re
from typing import Any
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

from schemas import Published, PublishedPrecision
from seeds import read_toml

_LONGEST_LINE = 200
_ZONE = re.compile(
    r"\s*\(?(?P<name>[A-Za-z]{1,9})?\)?\s?(?P<offset>[+-](?:0?\d|1[0-4])(?::?[0-5]\d)?)?\b"
)
_MARKS = re.compile(r"(?<=\d)T(?=\d\d:)|(?<=\d)(?=Z\b)|(?<=\b(?:19|20)\d\d)(?=\d{1,2}:\d\d)")
_ZONE_NAME = re.compile(r"(?<=~) ?\(?[A-Z]{1,5}\b\)?(?: ?[+-]\d{1,2}(?::?\d\d)?\b)?")
_LETTERS = re.compile(r"[^\W_]+")
_NOT_MEANT = re.compile(r"\b(?:the|of)\b|(?<=\d)(?:st|nd|rd|th)\b|[,.]", re.IGNORECASE)
_AM_PM = re.compile(r"([ap])\.? ?m\b\.?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:.h]?(\d\d)?(?:[:.](\d\d))?(?:\.\d+)?\s?([ap]m)?", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Stamp:
    """What a line says about publication."""

    published: Published | None  # None: it says something, but no day that can be relied on
    updated: bool  # it says only when the text was changed


@dataclasses.dataclass(frozen=True, slots=True)
class _Grammar:
    forms: tuple[tuple[re.Pattern[str], str], ...]  # pattern, how its numbers are to be read
    any_form: re.Pattern[str]
    time: re.Pattern[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    relative: re.Pattern[str]
    noise: re.Pattern[str]
    opening: re.Pattern[str]
    weekday: re.Pattern[str]
    offsets: dict[str, float]
    unsure: frozenset[str]
    clocks: dict[str, str]
    first_year: int
    last_year: int
    pivot: int


def part(pattern: str) -> str:
    """Fill the named parts of a date pattern: `{day} {month}`."""
    for name, value in read_toml("segmentation/dates.toml")["parts"].items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


@functools.cache
def _grammar() -> _Grammar:
    data = read_toml("segmentation/dates.toml")
    labels, window = data["labels"], data["window"]
    forms = [(part(form["pattern"]), form.get("numeric", "")) for form in data["form"]]
    zones = [*labels["unsure"], *data["offsets"], *data["clocks"]]
    noise = [
        *zones,
        *labels["published"],
        *labels["updated"],
        *labels["fillers"],
        part("{weekday}"),
    ]
    return _Grammar(
        forms=tuple((_compile(pattern), numeric) for pattern, numeric in forms),
        any_form=_compile("|".join(pattern for pattern, _ in forms)),
        time=re.compile(rf"(?<!\w)(?:{data['time']['pattern']})(?!\w)", re.IGNORECASE),
        published=_compile("|".join(labels["published"])),
        updated=_compile("|".join(labels["updated"])),
        relative=_compile(labels["relative"]),
        noise=_compile("|".join(noise)),
        opening=re.compile(
            rf"\W*(?:\d|(?:{'|'.join([*noise, part('{month}')])})\b)", re.IGNORECASE
        ),
        weekday=_compile(part("{weekday}")),
        offsets=data["offsets"],
        unsure=frozenset(labels["unsure"]),
        clocks=data["clocks"],
        first_year=window["first"],
        last_year=window["last"],
        pivot=window["pivot"],
    )


def _compile(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-])(?:{alternatives})(?![\w/-])", re.IGNORECASE)


def read_stamp(line: str) -> Stamp | None:
    """Read a line that speaks of publication; None where it is about something else.

    >>> read_stamp("Posted: June 26, 2014 at 8:04 p.m. EDT").published.at.isoformat()
    '2014-06-27T00:04:00+00:00'
    """
    if not is_stamp(line):
        return None
    return _read_dates(line) or Stamp(None, updated=False)


def is_stamp(line: str) -> bool:
    """Whether a line speaks of publication and of nothing else: a date, or "3 hours ago".

    Much cheaper than to read it: most lines are only asked this.
    """
    grammar = _grammar()
    if len(line) > _LONGEST_LINE or not grammar.opening.match(line):
        return False
    line = _marked(line)
    if grammar.any_form.search(line) is None:
        return grammar.relative.search(line) is not None and not _rest(line)
    labelled = grammar.published.match(line) or grammar.updated.match(line)
    return len(_rest(line)) <= (4 if labelled else 0)


def read_loose_stamp(line: str) -> Stamp | None:
    """Read a line of which it is known that it tells of publication, whatever else it says.

    >>> read_loose_stamp("by Jane Doe / June 26, 2014 / World").published.on
    datetime.date(2014, 6, 26)
    """
    return _read_dates(line) or read_stamp(line)


def is_dated(line: str) -> bool:
    """Whether `read_loose_stamp` finds anything in a line."""
    return find_date(_marked(line[:_LONGEST_LINE])) is not None or is_stamp(line)


def _marked(line: str) -> str:
    """Part a date from the time that sticks to it: "2014-06-26T20:04", "June 26, 20148:04 PM"."""
    return _MARKS.sub(" ", line)


def _rest(line: str) -> list[str]:
    """Return the words of a line that are no part of a date and its labels."""
    grammar = _grammar()
    line = grammar.any_form.sub(" ", line)
    line = _ZONE_NAME.sub(" ", grammar.time.sub("~", line))
    line = grammar.relative.sub(" ", line)
    line = grammar.noise.sub(" ", line)
    return [word for word in _LETTERS.findall(line) if word not in grammar.clocks]


def find_date(line: str) -> re.Match[str] | None:
    """Return the first full date that a line holds."""
    return _grammar().any_form.search(line)


def _read_dates(line: str) -> Stamp | None:
    """Read the date that the line gives for publication, else the one for the last change."""
    line = _marked(line[:_LONGEST_LINE])
    dates = list(_grammar().any_form.finditer(line))
    return _read(line, dates) if dates else None


def _read(line: str, dates: list[re.Match[str]]) -> Stamp:
    ends = [date.start() for date in dates[1:]] + [len(line)]
    grammar, begin, updates = _grammar(), 0, []
    for date, end in zip(dates, ends, strict=True):
        is_update = grammar.updated.search(line, begin, date.start()) is not None
        alone = len(dates) == 1
        value = _value(date.group(), line[0 if alone else date.end() : end])
        if not is_update:
            return Stamp(value, updated=False)
        updates.append(value)
        begin = date.end()
    return Stamp(updates[0], updated=True)


def _value(date: str, around: str) -> Published | None:
    """Join a date and the time that stands beside it."""
    day = read_day(date)
    if day is None:
        return None
    grammar = _grammar()
    time = grammar.time.search(_blank(grammar.any_form, around))
    if time is None:
        return Published(at=_utc(dt.datetime.combine(day, dt.time()), 0), on=day, precision="day")
    zone = _offset(around, time.end(), day)
    clock_time = _read_time(_plain_time(time.group()))
    if zone is None or clock_time is None:
        return Published(at=_utc(dt.datetime.combine(day, dt.time()), 0), on=day, precision="day")
    clock = _CLOCK.match(time.group())
    precision: PublishedPrecision = "second" if clock and clock[3] else "minute"
    return Published(
        at=_utc(dt.datetime.combine(day, clock_time), zone), on=day, precision=precision
    )


def _blank(pattern: re.Pattern[str], line: str) -> str:
    """Put blanks in place of what a pattern matches; offsets stay."""
    return pattern.sub(_blanks, line)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _utc(moment: dt.datetime, hours: float) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC) - dt.timedelta(hours=hours)


def _plain_time(time: str) -> str:
    """Spell a time as dateparser reads it: "19.45" and "1945" are 19:45."""
    match = _CLOCK.match(_AM_PM.sub(r"\1m", time))
    assert match is not None
    hour, minute, second, half = match.groups()
    return f"{hour}:{minute or '00'}{':' + second if second else ''} {half or ''}".strip()


def _offset(line: str, position: int, day: dt.date) -> float | None:
    """Return the hours from UTC of the zone after a time; 0 where none is given.

    None: there is one that is not known, or that could be two.
    """
    match = _ZONE.match(line, position)
    name, offset = (match["name"], match["offset"]) if match else (None, None)
    grammar = _grammar()
    if offset and name in {None, "UTC", "GMT"}:
        return _hours(offset)
    if name is None:
        return 0
    if name in grammar.clocks:
        return _hours_of_clock(grammar.clocks[name], day)
    if name.upper() in grammar.offsets:
        return grammar.offsets[name.upper()]
    unknown = name.isupper() and 2 <= len(name) <= 5
    return None if unknown or name.upper() in grammar.unsure else 0


def _hours(offset: str) -> float:
    """Read an offset: "+0530" is 5.5."""
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return (int(hours) + int(minutes) / 60) * (-1 if offset[0] == "-" else 1)


def _hours_of_clock(zone: str, day: dt.date) -> float:
    offset = dt.datetime.combine(day, dt.time(12), ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds() / 3600


@functools.lru_cache(maxsize=2048)
def _read_time(spelled: str) -> dt.time | None:
    moment = _parse(f"2000-01-01 {spelled}")
    return moment.time() if moment else None


@functools.lru_cache(maxsize=1024)
def read_day(date: str) -> dt.date | None:
    """Read a calendar day with its year; None where it is none, or could be two."""
    grammar = _grammar()
    numeric = next((how for pattern, how in grammar.forms if pattern.fullmatch(date)), "")
    spelled = _spell_numbers(date, numeric) if numeric else _spell_words(date)
    moment = _parse(spelled) if spelled else None
    if moment is None or not grammar.first_year <= moment.year <= grammar.last_year:
        return None
    return moment.date()


def _spell_numbers(date: str, order: str) -> str | None:
    """Bring a date in numbers into the order of ISO 8601; None where day and month could be either."""
    first, second, third = (int(number) for number in re.split(r"[-/.]", date))
    third = third if third > 99 or order == "ymd" else _full_year(third)
    if order == "ymd":
        return f"{first}-{second:02}-{third:02}"
    if order == "unsure" and second > 12 >= first:
        first, second = second, first
    if second > 12 or (order == "unsure" and first <= 12 and first != second):
        return None
    return f"{third}-{second:02}-{first:02}"


def _spell_words(date: str) -> str | None:
    """Leave only day, month and year, in words that dateparser reads; None where one is missing."""
    date = _NOT_MEANT.sub(" ", _grammar().weekday.sub(" ", date)).replace("-", " ")
    words = date.split()
    if len(words) != 3:
        return None
    if re.fullmatch(r"['’]?\d\d", words[-1]) and not re.fullmatch(r"\d{4}", words[0]):
        words[-1] = str(_full_year(int(words[-1][-2:])))
    return " ".join(words)


def _full_year(year: int) -> int:
    return year + (1900 if year >= _grammar().pivot else 2000)


@functools.cache
def _dateparser() -> DateDataParser:
    """Return the parser of dates: English, nothing relative, nothing left to guess."""
    settings: dict[str, Any] = {
        "DATE_ORDER": "YMD",
        "PARSERS": ["absolute-time"],
        "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # noqa: DTZ001 - naive, as dateparser wants it
        "RETURN_AS_TIMEZONE_AWARE": False,
        "STRICT_PARSING": True,
        "TIMEZONE": "UTC",
    }
    return DateDataParser(languages=["en"], settings=settings)


def _parse(spelled: str) -> dt.datetime | None:
    return _dateparser().get_date_data(spelled).date_obj


def is_labelled(line: str) -> bool:
    """Whether a line begins with a word such as "Published" or "Updated"."""
    return bool(_grammar().published.match(line) or _grammar().updated.match(line))
