"""The `dateline` command."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline import log
from schemas import DatelineError, UsageError

if TYPE_CHECKING:  # no transforms here; importing Beam has to wait until its chatter is off
    from pipeline.commands import Command

_EXIT_FAILED, _EXIT_USAGE, _EXIT_INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 failed, 2 usage, 3 committed with bugs.

    A user's mistake gets one line on stderr; a bug shows its traceback.
    """
    log.set_up_logging(quiet_beam=True)
    try:
        return _run(argv)
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return _EXIT_USAGE if isinstance(error, UsageError) else _EXIT_FAILED
    except KeyboardInterrupt:
        print("dateline: interrupted; run the same command again to start over", file=sys.stderr)
        return _EXIT_INTERRUPTED
    except BrokenPipeError:  # `dateline … | head`
        sys.stderr.close()
        return 0


def _run(argv: Sequence[str] | None) -> int:
    from apache_beam.io.filesystems import FileSystems  # noqa: PLC0415 - see above

    from pipeline.commands import COMMANDS  # noqa: PLC0415
    from pipeline.options import beam_options  # noqa: PLC0415

    arguments, flags = _parser(COMMANDS).parse_known_args(argv)
    options = beam_options(flags)
    FileSystems.set_options(options)
    command: Command = arguments.command
    return command.run(arguments, options)


def _parser(commands: Sequence["Command"]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="Reads news articles and writes event records: who did what to whom, where "
        "and when.",
        allow_abbrev=False,
    )
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in commands:
        subparser = subparsers.add_parser(
            command.name,
            help=command.help,
            description=command.description,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(subparser)
        subparser.set_defaults(command=command)
    return parser
