"""Bytes cut to the pieces that records are made of: lines, or a whole file, none of them too long.

A piece longer than the limit keeps its first bytes, its size and its checksum, so that a line of
a gigabyte costs no more memory than one of a megabyte.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pipeline.sources.streams import ReadError
from schemas import PAYLOAD_LIMIT


class Piece(NamedTuple):
    """A line or a file."""

    data: bytes  # without its line end; the first PAYLOAD_LIMIT bytes where it is too long
    start: int  # offset of its first byte in the unpacked file
    end: int  # offset after its last byte, line end included
    line: int | None  # its number, from 1; None for a whole file
    is_blank: bool = False
    sha256: str | None = None  # of all its bytes, where it is too long
    broken: str | None = None  # why the file could not be read on from here

    @property
    def is_too_long(self) -> bool:
        """Whether it is longer than the limit, so that `data` is but its beginning."""
        return self.sha256 is not None


def cut_lines(
    chunks: Iterable[bytes], *, limit: int, start: int = 0, line: int = 1
) -> Iterator[Piece]:
    r"""Cut a stream of bytes to lines at \n; a file that breaks off ends with a broken piece.

    `start` and `line` say where in its file the stream begins.
    """
    held = _Held(limit, start, line)
    try:
        for chunk in chunks:
            begin = 0
            while (found := chunk.find(b"\n", begin)) >= 0:
                held.add(chunk[begin:found])
                piece = held.close(line_end=1)
                yield piece
                line += 1
                held = _Held(limit, piece.end, line)
                begin = found + 1
            held.add(chunk[begin:])
    except ReadError as error:
        yield held.close(broken=str(error))
    else:
        if held.size:
            yield held.close()


def take_whole(chunks: Iterable[bytes], *, limit: int) -> Piece:
    """Take a stream of bytes as one piece."""
    held = _Held(limit, 0, None)
    try:
        for chunk in chunks:
            held.add(chunk)
    except ReadError as error:
        return held.close(broken=str(error))
    return held.close()


class _Held:
    """The piece that is being put together."""

    __slots__ = ("_blank", "_digest", "_limit", "_line", "_parts", "_start", "size")

    def __init__(self, limit: int, start: int, line: int | None) -> None:
        self._limit = limit
        self._start = start
        self._line = line
        self._parts: list[bytes] = []
        self._blank = True
        self._digest: Any = None
        self.size = 0

    def add(self, part: bytes) -> None:
        if not part:
            return
        self.size += len(part)
        self._blank = self._blank and not part.strip()
        if self._digest is not None:
            self._digest.update(part)
            return
        self._parts.append(part)
        if self.size > self._limit:
            data = b"".join(self._parts)
            self._digest = hashlib.sha256(data)
            self._parts = [data[:PAYLOAD_LIMIT]]

    def close(self, *, line_end: int = 0, broken: str | None = None) -> Piece:
        return Piece(
            data=b"".join(self._parts),
            start=self._start,
            end=self._start + self.size + line_end,
            line=self._line,
            is_blank=self._blank,
            sha256=self._digest.hexdigest() if self._digest else None,
            broken=broken,
        )
