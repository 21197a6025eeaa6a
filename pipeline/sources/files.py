"""Which files are the input: paths, folders and globs, local or on any Beam filesystem."""

import collections
import difflib
import glob
import hashlib
import logging
import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems

from pipeline.sources.registry import AUTO, FORMATS, format_of, known_endings
from schemas import UsageError

_LOG = logging.getLogger(__name__)
_GLOB = frozenset("*?[")


class InputFile(NamedTuple):
    """A file to read."""

    path: str
    size: int  # in bytes, as it lies there
    format: str  # a name in FORMATS


class _Found(NamedTuple):
    path: str
    size: int


def match(patterns: Sequence[str], *, format: str = AUTO) -> tuple[InputFile, ...]:  # noqa: A002 - the option's name
    """Return the files that the patterns name, sorted by path, each once.

    A pattern is a file, a folder or a glob. From a folder and those in it come the files whose
    endings are known; hidden ones are left out, the others counted in a warning. A file that a
    path or glob names is read whatever its ending, as plain text if nothing else is known of it.

    Args:
        patterns: what to read
        format: the name of a format, where endings do not tell

    Raises:
        UsageError: a pattern matches nothing, or lies on a filesystem that is not installed.
    """
    files: dict[str, InputFile] = {}
    # One spelling of a file is its name as it stands, which takes no memory of its own.
    spellings = {Path(pattern).is_absolute() for pattern in patterns if "://" not in pattern}
    name_of = _absolute if len(spellings) > 1 else _as_is
    for pattern in patterns:
        for found in _expand(pattern):
            name = format if format != AUTO else format_of(found.path)
            files.setdefault(name_of(found.path), InputFile(found.path, found.size, name))
    return tuple(sorted(files.values()))


def fingerprint(files: Iterable[InputFile]) -> str:
    """Return 32 hex digits that are the same where paths and sizes are.

    >>> fingerprint([InputFile("a.txt", 12, "text")])
    'ff16f93cd38b46f5671a85a08b3de44c'
    """
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.path}\0{file.size}\0".encode())
    return digest.hexdigest()[:32]


def _expand(pattern: str) -> list[_Found]:
    """Return what a pattern names.

    Raises:
        UsageError: nothing.
    """
    if not pattern:
        raise UsageError("the input '' matches no file: name one, a folder or a glob")
    found = _remote(pattern) if "://" in pattern else _local(pattern)
    if not found:
        raise UsageError(f"the input {pattern!r} matches no file{_hint(pattern)}")
    return found


def _local(pattern: str) -> list[_Found]:
    path = Path(pattern)
    if path.is_dir():
        return _known(_walk(pattern), pattern)
    if path.is_file():
        return [_found(path)]
    if path.exists():
        raise UsageError(f"the input {pattern!r} is neither a file nor a folder: save it to a file")
    # Path.glob would take hidden files too.
    paths = glob.glob(pattern, recursive=True) if _GLOB & set(pattern) else []  # noqa: PTH207
    return [_found(path) for path in map(Path, paths) if path.is_file()]


def _walk(folder: str) -> Iterator[_Found]:
    def stop(error: OSError) -> None:
        raise UsageError(f"the folder {error.filename!r} cannot be read: {error.strerror}")

    for inside, folders, names in os.walk(folder, onerror=stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(inside, name)
            if not name.startswith(".") and path.is_file():
                yield _found(path)


def _found(path: Path) -> _Found:
    """Measure a file; a name that is no UTF-8 is shown escaped, and then cannot be opened."""
    shown = os.fsencode(os.path.normpath(path)).decode(errors="backslashreplace")
    return _Found(shown, path.stat().st_size)


def _remote(pattern: str) -> list[_Found]:
    """Match an object, a glob, or else the objects in a folder, of which stores know nothing."""
    folder = pattern.rstrip("/") + "/"
    try:
        if not pattern.endswith("/") and (found := list(_listed(pattern, pattern))):
            return found
        return _known(_listed(folder + "**", folder), pattern)
    except ValueError as error:
        scheme = pattern.partition("://")[0]
        extra = {"gs": "gcp", "s3": "aws"}.get(scheme)
        remedy = f"pip install 'dateline[{extra}]'" if extra else "see Beam's filesystems"
        raise UsageError(f"the input {pattern!r} cannot be read, {error}; {remedy}") from error
    except BeamIOError as error:
        raise UsageError(f"the input {pattern!r} cannot be listed: {error}") from error


def _listed(pattern: str, base: str) -> Iterator[_Found]:
    """List what matches; hidden is what has a dot before a name that the pattern leaves open."""
    fixed = base[: min((base.find(mark) for mark in _GLOB if mark in base), default=len(base))]
    start = fixed.rfind("/") + 1
    for entry in FileSystems.match([pattern])[0].metadata_list:
        names = entry.path[start:].split("/")
        if names[-1] and (entry.path == pattern or not any(n.startswith(".") for n in names)):
            yield _Found(entry.path, entry.size_in_bytes)


def _known(found: Iterable[_Found], folder: str) -> list[_Found]:
    """Keep the files with a known ending, and say how many others there were."""
    kept = []
    skipped: collections.Counter[str] = collections.Counter()
    for file in found:
        if file.path.lower().endswith(known_endings()):
            kept.append(file)
        else:
            skipped[posixpath.splitext(file.path)[1].lower() or "no ending"] += 1
    if skipped:
        kinds = ", ".join(f"{ending} ({count})" for ending, count in skipped.most_common(5))
        message = "%s: left out %d files with other endings than %s: %s"
        _LOG.warning(message, folder, skipped.total(), " ".join(_plain_endings()), kinds)
    return kept


def _hint(pattern: str) -> str:
    """Say what is near, where that is cheap to know."""
    if "://" in pattern:
        return ": is it spelt right, and may you read it?"
    path, here = Path(pattern), f"(in {Path.cwd()})"
    if path.is_dir():
        endings = " ".join(_plain_endings())
        return f" that ends in {endings} (.gz, .bz2, .zst): name other files as in '{pattern}/*'"
    if _GLOB & set(pattern):
        return f": nothing is like that {here}"
    if not path.parent.is_dir():
        return f": there is no folder {str(path.parent)!r} {here}"
    near = difflib.get_close_matches(path.name, (other.name for other in path.parent.iterdir()), 1)
    return f": did you mean {str(path.with_name(near[0]))!r}?" if near else f" {here}"


def _plain_endings() -> list[str]:
    return [ending for known in FORMATS.values() for ending in known.endings]


def _absolute(path: str) -> str:
    return path if "://" in path else str(Path(path).absolute())


def _as_is(path: str) -> str:
    return path
