"""The examples of values that docs/dates.md shows: `python -m transforms.dates.examples`."""

import datetime as dt
from collections.abc import Iterator

from schemas import Date
from seeds import read_toml
from transforms.dates.normalize import normalize

READ_ON = dt.date(2014, 6, 26)
_HEAD = ("words", "type", "value", "mod", "days", "anchor")


def value_table() -> str:
    """Return the examples of `seeds/dates/examples.toml`, as read by the rules, in Markdown."""
    lines = [_HEAD, ("---",) * len(_HEAD)]
    for group in read_toml("dates/examples.toml")["group"]:
        lines.append((f"*{group['title']}*",) + ("",) * (len(_HEAD) - 1))
        lines += [row for sentence in group["sentences"] for row in _rows(sentence)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _rows(sentence: str) -> Iterator[tuple[str, ...]]:
    for date in normalize(sentence, published_at=READ_ON):
        yield str(date.text), date.type, f"`{date.value}`", date.mod or "", _days(date), date.anchor


def _days(date: Date) -> str:
    if date.first_day is None or date.first_day == date.last_day:
        return str(date.first_day or "")
    return f"{date.first_day} to {date.last_day}"


if __name__ == "__main__":
    print(value_table(), end="")  # noqa: T201 - a command prints
