"""The quality gates: figures that may rise and not fall, or fall and not rise.

Runs the benchmarks that `gates.toml` names, and compares what they measured with what is recorded
there: `floors` and `ceilings` of the figures of a row, which is found by the values that `row`
names. Ends with 1 where a figure is worse.
"""

import json
import operator
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import report
from score import Row

HERE = Path(__file__).parent

# The part of a limit by which a figure may miss it: the arithmetic of another processor moves a
# parse now and then.
SLACK = 0.004

# What a limit asks of a figure, and what has happened to one that does not hold it.
LIMITS = {"floors": (operator.ge, -SLACK, "FELL"), "ceilings": (operator.le, SLACK, "ROSE")}


def main() -> None:
    """Run every gate and print how each figure compares."""
    arguments = report.parser(__doc__).parse_args()
    gates = tomllib.loads((HERE / "gates.toml").read_text(encoding="utf-8"))["gate"]
    rows = [row for gate in gates for row in _compare(gate, arguments.data)]
    report.report("Quality gates", rows, arguments.json)
    failed = [row for row in rows if row["verdict"] != "ok"]
    print(f"{len(rows) - len(failed)} passed, {len(failed)} failed")
    sys.exit(bool(failed))


def _compare(gate: Row, data: Path) -> Iterator[Row]:
    measured = _run(gate["run"], data)
    for expected in gate["rows"]:
        key = expected["row"]
        found = next((row for row in measured if key.items() <= row.items()), {})
        for kind, (holds, slack, worse) in LIMITS.items():
            for name, limit in expected.get(kind, {}).items():
                value = found.get(name)
                is_held = isinstance(value, int | float) and holds(value, limit * (1 + slack))
                yield {
                    "benchmark": gate["run"],
                    "what": " ".join(map(str, key.values())),
                    "figure": name,
                    "is": kind.removesuffix("s"),
                    "limit": limit,
                    "measured": "missing" if value is None else value,
                    "verdict": "ok" if is_held else worse,
                }


def _run(command: str, data: Path) -> list[Row]:
    script, *options = command.split()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "figures.json")
        arguments = [str(HERE / script), *options, "--data", str(data), "--json", str(result)]
        subprocess.run([sys.executable, *arguments], check=False)
        return json.loads(result.read_text())["rows"] if result.exists() else []


if __name__ == "__main__":
    main()
