"""Where a report was filed: "SAN SALVADOR, 3 JAN 90 (AFP) --" into place, day and agency."""

import dataclasses
import datetime as dt
import functools
import re

from seeds import read_toml
from transforms.segmentation.published import part, read_day

_LONGEST = 140
# Brackets first, so that a dash inside of them is not the one that ends the dateline.
_DASH = re.compile(
    r"\([^()]*\)|(?P<dash>\s?--+|\s?[—–―_]|(?<=[)\d.])-(?=\s)|\s-(?=\s)|(?P<colon>:(?=\s)))"
)
_MAY_HAVE_DASH = re.compile(r"--|[—–―_]|[\s)\d.]-\s|:\s")
_BRACKETS = re.compile(r"\s?[(\[/]\s?(?P<agency>[^()/]{1,50}?)\s?[)\]/]$")
_TAGS = re.compile(r"(?:\s?\[[^\[\]]{1,120}\])+")
_TAG = re.compile(r"\[([^\[\]]*)\]")
_BEGINS_WITH_AGENCY = re.compile(r"(?P<place>[^()\d]{0,50})\((?P<agency>[\w ./-]{2,30})\)")
_NO_DAY = re.compile(r",?\s?\(?\bno (?:date|day)(?: given)?\)?$", re.IGNORECASE)
_NO_CITY = re.compile(r"no city\b(?: ?\((?P<country>[^()]+)\))?", re.IGNORECASE)
_PLACE = re.compile(r"[^\W\d_][\w.'’]*(?:[ /,(’'-]{1,2}[^\W_][\w.'’]*\)?){0,6}")


@dataclasses.dataclass(frozen=True, slots=True)
class Origin:
    """A dateline at the beginning of a paragraph; `end` counts from there."""

    end: int
    place: str | None
    date: str | None
    agency: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Lexicon:
    tags: frozenset[str]
    not_places: frozenset[str]
    agencies: frozenset[str]
    particles: frozenset[str]
    date: re.Pattern[str]


@functools.cache
def _lexicon() -> _Lexicon:
    data = read_toml("segmentation/datelines.toml")
    forms = read_toml("segmentation/dates.toml")["dateline_form"]
    dates = "|".join(part(form["pattern"]) for form in forms)
    return _Lexicon(
        tags=frozenset(data["tags"]),
        not_places=frozenset(data["not_places"]),
        agencies=frozenset(data["agencies"]),
        particles=frozenset(data["particles"]),
        date=re.compile(rf"(?:^|,? ?\(?)\b(?P<date>{dates})\)?,?$", re.IGNORECASE),
    )


def read_dateline(paragraph: str, *, colon: bool = True) -> Origin | None:
    """Read the dateline that a paragraph (white space collapsed) begins with, if it does.

    `colon`: whether a place in capitals and a colon will do; not in a transcript.

    >>> read_dateline("LIMA, 3 JAN 90 (EFE) -- [TEXT] THE ARMY HAS LEFT THE TOWN.")
    Origin(end=30, place='LIMA', date='3 JAN 90', agency='EFE')
    """
    head = paragraph[:_LONGEST]
    if not _MAY_HAVE_DASH.search(head):
        return _without_dash(head)
    dash = next((match for match in _DASH.finditer(head) if match["dash"]), None)
    origin = _split(head[: dash.start()], dash.end()) if dash else None
    if origin is None or dash is None:
        return _without_dash(head)
    rest = paragraph[origin.end :]
    if not _is_dateline(origin, head[: dash.start()], rest, colon=bool(dash["colon"])):
        return _without_dash(head)
    if dash["colon"] and not (colon or origin.date or origin.agency):
        return None
    return dataclasses.replace(origin, end=origin.end + _tags_end(rest))


def _split(head: str, end: int) -> Origin | None:
    """Take agency and date off the end of what stands before the dash."""
    head, agency = _take_agency(head.rstrip())
    head = _NO_DAY.sub("", head)
    date = _lexicon().date.search(head)
    if date is not None:
        head = head[: date.start()]
    if agency is None and date is not None and not _NO_CITY.match(head):
        head, agency = _take_agency(head)
    place = head.strip(" ,")
    if place and not _PLACE.fullmatch(place):
        return None
    no_city = _NO_CITY.match(place)
    if no_city:
        place = no_city["country"] or ""
    return Origin(end, place or None, date["date"] if date else None, agency)


def _take_agency(head: str) -> tuple[str, str | None]:
    brackets = _BRACKETS.search(head)
    if brackets is None or _lexicon().date.fullmatch(brackets["agency"]):
        return head, None
    if _NO_DAY.fullmatch(brackets["agency"]):
        return head[: brackets.start()], None
    return head[: brackets.start()], brackets["agency"]


def _is_dateline(origin: Origin, head: str, rest: str, *, colon: bool) -> bool:
    """Whether what was split off is a dateline, not the beginning of a sentence."""
    if origin.place is None:
        return _is_agency(origin.agency) or _NO_CITY.match(head) is not None
    core = re.split(r"[,(]", origin.place)[0].strip()
    if core.lower() in _lexicon().not_places or len(core) < 2:
        return False
    if not core.isupper():
        return not colon and bool(origin.date or origin.agency) and _is_name(origin.place)
    if origin.date or origin.agency or _NO_DAY.search(head) or _tags_end(rest):
        return True
    return _begins_sentence(rest) and len(core.split()) <= 4 and (not colon or len(core) > 3)


def _is_agency(name: str | None) -> bool:
    return name is not None and name.lower() in _lexicon().agencies


def _is_name(place: str) -> bool:
    words = re.split(r"[ /,()-]+", place)
    small = _lexicon().particles
    return len(words) <= 5 and all(w[:1].isupper() or w in small or not w for w in words)


def _begins_sentence(rest: str) -> bool:
    rest = rest.lstrip()
    if not rest:  # a line of its own
        return True
    if rest[:40].isupper():  # in text all in capitals they do not mark a place
        return False
    return rest.count(" ") >= 5 and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"“'‘[")


def _without_dash(head: str) -> Origin | None:
    """Read "(CNN)The army …" and "LIMA (AP) The army …": only with an agency that we know."""
    match = _BEGINS_WITH_AGENCY.match(head)
    if match is None or not _is_agency(match["agency"]):
        return None
    place = match["place"].strip(" ,")
    if place and not (_PLACE.fullmatch(place) and place.split(",")[0].isupper()):
        return None
    if not head[match.end() :].lstrip()[:1].isupper():
        return None
    return Origin(match.end(), place or None, None, match["agency"])


def _tags_end(rest: str) -> int:
    """Return where the tags of the wire end: "[REPORT] [TEXT]"."""
    tags = _TAGS.match(rest)
    if tags is None:
        return 0
    names = _TAG.findall(tags.group())
    if any(name.lower() in _lexicon().tags for name in names):
        return tags.end()
    return 0


def resolve_day(date: str, near: dt.date | None) -> dt.date | None:
    """Return the day that a dateline names; without a year, the one closest to `near`.

    A weekday alone is the last one on or before `near`.
    """
    day = read_day(date)
    if day is not None or near is None:
        return day
    weekday = _weekday(date)
    if weekday is not None:
        return near - dt.timedelta(days=(near.weekday() - weekday) % 7)
    days = (read_day(f"{date} {year}") for year in (near.year - 1, near.year, near.year + 1))
    return min((day for day in days if day), key=lambda day: abs(day - near), default=None)


def _weekday(date: str) -> int | None:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if not re.fullmatch(part("{weekday}"), date, re.IGNORECASE):
        return None
    return names.index(date[:3].lower())
