"""What other systems need to know of the tables, derived from their Arrow schemas.

`describe(format)` is what `dateline schema` prints: a page for people, JSON, or the DDL of a
database, with the snippet that reads a run's output there.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from schemas.tables import PARTITION, SCHEMA_VERSION, TABLES, Table
from schemas.views import VIEWS

_Quote = Callable[[str], str]


class _Dialect(NamedTuple):
    """How a database spells types and columns."""

    scalars: dict[pa.DataType, str]
    array: Callable[[str], str]
    struct: Callable[[list[tuple[pa.Field, str]]], str]
    column: Callable[[pa.Field, str], str]


def describe(format_: str, output: str = "OUT") -> str:
    """Describe all tables as `markdown`, `json`, `bigquery`, `spark` or `duckdb`.

    `output` is the folder that the reading snippets name.
    """
    return _FORMATS[format_](output)


def as_json(_output: str = "OUT") -> str:
    """Return every table with its columns, nested ones inside, as JSON."""
    tables = [
        {
            "table": table.name,
            "description": table.doc,
            "partitioned_by": PARTITION if table.partitioned else None,
            "columns": [_json_column(field) for field in table.schema],
        }
        for table in TABLES
    ]
    return json.dumps({"schema_version": SCHEMA_VERSION, "tables": tables}, indent=1)


def as_markdown(_output: str = "OUT") -> str:
    """Return the page `docs/tables.md`: a table of columns for every table."""
    parts = [
        (
            "# The tables\n\n"
            "Made by `dateline schema --format markdown`; a test holds it in step with `schemas/`.\n"
            f"Schema version {SCHEMA_VERSION}. Offsets count Unicode code points of `text`, from 0, "
            "half-open: `text[start:end]` is the quoted string. Null means unknown.\n"
        )
    ]
    for table in TABLES:
        layout = f", partitioned by `{PARTITION}`" if table.partitioned else ""
        parts.append(
            f"\n## {table.name}\n\n{table.doc}{_period(table.doc)} Folder "
            f"`{table.name}/`{layout}.\n\n| column | type | |\n|---|---|---|\n"
        )
        parts.extend(_markdown_rows(table.schema))
    parts.append("\n## Views\n\nFor DuckDB, as `dateline schema --format duckdb` prints them.\n")
    parts.extend(f"\n### {view.name}\n\n{view.doc}\n\n```sql\n{view.sql}\n```\n" for view in VIEWS)
    return "".join(parts)


def as_duckdb(output: str = "OUT") -> str:
    """Return DuckDB statements: views over a run's files, views on top, and tables to load."""
    views = [
        f"CREATE OR REPLACE VIEW {table.name} AS\nSELECT * FROM read_parquet("
        f"'{output}/{table.name}/**/*.parquet', union_by_name = true"
        f"{', hive_partitioning = true' if table.partitioned else ''});"
        for table in TABLES
    ]
    views += [f"CREATE OR REPLACE VIEW {view.name} AS\n{view.sql};" for view in VIEWS]
    tables = [_create(table, _DUCKDB, f"CREATE TABLE loaded_{table.name}", "") for table in TABLES]
    return "\n\n".join(
        [
            "-- Read a run's output where it lies:",
            *views,
            (
                "-- Or load it into tables of your own "
                "(INSERT INTO loaded_events BY NAME SELECT * EXCLUDE published_date FROM events):"
            ),
            *tables,
        ]
    )


def as_bigquery(output: str = "OUT") -> str:
    """Return BigQuery DDL, and the load command, for every table."""
    parts = []
    for table in TABLES:
        by_day = table.partitioned
        suffix = "\nPARTITION BY published_on" if by_day else ""
        parts.append(_create(table, _BIGQUERY, f"CREATE TABLE dateline.{table.name}", suffix))
        source = f"{output}/{table.name}/*.parquet"
        options = "--source_format=PARQUET --parquet_enable_list_inference"
        parts.append(f"-- bq load {options} dateline.{table.name} '{source}'")
    return "\n\n".join(parts)


def as_spark(output: str = "OUT") -> str:
    """Return Spark SQL DDL for every table, over a run's files where they lie."""
    parts = []
    for table in TABLES:
        suffix = "\nUSING parquet"
        extra = ""
        if table.partitioned:
            extra = f",\n  `{PARTITION}` DATE COMMENT 'day of publication, from the path'"
            suffix += f"\nPARTITIONED BY (`{PARTITION}`)"
        suffix += f"\nLOCATION '{output}/{table.name}'"
        parts.append(_create(table, _SPARK, f"CREATE TABLE {table.name}", suffix, extra))
        if table.partitioned:
            parts.append(f"MSCK REPAIR TABLE {table.name};")
    return "\n\n".join(parts)


_FORMATS: dict[str, Callable[[str], str]] = {
    "markdown": as_markdown,
    "json": as_json,
    "bigquery": as_bigquery,
    "spark": as_spark,
    "duckdb": as_duckdb,
}
FORMATS = tuple(_FORMATS)


def _create(table: Table, dialect: _Dialect, head: str, suffix: str, extra: str = "") -> str:
    lines = [f"  {dialect.column(field, _sql_type(field.type, dialect))}" for field in table.schema]
    return f"-- {table.doc}\n{head} (\n" + ",\n".join(lines) + f"{extra}\n){suffix};"


def _sql_type(type_: pa.DataType, dialect: _Dialect) -> str:
    if pa.types.is_list(type_):
        return dialect.array(_sql_type(type_.value_type, dialect))
    if pa.types.is_struct(type_):
        return dialect.struct([(field, _sql_type(field.type, dialect)) for field in type_])
    return dialect.scalars[type_]


def _doc(field: pa.Field) -> str:
    return str((field.metadata or {}).get(b"description", b""), "utf-8")


def _period(text: str) -> str:
    return "" if text.endswith(".") else "."


def _json_column(field: pa.Field) -> dict[str, Any]:
    inner = field.type.value_type if pa.types.is_list(field.type) else field.type
    column: dict[str, Any] = {
        "name": field.name,
        "type": _type_name(field.type),
        "nullable": field.nullable,
        "description": _doc(field),
    }
    if pa.types.is_struct(inner):
        column["fields"] = [_json_column(child) for child in inner]
    return column


def _type_name(type_: pa.DataType) -> str:
    if pa.types.is_list(type_):
        return f"list<{_type_name(type_.value_type)}>"
    return "struct" if pa.types.is_struct(type_) else str(type_)


def _markdown_rows(fields: Any, prefix: str = "") -> Iterator[str]:
    for field in fields:
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        optional = "?" if field.nullable else ""
        yield f"| `{prefix}{field.name}` | {_type_name(field.type)}{optional} | {_doc(field)} |\n"
        if pa.types.is_struct(inner):
            yield from _markdown_rows(inner, f"{prefix}{field.name}.")


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _backslashed(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_DUCKDB = _Dialect(
    scalars={
        pa.bool_(): "BOOLEAN",
        pa.binary(): "BLOB",
        pa.date32(): "DATE",
        pa.float32(): "FLOAT",
        pa.float64(): "DOUBLE",
        pa.int8(): "TINYINT",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.string(): "VARCHAR",
        pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    },
    array=lambda item: f"{item}[]",
    struct=lambda fields: "STRUCT(" + ", ".join(f'"{f.name}" {t}' for f, t in fields) + ")",
    column=lambda f, t: f'"{f.name}" {t}{"" if f.nullable else " NOT NULL"}',
)
_BIGQUERY = _Dialect(
    scalars={
        pa.bool_(): "BOOL",
        pa.binary(): "BYTES",
        pa.date32(): "DATE",
        pa.float32(): "FLOAT64",
        pa.float64(): "FLOAT64",
        pa.int8(): "INT64",
        pa.int32(): "INT64",
        pa.int64(): "INT64",
        pa.string(): "STRING",
        pa.timestamp("us", tz="UTC"): "TIMESTAMP",
    },
    array=lambda item: f"ARRAY<{item}>",
    struct=lambda fields: "STRUCT<" + ", ".join(f"`{f.name}` {t}" for f, t in fields) + ">",
    # BigQuery has no required lists.
    column=lambda f, t: (
        f"`{f.name}` {t}{'' if f.nullable or pa.types.is_list(f.type) else ' NOT NULL'}"
        f" OPTIONS (description = {_backslashed(_doc(f))})"
    ),
)
_SPARK = _Dialect(
    scalars={
        pa.bool_(): "BOOLEAN",
        pa.binary(): "BINARY",
        pa.date32(): "DATE",
        pa.float32(): "FLOAT",
        pa.float64(): "DOUBLE",
        pa.int8(): "TINYINT",
        pa.int32(): "INT",
        pa.int64(): "BIGINT",
        pa.string(): "STRING",
        pa.timestamp("us", tz="UTC"): "TIMESTAMP",
    },
    array=lambda item: f"ARRAY<{item}>",
    struct=lambda fields: "STRUCT<" + ", ".join(f"`{f.name}`: {t}" for f, t in fields) + ">",
    column=lambda f, t: f"`{f.name}` {t} COMMENT {_backslashed(_doc(f))}",
)
