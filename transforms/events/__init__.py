"""Parsed, linked and dated articles in, event records out."""

from transforms.events.clusters import clusters
from transforms.events.extract import extract_events, load_extractor

__all__ = ["clusters", "extract_events", "load_extractor"]
