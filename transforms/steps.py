"""The steps as Beam transforms: each maps articles to articles that know more.

articles | Segment() | ParseSentences() | LinkEntities() | NormalizeDates() | ExtractEvents()
"""

import dataclasses
import functools

from transforms._step import Loader, Step
from transforms.dates import load_normalizer
from transforms.entities import load_linker
from transforms.events import load_extractor
from transforms.parsing import DEFAULT_MODEL, load_parser
from transforms.segmentation import load_segmenter

__all__ = [
    "ExtractEvents",
    "LinkEntities",
    "NormalizeDates",
    "ParseSentences",
    "Segment",
    "Step",
]


@dataclasses.dataclass
class Segment(Step):
    """Find zones, sentences and quotations, and what the article says about itself."""

    def loader(self) -> Loader:
        """Return the loader of the function."""
        return load_segmenter


@dataclasses.dataclass
class ParseSentences(Step):
    """Parse the sentences and find names, with a spaCy model: a package, a path, `blank:en`."""

    model: str = DEFAULT_MODEL

    def loader(self) -> Loader:
        """Return the loader of the function."""
        return functools.partial(load_parser, self.model)


@dataclasses.dataclass
class LinkEntities(Step):
    """Resolve names against a knowledge base; None is the one that ships.

    `entities` is a CSV file with a user's own entities to lay over it.
    """

    knowledge_base: str | None = None
    entities: str | None = None

    def loader(self) -> Loader:
        """Return the loader of the function."""
        return functools.partial(load_linker, self.knowledge_base, self.entities)


@dataclasses.dataclass
class NormalizeDates(Step):
    """Find temporal expressions and give them TIMEX3 values and days."""

    def loader(self) -> Loader:
        """Return the loader of the function."""
        return load_normalizer


@dataclasses.dataclass
class ExtractEvents(Step):
    """Find who did what to whom, where and when, and whether it happened."""

    def loader(self) -> Loader:
        """Return the loader of the function."""
        return load_extractor
