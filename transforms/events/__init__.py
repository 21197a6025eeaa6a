"""Parsed, linked and dated articles in, events out."""

from transforms.events.clusters import Happening, clusters_in, clusters_of, happenings
from transforms.events.extract import extract_events, load_extractor

__all__ = [
    "Happening",
    "clusters_in",
    "clusters_of",
    "extract_events",
    "happenings",
    "load_extractor",
]
