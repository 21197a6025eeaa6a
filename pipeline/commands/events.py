"""`dateline events`: a table of the events of a run."""

import argparse

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import show
from pipeline.commands._command import Command, add_output
from pipeline.commands._rows import rows
from schemas import EVENTS


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    parser.add_argument(
        "--asserted", action="store_true", help="only what is said to have happened"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="the first N events")


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    filters = [("is_asserted", "==", True)] if arguments.asserted else None
    found = rows(arguments.output, EVENTS, filters)
    found.sort(key=lambda row: (row["event_date_first"] is None, str(row["event_date_first"]),
                                row["doc_id"], row["trigger"]["start"]))  # fmt: skip
    show.console().print(show.event_table(found[: arguments.limit]))
    return 0


EVENTS_COMMAND = Command(
    "events",
    "print the events: when, who, what, to whom, where, the words",
    "Prints the events of a run in the order of their days: when, who, what, to whom, where, and\n"
    "the words that each came from. What is not said to have happened is marked.",
    _add_arguments,
    _run,
)
