"""Reading: from paths, folders and globs to articles, and rejects for all that is none."""

from pipeline.sources.duplicates import Duplicate, Place, find_duplicates
from pipeline.sources.files import InputFile, fingerprint, match
from pipeline.sources.formats import MAX_ARTICLE_CHARS, Format, Limits, Record, Source
from pipeline.sources.published import parse_published
from pipeline.sources.registry import AUTO, FORMATS, format_of
from pipeline.sources.splits import Part, Split, fitting_split_bytes, plan, read_part
from pipeline.sources.transforms import (
    FindDuplicates,
    ListFiles,
    PlanSplits,
    ReadArticles,
    Redistribute,
)

__all__ = [
    "AUTO",
    "FORMATS",
    "MAX_ARTICLE_CHARS",
    "Duplicate",
    "FindDuplicates",
    "Format",
    "InputFile",
    "Limits",
    "ListFiles",
    "Part",
    "Place",
    "PlanSplits",
    "ReadArticles",
    "Record",
    "Redistribute",
    "Source",
    "Split",
    "find_duplicates",
    "fingerprint",
    "fitting_split_bytes",
    "format_of",
    "match",
    "parse_published",
    "plan",
    "read_part",
]
