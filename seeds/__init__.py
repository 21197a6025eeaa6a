"""What the program starts from, as package data: articles, knowledge, lexicons, checksums."""

import csv
import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any


def seed(name: str) -> Traversable:
    """Return the seed file or folder of that name, as in `lexicons/plover.toml`."""
    return resources.files(__name__).joinpath(*name.split("/"))


def read_toml(name: str) -> dict[str, Any]:
    """Return the contents of a TOML seed."""
    return tomllib.loads(seed(name).read_text(encoding="utf-8"))


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV seed by column name; lines that begin with # are comments."""
    lines = seed(name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))
