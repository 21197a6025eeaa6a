"""Every code block of the README and the manual is run.

A `console` block is a session: lines that begin with `$ ` are run in a shell, one folder for the
whole page, and what follows is what they print; a line `…` stands for any number of lines. Of a
`make` target only its commands are looked up: running `make test` in a test would not end. A
`python` block is run as it stands, as a doctest where it has prompts. `sql` blocks run in DuckDB,
beside the folder `out` that the page's sessions wrote.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SKIPPED = {"text", "", "json"}  # pictures, rows shown beside the session that prints them


def blocks(page):
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def matches(expected, printed):
    """Compare line by line; `…` in a line stands for any words, alone on it for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else r".*".join(map(re.escape, line.split("…"))) + r"[ ]*\n"
        for line in (line.rstrip() for line in expected.splitlines())
    )
    return re.fullmatch(pattern, printed)


def sessions(text):
    """Yield (command, expected output) of a console block."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    for part in parts:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = command[:-1] + more.removeprefix("> ")
        yield command, output


def stand_in(command, expected):
    """Return what is run for a command that would set up this very environment again."""
    if command.startswith("make "):
        return f"make -n -C {ROOT} {command.removeprefix('make ')} >&2", ""
    if command.startswith("pip "):
        return f"{sys.executable} -m pip --version >&2", ""
    return command, expected


def run_console(text, folder):
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "120",
    }
    for written, output in sessions(text):
        command, expected = stand_in(written, output)
        process = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert process.returncode == 0, f"$ {command}\n{process.stderr}"
        assert matches(expected, process.stdout), f"$ {command}\n{process.stdout}"


def run_python(text, folder):
    block = folder / "block.txt"
    block.write_text(text)
    options = ["-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE"] if ">>>" in text else []
    command = ["-m", "doctest", *options] if ">>>" in text else ["-W", "ignore"]
    process = subprocess.run(
        [sys.executable, *command, str(block)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout + process.stderr


def run_sql(text, folder):
    connection = duckdb.connect()
    connection.execute(f"SET file_search_path = '{folder}'")
    connection.execute(text)


RUNNERS = {"console": run_console, "python": run_python, "sql": run_sql}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_runs(page, tmp_path):
    if page.name == "tables.md":
        return  # derived; its views are run by tests/schemas/test_ddl.py
    for kind, text in blocks(page):
        if kind not in SKIPPED:
            RUNNERS[kind](text, tmp_path)


def test_make_runs_what_dateline_takes(tmp_path):
    """`make run` cannot be run here as a whole; its commands can."""
    command = ["make", "-n", "-C", str(ROOT), "run", f"OUT={tmp_path / 'out'}"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line for line in printed.splitlines() if "/dateline " in line]
    assert len(lines) == 2
    for line in lines:
        arguments = line.lstrip("@").split()[1:]
        fast = ["--spacy_model", "blank:en"] if arguments[0] == "run" else []
        subprocess.run(
            [sys.executable, "-m", "pipeline", *arguments, *fast],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
