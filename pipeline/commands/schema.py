"""`dateline schema`: the tables, for people and for databases."""

import argparse

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.commands._command import Command
from schemas.ddl import FORMATS, describe


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="markdown", help="(default: markdown)")
    parser.add_argument(
        "--output", default="OUT", metavar="OUT", help="folder that the reading snippets name"
    )


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    print(describe(arguments.format, arguments.output), end="")
    return 0


SCHEMA_COMMAND = Command(
    "schema",
    "print the tables: columns, JSON, DDL, views",
    "Prints the columns of all tables as a page (markdown) or JSON, or as DDL with the snippets\n"
    "that read a run's output (duckdb, bigquery, spark). The duckdb form creates the views\n"
    "events_clustered (one row a happening) and events_dyads (one row an actor and recipient).",
    _add_arguments,
    _run,
)
