"""`dateline kb`: the knowledge base."""

import argparse

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.commands._command import Command
from transforms.entities.build import build


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    make = actions.add_parser("build", help="build a knowledge base from tables of open data")
    make.add_argument(
        "source", metavar="DIR", help="entities.parquet, aliases.parquet, roles.parquet"
    )
    make.add_argument("target", metavar="FILE", help="the SQLite file to write")


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    build(arguments.source, arguments.target)
    return 0


KB_COMMAND = Command(
    "kb",
    "build the knowledge base",
    "Builds the read-only SQLite file that names are resolved against; docs/link.md describes the\n"
    "tables that it takes. The same tables give the same file.",
    _add_arguments,
    _run,
)
