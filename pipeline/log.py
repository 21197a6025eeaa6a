"""What is heard of a run: our own warnings always, Beam's chatter where it is of use."""

import logging
import warnings


def set_up_logging(*, quiet_beam: bool) -> None:
    """Log to stderr; with `quiet_beam` only Beam's errors come through, without it all of Beam.

    A local run has one reader, who wants our summary; a cloud job's log is where its operator
    looks for Beam's own words.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    if quiet_beam:
        handler.addFilter(_not_chatter)
        warnings.filterwarnings("ignore", module="apache_beam")
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def _not_chatter(record: logging.LogRecord) -> bool:
    """Let our own warnings and everybody's errors pass; Beam logs by the root logger too."""
    ours = record.name.split(".")[0] in {"pipeline", "transforms", "schemas", "seeds"}
    return record.levelno >= (logging.WARNING if ours else logging.ERROR)
