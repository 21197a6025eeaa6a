"""Rows of a run's output, read as its manifests list them."""

import io
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
from apache_beam.io.filesystems import FileSystems

from pipeline.sinks import current_files
from schemas import Table

Row = dict[str, Any]


def rows(output: str, table: Table, filters: list[tuple[str, str, Any]] | None = None) -> list[Row]:
    """Return the rows of a table that satisfy `filters` (as pyarrow takes them), in file order."""
    return [row for path in current_files(output, table.name) for row in _read(path, filters)]


def _read(path: str, filters: list[tuple[str, str, Any]] | None) -> Iterator[Row]:
    with FileSystems.open(path, "application/octet-stream") as file:
        data = io.BytesIO(file.read())
    yield from pq.read_table(data, filters=filters).to_pylist()
