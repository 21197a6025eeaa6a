"""Files as streams of bytes: from any Beam filesystem, unpacked on the way, in bounded memory.

Beam's own reader takes a truncated archive for a whole one and unpacks 16 MB at a time, which a
hostile file turns into gigabytes; hence this one.
"""

import bz2
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import zstandard
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

_CHUNK = 256 * 1024
# A kilobyte of the most hostile zstd unpacks to some 40 MB, of gzip to one.
_PACKED_CHUNK = 1024
# What the zstd command takes without being told to.
_ZSTD_WINDOW = 1 << 27


def _new_gzip() -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _new_zstd() -> Any:
    return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


_DECOMPRESSORS: dict[str, Callable[[], Any]] = {
    ".gz": _new_gzip,
    ".bz2": bz2.BZ2Decompressor,
    ".zst": _new_zstd,
}
COMPRESSIONS = tuple(_DECOMPRESSORS)


class ReadError(Exception):
    """A file cannot be opened, or breaks off; its text says why."""


def compression(path: str) -> str:
    """Return the ending that says how a file is compressed, empty where it is not.

    >>> compression("news.jsonl.GZ")
    '.gz'
    """
    return next((ending for ending in _DECOMPRESSORS if path.lower().endswith(ending)), "")


def read_chunks(path: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked, from `start` up to `end` (None: to where it ends).

    Raises:
        ReadError: it cannot be opened or breaks off; what stands before the break was yielded.
    """
    try:
        with FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
            packing = compression(path)
            chunks = _unpack(file, _DECOMPRESSORS[packing]) if packing else _plain(file, start)
            yield from chunks if end is None else _first(chunks, end - start)
    except Exception as error:  # each filesystem has errors of its own
        raise ReadError(_describe(error)) from error


def _plain(file: BinaryIO, start: int) -> Iterator[bytes]:
    if start:
        file.seek(start)
    while chunk := file.read(_CHUNK):
        yield chunk


def _unpack(file: BinaryIO, new: Callable[[], Any]) -> Iterator[bytes]:
    """Unpack a file of one or more compressed streams."""
    decompressor = new()
    while packed := file.read(_PACKED_CHUNK):
        while packed:
            if decompressor.eof:
                packed = packed.lstrip(b"\0")  # padding that tapes and object stores leave
                if not packed:
                    break
                decompressor = new()
            yield from filter(None, _drain(decompressor, packed))
            packed = decompressor.unused_data if decompressor.eof else b""
    if not decompressor.eof:
        raise EOFError("it ends in the middle of its compressed data")


def _drain(decompressor: Any, packed: bytes) -> Iterator[bytes]:
    if not isinstance(decompressor, bz2.BZ2Decompressor):
        yield decompressor.decompress(packed)
        return
    # Of bzip2 a few hundred bytes can be hundreds of megabytes.
    yield decompressor.decompress(packed, _CHUNK)
    while not decompressor.eof and not decompressor.needs_input:
        yield decompressor.decompress(b"", _CHUNK)


def _first(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk[:size]
        size -= len(chunk)
        if size <= 0:
            return


def _describe(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
