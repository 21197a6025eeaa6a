"""Clusters across the articles of a batch, from what the sorted runs hold of its happenings.

While articles are read, what is written for the clusters table are happenings: small records
without text, sorted by the group in which they are compared. When all are there, group after group
becomes rows of clusters, which are sorted anew. So a batch's happenings lie on disk, and memory
holds those of one group: a runner would hold all of them, several times over.
"""

import itertools
import operator
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.sinks.handover import Clustering
from pipeline.sinks.rows import KeyedRow, key_prefix, keyed_rows, pack, sortable, unpack
from pipeline.sinks.spill import Spill, merged
from schemas import CLUSTERS, NO_PARTITION

_PREFIX = key_prefix(CLUSTERS, NO_PARTITION)


def keyed_happenings(happenings: Iterable[tuple[str, Any]]) -> list[KeyedRow]:
    """Return happenings, each with its group, as rows that sort by group."""
    return [(_PREFIX + sortable(group), pack((group, one))) for group, one in happenings]


def cluster_rows(rows: Iterable[bytes], clustering: Clustering, folder: str) -> Iterator[bytes]:
    """Yield the rows of the clusters table, in its order, for happenings sorted by group.

    Args:
        rows: of `keyed_happenings`.
        clustering: makes clusters of a group.
        folder: where to sort them.
    """
    spill = Spill(folder)
    for _, group in itertools.groupby(map(unpack, rows), key=operator.itemgetter(0)):
        found = list(clustering.clusters(happening for _, happening in group))
        spill.add(keyed_rows(CLUSTERS, found, keep_text=True))
    runs = [run.path for run in spill.close()]
    return (row for _, row in merged(runs, _PREFIX, _PREFIX + b"\xff", scratch=folder))
