"""Fixtures that several tests share."""

from collections.abc import Callable

import pytest

from schemas import Article
from transforms.parsing import load_parser


@pytest.fixture(scope="session")
def parser() -> Callable[[Article], Article]:
    """The default model, loaded once."""
    return load_parser()
