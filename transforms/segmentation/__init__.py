"""Articles in, their zones, sentences, quotations and what they say of themselves out."""

from transforms.segmentation.segmenter import load_segmenter, segment

__all__ = ["load_segmenter", "segment"]
