"""Sentences in, tokens with their syntax and the names among them out."""

from transforms.parsing.document import parse_of
from transforms.parsing.parse import (
    DEFAULT_MODEL,
    READ_ZONES,
    load_model,
    load_parser,
    model_version,
    parse_sentences,
)

__all__ = [
    "DEFAULT_MODEL",
    "READ_ZONES",
    "load_model",
    "load_parser",
    "model_version",
    "parse_of",
    "parse_sentences",
]
