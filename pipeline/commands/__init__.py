"""The subcommands of `dateline`, one module each."""

from pipeline.commands._command import Command
from pipeline.commands.events import EVENTS_COMMAND
from pipeline.commands.explain import EXPLAIN_COMMAND
from pipeline.commands.files import FILES_COMMAND
from pipeline.commands.kb import KB_COMMAND
from pipeline.commands.repair import REPAIR_COMMAND
from pipeline.commands.run import RUN_COMMAND
from pipeline.commands.schema import SCHEMA_COMMAND
from pipeline.commands.show import SHOW_COMMAND

COMMANDS: tuple[Command, ...] = (
    RUN_COMMAND,
    EVENTS_COMMAND,
    SHOW_COMMAND,
    EXPLAIN_COMMAND,
    FILES_COMMAND,
    REPAIR_COMMAND,
    SCHEMA_COMMAND,
    KB_COMMAND,
)

__all__ = ["COMMANDS", "Command"]
