"""The quality gates: figures that may rise and not fall.

Runs the benchmarks that `gates.toml` names, and compares what they measured with what is recorded
there. Ends with 1 where a figure fell.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import report

HERE = Path(__file__).parent
Row = dict[str, Any]


def main() -> None:
    """Run every gate and print how each figure compares."""
    arguments = report.parser(__doc__).parse_args()
    gates = tomllib.loads((HERE / "gates.toml").read_text(encoding="utf-8"))["gate"]
    rows = [row for gate in gates for row in _compare(gate, arguments.data)]
    report.report("Quality gates", rows, arguments.json)
    fallen = [row for row in rows if row["verdict"] != "ok"]
    print(f"{len(rows) - len(fallen)} passed, {len(fallen)} failed")
    sys.exit(bool(fallen))


def _compare(gate: Row, data: Path) -> Iterator[Row]:
    measured = _run(gate["run"], data)
    for expected in gate["rows"]:
        key, floors = expected["row"], expected["floors"]
        found = next((row for row in measured if key.items() <= row.items()), {})
        for name, floor in floors.items():
            value = found.get(name)
            verdict = "ok" if isinstance(value, int | float) and value >= floor else "FELL"
            yield {
                "benchmark": gate["run"],
                "what": " ".join(map(str, key.values())),
                "figure": name,
                "floor": floor,
                "measured": "missing" if value is None else value,
                "verdict": verdict,
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
