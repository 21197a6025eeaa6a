"""Clusters of happenings that waited on disk."""

import pytest

from pipeline.sinks.clustering import cluster_rows, keyed_happenings
from pipeline.sinks.handover import Clustering
from pipeline.sinks.rows import unpack
from schemas import Cluster


def smallest_names(group):
    event_ids = sorted(event_id for _, event_id in group)
    return [Cluster(event_id=event_id, cluster_id=event_ids[0]) for event_id in event_ids]


CLUSTERING = Clustering(happenings=lambda _: (), clusters=smallest_names)


def cluster(happenings, folder):
    rows = (row for _, row in sorted(keyed_happenings(happenings)))
    return [unpack(row)[:2] for row in cluster_rows(rows, CLUSTERING, str(folder))]


def test_groups_are_clustered_apart_and_sorted_together(tmp_path):
    happenings = [("b", (2014, "e3")), ("a", (2014, "e9")), ("b", (2015, "e1"))]
    assert cluster(happenings, tmp_path) == [("e1", "e1"), ("e3", "e1"), ("e9", "e9")]


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_arrival_does_not_matter(tmp_path, order):
    happenings = [(str(n % 7), (n, f"e{n:03}")) for n in range(200)][::order]
    found = cluster(happenings, tmp_path)
    assert [event_id for event_id, _ in found] == [f"e{n:03}" for n in range(200)]
    assert {cluster_id for _, cluster_id in found} == {f"e{n:03}" for n in range(7)}


def test_nothing_to_cluster(tmp_path):
    assert cluster([], tmp_path) == []
