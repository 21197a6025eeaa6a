"""`dateline files`: the files that are current, as the manifests list them."""

import argparse
import json

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import sinks
from pipeline.commands._command import Command, add_output
from schemas import TABLES, Table

_SNIPPETS = {
    "duckdb": "SELECT * FROM read_parquet({files}, union_by_name = true{hive});",
    "spark": 'spark.read.option("basePath", {base}).option("mergeSchema", True).parquet(*{files})',
}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    parser.add_argument("table", choices=[table.name for table in TABLES])
    parser.add_argument("--batch_id", metavar="ID", help="of this batch alone")
    parser.add_argument("--format", choices=("plain", *_SNIPPETS), default="plain")


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    (table,) = (table for table in TABLES if table.name == arguments.table)
    batches = [arguments.batch_id] if arguments.batch_id else None
    files = sinks.current_files(arguments.output, table.name, batches)
    print(_snippet(arguments.format, arguments.output, table, list(files)))
    return 0


def _snippet(format_: str, output: str, table: Table, files: list[str]) -> str:
    if format_ == "plain":
        return "\n".join(files)
    listed = json.dumps(files)
    if format_ == "duckdb":
        listed = listed.replace("'", "''").replace('"', "'")
    return _SNIPPETS[format_].format(
        files=listed,
        base=json.dumps(f"{output.rstrip('/')}/{table.name}"),
        hive=", hive_partitioning = true" if table.partitioned else "",
    )


FILES_COMMAND = Command(
    "files",
    "list the files that are current, or a snippet that reads them",
    "Lists the files of a table that are current: those of the manifests. Readers of the folders\n"
    "may see both versions of a batch for the moment that a commit takes; readers of this list\n"
    "never do. --format duckdb or spark prints the statement that reads them.",
    _add_arguments,
    _run,
)
