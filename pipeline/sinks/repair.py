"""Putting OUT in order: before a run of a batch, or when the user asks."""

import re
import uuid
from collections.abc import Iterable

from pipeline.sinks import _files, layout
from pipeline.sinks.commit import recover
from schemas import UsageError

_INTENT = ".commit.json"


def prepare(output: str, batch_id: str) -> list[str]:
    """Make OUT ready for a run of a batch: finish or undo what a killed one of it left.

    Two runs of one batch at a time are not meant to be; of two batches they are.

    Returns:
        What was done, in words.

    Raises:
        UsageError: nothing can be written to OUT, or the id cannot name a batch.
        RunFailedError: a manifest or intent in OUT is damaged.
    """
    layout.check_batch_id(batch_id)
    layout.check_output(output)
    _check_writable(output, batch_id)
    layout.read_manifest(output, batch_id)
    return repair(output, [batch_id])


def repair(output: str, batch_ids: Iterable[str] | None = None) -> list[str]:
    """Finish commits that were killed and remove what other killed runs left.

    Not while a run is writing these batches: what it has not committed would be taken for a
    leftover.

    Args:
        output: the folder of the tables.
        batch_ids: the batches to look at; None for all.

    Returns:
        What was done, in words; empty where all was in order.

    Raises:
        RunFailedError: a manifest or intent is damaged.
    """
    layout.check_output(output)
    done: list[str] = []
    for batch_id in _unfinished(output) if batch_ids is None else batch_ids:
        done += recover(output, batch_id)
        done += _clear(output, batch_id)
    return done


def _unfinished(output: str) -> list[str]:
    """Return the batches that have an intent or temporary files."""
    root = _files.join(output, "_tmp")
    folders = {
        re.split(r"[/\\]", path.removeprefix(root).lstrip("/\\"))[0] for path in _files.walk(root)
    }
    intents = {
        name.removesuffix(_INTENT) for name in layout.run_files(output) if name.endswith(_INTENT)
    }
    return sorted(name for name in folders | intents if layout.BATCH_ID.fullmatch(name))


def _clear(output: str, batch_id: str) -> list[str]:
    folder = layout.temporary(output, batch_id)
    count = sum(1 for _ in _files.walk(folder))
    _files.delete_tree(folder)
    return [f"batch {batch_id}: removed {count} temporary files of a killed run"] if count else []


def _check_writable(output: str, batch_id: str) -> None:
    """Write and remove a file.

    Raises:
        UsageError: it cannot be done.
    """
    probe = layout.temporary(output, batch_id, uuid.uuid4().hex)
    try:
        with _files.create(probe) as handle:
            handle.write(b"dateline")
        _files.delete([probe])
    except Exception as error:
        raise UsageError(
            f"cannot write to the output folder {output!r}: {error}; choose another --output or "
            "get the right to write there"
        ) from error
