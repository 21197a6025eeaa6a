"""Files by path, on a local disk or wherever else Beam can write (`s3://`, `gs://` …).

A file appears whole or not at all: on a disk it is renamed into place, an object store shows an
object when its upload is complete. Local paths are not handed to Beam's own delete and match,
which take `[` and `*` in the name of a folder for patterns.
"""

import contextlib
import io
import os
import pathlib
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

# What is read ahead of an open file. Beam's S3 reader would take 16 MB a file.
_READ_AHEAD = 64 * 1024
_ATTEMPTS = 5

Move = tuple[str, str]


def is_local(path: str) -> bool:
    """Say whether a path is on a local disk."""
    return FileSystems.get_scheme(path) is None


def join(folder: str, *parts: str) -> str:
    """Join a folder and the parts of a path below it."""
    return FileSystems.join(folder, *parts)


def exists(path: str) -> bool:
    """Say whether there is such a file (or local folder)."""
    return FileSystems.exists(path)


def create(path: str) -> BinaryIO:
    """Open a new file for writing; its folders are made."""
    if not is_local(path):
        return FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED)
    for _ in _with_folder(path):
        with contextlib.suppress(FileNotFoundError):
            return pathlib.Path(path).open("wb")
    raise FileNotFoundError(path)


def open_(path: str) -> BinaryIO:
    """Open a file for reading; it can be sought in."""
    handle = FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)
    if isinstance(handle, io.BufferedReader):
        return io.BufferedReader(handle.detach(), _READ_AHEAD)
    return handle


def read(path: str) -> bytes | None:
    """Return what is in a file; None where there is none."""
    if not exists(path):
        return None
    with open_(path) as handle:
        return handle.read()


def write_whole(path: str, data: bytes, *, temporary: str) -> None:
    """Write a file that appears, or replaces the one there was, at once.

    On its way there it stands in the folder `temporary`.
    """
    draft = join(temporary, uuid.uuid4().hex) if is_local(path) else path
    with create(draft) as handle:
        handle.write(data)
        flush_to_disk(handle)
    if draft != path:
        _rename(draft, path)


def flush_to_disk(handle: BinaryIO) -> None:
    """Make what was written survive a power cut, where the handle is a local file's."""
    handle.flush()
    with contextlib.suppress(OSError, AttributeError):
        os.fsync(handle.fileno())


def move(moves: Sequence[Move]) -> None:
    """Move files into place; those that are no longer there have been moved before."""
    if not moves:
        return
    if is_local(moves[0][0]):
        for source, target in moves:
            with contextlib.suppress(FileNotFoundError):
                _rename(source, target)
        return
    present = {path for folder in _folders(source for source, _ in moves) for path in walk(folder)}
    left = [(source, target) for source, target in moves if source in present]
    FileSystems.rename([source for source, _ in left], [target for _, target in left])


def delete(paths: Sequence[str]) -> None:
    """Delete files, as far as they are there."""
    if not paths:
        return
    if not is_local(paths[0]):
        FileSystems.delete(list(paths))
        return
    for path in paths:
        pathlib.Path(path).unlink(missing_ok=True)


def delete_tree(folder: str) -> None:
    """Delete a folder with everything in it, and the one above it if that is empty then."""
    if not is_local(folder):
        delete(list(walk(folder)))
        return
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        pathlib.Path(folder).parent.rmdir()


def walk(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder."""
    return iter(sizes(folder))


def sizes(folder: str) -> dict[str, int]:
    """Return all files below a folder by path, with their sizes in bytes."""
    if not is_local(folder):
        (found,) = FileSystems.match([join(folder, "**")])
        return {file.path: file.size_in_bytes for file in found.metadata_list}
    there = {}
    for parent, _, names in os.walk(folder):
        for path in (join(parent, name) for name in names):
            with contextlib.suppress(FileNotFoundError):  # another batch is at work
                there[path] = pathlib.Path(path).stat().st_size
    return there


def _rename(source: str, target: str) -> None:
    for _ in _with_folder(target):
        if not pathlib.Path(source).exists():
            break
        with contextlib.suppress(FileNotFoundError):
            pathlib.Path(source).replace(target)
            return
    raise FileNotFoundError(source)


def _with_folder(path: str) -> Iterator[None]:
    """Make the folder of a file, again if another run has cleared it away meanwhile."""
    for _ in range(_ATTEMPTS):
        with contextlib.suppress(FileNotFoundError):
            pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        yield


def _folders(paths: Iterable[str]) -> list[str]:
    return sorted({FileSystems.split(path)[0] for path in paths})
