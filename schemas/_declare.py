"""How a record is declared: once, as a frozen class, from which the Arrow types follow.

>>> @record
... class Zone:
...     "A run of lines of one kind."
...     start: int = column("offset of its first character")
...     kind: str | None = column("what it is", default=None)
>>> print(arrow_schema(Zone).field("start"))
pyarrow.Field<start: int32 not null>

A Python type gives an Arrow type: `int` is int32, `float` float32, `tuple[X, ...]` a list of X,
`Literal[…]` a string, another record a struct, `X | None` a nullable X. `Int64` and its like say
otherwise where the contract does.
"""

import dataclasses
import datetime as dt
import functools
import operator
import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, dataclass_transform

import pyarrow as pa

_C = TypeVar("_C")

_ARROW_TYPES: dict[object, pa.DataType] = {
    bool: pa.bool_(),
    bytes: pa.binary(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
    float: pa.float32(),
    int: pa.int32(),
    str: pa.string(),
}

Int8 = Annotated[int, pa.int8()]
Int64 = Annotated[int, pa.int64()]
Float64 = Annotated[float, pa.float64()]

# BigQuery reads lists with another child name as nulls.
_LIST_CHILD = "element"


def column(doc: str, *, default: Any = dataclasses.MISSING, quoted: bool = False) -> Any:
    """Declare a column: what it holds, its value where none is given.

    A `quoted` column repeats words of the article, and is null where no text is to be kept.
    """
    return dataclasses.field(default=default, metadata={"doc": doc, "quoted": quoted})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column,))
def record(cls: type[_C]) -> type[_C]:
    """Make a class with `column` fields an immutable, slotted, keyword-only record."""
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)


class Column(NamedTuple):
    """One column of a record, as everything derived from the declaration sees it."""

    name: str
    doc: str
    quoted: bool
    nullable: bool
    item: Any  # the Python type without `| None`, and without `tuple[…, ...]` for a list
    is_list: bool
    values: tuple[str, ...]  # the legal ones, where the type is a Literal
    arrow: pa.Field


@functools.cache
def columns(record_type: type) -> tuple[Column, ...]:
    """Return the columns of a record, in their order."""
    hints = typing.get_type_hints(record_type, include_extras=True)
    return tuple(_column(field, hints[field.name]) for field in dataclasses.fields(record_type))


@functools.cache
def arrow_schema(record_type: type) -> pa.Schema:
    """Return the Arrow schema of a record; each field carries its description."""
    return pa.schema([column.arrow for column in columns(record_type)])


@functools.cache
def to_row(record_type: type, *, keep_text: bool = True) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function from a record to the nested tuples that pyarrow takes for its struct.

    Tuples of attributes are an order of magnitude faster than `dataclasses.asdict`. With
    `keep_text=False` the quoted columns come out null.
    """
    steps = [_cell(column, keep_text=keep_text) for column in columns(record_type)]
    names = [column.name for column in columns(record_type)]
    get: Callable[[Any], Any] = operator.attrgetter(*names)
    changes = [(i, step) for i, step in enumerate(steps) if step is not None]
    if not changes:
        return get if len(names) > 1 else lambda value: (get(value),)

    def convert(value: Any) -> tuple[Any, ...]:
        row = list(get(value))
        for i, change in changes:
            row[i] = change(row[i])
        return tuple(row)

    return convert


def _cell(column: Column, *, keep_text: bool) -> Callable[[Any], Any] | None:
    """Return what turns the value of a column into pyarrow's; None where it can stay."""
    if column.quoted and not keep_text:
        return lambda _: None
    if not dataclasses.is_dataclass(column.item):
        return None
    convert = to_row(typing.cast("type", column.item), keep_text=keep_text)
    if column.is_list:
        return lambda values: [convert(value) for value in values]
    return lambda value: None if value is None else convert(value)


def _column(field: dataclasses.Field[Any], hint: Any) -> Column:
    item, nullable = _without_none(hint)
    is_list = typing.get_origin(item) is tuple
    if is_list:
        item = typing.get_args(item)[0]
    arrow_type = _arrow_type(item)
    if is_list:
        arrow_type = pa.list_(pa.field(_LIST_CHILD, arrow_type, nullable=False))
    doc = field.metadata["doc"]
    values = typing.get_args(item) if typing.get_origin(item) is Literal else ()
    arrow = pa.field(field.name, arrow_type, nullable=nullable, metadata={"description": doc})
    return Column(field.name, doc, field.metadata["quoted"], nullable, item, is_list, values, arrow)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        (item,) = (arg for arg in typing.get_args(hint) if arg is not types.NoneType)
        return item, True
    return hint, False


def _arrow_type(item: Any) -> pa.DataType:
    if typing.get_origin(item) is Annotated:
        return typing.get_args(item)[1]
    if typing.get_origin(item) is Literal:
        return pa.string()
    if dataclasses.is_dataclass(item):
        return pa.struct([column.arrow for column in columns(typing.cast("type", item))])
    return _ARROW_TYPES[item]
