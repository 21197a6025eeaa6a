"""The commit: from files in a temporary place to a batch that readers see.

What is going to be done is written down first, as an intent; then it is done, act by act. Each act
can be repeated, so that whoever finds the intent of a killed run does all of it once more:

1. the new files are moved into place;
2. the manifest is written: from here on the batch is what it lists;
3. files that the manifest before listed, and this one does not, are deleted;
4. the report of an earlier failure, the intent, and the temporary files are removed.
"""

import dataclasses
import functools
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pipeline.sinks import _files, layout
from pipeline.sinks._books import Counts, about, count, entry_of, objection, path_in_batch
from pipeline.sinks.handover import HandOver, Sink, WrittenFile
from pipeline.sinks.layout import Manifest
from schemas import RunFailedError

MOVES_AT_ONCE = 64

Hook = Callable[[str], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: with a manifest, or with the report of a failure."""

    committed: bool
    batch_id: str
    run_id: str
    manifest: Manifest | None = None
    failure: dict[str, Any] | None = None


def _ignore(_: str) -> None:
    pass


def commit(
    sink: Sink,
    handed: HandOver,
    files: Sequence[WrittenFile],
    *,
    records: int,
    before: Hook = _ignore,
) -> Outcome:
    """Make `files` the batch, or say why not and leave the batch as it was.

    Can be called again after it was killed, also after it was done.

    Args:
        sink: the run.
        handed: what its bundles wrote, added up.
        files: the Parquet files made of that.
        records: how many records were read.
        before: called with the name of each act before it (tests stop there).

    Raises:
        RunFailedError: what lies in OUT is damaged, or files have been taken away.
    """
    recover(sink.output, sink.batch_id, before)
    done = find_outcome(sink.output, sink.batch_id, sink.run_id)
    if done is not None:
        _files.delete_tree(layout.temporary(sink.output, sink.batch_id))
        return done
    counts = count(handed, files, records)
    failure = objection(counts, sink)
    if failure is not None:
        outcome = _report(sink, handed, counts, failure)
        _files.delete_tree(layout.temporary(sink.output, sink.batch_id))
        return outcome
    _check_there(sink, files)
    intent = _intent(sink, files, counts)
    before("write the intent")
    _write_json(sink, layout.intent_path(sink.output, sink.batch_id), intent)
    _carry_out(sink.output, intent, before)
    return _committed(intent["manifest"])


def give_up(sink: Sink, handed: HandOver, message: str, *, records: int) -> Outcome:
    """Report that a run could not deliver; what may help to put OUT in order stays."""
    failure = {"reason": "storage", "message": message}
    report = _report(sink, handed, count(handed, (), records), failure)
    _files.delete_tree(layout.temporary(sink.output, sink.batch_id, sink.run_id))
    return report


def find_outcome(output: str, batch_id: str, run_id: str) -> Outcome | None:
    """Return how a run ended; None where it has not."""
    manifest = layout.read_manifest(output, batch_id)
    if manifest is not None and manifest.get("run_id") == run_id:
        return _committed(manifest)
    failure = layout.read_json(layout.failure_path(output, batch_id))
    if failure is not None and failure.get("run_id") == run_id:
        return Outcome(committed=False, batch_id=batch_id, run_id=run_id, failure=failure)
    return None


def recover(output: str, batch_id: str, before: Hook = _ignore) -> list[str]:
    """Finish what a killed commit of a batch began, or undo it where files have been lost.

    Temporary files of a run that wrote no intent stay. Returns what was done, in words.
    """
    intent = layout.read_json(layout.intent_path(output, batch_id))
    if intent is None:
        return []
    _check_intent(output, batch_id, intent)
    if _can_finish(output, intent):
        _carry_out(output, intent, before)
        return [f"batch {batch_id}: finished the commit of run {intent['run_id']}"]
    _undo(output, intent, before)
    run_id = intent["run_id"]
    lost = f"batch {batch_id}: undid the commit of run {run_id}, whose temporary files are gone; "
    return [lost + "run the batch again"]


def _intent(sink: Sink, files: Sequence[WrittenFile], counts: Counts) -> dict[str, Any]:
    listed = sorted((entry_of(sink, file) for file in files), key=lambda entry: entry["path"])
    sources = {path_in_batch(sink, file): file.path for file in files}
    new = {entry["path"] for entry in listed}
    previous = layout.read_manifest(sink.output, sink.batch_id) or {"files": []}
    old = {entry["path"] for entry in previous["files"]}
    root = _files.join(sink.output, "")
    return {
        "batch_id": sink.batch_id,
        "run_id": sink.run_id,
        "moves": [[sources[path].removeprefix(root), path] for path in sorted(new)],
        "deletes": sorted(old - new),
        "manifest": about(sink) | {"counts": counts, "files": listed},
    }


def _carry_out(output: str, intent: dict[str, Any], before: Hook) -> None:
    for name, act in _acts(output, intent):
        before(name)
        act()


def _acts(output: str, intent: dict[str, Any]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield what a commit does, in order; each act can be done again."""
    batch_id = intent["batch_id"]
    scratch = layout.temporary(output, batch_id)
    full = functools.partial(layout.absolute, output)
    moves = [(full(source), full(target)) for source, target in intent["moves"]]
    for some in _chunks(moves):
        yield f"move {some[0][1]} …", functools.partial(_files.move, some)
    yield (
        "write the manifest",
        functools.partial(
            _files.write_whole,
            layout.manifest_path(output, batch_id),
            _json(intent["manifest"]),
            temporary=scratch,
        ),
    )
    for paths in _chunks([full(path) for path in intent["deletes"]]):
        yield f"delete {paths[0]} …", functools.partial(_files.delete, paths)
    for path in (layout.failure_path(output, batch_id), layout.intent_path(output, batch_id)):
        yield f"remove {path}", functools.partial(_files.delete, [path])
    yield f"clear {scratch}", functools.partial(_files.delete_tree, scratch)


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, MOVES_AT_ONCE)):
        yield chunk


def _can_finish(output: str, intent: dict[str, Any]) -> bool:
    """Say whether every file of an intent is still there, before or after its move."""
    full = functools.partial(layout.absolute, output)
    waiting = set(_files.walk(layout.temporary(output, intent["batch_id"])))
    return all(
        full(source) in waiting or _files.exists(full(target)) for source, target in intent["moves"]
    )


def _undo(output: str, intent: dict[str, Any], before: Hook) -> None:
    """Take back the moves of an intent; what it was to delete is still there."""
    batch_id = intent["batch_id"]
    manifest = layout.read_manifest(output, batch_id) or {"files": []}
    current = {entry["path"] for entry in manifest["files"]}
    moved = [target for _, target in intent["moves"] if target not in current]
    before("undo")
    _files.delete([layout.absolute(output, path) for path in moved])
    _files.delete([layout.intent_path(output, batch_id)])
    _files.delete_tree(layout.temporary(output, batch_id))


def _check_intent(output: str, batch_id: str, intent: dict[str, Any]) -> None:
    """Refuse an intent that would touch what is not the batch's.

    Raises:
        RunFailedError: it names other files.
    """
    path = layout.intent_path(output, batch_id)
    try:
        targets = [target for _, target in intent["moves"]] + list(intent["deletes"])
        sources = [source for source, _ in intent["moves"]]
        manifest, same = intent["manifest"], intent["batch_id"] == batch_id
    except (KeyError, TypeError, ValueError) as error:
        raise layout.damaged(path) from error
    inside = all(s.startswith(f"_tmp/{batch_id}/") and ".." not in s for s in sources)
    ours = all(layout.is_file_of(batch_id, target) for target in targets)
    if not (same and inside and ours and isinstance(manifest, dict)):
        raise layout.damaged(path)


def _check_there(sink: Sink, files: Sequence[WrittenFile]) -> None:
    """Look whether all files are there in full: a move takes a missing one for moved before.

    Raises:
        RunFailedError: one is not.
    """
    there = _files.sizes(layout.temporary(sink.output, sink.batch_id, sink.run_id))
    for file in files:
        if there.get(file.path) != file.bytes:
            raise RunFailedError(
                f"{file.path}, which this run has just written, is gone or has changed; if another "
                "run of the same batch has cleared it away, run them one after the other"
            )


def _report(sink: Sink, handed: HandOver, counts: Counts, failure: dict[str, str]) -> Outcome:
    """Write down why nothing was committed."""
    samples = [sample._asdict() for sample in handed.samples]
    report = about(sink) | failure | {"counts": counts, "samples": samples}
    _write_json(sink, layout.failure_path(sink.output, sink.batch_id), report)
    return Outcome(committed=False, batch_id=sink.batch_id, run_id=sink.run_id, failure=report)


def _committed(manifest: Manifest) -> Outcome:
    return Outcome(
        committed=True,
        batch_id=manifest["batch_id"],
        run_id=manifest["run_id"],
        manifest=manifest,
    )


def _write_json(sink: Sink, path: str, value: dict[str, Any]) -> None:
    scratch = layout.temporary(sink.output, sink.batch_id, sink.run_id)
    _files.write_whole(path, _json(value), temporary=scratch)


def _json(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return text.encode("utf-8", "backslashreplace") + b"\n"
