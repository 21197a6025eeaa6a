"""What other systems are told of the tables."""

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from schemas import EVENTS, TABLES, Event, Participant, Rules, Span, Trigger, arrow_schema, to_row
from schemas.ddl import FORMATS, describe

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"


@pytest.fixture
def output(tmp_path):
    """A run's folders with one empty file a table."""
    for table in TABLES:
        folder = tmp_path / table.name
        if table.partitioned:
            folder /= "published_date=2014-06-26"
        folder.mkdir(parents=True)
        pq.write_table(table.schema.empty_table(), folder / "a.parquet")
    return tmp_path


def test_the_docs_page_is_in_step():
    assert DOCS.read_text() == describe("markdown"), "run `make docs`"


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_names_every_column(format_):
    text = describe(format_)
    missing = [name for table in TABLES for name in table.schema.names if name not in text]
    assert not missing


def test_json_is_json_with_nested_fields():
    tables = {table["table"]: table for table in json.loads(describe("json"))["tables"]}
    trigger = next(c for c in tables["events"]["columns"] if c["name"] == "trigger")
    assert [field["name"] for field in trigger["fields"]] == ["text", "lemma", "start", "end"]


def test_duckdb_takes_its_ddl_and_views(output):
    connection = duckdb.connect()
    connection.execute(describe("duckdb", str(output)))
    assert connection.execute("SELECT count(*) FROM events_clustered").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM events_dyads").fetchone() == (0,)
    connection.execute(
        "INSERT INTO loaded_events BY NAME SELECT * EXCLUDE published_date FROM events"
    )


EVENT = Event(
    event_id="e1",
    doc_id="d1",
    event_type="AID",
    quad_class=2,
    zone="body",
    trigger=Trigger(text="sent", lemma="send", start=6, end=10),
    factuality="happened",
    is_asserted=True,
    time_frame="current",
    event_date_basis="unknown",
    actors=(
        Participant(
            text="We", start=0, end=2, head_start=0, head_end=2, kind="other", basis="clause"
        ),
    ),
    sentence=Span(text="Kenya sent tents.", start=0, end=17),
    rules=Rules(),
)


def one_event(schema):
    row = dict(zip(arrow_schema(Event).names, to_row(Event)(EVENT), strict=True))
    row |= {"batch_id": "b", "schema_version": "1.0", "produced_by": "test"}
    return pa.table({f.name: pa.array([row[f.name]], f.type) for f in EVENTS.schema}).cast(schema)


def with_one_more_nested_field(schema):
    trigger = schema.field("trigger")
    wider = pa.struct([*trigger.type, pa.field("certainty", pa.float32())])
    return schema.set(schema.get_field_index("trigger"), trigger.with_type(wider))


def test_files_of_this_version_are_read_beside_files_with_one_more_nested_field(output):
    newer = with_one_more_nested_field(EVENTS.schema)
    for day, schema in (("2014-06-27", EVENTS.schema), ("2014-06-28", newer)):
        folder = output / "events" / f"published_date={day}"
        folder.mkdir()
        pq.write_table(one_event(schema), folder / "b.parquet")

    connection = duckdb.connect()
    connection.execute(describe("duckdb", str(output)))
    rows = connection.execute("SELECT trigger FROM events").fetchall()
    assert [row[0] for row in rows] == [
        {"text": "sent", "lemma": "send", "start": 6, "end": 10, "certainty": None}
    ] * 2

    dyads = connection.execute("SELECT actor, recipient FROM events_dyads").fetchall()
    assert dyads == [("We", None)] * 2

    table = ds.dataset(output / "events", schema=newer, partitioning="hive").to_table()
    assert [row["certainty"] for row in table["trigger"].to_pylist()] == [None, None]
