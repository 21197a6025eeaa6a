"""Where everything lies below OUT, and what its manifests say.

OUT/documents/published_date=2014-06-26/BATCH-3f9c….parquet
OUT/_runs/BATCH.json           the manifest: the batch is what it lists
OUT/_runs/BATCH.commit.json    what a commit that has begun is going to do
OUT/_runs/BATCH.failed.json    why the last run of the batch committed nothing
OUT/_tmp/BATCH/RUN/…           what a run has written and not yet committed
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from apache_beam.io.filesystems import FileSystems

from pipeline.sinks import _files
from schemas import NO_PARTITION, PARTITION, TABLES, RunFailedError, Table, UsageError

BATCH_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", re.ASCII)
TABLES_BY_NAME = {table.name: table for table in TABLES}

_HASH_DIGITS = 24
_ILLEGAL = re.compile(r"[^A-Za-z0-9_-]+", re.ASCII)
_DAY = r"\d{4}-\d\d-\d\d"

Manifest = dict[str, Any]


def check_batch_id(batch_id: str) -> str:
    """Return the id of a batch if it is a legal one.

    Raises:
        UsageError: it is not; the message suggests one that is.

    >>> check_batch_id("2014-06-26")
    '2014-06-26'
    """
    if BATCH_ID.fullmatch(batch_id):
        return batch_id
    legal = _ILLEGAL.sub("-", batch_id).strip("-_")[:100] or "default"
    raise UsageError(
        f"{batch_id!r} cannot name a batch: it takes letters, digits, - and _, at most 100, the "
        f"first a letter or digit; try --batch_id {legal}"
    )


def check_output(output: str) -> str:
    """Return the folder of the tables if it can be one.

    Raises:
        UsageError: it is empty, is on no file system that Beam knows, or has pattern characters
            that Beam would expand.
    """
    if not output:
        raise UsageError("no output folder given; say --output DIR")
    if not _files.is_local(output) and re.search(r"[*?\[]", output):
        raise UsageError(f"the output folder {output!r} has one of * ? [ in it; choose another")
    try:
        FileSystems.get_filesystem(output)
    except ValueError as error:
        raise UsageError(f"the output folder {output!r} cannot be reached: {error}") from error
    return output


def manifest_path(output: str, batch_id: str) -> str:
    """Return the path of a batch's manifest."""
    return _files.join(output, "_runs", f"{batch_id}.json")


def intent_path(output: str, batch_id: str) -> str:
    """Return the path of what a commit of the batch that has begun is going to do."""
    return _files.join(output, "_runs", f"{batch_id}.commit.json")


def failure_path(output: str, batch_id: str) -> str:
    """Return the path of why the last run of a batch committed nothing."""
    return _files.join(output, "_runs", f"{batch_id}.failed.json")


def temporary(output: str, batch_id: str, *run_id: str) -> str:
    """Return the folder of what the runs of a batch, or one of them, have not yet committed."""
    return _files.join(output, "_tmp", batch_id, *run_id)


def file_path(table: Table, partition: str, batch_id: str, sha256: str) -> str:
    """Return the path of a file of a batch, from OUT on: its content names it."""
    name = f"{batch_id}-{sha256[:_HASH_DIGITS]}.parquet"
    folders = [table.name, f"{PARTITION}={partition}"] if table.partitioned else [table.name]
    return "/".join([*folders, name])


def is_file_of(batch_id: str, path: str) -> bool:
    """Say whether a path, from OUT on, can be a data file of the batch: nothing else is touched."""
    tables = "|".join(TABLES_BY_NAME)
    partition = rf"({PARTITION}=({_DAY}|{NO_PARTITION})/)?"
    name = rf"{re.escape(batch_id)}-[0-9a-f]{{{_HASH_DIGITS}}}\.parquet"
    return re.fullmatch(rf"({tables})/{partition}{name}", path, re.ASCII) is not None


def absolute(output: str, path: str) -> str:
    """Return the full path of a file that a manifest names."""
    return _files.join(output, *path.split("/"))


def read_manifest(output: str, batch_id: str) -> Manifest | None:
    """Return the manifest of a batch; None where OUT holds no such batch.

    Raises:
        RunFailedError: it cannot be read as one.
    """
    path = manifest_path(output, batch_id)
    manifest = read_json(path)
    if manifest is None:
        return None
    if not all(is_file_of(batch_id, path) for path in _listed_paths(manifest)):
        raise damaged(path)
    return manifest


def read_json(path: str) -> dict[str, Any] | None:
    """Return the JSON object in a file; None where there is no such file.

    Raises:
        RunFailedError: something else is in it.
    """
    data = _files.read(path)
    if data is None:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(value, dict):
        raise damaged(path)
    return value


def batches(output: str) -> list[str]:
    """Return the ids of the batches that OUT holds, sorted."""
    return sorted(
        name.removesuffix(".json")
        for name in run_files(output)
        if BATCH_ID.fullmatch(name.removesuffix(".json"))
    )


def run_files(output: str) -> list[str]:
    """Return the names of the files in OUT/_runs."""
    return [re.split(r"[/\\]", path)[-1] for path in _files.walk(_files.join(output, "_runs"))]


def current_files(
    output: str, table: str, batch_ids: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Return the full paths of a table's files as the manifests have them, sorted.

    Args:
        output: the folder of the tables.
        table: documents, events, clusters or rejects.
        batch_ids: of these batches alone.

    Raises:
        UsageError: there is no such table, no such batch, or no batch at all.
        RunFailedError: a manifest is damaged, or files that it lists are missing.
    """
    if table not in TABLES_BY_NAME:
        raise UsageError(f"no table {table!r}; there are {', '.join(TABLES_BY_NAME)}")
    wanted = _wanted(output, batch_ids)
    manifests = [read_manifest(output, batch_id) or {} for batch_id in wanted]
    paths = sorted(
        absolute(output, file["path"])
        for manifest in manifests
        for file in manifest.get("files", [])
        if file["table"] == table
    )
    missing = sorted(set(paths) - set(_files.walk(_files.join(output, table))))
    if missing:
        raise RunFailedError(
            f"{len(missing)} files that the manifests in {_files.join(output, '_runs')} list are "
            f"missing, the first is {missing[0]}; say dateline repair {output}, or run the batch "
            "again"
        )
    return tuple(paths)


def damaged(path: str) -> RunFailedError:
    """Return the error for a manifest or intent that is not one."""
    return RunFailedError(
        f"{path} is not what dateline wrote there; put back the file that was or, to give up what "
        "it lists, delete it and run the batch again"
    )


def _listed_paths(manifest: Manifest) -> list[str]:
    """Return the paths that a manifest lists; for what is no manifest a path that is none."""
    try:
        return [str(file["path"]) for file in manifest["files"]]
    except (KeyError, TypeError):
        return [""]


def _wanted(output: str, batch_ids: Iterable[str] | None) -> list[str]:
    there = batches(output)
    if not there:
        raise UsageError(f"{output} holds no batch; dateline run --output {output} makes one")
    wanted = there if batch_ids is None else list(batch_ids)
    unknown = [batch_id for batch_id in wanted if batch_id not in there]
    if unknown:
        raise UsageError(f"{output} holds no batch {unknown[0]!r}, only {', '.join(there)}")
    return wanted
