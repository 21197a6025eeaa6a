"""`dateline kb`: the knowledge base."""

import argparse
import datetime as dt
import os
import re
import sys

from apache_beam.options.pipeline_options import PipelineOptions
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands._command import Command
from schemas import Article, Published, UsageError, new_article
from transforms.entities import Explanation, KnowledgeBase, explain, points
from transforms.entities.build import build
from transforms.entities.ranking import Ranked
from transforms.entities.wikidata import Report, build_from_dump
from transforms.parsing import DEFAULT_MODEL, load_parser
from transforms.segmentation import load_segmenter

_MOST_EXPLAINED = 3  # candidates of which it is said what decides
_MOST_POINTS = 6  # features that are said of a candidate


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    _add_build_arguments(
        actions.add_parser("build", help="build a knowledge base from open data: DIR or a dump")
    )
    find = actions.add_parser("find", help="show what a name can mean, and why")
    find.add_argument("name", metavar="NAME")
    find.add_argument("--text", metavar="TEXT", help="an article that has the name (default: none)")
    find.add_argument("--date", metavar="DAY", type=_day, help="its day of publication, YYYY-MM-DD")
    find.add_argument("--source", metavar="NAME", help="its publisher")
    find.add_argument("--knowledge_base", metavar="FILE", help="default: the one that ships")
    find.add_argument("--entities", metavar="FILE", help="CSV file with entities of your own")
    find.add_argument("--limit", metavar="N", type=int, default=10, help="default: %(default)s")
    find.set_defaults(action=_find)


def _add_build_arguments(make: argparse.ArgumentParser) -> None:
    make.add_argument(
        "source", metavar="DIR", nargs="?", help="entities.parquet, aliases.parquet, roles.parquet"
    )
    make.add_argument("target", metavar="FILE", help="the SQLite file to write")
    dump = make.add_argument_group("from a dump of Wikidata, in the place of DIR")
    dump.add_argument("--wikidata", metavar="DUMP", help="latest-all.json, .bz2, .gz or .zst")
    dump.add_argument(
        "--min_sitelinks", metavar="N", type=_count, default=10,
        help="leave out what fewer pages are about (default: %(default)s)",
    )  # fmt: skip
    dump.add_argument(
        "--classes", metavar="CSV", help="more classes: class,name,kind,subtype (docs/link.md)"
    )
    dump.add_argument(
        "--parts", metavar="DIR", help="what is finished, to go on from (default: FILE.parts)"
    )
    dump.add_argument(
        "--workers", metavar="N", type=_count, default=max(1, (os.cpu_count() or 1) - 1),
        help="processes that decode, beside the one that decompresses (default: the cores but one)",
    )  # fmt: skip
    make.set_defaults(action=_build)


def _count(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} is no number from 0 on")
    return int(value)


def _day(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no day like 2014-06-26") from error


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    arguments.action(arguments)
    return 0


def _build(arguments: argparse.Namespace) -> None:
    if (arguments.wikidata is None) == (arguments.source is None):
        raise UsageError("kb build takes either DIR FILE or --wikidata DUMP FILE")
    if arguments.source is not None:
        build(arguments.source, arguments.target)
        return
    report = build_from_dump(
        arguments.wikidata,
        arguments.target,
        parts=arguments.parts,
        classes=arguments.classes,
        min_sitelinks=arguments.min_sitelinks,
        workers=arguments.workers,
    )
    _print_report(report)


def _print_report(report: Report) -> None:
    progress = report.progress
    print(f"{progress.lines:,} lines read")
    counts = {k: n for k, n in progress.counts.items() if k not in {"[", "]"}} | report.tables
    for name, count in counts.items():
        print(f"{count:>12,} {name}")
    for line, why in progress.broken:
        print(f"line {line}: {why}", file=sys.stderr)
    if progress.counts.get("broken", 0) > len(progress.broken):
        print("and more broken lines", file=sys.stderr)


def _find(arguments: argparse.Namespace) -> None:
    kb = KnowledgeBase(arguments.knowledge_base, arguments.entities)
    text = arguments.text or arguments.name
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(arguments.name)}(?!\w)", text)]
    if not spans:
        raise UsageError(f"the text does not have the name {arguments.name!r}")
    article = _parsed(text, arguments.date, arguments.source)
    told = (explain(article, span, kb=kb) for span in spans)
    found = next((one for one in told if one is not None), None)
    if found is None:
        raise UsageError(
            f"{arguments.name!r} stands only where names are not read: in a byline or boilerplate"
        )
    if not found.ranked:
        print(f"{arguments.name}: nothing in the knowledge base {kb.version} has this name")
    else:
        _print(found, arguments.limit)


def _parsed(text: str, day: dt.date | None, source: str | None) -> Article:
    published = None
    if day is not None:
        at = dt.datetime.combine(day, dt.time(), dt.UTC)
        published = Published(at=at, on=day, precision="day")
    article = new_article(text, published=published, source=source)
    return load_parser(DEFAULT_MODEL)(load_segmenter()(article))


def _print(found: Explanation, limit: int) -> None:
    table = Table("score", "id", "name", "kind", "where", "found as", box=box.SIMPLE_HEAD)
    for ranked in found.ranked[:limit]:
        table.add_row(*map(Text, _cells(ranked)))
    left = 1 - sum(ranked.score for ranked in found.ranked)
    table.add_row(f"{left:.3f}", "", "nobody of them", "", "", "")
    console = Console(highlight=False, markup=False)
    console.print(table)
    for ranked in found.ranked[:_MOST_EXPLAINED]:
        console.print(f"{ranked.candidate.entry.id}: {_said(points(ranked.features))}")
    console.print(f"nobody: {_said(found.nobody)}\n")
    won = found.link.candidate.entry if found.link else None
    answer = f"{won.name} ({won.id})" if won else "not linked: no candidate is likely enough"
    console.print(f"{found.name}: {answer}")


def _cells(ranked: Ranked) -> tuple[str, ...]:
    entry, alias = ranked.candidate
    where = ", ".join(part for part in (entry.admin1, entry.country) if part)
    kind = entry.place_kind or entry.subtype or entry.kind
    return f"{ranked.score:.3f}", entry.id, entry.name, kind, where, alias


def _said(added: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{name} {value:+.1f}" for name, value in added[:_MOST_POINTS])


KB_COMMAND = Command(
    "kb",
    "build the knowledge base, ask it",
    "Builds the read-only SQLite file that names are resolved against (docs/link.md describes the\n"
    "tables that it takes; the same tables give the same file), and shows what a name can mean.",
    _add_arguments,
    _run,
)
