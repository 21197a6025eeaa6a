"""The formats that can be read; a new one is a module with a `Format`, and a line here."""

import functools

from pipeline.sources.formats import Format
from pipeline.sources.jsonlines import JSONL
from pipeline.sources.plaintext import TEXT
from pipeline.sources.streams import COMPRESSIONS, compression

AUTO = "auto"
FORMATS: dict[str, Format] = {known.name: known for known in (JSONL, TEXT)}


def format_of(path: str) -> str:
    """Return the name of a file's format, by its ending; plain text where that says nothing.

    >>> format_of("news.ndjson.gz"), format_of("NEWS.TXT"), format_of("news")
    ('jsonl', 'text', 'text')
    """
    plain = path.lower().removesuffix(compression(path))
    named = (f.name for f in FORMATS.values() if plain.endswith(f.endings + f.named_endings))
    return next(named, TEXT.name)


@functools.cache
def known_endings() -> tuple[str, ...]:
    """Return the endings of the files that are taken from a folder, compressed ones too."""
    plain = [ending for known in FORMATS.values() for ending in known.endings]
    return tuple(ending + packed for ending in plain for packed in ("", *COMPRESSIONS))
