"""Plain text: one article a file; what it says about itself has to be found in its text."""

from collections.abc import Iterator

from pipeline.sources.formats import BOM, Format, Limits, Record, Source, check_text, decode
from pipeline.sources.pieces import Piece, take_whole
from schemas import Article, new_article


def read(source: Source) -> Iterator[Record]:
    """Yield the one record of a text file."""

    def make(piece: Piece) -> Article:
        return article_of(piece.data, source.path, source.limits)

    yield source.record(take_whole(source.chunks, limit=source.limits.text_bytes), make)


def article_of(data: bytes, path: str, limits: Limits) -> Article:
    """Make the article that a text file holds.

    Raises:
        RejectedError: `no_text`, `binary`, `not_utf8` or `too_long`.
    """
    text = check_text(decode(data.removeprefix(BOM)), limits)
    return new_article(text, input_path=path)


TEXT = Format("text", (".txt", ".text"), (), can_split=False, read=read)
