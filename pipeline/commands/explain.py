"""`dateline explain`: an event, and what decided it, in words."""

import argparse

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.commands._command import Command, add_output
from pipeline.commands._rows import rows
from pipeline.explain import explain
from schemas import EVENTS, UsageError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    parser.add_argument("event_id", metavar="EVENT_ID", help="the event, as its table has it")


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    found = rows(arguments.output, EVENTS, [("event_id", "==", arguments.event_id)])
    if not found:
        raise UsageError(
            f"no event {arguments.event_id!r} in {arguments.output}; "
            f"the column event_id of its events table lists them"
        )
    for number, event in enumerate(found):
        print(*([""] if number else []), *explain(event), sep="\n")
    return 0


EXPLAIN_COMMAND = Command(
    "explain",
    "tell in words what decided an event",
    "Tells an event in words: the lexicon entry that gave its type, the words that say whether it\n"
    "happened, who took part and where and when it was, each with where that comes from.",
    _add_arguments,
    _run,
)
