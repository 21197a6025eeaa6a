"""Reading from an object store: moto's S3 server."""

import functools
import gzip
import json

import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.sources import InputFile, match, plan, read_part
from schemas import Reject, UsageError

boto3_client = pytest.importorskip("apache_beam.io.aws.clients.s3.boto3_client")
boto3 = pytest.importorskip("boto3")
moto = pytest.importorskip("moto.server")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # theirs, not ours


@pytest.fixture(scope="module")
def bucket():
    """A bucket of news, and Beam told where it is."""
    server = moto.ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    client = boto3.client("s3", endpoint_url=url, region_name="us-east-1", **keys)
    client.create_bucket(Bucket="news")
    lines = "\n".join(json.dumps({"text": f"Article {i}."}) for i in range(100))
    objects = {
        "in/a.jsonl": lines.encode(),
        "in/sub/b.txt.gz": gzip.compress(b"Plain."),
        "in/.hidden.txt": b"Hidden.",
        "in/picture.jpg": b"\xff\xd8",
        "in/": b"",
        "other/c.txt": b"Other.",
    }
    for key, body in objects.items():
        client.put_object(Bucket="news", Key=key, Body=body)
    options = [f"--s3_endpoint_url={url}", "--s3_access_key_id=test", "--s3_secret_access_key=test"]
    # Beam makes a new client for each call, which takes longer than all else here.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boto3_client, "Client", functools.cache(boto3_client.Client))
        patch.setattr(FileSystems, "_pipeline_options", PipelineOptions(options))
        yield
    server.stop()


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("s3://news/in", ["a.jsonl", "sub/b.txt.gz"]),
        ("s3://news/in/", ["a.jsonl", "sub/b.txt.gz"]),
        ("s3://news/in/*", ["a.jsonl", "picture.jpg"]),
        ("s3://news/in/**.gz", ["sub/b.txt.gz"]),
        ("s3://news/in/a.jsonl", ["a.jsonl"]),
        ("s3://news/in/.hidden.txt", [".hidden.txt"]),
    ],
)
def test_objects_folders_and_globs(pattern, names):
    assert [file.path for file in match([pattern])] == [f"s3://news/in/{name}" for name in names]


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize("pattern", ["s3://news/out", "s3://news/in/*.pdf", "s3://nowhere/in"])
def test_what_matches_nothing_is_an_error(pattern):
    with pytest.raises(UsageError, match="matches no file"):
        match([pattern])


@pytest.mark.usefixtures("bucket")
def test_objects_are_read_in_splits():
    splits = list(plan(match(["s3://news/in"]), split_bytes=500))
    records = [record for split in splits for part in split.parts for record in read_part(part)]
    texts = [record.result.text for record in records]
    assert texts == [*(f"Article {i}." for i in range(100)), "Plain."]
    assert len(splits) > 4


@pytest.mark.usefixtures("bucket")
def test_an_object_that_is_gone_is_a_reject():
    (split,) = plan([InputFile("s3://news/in/gone.txt", 3, "text")])
    (record,) = read_part(split.parts[0])
    assert isinstance(record.result, Reject)
    assert record.result.error == "unreadable"
    assert "s3://news/in/gone.txt" in record.result.message
