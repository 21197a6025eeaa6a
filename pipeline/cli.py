"""The `dateline` command."""

import argparse
import sys
from collections.abc import Callable, Sequence

from pipeline import log
from pipeline.commands import COMMANDS
from schemas import DatelineError, UsageError

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_BUGS = 0, 1, 2, 3
_EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 failed, 2 usage, 3 committed with bugs.

    A user's mistake gets one line on stderr; a bug shows its traceback.
    """
    parser = _parser()
    namespace, beam_flags = parser.parse_known_args(argv)
    command: Callable[[argparse.Namespace, list[str]], int] = namespace.command
    log.set_up_logging(quiet_beam=True)
    try:
        return command(namespace, beam_flags)
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED
    except KeyboardInterrupt:
        print("dateline: interrupted; run the same command again to start over", file=sys.stderr)
        return _EXIT_INTERRUPTED
    except BrokenPipeError:  # `dateline … | head`
        sys.stderr.close()
        return EXIT_OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="Reads news articles and writes event records: who did what to whom, where "
        "and when.",
        allow_abbrev=False,
    )
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        subparser = subparsers.add_parser(
            command.name,
            help=command.help,
            description=command.description,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(subparser)
        subparser.set_defaults(command=command.run)
    return parser
