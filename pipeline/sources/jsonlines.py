r"""JSON Lines: one article a line, as an object with the fields of the records' contract.

Lines end at \n alone; blank ones are no records. What JSON itself does not know (NaN, Infinity, a
key given twice in the article's object) is `bad_json`. Null and blank strings count as not given.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.sources.formats import (
    BOM,
    STAGE,
    Format,
    Limits,
    Record,
    Source,
    check_text,
    decode,
)
from pipeline.sources.pieces import Piece, cut_lines
from pipeline.sources.published import parse_published
from schemas import Article, RejectedError, new_article, reject

_SPACE = re.compile(r"[ \t\r\n]*")
_ENGLISH = re.compile(r"(?:en|eng)(?:[-_].*)?|english", re.IGNORECASE)
_KNOWN = frozenset({"text", "id", "url", "source", "title", "language", "authors", "published_at"})
_REMEDY = "write each article as one JSON object on one line"
_KINDS = {
    bool: "true or false",
    dict: "an object",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "a string",
    type(None): "null",
}
# Far above what metadata need, and below what the parser's own recursion bears.
_MAX_DEPTH = 100


def read(source: Source) -> Iterator[Record]:
    """Yield a record for each line that is not blank."""

    def make(piece: Piece) -> Article:
        return article_of(_without_bom(piece), source.path, piece.line, source.limits)

    pieces = cut_lines(
        source.chunks, limit=source.limits.line_bytes, start=source.start, line=source.line
    )
    empty = source.start == 0
    for piece in pieces:
        if piece.broken or not (piece.is_blank or not _without_bom(piece).strip()):
            empty = False
            yield source.record(piece, make)
    if empty:
        yield _nothing(source.path)


def _nothing(path: str) -> Record:
    """Return what stands for a file without any record: a scheduler's empty delivery is told."""
    message = f"the file holds no line that is not blank: {_REMEDY}, or leave it out"
    row = reject(b"", path=path, line=None, stage=STAGE, error="no_text", message=message)
    return Record(None, None, b"", row)


def _without_bom(piece: Piece) -> bytes:
    return piece.data.removeprefix(BOM) if piece.start == 0 else piece.data


def article_of(data: bytes, path: str, line: int | None, limits: Limits) -> Article:
    """Make the article that a line holds.

    Raises:
        RejectedError: of any kind that reading knows, but `unreadable` and `duplicate_id`.
    """
    fields = parse_object(decode(data))
    values = {name: field.value for name, field in fields.items()}
    text = check_text(_text(values), limits)
    published_at = _given(values, "published_at")
    title = _string(values, "title")
    given: dict[str, Any] = {
        "url": _string(values, "url"),
        "source": _string(values, "source"),
        "title": title,
        "title_basis": "given" if title else "unknown",
        "language": _language(values),
        "authors": _authors(values),
        "published": None if published_at is None else parse_published(published_at),
        "published_basis": "unknown" if published_at is None else "given",
        "extra": _extra(fields),
    }
    if identifier := _id(values):
        given["id"] = identifier
    return new_article(text, input_path=path, input_line=line, **given)


class Field(NamedTuple):
    """A field of a JSON object: its value, and how it was written."""

    value: Any
    key: str  # as written, in quotes
    raw: str


def parse_object(text: str) -> dict[str, Field]:
    """Parse a JSON object, keeping how each of its fields was written.

    Raises:
        RejectedError: `bad_json` or `not_an_object`.
    """
    try:
        return dict(_fields(text))
    except json.JSONDecodeError as error:
        raise _bad_json(f"{error.msg.removesuffix(' at')} at character {error.pos + 1}") from None
    except ValueError as error:
        raise _bad_json(str(error)) from None
    except RecursionError:
        raise _bad_json(f"nested deeper than {_MAX_DEPTH}") from None


def _fields(text: str) -> Iterator[tuple[str, Field]]:
    at = _skip(text, 0)
    if not text.startswith("{", at):
        kind = _kind(json.loads(text, parse_constant=_refuse))
        raise RejectedError("not_an_object", f"the line holds {kind}: {_REMEDY}")
    seen: set[str] = set()
    at = _skip(text, at + 1)
    closed = text.startswith("}", at)
    while not closed:
        name, field, at = _field(text, at)
        if name in seen:
            raise _bad_json(f"the key {name!r} stands twice in it")
        seen.add(name)
        yield name, field
        closed = text.startswith("}", at)
        if not closed:
            at = _expect(text, at, ",")
    if (rest := _skip(text, at + 1)) < len(text):
        raise json.JSONDecodeError("Extra data", text, rest)


def _field(text: str, at: int) -> tuple[str, Field, int]:
    """Parse `"key": value`; return it with the offset of what follows."""
    if not text.startswith('"', at):
        raise json.JSONDecodeError("Expecting a key in double quotes", text, at)
    name, key_end = _DECODER.raw_decode(text, at)
    begin = _expect(text, _skip(text, key_end), ":")
    value, end = _DECODER.raw_decode(text, begin)
    raw = text[begin:end]
    if raw.count("[") + raw.count("{") > _MAX_DEPTH and _depth(value) > _MAX_DEPTH:
        raise _bad_json(f"nested deeper than {_MAX_DEPTH}")
    return name, Field(value, text[at:key_end], raw), _skip(text, end)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, mark: str) -> int:
    if not text.startswith(mark, at):
        raise json.JSONDecodeError(f"Expecting {mark!r}", text, at)
    return _skip(text, at + 1)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _bad_json(message: str) -> RejectedError:
    return RejectedError("bad_json", f"{message}: {_REMEDY}")


def _depth(value: Any) -> int:
    """Return how deep lists and objects are nested, counted only as far as it matters."""
    level, depth = [value], 0
    while level and depth <= _MAX_DEPTH:
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        level, depth = inner, depth + 1
    return depth


def _text(values: dict[str, Any]) -> str:
    text = values.get("text")
    if isinstance(text, str):
        return _writable("text", text)
    if "text" not in values:
        keys = ", ".join(repr(key)[:40] for key in list(values)[:20])
        raise RejectedError("no_text", f"no field 'text'; the fields are {keys or 'none'}")
    raise RejectedError("no_text", f"text is {_kind(text)}, not a string")


def _given(values: dict[str, Any], name: str) -> Any:
    value = values.get(name)
    return None if isinstance(value, str) and not value.strip() else value


def _string(values: dict[str, Any], name: str) -> str | None:
    value = _given(values, name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _bad_field(name, f"is {_kind(value)}, not a string")
    return _writable(name, value)


def _id(values: dict[str, Any]) -> str | None:
    """Return the id; a whole number counts as its digits."""
    value = values.get("id")
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and not value.strip():
        raise _bad_field("id", "is empty: give each article its own, or leave it out")
    return _string(values, "id")


def _language(values: dict[str, Any]) -> str | None:
    language = _string(values, "language")
    if language and not _ENGLISH.fullmatch(language.strip()):
        message = f"language is {language[:40]!r}; only English (en, en-GB, eng) is read"
        raise RejectedError("language", message)
    return language


def _authors(values: dict[str, Any]) -> tuple[str, ...]:
    authors = values.get("authors")
    if authors is None:
        return ()
    if not isinstance(authors, list) or not all(isinstance(author, str) for author in authors):
        kind = "a list of other things" if isinstance(authors, list) else _kind(authors)
        raise _bad_field("authors", f"is {kind}, not a list of strings")
    return tuple(_writable("authors", author) for author in authors if author.strip())


def _extra(fields: dict[str, Field]) -> str | None:
    """Return the fields that we do not know as a JSON object, written as they were."""
    unknown = {name: field for name, field in fields.items() if name not in _KNOWN}
    for name, field in unknown.items():
        if "\\u" in field.key or "\\u" in field.raw:
            _writable(name, json.dumps({name: field.value}, ensure_ascii=False))
    parts = (f"{field.key}: {field.raw}" for field in unknown.values())
    return "{" + ", ".join(parts) + "}" if unknown else None


def _writable(name: str, value: str) -> str:
    """Return a string that can be written as UTF-8: JSON can escape halves of a character."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        shown = f"\\u{ord(value[error.start]):04x}"
        raise _bad_field(name, f"holds {shown}, half of a surrogate pair") from None
    return value


def _bad_field(name: str, what: str) -> RejectedError:
    shown = name.encode(errors="backslashreplace").decode()[:80]
    return RejectedError("bad_field", f"{shown} {what}")


def _kind(value: object) -> str:
    return _KINDS[type(value)]


JSONL = Format("jsonl", (".jsonl", ".ndjson", ".jsonlines"), (".json",), can_split=True, read=read)
