"""The whole program, from files to tables."""

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from rich.console import Console

from pipeline import run as runs
from pipeline.cli import main
from pipeline.options import RunOptions
from schemas import TABLES
from transforms import steps

pytestmark = pytest.mark.slow

FAST = ("--spacy_model", "blank:en")
QUIET = Console(quiet=True)


def files(output, table=None):
    folder = Path(output, table.name) if table else Path(output)
    return sorted(path for path in folder.rglob("*.parquet"))


def rows(output, table):
    """The rows of a table, in an order of their own, without what names the run's options."""
    found = [row for path in files(output, table) for row in pq.read_table(path).to_pylist()]
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in found)


def bytes_of(output):
    return {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files(output)
    }


def write(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return str(folder)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The bundled articles, run once with the default model."""
    output = tmp_path_factory.mktemp("sample")
    assert main(["run", "--sample", "--output", str(output), "--strict"]) == 0
    return output


def test_the_books_balance(sample):
    manifest = json.loads((sample / "_runs" / "default.json").read_text())
    counts = manifest["counts"]
    assert counts["records"] == counts["documents"] + counts["rejects"] == 14
    assert counts["events"] == len(rows(sample, TABLES[1])) > 100
    assert not list(sample.rglob("_tmp/*"))


def test_every_span_of_every_row_slices_back(sample):
    texts = {}
    for path in files(sample, TABLES[0]):
        for row in pq.read_table(path).to_pylist():
            texts[row["doc_id"]] = row["text"]
            check_spans(row, row["text"])
    for path in files(sample, TABLES[1]):
        for row in pq.read_table(path).to_pylist():
            check_spans(row, texts[row["doc_id"]])


def check_spans(value, text):
    """Look through a row for whatever has start, end and text."""
    if isinstance(value, list):
        for item in value:
            check_spans(item, text)
    elif isinstance(value, dict):
        if "start" in value and "end" in value:
            assert 0 <= value["start"] <= value["end"] <= len(text)
            if value.get("text") is not None:
                assert text[value["start"] : value["end"]] == value["text"]
        for item in value.values():
            check_spans(item, text)


def test_the_same_run_gives_the_same_bytes(sample, tmp_path):
    assert main(["run", "--sample", "--output", str(tmp_path)]) == 0
    assert bytes_of(tmp_path) == bytes_of(sample)


def test_two_workers_give_the_same_rows(sample, tmp_path):
    arguments = ["run", "--sample", "--output", str(tmp_path), "--direct_num_workers=2"]
    assert main(arguments) == 0
    for table in TABLES:
        assert rows(tmp_path, table) == rows(sample, table)


def test_a_shuffle_between_all_steps_gives_the_same_rows(sample, tmp_path):
    beam_options = PipelineOptions([])
    job = runs.job_of(RunOptions(sample=True, output=str(tmp_path)), beam_options)
    job = dataclasses.replace(job, shuffle_between=True)
    assert runs.run(job, beam_options, QUIET).committed
    for table in TABLES:
        assert rows(tmp_path, table) == rows(sample, table)


def test_without_text_no_quoted_string_is_written(tmp_path):
    output = tmp_path / "out"
    text = "Rebels seized the town of Bukavu on Friday, the army said."
    source = write(tmp_path / "in", a=text)
    assert main(["run", "--input", source, "--output", str(output), "--keep_text", "none"]) == 0
    (document,) = (json.loads(row) for row in rows(output, TABLES[0]))
    assert document["text"] is None
    assert document["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    for row in rows(output, TABLES[0]) + rows(output, TABLES[1]):
        assert "seized the town" not in row
        assert "Friday" not in row


def test_bad_records_become_rejects_that_name_file_and_line(tmp_path):
    lines = ['{"text": "Police arrested a man."}', "{", '{"id": "x"}', "", '{"text": 7}']
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    patterns = [str(tmp_path / "in.jsonl"), str(tmp_path / "latin.txt")]
    output = tmp_path / "out"
    assert main(["run", "--input", *patterns, "--output", str(output), *FAST]) == 0
    found = [json.loads(row) for row in rows(output, TABLES[3])]
    places = {(Path(r["input_path"]).name, r["input_line"]): r["error"] for r in found}
    assert places == {
        ("in.jsonl", 2): "bad_json",
        ("in.jsonl", 3): "no_text",
        ("in.jsonl", 5): "no_text",
        ("latin.txt", None): "not_utf8",
    }


def break_on(word):
    def load():
        def function(article):
            if word in article.text:
                raise ZeroDivisionError(word)
            return dataclasses.replace(article, dates=())

        return function

    return load


def test_a_bug_sets_one_article_aside_and_the_exit_code_tells(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(steps, "load_normalizer", break_on("Friday"))
    source = write(tmp_path / "in", a="They met on Friday.", b="They met on Monday.")
    arguments = ["run", "--input", source, "--output", str(tmp_path / "out"), *FAST]
    assert main(arguments) == 3
    printed = capsys.readouterr().out
    assert "set aside: 1 bug" in printed
    assert printed.endswith("2 records read = 1 documents + 1 rejects\n")
    (reject,) = (json.loads(row) for row in rows(tmp_path / "out", TABLES[3]))
    assert (reject["stage"], reject["error"]) == ("NormalizeDates", "bug")
    assert "ZeroDivisionError" in reject["traceback"]


def test_strict_stops_at_a_bug_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "load_normalizer", break_on("Friday"))
    source = write(tmp_path / "in", a="They met on Friday.")
    with pytest.raises(Exception, match="Friday"):
        main(["run", "--input", source, "--output", str(tmp_path / "out"), "--strict", *FAST])
    assert not files(tmp_path / "out")


def test_too_many_rejects_commit_nothing(tmp_path, capsys):
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "A man left."}\n' * 90 + "{\n" * 20)
    arguments = ["run", "--input", str(source), "--output", str(tmp_path / "out"), *FAST]
    assert main(arguments) == 1
    assert "nothing was committed" in capsys.readouterr().err
    assert not files(tmp_path / "out")
    assert (tmp_path / "out" / "_runs" / "default.failed.json").exists()


def test_a_batch_made_from_other_inputs_is_not_replaced_unasked(tmp_path, capsys):
    one = write(tmp_path / "one", a="A man left the town.")
    two = write(tmp_path / "two", a="A woman came to the town.")
    output = ["--output", str(tmp_path / "out"), *FAST]
    assert main(["run", "--input", one, *output]) == 0
    assert main(["run", "--input", one, *output]) == 0
    assert main(["run", "--input", two, *output]) == 2
    assert "--batch_id" in capsys.readouterr().err
    assert main(["run", "--input", two, *output, "--batch_id", "two"]) == 0
    assert len(rows(tmp_path / "out", TABLES[0])) == 2
    assert main(["run", "--input", two, *output, "--replace"]) == 0
    assert main(["run", "--input", two, *output, "--limit", "1"]) == 2
    texts = [json.loads(row)["text"] for row in rows(tmp_path / "out", TABLES[0])]
    assert texts == ["A woman came to the town."] * 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--input", "no/such/*.txt", "--output", "out"], "no/such"),
        (["--sample"], "--output"),
        (["--output", "out"], "--input"),
        (["--sample", "--output", "out", "--batch_id", "a b"], "a b"),
        (["--sample", "--output", "out", "--batch_id", ""], "batch"),
        (["--sample", "--output", "foo://bar"], "foo://bar"),
        (["--sample", "--output", "out", "--runner", "Nope"], "Nope"),
        (["--sample", "--output", "out", "--limt", "3"], "--limit"),
        (["--sample", "--output", "out", "--limit", "0"], "--limit"),
        (["--sample", "--output", "out", "--max_error_rate", "2"], "--max_error_rate"),
        (["--sample", "--output", "out", "--spacy_model", "en_nothing"], "en_nothing"),
        (["--sample", "--output", "out", "--knowledge_base", "nothing.db"], "nothing.db"),
        (["--sample", "--output", "out", "--entities", "nothing.csv"], "nothing.csv"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(
    arguments, message, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert main(["run", *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.startswith("dateline: ")
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_limit_stops_after_so_many_records(tmp_path):
    assert main(["run", "--sample", "--output", str(tmp_path), "--limit", "3", *FAST]) == 0
    assert len(rows(tmp_path, TABLES[0])) == 3


def test_a_dry_run_prints_options_and_graph_and_writes_nothing(tmp_path, capsys):
    output = tmp_path / "out"
    assert main(["run", "--sample", "--output", str(output), "--dry_run"]) == 0
    printed = capsys.readouterr().out
    assert "Segment → ParseSentences → LinkEntities → NormalizeDates → ExtractEvents" in printed
    assert "inputs: 13 files" in printed
    assert not output.exists()


def test_secrets_are_neither_printed_nor_written(tmp_path, capsys):
    arguments = ["run", "--sample", "--limit", "1", "--output", str(tmp_path / "out"), *FAST]
    arguments += ["--s3_secret_access_key=hush", "--s3_session_token=hush"]
    assert main([*arguments, "--dry_run"]) == 0
    assert main(arguments) == 0
    assert "hush" not in capsys.readouterr().out
    assert "hush" not in (tmp_path / "out" / "_runs" / "default.json").read_text()


def test_an_interrupt_while_reading_is_exit_code_130(tmp_path, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "load_normalizer", lambda: interrupt)
    source = write(tmp_path / "in", a="They met on Friday.")
    assert main(["run", "--input", source, "--output", str(tmp_path / "out"), *FAST]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_what_was_written_can_be_looked_at(sample, capsys):
    assert main(["show", str(sample)]) == 0
    doc_id = capsys.readouterr().out.split("\t")[0]
    assert main(["show", str(sample), doc_id]) == 0
    assert "boilerplate" in capsys.readouterr().out or doc_id
    assert main(["events", str(sample), "--asserted"]) == 0
    assert "ASSAULT" in capsys.readouterr().out
    assert main(["files", str(sample), "events", "--format", "duckdb"]) == 0
    assert "read_parquet(['" in capsys.readouterr().out
    assert main(["repair", str(sample)]) == 0
    assert "nothing to repair" in capsys.readouterr().out
    assert main(["show", str(sample), "nobody"]) == 2


def test_a_local_run_is_quiet_and_shows_no_progress_in_a_pipe(tmp_path):
    command = [sys.executable, "-m", "pipeline", "run", "--sample", "--limit", "2", *FAST]
    process = subprocess.run(
        [*command, "--output", str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert process.stderr == ""
    assert process.stdout.endswith("2 records read = 2 documents + 0 rejects\n")


def test_it_runs_from_any_folder(tmp_path):
    command = [str(Path(sys.executable).parent / "dateline"), "run", "--sample", "--output", "out"]
    subprocess.run([*command, "--limit", "1", *FAST], cwd=tmp_path, check=True, env=os.environ)
    assert files(tmp_path / "out")


def test_the_graph_has_a_label_for_every_step(tmp_path):
    job = runs.job_of(RunOptions(sample=True, output=str(tmp_path)), PipelineOptions([]))
    labels = runs.describe_graph(job, PipelineOptions([]))
    assert labels.index("Segment") < labels.index("ParseSentences") < labels.index("Commit")
    assert len(labels) == len(set(labels))
