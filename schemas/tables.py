"""The tables that a run writes, with the schemas of their files."""

import dataclasses

import pyarrow as pa

from schemas._declare import arrow_schema, column, columns, record
from schemas.document import Document
from schemas.event import Cluster, Event
from schemas.reject import Reject

SCHEMA_VERSION = "1.0"

PARTITION = "published_date"  # the Hive partition; equals the column published_on
NO_PARTITION = "__HIVE_DEFAULT_PARTITION__"


@record
class Provenance:
    """What every row of every table ends with, so that rows can be replaced downstream."""

    batch_id: str = column("the batch that delivered the row")
    schema_version: str = column("version of this schema")
    produced_by: str = column("program, model and knowledge base, with their versions")


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table: the record that is its row, how it is laid out, how its rows are sorted."""

    name: str
    row: type
    partitioned: bool
    sorted_by: tuple[str, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of its files: the row's columns, then the provenance."""
        fields = [*arrow_schema(self.row), *arrow_schema(Provenance)]
        return pa.schema(fields, metadata={"schema_version": SCHEMA_VERSION, "table": self.name})

    @property
    def doc(self) -> str:
        """What a row is, in one line."""
        return (self.row.__doc__ or "").partition("\n")[0]


DOCUMENTS = Table("documents", Document, partitioned=True, sorted_by=("doc_id",))
EVENTS = Table("events", Event, partitioned=True, sorted_by=("doc_id", "event_id"))
CLUSTERS = Table("clusters", Cluster, partitioned=False, sorted_by=("event_id",))
REJECTS = Table(
    "rejects",
    Reject,
    partitioned=False,
    sorted_by=("input_path", "input_line", "doc_id", "stage", "error"),
)
TABLES = (DOCUMENTS, EVENTS, CLUSTERS, REJECTS)


def legal_values(record_type: type) -> dict[str, tuple[str, ...]]:
    """Return the legal values of each column of a record that has a closed list of them."""
    return {c.name: c.values for c in columns(record_type) if c.values}
