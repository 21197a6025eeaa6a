"""Writing: rows to temporary files while articles pass, then one commit that makes the batch.

    articles, rejects ─► sorted runs ─► merged Parquet files ─► commit
                         (spill.py)     (merge.py)             (commit.py)

Memory a process, whatever the number of partitions: 2 MB of buffered rows, as much of rejects, one
file open for writing; while merging, a block each of 32 runs and one row group of 8 MB, 40 MB in
all, which are held from the start (_memory.py).
The same rows give the same files whatever bundles and workers they came through, since they are
sorted as a whole.
"""

from pipeline.sinks.commit import Outcome, commit, find_outcome
from pipeline.sinks.handover import Clustering, HandOver, Sink, WrittenFile
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
    "Clustering",
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
