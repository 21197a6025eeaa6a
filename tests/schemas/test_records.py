"""The records: declared once, Arrow derived from them."""

import dataclasses
import datetime as dt
import hashlib

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import (
    EVENTS,
    TABLES,
    Article,
    Date,
    Document,
    Entity,
    Event,
    MissingStepError,
    Participant,
    Published,
    Zone,
    arrow_schema,
    columns,
    document_of,
    known,
    legal_values,
    new_article,
    reject,
    stable_id,
    to_row,
)

ARTICLE = new_article(
    "Kenya sent troops.",
    title="Troops",
    authors=("Ann Lee",),
    published=Published(
        at=dt.datetime(2011, 10, 16, 21, 30, tzinfo=dt.UTC),
        on=dt.date(2011, 10, 17),
        precision="minute",
    ),
    entities=(Entity(text="Kenya", start=0, end=5, kind="place", latitude=1.0),),
)


def nested_fields(fields, path=""):
    for field in fields:
        yield path + field.name, field
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        if pa.types.is_struct(inner):
            yield from nested_fields(inner, f"{path}{field.name}.")


def test_every_column_of_every_table_is_described():
    for table in TABLES:
        for path, field in nested_fields(table.schema):
            assert field.metadata[b"description"], f"{table.name}.{path}"


def test_every_table_ends_with_its_provenance():
    for table in TABLES:
        assert table.schema.names[-3:] == ["batch_id", "schema_version", "produced_by"]


def test_list_children_are_named_as_bigquery_reads_them():
    lists = [f for t in TABLES for _, f in nested_fields(t.schema) if pa.types.is_list(f.type)]
    assert lists
    assert {field.type.value_field.name for field in lists} == {"element"}


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("published_at", pa.timestamp("us", tz="UTC")),
        ("published_on", pa.date32()),
        ("quad_class", pa.int8()),
        ("intensity", pa.float32()),
        ("actors", None),
    ],
)
def test_event_types(path, type_):
    assert type_ is None or EVENTS.schema.field(path).type == type_


def test_types_of_the_contract_that_differ_from_the_default():
    entity = arrow_schema(Entity)
    assert entity.field("latitude").type == pa.float64()
    assert entity.field("score").type == pa.float32()
    assert arrow_schema(Event).field("counts").type.value_type.field("max").type == pa.float64()


def test_required_are_ids_spans_and_enums_alone():
    required = {f.name for f in arrow_schema(Date) if not f.nullable}
    assert required == {"start", "end", "type", "value", "precision", "anchor", "rule"}
    assert arrow_schema(Document).field("text").nullable


def test_participant_has_the_fields_of_entity_first():
    names = [column.name for column in columns(Participant)]
    entity = [column.name for column in columns(Entity)]
    assert names[: len(entity)] == entity


def test_a_row_is_what_arrow_takes():
    schema = arrow_schema(Document)
    array = pa.array([to_row(Document)(document_of(ARTICLE))], pa.struct(list(schema)))
    row = array.to_pylist()[0]
    assert row["published_at"] == dt.datetime(2011, 10, 16, 21, 30, tzinfo=dt.UTC)
    assert row["published_on"] == dt.date(2011, 10, 17)
    assert row["authors"] == ["Ann Lee"]
    assert row["entities"][0]["text"] == "Kenya"
    assert row["dateline"] is None


def test_without_text_quoted_columns_are_null_and_offsets_stay():
    row = to_row(Document, keep_text=False)(document_of(ARTICLE))
    struct = pa.array([row], pa.struct(list(arrow_schema(Document)))).to_pylist()[0]
    assert struct["text"] is None
    assert struct["text_sha256"]
    entity = struct["entities"][0]
    assert (entity["text"], entity["start"], entity["end"]) == (None, 0, 5)


def test_records_are_immutable():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ARTICLE.entities[0].start = 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        ARTICLE.title = "x"


def test_closed_lists_are_known():
    assert "boilerplate" in legal_values(Zone)["kind"]
    assert len(legal_values(Event)["event_type"]) == 16


@given(st.lists(st.text(min_size=0, max_size=5), min_size=2, max_size=3))
def test_ids_keep_parts_apart(parts):
    joined = ["".join(parts)]
    assert (stable_id(*parts) == stable_id(*joined)) is (parts == joined)
    assert len(stable_id(*parts)) == 32


def test_an_article_without_id_is_named_by_url_and_text():
    assert new_article("A").id == stable_id("", "A")
    assert new_article("A", url="u").id == stable_id("u", "A")
    assert new_article("A", id="mine").id == "mine"


def test_a_missing_step_is_named():
    with pytest.raises(MissingStepError, match="Segment"):
        known(Article(id="1", text="x").sentences, "Segment")


def test_a_reject_keeps_the_first_64_kib_and_the_hash_of_all():
    row = reject(b"x" * 100_000, path="a", line=1, stage="read", error="too_long", message="m")
    assert len(row.payload) == 65_536
    assert row.payload_truncated
    assert row.payload_sha256 == hashlib.sha256(b"x" * 100_000).hexdigest()
