"""What a subcommand is."""

import argparse
from collections.abc import Callable
from typing import NamedTuple

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.sinks import check_output
from schemas import UsageError


class Command(NamedTuple):
    """A subcommand: its name and help, its arguments, and what it does.

    `run` is given the arguments, and Beam's options (where an object store is, which runner), and
    returns the exit code.
    """

    name: str
    help: str
    description: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, PipelineOptions], int]


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare the folder that a run wrote to."""
    parser.add_argument("output", metavar="OUT", type=_output, help="folder that a run wrote to")


def _output(value: str) -> str:
    try:
        return check_output(value)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
