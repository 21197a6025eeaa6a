"""What the program starts from."""

import hashlib
import importlib.util
from pathlib import Path

import pytest

from seeds import read_csv, seed
from transforms.parsing import DEFAULT_MODEL


@pytest.mark.slow
def test_the_installed_model_is_the_official_one():
    package = Path(importlib.util.find_spec(DEFAULT_MODEL).origin).parent
    folder = next(package.glob("*/meta.json")).parent
    rows = list(read_csv("model_checksums.csv"))
    assert len(rows) > 20
    for row in rows:
        digest = hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest()
        assert digest == row["sha256"], row["file"]


def test_bundled_articles_are_there():
    names = {path.name for path in seed("articles").iterdir()}
    assert len(names) >= 12
    assert "metadata.jsonl" in names
