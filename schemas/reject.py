"""What was set aside, and why."""

import hashlib

from schemas._declare import Int64, column, record

PAYLOAD_LIMIT = 64 * 1024


@record
class Reject:
    """An input record that has no row in documents, with the reason."""

    input_path: str = column("the file it was read from")
    input_line: Int64 | None = column("its line, from 1, in a file of lines", default=None)
    doc_id: str | None = column("the article's id, where it has one", default=None)
    stage: str = column("the step that set it aside: read, Segment, LinkEntities …")
    error: str = column("the kind of error: not_utf8, no_text, too_long, duplicate_id, bug …")
    message: str = column("what was wrong, with the value, and what to do")
    traceback: str | None = column("for a bug: where it happened", default=None)
    payload: bytes | None = column(
        "what was read (at a later step: the text of the article), cut at 64 KiB; null where "
        "nothing could be read and under --keep_text none",
        default=None,
        quoted=True,
    )
    payload_truncated: bool = column("true where the payload was cut", default=False)
    payload_sha256: str | None = column("SHA-256 of all that was read, in hex", default=None)


def reject(
    payload: bytes | None,
    *,
    path: str,
    line: int | None,
    stage: str,
    error: str,
    message: str,
    doc_id: str | None = None,
    traceback: str | None = None,
) -> Reject:
    """Make the row for a record whose bytes were `payload` (None: nothing could be read)."""
    return Reject(
        input_path=path,
        input_line=line,
        doc_id=doc_id,
        stage=stage,
        error=error,
        message=message,
        traceback=traceback,
        payload=None if payload is None else payload[:PAYLOAD_LIMIT],
        payload_truncated=payload is not None and len(payload) > PAYLOAD_LIMIT,
        payload_sha256=None if payload is None else hashlib.sha256(payload).hexdigest(),
    )
