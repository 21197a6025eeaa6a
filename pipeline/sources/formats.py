"""What an input format is: a name, endings, and a function from bytes to records.

A format is one module with one such function, which yields a record, an article or a reject, for
whatever stands in a file. `Source.record` makes it: it turns what goes wrong into a reject, so
that the function need only say how good input is read.
"""

import dataclasses
import re
import traceback
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.sources.pieces import Piece
from schemas import Article, Reject, RejectedError, reject

STAGE = "read"
MAX_ARTICLE_CHARS = 200_000

BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MAGIC = (
    (b"\x1f\x8b", "gzip data; a file of it must end in .gz"),
    (b"BZh", "bzip2 data; a file of it must end in .bz2"),
    (b"\x28\xb5\x2f\xfd", "zstd data; a file of it must end in .zst"),
    (b"\xff\xfe", "text in UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "text in UTF-16; save it as UTF-8"),
    (b"%PDF", "a PDF; extract its text first"),
    (b"PK\x03\x04", "a zip archive or an office document; extract its text first"),
    (b"PAR1", "a Parquet file; write its rows as JSON Lines"),
)


class Record(NamedTuple):
    """One record of the input: an article, or why there is none."""

    line: int | None  # which it is in its file: line or record, from 1; None: it is the whole file
    end: int | None  # offset after its last byte; None where the file breaks off
    payload: bytes  # what was read
    result: Article | Reject


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """How long things may be."""

    max_article_chars: int = MAX_ARTICLE_CHARS

    @property
    def text_bytes(self) -> int:
        """Bytes of the longest text file: four a character in UTF-8, and a BOM."""
        return 4 * self.max_article_chars + len(BOM)

    @property
    def line_bytes(self) -> int:
        """Bytes of the longest line: up to twelve a character in JSON, and other fields."""
        return 16 * self.max_article_chars + (1 << 20)


DEFAULT_LIMITS = Limits()


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """What a format reads: a file, or a part of one that begins at a record."""

    path: str
    chunks: Iterator[bytes]  # may raise ReadError
    limits: Limits = DEFAULT_LIMITS
    start: int = 0
    line: int = 1
    strict: bool = False  # let bugs through

    def record(self, piece: Piece, make: Callable[[Piece], Article]) -> Record:
        """Make the record of a piece: what `make` returns, or the reject for what it raises."""
        end = None if piece.broken else piece.end
        try:
            result: Article | Reject = make(_readable(piece))
        except RejectedError as error:
            result = self._reject(piece, error.error, error.message)
        except Exception as error:
            if self.strict:
                raise
            trace = "".join(traceback.format_exception(error))
            result = self._reject(piece, "bug", repr(error), trace)
        return Record(piece.line, end, piece.data, result)

    def _reject(self, piece: Piece, error: str, message: str, trace: str | None = None) -> Reject:
        unopened = piece.broken is not None and piece.end == 0
        row = reject(
            None if unopened else piece.data,
            path=self.path,
            line=None if unopened else piece.line,
            stage=STAGE,
            error=error,
            message=message,
            traceback=trace,
        )
        if piece.is_too_long:
            row = dataclasses.replace(row, payload_truncated=True, payload_sha256=piece.sha256)
        return row


class Format(NamedTuple):
    """An input format."""

    name: str  # as --format takes it
    endings: tuple[str, ...]  # of the files that are taken from folders
    named_endings: tuple[str, ...]  # of further files, where they are named one by one
    can_split: bool  # whether reading can begin at any record
    read: Callable[[Source], Iterator[Record]]


def decode(data: bytes) -> str:
    """Decode UTF-8.

    Raises:
        RejectedError: `binary` or `not_utf8`.
    """
    if b"\0" in data:
        raise RejectedError("binary", f"not text but {_nature(data)}")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        byte, at = data[error.start], error.start + 1
        message = f"byte {at} (0x{byte:02x}) is not UTF-8: convert it, as in iconv -t UTF-8"
        raise RejectedError("not_utf8", message) from None


def check_text(text: str, limits: Limits) -> str:
    """Return a text that an article can be made of.

    Raises:
        RejectedError: `no_text`, `too_long` or `binary`.
    """
    if not text or text.isspace():
        raise RejectedError("no_text", "the text is empty or only white space")
    if len(text) > limits.max_article_chars:
        message = (
            f"{len(text):,} characters, and --max_article_chars is {limits.max_article_chars:,}"
        )
        raise RejectedError("too_long", message)
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls * 3 > len(text):
        raise RejectedError("binary", f"{controls:,} of {len(text):,} characters are control codes")
    return text


def _readable(piece: Piece) -> Piece:
    if piece.broken is not None:
        raise RejectedError("unreadable", f"cannot be read, or not to its end: {piece.broken}")
    if piece.is_too_long:
        if b"\0" in piece.data:
            decode(piece.data)
        size = f"{piece.end - piece.start:,} bytes"
        raise RejectedError("too_long", f"{size}, more than --max_article_chars allows")
    return piece


def _nature(data: bytes) -> str:
    known = (nature for magic, nature in _MAGIC if data.startswith(magic))
    return next(known, "bytes with zeros in them, as in pictures, archives and UTF-16")
