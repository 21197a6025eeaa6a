"""`dateline repair`: finish or undo what a killed run began."""

import argparse

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import sinks
from pipeline.commands._command import Command, add_output


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    done = sinks.repair(arguments.output)
    print("\n".join(done) if done else f"nothing to repair in {arguments.output}")
    return 0


REPAIR_COMMAND = Command(
    "repair",
    "finish or undo what a killed run began",
    "Finishes commits that were under way when a run was killed, and removes what runs left that\n"
    "never came to one. Do not call it while a run writes to OUT. The next run of the same batch\n"
    "does the same for that batch.",
    add_output,
    _run,
)
