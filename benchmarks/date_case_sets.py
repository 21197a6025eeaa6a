"""Readers of the case sets: Recognizers-Text's JSON, Duckling's Haskell, dateparser's tests."""

import ast
import calendar
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from date_cases import Case, Days
from dateutil.relativedelta import relativedelta

Answer = dict[str, Any]

_RECOGNIZERS = (
    "DateTimeModel", "MergedParser", "DateParser", "DatePeriodParser", "DateTimeParser",
    "DateTimePeriodParser", "TimeParser", "TimePeriodParser", "DurationParser", "SetParser",
    "HolidayParser",
)  # fmt: skip
_KINDS = {
    "date": "date", "daterange": "date range", "datetime": "time", "time": "time",
    "datetimerange": "time", "timerange": "time", "duration": "duration", "set": "set",
}  # fmt: skip
_NOT_NEWS = re.compile(
    r"[\d\s:./-]+|now|\d+ ?[hms]"
    r"|.*(?:[$#@~]|\b(?:tmr|tmw|mins?|hrs?|yrs?|qtr|few|some|several|seasons?|winter|summer|spring|fall"
    r"|autumn|eod|eoy|otd|latent)\b).*",
    re.IGNORECASE,
)
_DUCKLING = re.compile(r"examples\s*\((datetime\w*)\s+(.*?)\)\s*\n\s*\[(.*?)\n\s*\]", re.DOTALL)
_TUPLE = re.compile(r"\((-?\d+), (\d+), (\d+), (\d+), (\d+), [\d.]+\)")
_DUCKLING_DAY = dt.date(2013, 2, 12)
_GRAINS = {
    "Day": {"days": 1},
    "Week": {"weeks": 1},
    "Month": {"months": 1},
    "Quarter": {"months": 3},
}
_GRAINS |= {"Year": {"years": 1}}
_DATEPARSER_NOW = dt.datetime(2014, 9, 1, 10, 30, tzinfo=dt.UTC)
_PERIODS = {"day", "week", "month", "year"}


def cases(data: Path) -> Iterator[Case]:
    """Yield the cases of all sets, each text once."""
    yield from recognizers(data / "recognizers-text/Specs/DateTime/English")
    yield from duckling(data / "duckling/Duckling/Time/EN/Corpus.hs")
    yield from dateparser(data / "dateparser-tests/tests/test_freshness_date_parser.py")


def recognizers(folder: Path) -> Iterator[Case]:
    """Yield the cases of Recognizers-Text that have a day of reference or need none."""
    seen = set()
    for name in _RECOGNIZERS:
        for entry in json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig")):
            reference = entry.get("Context", {}).get("ReferenceDateTime", "2016-11-07")[:10]
            for result in entry["Results"]:
                case = _recognized(entry["Input"], result, dt.date.fromisoformat(reference))
                if case and (case.text, case.start) not in seen:
                    seen.add((case.text, case.start))
                    yield case


def _recognized(text: str, result: dict[str, Any], reference: dt.date) -> Case | None:
    name = (result.get("TypeName") or result.get("Type") or "").removeprefix("datetimeV2.")
    start, words = result.get("Start"), result.get("Text", "")
    answers = _answers(result)
    if name not in _KINDS or start is None or _NOT_NEWS.fullmatch(words) or not answers:
        return None
    base: Answer = {"on": "recognizers-text", "kind": _KINDS[name], "text": text}
    base |= {"start": start, "end": start + len(words), "reference": reference}
    timexes = tuple(answer["timex"] for answer in answers if answer.get("timex"))
    if name == "duration":
        seconds = next((answer["value"] for answer in answers if answer.get("value")), None)
        return Case(**base, seconds=float(seconds)) if seconds else None
    if name == "set":
        return Case(**base, values=timexes)
    clocks = tuple(timexes) if "time" in name else ()
    days = tuple(found for answer in answers if (found := _days(answer)) is not None)
    if "time" in name:
        days = () if name.startswith("time") else tuple((first, first) for first, _ in days)
    return Case(**base, days=days, clocks=clocks) if days or clocks else None


def _answers(result: dict[str, Any]) -> list[Answer]:
    """Return the answers of a result in the form of the model, whichever of two it has."""
    values = (result.get("Resolution") or result.get("Value") or {}).get("values")
    if values is not None:
        return [value for value in values if isinstance(value, dict)]
    value, found = result.get("Value") or {}, []
    for side in ("PastResolution", "FutureResolution"):
        resolution = value.get(side) or {}
        flat: Answer = {"timex": value.get("Timex") or value.get("timex")}
        for key, text in resolution.items():
            bare = key.removesuffix("DateTime").removesuffix("Date").removesuffix("Time")
            flat[bare if bare in {"start", "end"} else "value"] = text
        found.append(flat)
    return found


def _days(answer: Answer) -> Days | None:
    value, begin, end = (_day(answer.get(key)) for key in ("value", "start", "end"))
    if value:
        return value, value
    return (begin, end) if begin or end else None


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def duckling(path: Path) -> Iterator[Case]:
    """Yield Duckling's examples of days and longer; read on its day, Tuesday 2013-02-12."""
    for function, answer, examples in _DUCKLING.findall(path.read_text(encoding="utf-8")):
        begins = [
            dt.date(*map(int, found[:3])) for found in _TUPLE.findall(answer) if int(found[0]) > 0
        ]
        grain = next((grain for grain in _GRAINS if re.search(rf"\b{grain}\b", answer)), None)
        if not begins or grain is None:
            continue
        if "Open" in function:
            days: Days = (begins[0], None)
        elif "Interval" in function:
            days = (begins[0], begins[-1])
        else:
            last = begins[0] + relativedelta(**_GRAINS[grain]) - dt.timedelta(days=1)
            days = (begins[0], last)
        kind = "date" if days[0] == days[1] else "date range"
        for text in re.findall(r'"((?:[^"\\]|\\.)*)"', examples):
            if not _NOT_NEWS.fullmatch(text):
                yield Case("duckling", kind, text, 0, len(text), _DUCKLING_DAY, days=(days,))


def dateparser(path: Path) -> Iterator[Case]:
    """Yield dateparser's English cases of relative days and longer; read on 2014-09-01."""
    seen = set()
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (
            isinstance(call, ast.Call) and getattr(call.func, "id", "") == "param" and call.args
        ):
            continue
        text, given = _literal(call.args[0]), {k.arg: _literal(k.value) for k in call.keywords}
        offset = given.get("ago") or given.get("in_future")
        if not (
            isinstance(text, str) and isinstance(offset, dict) and given.get("period") in _PERIODS
        ):
            continue
        if (
            text in seen
            or not re.fullmatch(r"[a-z0-9 ,]*[a-z]{3}[a-z0-9 ,]*", text)
            or not _is_english(text)
        ):
            continue
        seen.add(text)
        sign = -1 if "ago" in given else 1
        there = _DATEPARSER_NOW + sign * relativedelta(**offset)
        reference, days = _DATEPARSER_NOW.date(), _holding(there.date(), given["period"])
        yield Case("dateparser", "date", text, 0, len(text), reference, days=(days,))


def _literal(node: ast.AST) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _is_english(text: str) -> bool:
    return bool(re.search(r"\b(?:ago|yesterday|today|tomorrow|last|next|in|before)\b", text))


def _holding(date: dt.date, period: str) -> Days:
    if period == "year":
        return dt.date(date.year, 1, 1), dt.date(date.year, 12, 31)
    if period == "month":
        return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])
    if period == "week":
        monday = date - dt.timedelta(days=date.weekday())
        return monday, monday + dt.timedelta(days=6)
    return date, date
