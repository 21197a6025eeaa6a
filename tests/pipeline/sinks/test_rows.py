import dataclasses
import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sinks.rows import arrow_table, key_prefix, keyed_rows, pack, unpack, writable
from schemas import (
    CLUSTERS,
    DOCUMENTS,
    EVENTS,
    NO_PARTITION,
    REJECTS,
    Cluster,
    Provenance,
    Reject,
    Table,
    columns,
    document_of,
)

PROVENANCE = Provenance(batch_id="a", schema_version="1.0", produced_by="dateline 0.1.0")


def table_of(table: Table, *values: object, keep_text: bool = True) -> pa.Table:
    rows = keyed_rows(table, values, keep_text=keep_text)
    return arrow_table(table, [row for _, row in rows], PROVENANCE)


def test_a_row_has_all_columns_and_where_it_comes_from(article):
    made = table_of(DOCUMENTS, document_of(article(1)))
    assert made.schema.equals(DOCUMENTS.schema, check_metadata=True)
    (row,) = made.to_pylist()
    assert row["doc_id"] == "article-1"
    assert row["published_on"] == dt.date(2014, 6, 26)
    assert row["published_at"] == dt.datetime(2014, 6, 26, tzinfo=dt.UTC)
    assert row["zones"] == [{"kind": "body", "start": 0, "end": len(row["text"])}]
    assert (row["batch_id"], row["schema_version"]) == ("a", "1.0")


def test_quoted_columns_are_null_where_no_text_is_kept(article):
    event = article(1).events[0]
    (row,) = table_of(EVENTS, event, keep_text=False).to_pylist()
    assert row["sentence"] == {"text": None, "start": 0, "end": 27}
    assert row["trigger"]["text"] is None
    assert row["actors"][0]["text"] is None
    (document,) = table_of(DOCUMENTS, document_of(article(1)), keep_text=False).to_pylist()
    assert document["text"] is None
    assert len(document["text_sha256"]) == 64


def test_a_lone_surrogate_is_found_with_its_article(article):
    broken = dataclasses.replace(document_of(article(1)), title="\ud800")
    with pytest.raises(ValueError, match="surrogates"):
        keyed_rows(DOCUMENTS, [broken], keep_text=True)


def test_a_number_that_does_not_fit_is_found(event):
    broken = dataclasses.replace(event("d", 1, None), quad_class=1000)
    with pytest.raises((ValueError, OverflowError, pa.ArrowInvalid)):
        keyed_rows(EVENTS, [broken], keep_text=True)


def test_a_null_that_is_not_allowed_is_found_at_any_depth(event):
    good = event("d", 1, None)
    keyed_rows(EVENTS, [good], keep_text=True)
    participant = dataclasses.replace(good.actors[0], kind=None)
    for broken in (
        dataclasses.replace(good, factuality=None),
        dataclasses.replace(good, trigger=dataclasses.replace(good.trigger, lemma=None)),
        dataclasses.replace(good, actors=(good.actors[0], participant)),
    ):
        with pytest.raises(ValueError, match="required"):
            keyed_rows(EVENTS, [broken], keep_text=True)


def test_a_reject_can_be_written_whatever_it_quotes(set_aside):
    odd = dataclasses.replace(set_aside(1), input_path="caf\udce9.txt", message="\ud800")
    (row,) = table_of(REJECTS, writable(odd)).to_pylist()
    assert row["input_path"] == "caf\\udce9.txt"
    assert row["message"] == "\\ud800"


def test_rows_sort_by_table_partition_and_key(event):
    days = [dt.date(2014, 6, 26), dt.date(2014, 6, 3), None]
    made = [keyed_rows(EVENTS, [event("d", 0, day)], keep_text=True)[0][0] for day in days]
    assert sorted(made) == [made[1], made[0], made[2]]
    assert made[2].startswith(key_prefix(EVENTS, NO_PARTITION))
    assert max(made) < key_prefix(CLUSTERS, NO_PARTITION)


@given(st.lists(st.tuples(st.text(), st.none() | st.integers(0, 2**62), st.text()), min_size=2))
def test_keys_sort_as_the_columns_do(values):
    rejects = [
        Reject(input_path=path, input_line=line, stage="read", error="e", message=message)
        for path, line, message in values
    ]
    rejects = [writable(one) for one in rejects]
    keys = [keyed_rows(REJECTS, [one], keep_text=True)[0][0] for one in rejects]

    def order(i):
        line = rejects[i].input_line
        return rejects[i].input_path, line is not None, line or 0

    by_key = sorted(range(len(keys)), key=keys.__getitem__)
    assert [order(i) for i in by_key] == sorted(map(order, range(len(keys))))


# Not the first and last day there are: elsewhere on earth they are none.
times = st.datetimes(timezones=st.timezones()).filter(lambda time: 1 < time.year < 9999)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])) | st.binary(),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
)  # fmt: skip


@given(plain)
def test_packing_keeps_a_row(value):
    assert unpack(pack(value)) == value


@given(st.dates(), times)
def test_packing_turns_days_and_times_to_what_arrow_takes(day, time):
    assert pa.array([unpack(pack(day))], pa.date32()).to_pylist() == [day]
    stored = pa.array([unpack(pack(time))], pa.timestamp("us", tz="UTC")).to_pylist()
    assert stored == [time.astimezone(dt.UTC)]


@given(st.builds(Cluster, event_id=st.text(), cluster_id=st.text()))
def test_a_row_comes_back_as_it_went(cluster):
    try:
        made = table_of(CLUSTERS, cluster)
    except UnicodeEncodeError:
        return
    assert made.select(["event_id", "cluster_id"]).to_pylist() == [dataclasses.asdict(cluster)]


@given(st.data())
def test_a_reject_comes_back_as_it_went(data):
    kinds = {"int": st.integers(0, 2**62), "bytes": st.binary(), "bool": st.booleans()}
    values = {
        c.name: data.draw(
            kinds.get(getattr(c.item, "__name__", "str"), st.text()) if c.name != "input_line"
            else st.none() | kinds["int"],
            label=c.name,
        )
        for c in columns(Reject)
    }  # fmt: skip
    reject = writable(Reject(**values))
    (row,) = table_of(REJECTS, reject).to_pylist()
    assert {name: row[name] for name in values} == dataclasses.asdict(reject)
