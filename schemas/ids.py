"""Identifiers made from content, so that the same input gives the same ids anywhere."""

import hashlib


def stable_id(*parts: str) -> str:
    """Return 32 hex digits of SHA-256 over the length-prefixed UTF-8 of the parts.

    The prefix keeps ("ab", "c") and ("a", "bc") apart.

    >>> stable_id("https://example.org/1", "Troops withdrew.")
    '4b7e9c9083ad203ffddd4d9dba5af24a'
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()[:32]
