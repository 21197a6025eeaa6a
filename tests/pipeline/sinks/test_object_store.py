"""The commit on an object store, where a move is a copy and a deletion: moto's S3 server."""

import functools
import itertools
import json
import sys
from collections.abc import Iterator

import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.sinks import _files, commit, current_files, prepare, read_manifest, repair

boto3_client = pytest.importorskip("apache_beam.io.aws.clients.s3.boto3_client")
boto3 = pytest.importorskip("boto3")
moto = pytest.importorskip("moto.server")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # theirs, not ours


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    server = moto.ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    flags = {
        "s3_endpoint_url": f"http://{host}:{port}",
        "s3_region_name": "us-east-1",
        "s3_access_key_id": "key",
        "s3_secret_access_key": "secret",
    }
    options = PipelineOptions([f"--{name}={value}" for name, value in flags.items()])
    client = boto3.client(
        "s3",
        endpoint_url=flags["s3_endpoint_url"],
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    client.create_bucket(Bucket="news")
    # Beam makes a new client for each call, which takes longer than all else here.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boto3_client, "Client", functools.cache(boto3_client.Client))
        patch.setattr(FileSystems, "_pipeline_options", options)
        yield "s3://news"
    server.stop()


class Killed(BaseException):
    pass


def stop_before(number: int):
    count = itertools.count()

    def before(_: str) -> None:
        if next(count) == number:
            raise Killed

    return before


def everything(output: str) -> set[str]:
    return {path.removeprefix(output + "/") for path in _files.walk(output)}


def assert_in_order(output: str) -> None:
    listed = {file["path"] for file in read_manifest(output, "a")["files"]}
    assert everything(output) == {"_runs/a.json"} | listed


def test_a_batch_is_written_and_replaced(store, sink, deliver, article):
    output = f"{store}/plain"
    assert prepare(output, "a") == []
    deliver(sink(output), map(article, range(40)), buffer=8_000)
    assert len(current_files(output, "events")) == 1
    deliver(sink(output), [article(2)])
    assert read_manifest(output, "a")["counts"]["documents"] == 1
    assert_in_order(output)


def test_like_names_do_not_touch_each_other(store, sink, deliver, article):
    output = f"{store}/names"
    deliver(sink(output, "a-b"), [article(1)])
    with pytest.raises(Killed):
        deliver(sink(output, "a-b"), [article(2)], before=stop_before(0))
    deliver(sink(output, "a"), [article(3)])
    assert any(name.startswith("_tmp/a-b/") for name in everything(output))
    repair(output)
    assert not any(name.startswith("_tmp/") for name in everything(output))
    assert read_manifest(output, "a-b")["counts"]["documents"] == 1


def test_killed_before_any_act(store, sink, spill, merge_all, deliver, article, monkeypatch):
    monkeypatch.setattr(sys.modules["pipeline.sinks.commit"], "MOVES_AT_ONCE", 2)
    for number in itertools.count():
        output = f"{store}/killed/{number}"
        deliver(sink(output), [article(1), article(2)])
        target = sink(output)
        handed = spill(target, [article(2), article(3)])
        files = merge_all(target, handed)
        try:
            commit(target, handed, files, records=2, before=stop_before(number))
        except Killed:
            assert repair(output)
            assert_in_order(output)
            assert repair(output) == []
        else:
            break
    assert number > 6


def test_killed_between_the_copy_and_the_deletion_of_a_move(store, sink, spill, merge_all, article):
    output = f"{store}/copied"
    target = sink(output)
    handed = spill(target, [article(1)])
    files = merge_all(target, handed)
    with pytest.raises(Killed):
        commit(target, handed, files, records=1, before=stop_before(1))
    (source, moved), *_ = json.loads(_files.read(f"{output}/_runs/a.commit.json"))["moves"]
    FileSystems.copy([f"{output}/{source}"], [f"{output}/{moved}"])
    assert repair(output)
    assert_in_order(output)
