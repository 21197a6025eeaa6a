"""Temporal expressions: found, and resolved to TIMEX3 values and days of the calendar."""

from transforms.dates.normalize import load_normalizer, normalize, normalize_dates

__all__ = ["load_normalizer", "normalize", "normalize_dates"]
