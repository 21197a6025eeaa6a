"""Rows as bytes: what a writer buffers and sorts, and the Arrow tables made of them.

A row travels as MessagePack, which is data and nothing else whoever wrote it (a pickle is not),
and the same for the same row. It is tried on its Arrow type first, so that a value that Parquet
cannot hold is found with the article that has it and not when the file is written.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

# Not srsly's outer functions: they look for plug-ins at each call, which takes 20 times the work.
from srsly.msgpack._packer import Packer  # type: ignore[import-untyped]
from srsly.msgpack._unpacker import unpackb  # type: ignore[import-untyped]

from pipeline.sinks._memory import memory_pool
from schemas import (
    NO_PARTITION,
    TABLES,
    Provenance,
    Reject,
    Table,
    arrow_schema,
    columns,
    to_row,
)

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_TABLE_NUMBERS = {table.name: number for number, table in enumerate(TABLES)}

KeyedRow = tuple[bytes, bytes]


def partition_of(table: Table, value: Any) -> str:
    """Return the partition that a record belongs in: its day of publication, where known."""
    day: dt.date | None = value.published_on if table.partitioned else None
    return day.isoformat() if day is not None else NO_PARTITION


def key_prefix(table: Table, partition: str) -> bytes:
    """Return what the keys of all rows of a table and partition begin with, and no other's."""
    return bytes([_TABLE_NUMBERS[table.name]]) + sortable(partition)


def keyed_rows(table: Table, values: Sequence[Any], *, keep_text: bool) -> list[KeyedRow]:
    """Return records as rows in bytes, each with a key.

    Keys sort, as bytes, by table, partition and the columns that the table is sorted by, nulls
    first.

    Raises:
        ValueError, TypeError, OverflowError, pyarrow.ArrowException: a value does not fit its
            column.
    """
    convert = to_row(table.row, keep_text=keep_text)
    rows = [convert(value) for value in values]
    _check(pa.array(rows, _struct(table)), _struct(table), table.name)
    return [(_key(table, value), pack(row)) for value, row in zip(values, rows, strict=True)]


def writable(reject: Reject) -> Reject:
    """Return a reject that can be written whatever its strings quote."""
    values = ((column.name, getattr(reject, column.name)) for column in columns(Reject))
    changes: dict[str, Any] = {name: _utf8(text) for name, text in values if isinstance(text, str)}
    return dataclasses.replace(reject, **changes)


def arrow_table(table: Table, rows: Sequence[bytes], provenance: Provenance) -> pa.Table:
    """Make the Arrow table of rows, each with where it comes from."""
    pool = memory_pool()
    structs = pa.array([unpack(row) for row in rows], _struct(table), memory_pool=pool)
    values = to_row(Provenance)(provenance)
    ends = [pa.repeat(pa.scalar(value), len(rows), memory_pool=pool) for value in values]
    return pa.Table.from_arrays([*structs.flatten(), *ends], schema=table.schema)


def pack(value: Any) -> bytes:
    """Return a row (nested tuples) as bytes."""
    data: bytes = Packer(default=_number, use_bin_type=True).pack(value)
    return data


def unpack(data: bytes) -> Any:
    """Return the row that was packed; dates as days, times as microseconds since 1970."""
    return unpackb(data, use_list=False, raw=False, strict_map_key=False)


@functools.cache
def _struct(table: Table) -> pa.StructType:
    return pa.struct(list(arrow_schema(table.row)))


def _key(table: Table, value: Any) -> bytes:
    ordered = [getattr(value, name) for name in table.sorted_by]
    return key_prefix(table, partition_of(table, value)) + b"".join(map(sortable, ordered))


def sortable(value: str | int | None) -> bytes:
    """Return bytes that sort as the value does and end where it ends, as FoundationDB's tuples."""
    if value is None:
        return b"\x00"
    if isinstance(value, int):
        return b"\x01" + value.to_bytes(8, "big")
    return b"\x02" + value.encode().replace(b"\x00", b"\x00\xff") + b"\x00\x00"


def _number(value: object) -> int:
    """Turn what MessagePack does not know into what Arrow takes for it."""
    if isinstance(value, dt.datetime):
        return (value - _EPOCH) // _MICROSECOND
    if isinstance(value, dt.date):
        return value.toordinal() - _EPOCH.toordinal()
    raise TypeError(f"a row cannot hold a {type(value).__name__}: {value!r}")


def _check(array: pa.Array, type_: pa.DataType, name: str) -> None:
    """Look for nulls where the declaration allows none: Arrow itself does not."""
    for child, field in _children(array, type_):
        if not field.nullable and child.null_count:
            raise ValueError(f"null in {name}.{field.name}, which is required")
        _check(child, field.type, f"{name}.{field.name}")


def _children(array: pa.Array, type_: pa.DataType) -> Iterable[tuple[pa.Array, pa.Field]]:
    if pa.types.is_list(type_):
        return [(array.flatten(), type_.value_field)]
    if not pa.types.is_struct(type_):
        return []
    there: pa.Array = array.drop_null() if array.null_count else array
    return zip(there.flatten(), type_, strict=True) if len(there) else []


def _utf8(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
