"""The books of a run: what was counted, whether that can be committed, what the manifest says."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pipeline.sinks import layout
from pipeline.sinks.handover import HandOver, Sink, WrittenFile
from schemas import DOCUMENTS, REJECTS, SCHEMA_VERSION, TABLES

ERROR_RATE_FROM = 100  # records; with fewer, one reject says little of the others

Counts = dict[str, Any]


def count(handed: HandOver, files: Sequence[WrittenFile], records: int) -> Counts:
    """Count what was read and, by the footers of the files, what was written."""
    rows = {table.name: 0 for table in TABLES}
    for file in files:
        rows[file.table] += file.rows
    return {
        "records": records,
        **rows,
        "rejects_by_error": dict(handed.errors),
        "words": handed.words,
    }


def objection(counts: Counts, sink: Sink) -> dict[str, str] | None:
    """Return why counts like these must not be committed; None where they may."""
    return _too_many_rejects(counts, sink) or _unbalanced(counts)


def about(sink: Sink) -> dict[str, Any]:
    """Return what manifests and reports say of a run."""
    return {
        "batch_id": sink.batch_id,
        "run_id": sink.run_id,
        "started_at": sink.started_at.isoformat(),
        "finished_at": dt.datetime.now(dt.UTC).isoformat(),
        "schema_version": SCHEMA_VERSION,
        "produced_by": sink.produced_by,
        "versions": dict(sink.versions),
        "options": dict(sink.options),
        "inputs": dict(sink.inputs),
    }


def entry_of(sink: Sink, file: WrittenFile) -> dict[str, Any]:
    """Return what the manifest says of a file."""
    return {
        "table": file.table,
        "partition": file.partition,
        "path": path_in_batch(sink, file),
        "rows": file.rows,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "schema_version": SCHEMA_VERSION,
    }


def path_in_batch(sink: Sink, file: WrittenFile) -> str:
    """Return the path of a file in the batch, from OUT on."""
    table = layout.TABLES_BY_NAME[file.table]
    return layout.file_path(table, file.partition, sink.batch_id, file.sha256)


def _too_many_rejects(counts: Counts, sink: Sink) -> dict[str, str] | None:
    records, rejects = counts["records"], counts[REJECTS.name]
    if records < ERROR_RATE_FROM or rejects <= sink.max_error_rate * records:
        return None
    message = (
        f"{rejects} of {records} records were set aside, more than max_error_rate = "
        f"{sink.max_error_rate:g} allows; nothing was committed. Look at the samples and at "
        "rejects_by_error, then mend the input or raise --max_error_rate"
    )
    return {"reason": "too_many_rejects", "message": message}


def _unbalanced(counts: Counts) -> dict[str, str] | None:
    records, documents, rejects = (
        counts[name] for name in ("records", DOCUMENTS.name, REJECTS.name)
    )
    if records == documents + rejects:
        return None
    message = (
        f"the books do not balance: {records} records were read, but {documents} documents and "
        f"{rejects} rejects were written; nothing was committed. If the input changed during the "
        "run, run again; else this is a bug of dateline"
    )
    return {"reason": "books", "message": message}
