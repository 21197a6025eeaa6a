"""Rows as people like to see them: an article with what was found in it, a table of events."""

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

Row = dict[str, Any]

_STYLES = {
    "person": "bold magenta",
    "organization": "bold blue",
    "group": "bold red",
    "place": "bold green",
    "other": "bold",
    "date": "yellow underline",
    "event": "reverse",
    "quiet": "dim",
}
_QUIET_ZONES = frozenset({"byline", "published", "boilerplate"})
_PIPE_WIDTH = 160
# Rich drops control characters, and what comes after them would be marked in the wrong place.
_VISIBLE = {code: " " for code in (*range(32), 127) if code != ord("\n")}
_WORDS = 48  # characters of the sentence shown on each side of a trigger


def article(document: Row, events: Iterable[Row]) -> RenderableType:
    """Render an article with its zones, names, dates and events marked, then what they are."""
    events = list(events)
    return Group(
        _head(document),
        Text(),
        _zones(document, events),
        Text(),
        _entities(document["entities"]),
        _dates(document["dates"]),
        event_table(events, title="events"),
        _legend(),
    )


def event_table(events: Iterable[Row], *, title: str | None = None) -> Table:
    """Render events as a table: when, who, what, to whom, where, and the words it came from."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    for name in ("when", "who", "what", "to whom", "where", "words"):
        table.add_column(name, overflow="fold")
    for event in events:
        style = None if event["is_asserted"] else "dim"
        table.add_row(
            _when(event),
            _participants(event["actors"]),
            _what(event),
            _participants(event["recipients"]),
            _name(event["place"]) if event["place"] else "",
            _words(event),
            style=style,
        )
    return table


def console() -> Console:
    """Return a console on stdout: a terminal in its own width, a file or pipe with room enough."""
    here = functools.partial(Console, highlight=False, markup=False, emoji=False)  # [brackets]
    wide = here()
    return wide if wide.is_terminal else here(width=_PIPE_WIDTH)


def _head(document: Row) -> Table:
    grid = Table.grid(padding=(0, 2))
    for key in ("doc_id", "title", "title_basis", "authors", "source", "published_at",
                "published_on", "published_basis", "dateline", "url"):  # fmt: skip
        value = document[key]
        if value:
            grid.add_row(Text(key, "dim"), _plain(value))
    return grid


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(
            f"{key} {part}" for key, part in value.items() if key in _DATELINE and part
        )
    return ", ".join(value) if isinstance(value, list) else str(value)


_DATELINE = frozenset({"place", "day", "agency"})


def _zones(document: Row, events: list[Row]) -> RenderableType:
    text = document["text"]
    if text is None:
        return Text("(no text was kept: --keep_text none)", "dim")
    marked = Text(text.translate(_VISIBLE))
    for entity in document["entities"]:
        marked.stylize(_STYLES[entity["kind"]], entity["start"], entity["end"])
    for date in document["dates"]:
        marked.stylize(_STYLES["date"], date["start"], date["end"])
    for event in events:
        marked.stylize(_STYLES["event"], event["trigger"]["start"], event["trigger"]["end"])
    grid = Table.grid(padding=(0, 2))
    for zone in document["zones"]:
        part = marked[zone["start"] : zone["end"]]
        if zone["kind"] in _QUIET_ZONES:
            part.stylize("dim")
        grid.add_row(Text(zone["kind"], "dim"), part)
    return grid


def _entities(entities: list[Row]) -> Table:
    table = Table(title="names", box=box.SIMPLE_HEAD, title_justify="left")
    for name in ("kind", "name", "id", "country", "role", "sector", "as written"):
        table.add_column(name, overflow="fold")
    for key, group in _grouped(entities):
        first = group[0]
        written = dict.fromkeys(entity["text"] or "" for entity in group)
        table.add_row(
            first["kind"] + (f"/{first['place_kind']}" if first["place_kind"] else ""),
            first["name"] or "",
            key if first["entity_id"] else "",
            first["country"] or "",
            first["role"] or "",
            first["sector"] or "",
            " | ".join(written) + f"  ×{len(group)}",
        )
    return table


def _grouped(entities: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the mentions of each thing, linked ones first, with its id or its words."""
    groups: dict[tuple[bool, str], list[Row]] = {}
    for entity in entities:
        unknown = entity["entity_id"] is None
        key = entity["text"] or "" if unknown else entity["entity_id"]
        groups.setdefault((unknown, key), []).append(entity)
    for (_, key), group in sorted(groups.items()):
        yield key, group


def _dates(dates: list[Row]) -> Table:
    table = Table(title="dates", box=box.SIMPLE_HEAD, title_justify="left")
    for name in ("as written", "type", "value", "mod", "days", "anchor", "rule"):
        table.add_column(name, overflow="fold")
    for date in dates:
        table.add_row(
            date["text"] or "",
            date["type"],
            date["value"],
            date["mod"] or "",
            _days(date["first_day"], date["last_day"]),
            date["anchor"],
            date["rule"],
        )
    return table


def _legend() -> Text:
    legend = Text("\n")
    for name, style in _STYLES.items():
        legend.append(name if name != "quiet" else "not read", style).append("  ")
    return legend


def _when(event: Row) -> str:
    return _days(event["event_date_first"], event["event_date_last"])


def _days(first: dt.date | None, last: dt.date | None) -> str:
    if first == last:
        return "" if first is None else str(first)
    return f"{first or ''}/{last or ''}"


def _participants(participants: list[Row]) -> str:
    return "; ".join(_participant(participant) for participant in participants)


def _participant(participant: Row) -> str:
    """Show the name, else the words; with the country and sector that an unnamed one acts for."""
    codes = [code for code in (participant["country"], participant["sector"]) if code]
    label = _name(participant)
    return f"{label} ({' '.join(codes)})" if codes and participant["kind"] != "place" else label


def _name(entity: Row) -> str:
    return entity["name"] or entity["text"] or ""


def _what(event: Row) -> str:
    mode = f"/{event['event_mode']}" if event["event_mode"] else ""
    doubt = "" if event["factuality"] == "happened" else f" ({event['factuality']})"
    return f"{event['event_type']}{mode}{doubt}"


def _words(event: Row) -> Text:
    """Show the trigger within some of its sentence."""
    sentence, trigger = event["sentence"], event["trigger"]
    if sentence["text"] is None:
        return Text(f"{trigger['start']}–{trigger['end']}")
    start, end = trigger["start"] - sentence["start"], trigger["end"] - sentence["start"]
    first, last = max(0, start - _WORDS), min(len(sentence["text"]), end + _WORDS)
    words = Text(" ".join(sentence["text"][first:start].split()))
    words = Text("…" if first else "") + words + Text(" " if start > first else "")
    words += Text(sentence["text"][start:end], "bold")
    rest = sentence["text"][end:last]
    words += Text((" " if rest[:1].isspace() else "") + " ".join(rest.split()))
    return words + Text("…" if last < len(sentence["text"]) else "")
