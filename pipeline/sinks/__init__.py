"""Writing: rows to temporary files while articles pass, then one commit that makes the batch."""

from pipeline.sinks.commit import Outcome, commit, find_outcome
from pipeline.sinks.handover import HandOver, Sink, WrittenFile
from pipeline.sinks.layout import (
    Manifest,
    batches,
    check_batch_id,
    check_output,
    current_files,
    read_manifest,
)
from pipeline.sinks.repair import prepare, repair
from pipeline.sinks.write import Commit, WriteArticles, WriteRejects

__all__ = [
    "Commit",
    "HandOver",
    "Manifest",
    "Outcome",
    "Sink",
    "WriteArticles",
    "WriteRejects",
    "WrittenFile",
    "batches",
    "check_batch_id",
    "check_output",
    "commit",
    "current_files",
    "find_outcome",
    "prepare",
    "read_manifest",
    "repair",
]
