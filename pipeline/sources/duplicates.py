"""Articles whose id an earlier one has, found by digests, so that millions fit in memory."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.sources.formats import STAGE, Record
from pipeline.sources.splits import DIGEST_BYTES, ENTRY_BYTES, Split
from schemas import Article, reject

_BUCKETS = 16
_SHELVES = 4096
_PAGE_LINES = 1024

# Files, compressed, and for each id its entry (digest, line) with the number of its file among
# those. Many ids together: a runner in memory keeps some five copies of what it groups.
Pack = tuple[bytes, bytes]
_FILE_BYTES = 2
_PACK_ENTRIES = 4096


class Place(NamedTuple):
    """Where a record stands; places sort in the order of the input."""

    path: str
    line: int  # 0: it is the whole file


class Duplicate(NamedTuple):
    """An article that has the id of an earlier one."""

    place: Place
    first: Place  # the earlier one


class Packer:
    """Packs the ids of splits by bucket: a bucket holds all places of an id."""

    def __init__(self) -> None:
        self._paths: list[dict[str, int]] = [{} for _ in range(_BUCKETS)]
        self._entries = [bytearray() for _ in range(_BUCKETS)]

    def add(self, split: Split) -> Iterator[tuple[int, Pack]]:
        """Take the ids of a split; yield the packs that are full."""
        for part in split.parts:
            for at in range(0, len(part.ids), ENTRY_BYTES):
                entry = part.ids[at : at + ENTRY_BYTES]
                bucket = entry[0] % _BUCKETS
                paths = self._paths[bucket]
                number = paths.setdefault(part.path, len(paths))
                self._entries[bucket] += entry + number.to_bytes(_FILE_BYTES)
                if len(self._entries[bucket]) >= _PACK_ENTRIES * (ENTRY_BYTES + _FILE_BYTES):
                    yield from self._close(bucket)

    def rest(self) -> Iterator[tuple[int, Pack]]:
        """Yield what is left."""
        for bucket in range(_BUCKETS):
            yield from self._close(bucket)

    def _close(self, bucket: int) -> Iterator[tuple[int, Pack]]:
        if self._entries[bucket]:
            paths = zlib.compress("\0".join(self._paths[bucket]).encode())
            yield bucket, (paths, bytes(self._entries[bucket]))
        self._paths[bucket], self._entries[bucket] = {}, bytearray()


def find_duplicates(bucket: Iterable[Pack]) -> Iterator[Duplicate]:
    """Yield every article of a bucket whose id stands earlier in the input."""
    packs = list(bucket)
    repeated = _repeated(entry[:DIGEST_BYTES] for pack in packs for entry in _entries(pack))
    places: dict[bytes, list[Place]] = {digest: [] for digest in sorted(repeated)}
    for pack in packs:
        paths = zlib.decompress(pack[0]).decode().split("\0") if repeated else []
        for entry in _entries(pack):
            if (digest := entry[:DIGEST_BYTES]) in repeated:
                places[digest].append(_place(entry, paths))
    for found in places.values():
        first, *later = sorted(found)
        yield from (Duplicate(place, first) for place in later)


def shelf(place: Place) -> int:
    """Return the shelf, one of few, where the duplicates of a file's neighbouring lines lie."""
    page = f"{place.path}\n{place.line // _PAGE_LINES}"
    return zlib.crc32(page.encode()) % _SHELVES


class Lookup:
    """Says of a place where the first article with the same id stands."""

    def __init__(self, shelves: Callable[[int], Iterable[Duplicate]]) -> None:
        self._shelves = shelves
        self._shelf = -1
        self._firsts: dict[Place, Place] = {}

    def first(self, place: Place) -> Place | None:
        """Return it, or None where the article is the first itself."""
        if (number := shelf(place)) != self._shelf:
            self._shelf = number
            self._firsts = dict(self._shelves(number))
        return self._firsts.get(place)


def set_aside_duplicates(records: Iterable[Record], lookup: Lookup) -> Iterator[Record]:
    """Turn the articles among the records that are duplicates into rejects."""
    for record in records:
        article = record.result
        if isinstance(article, Article):
            first = lookup.first(Place(article.input_path, record.line or 0))
            yield record if first is None else _rejected(record, article, first)
        else:
            yield record


def _repeated(digests: Iterable[bytes]) -> set[bytes]:
    seen: set[bytes] = set()
    repeated: set[bytes] = set()
    for digest in digests:
        (repeated if digest in seen else seen).add(digest)
    return repeated


def _entries(pack: Pack) -> Iterator[bytes]:
    size = ENTRY_BYTES + _FILE_BYTES
    return (pack[1][at : at + size] for at in range(0, len(pack[1]), size))


def _place(entry: bytes, paths: Sequence[str]) -> Place:
    path = paths[int.from_bytes(entry[ENTRY_BYTES:])]
    return Place(path, int.from_bytes(entry[DIGEST_BYTES:ENTRY_BYTES]))


def _rejected(record: Record, article: Article, first: Place) -> Record:
    where = f"{first.path}, line {first.line}" if first.line else first.path
    row = reject(
        record.payload,
        path=article.input_path,
        line=article.input_line,
        doc_id=article.id,
        stage=STAGE,
        error="duplicate_id",
        message=f"the id {article.id[:100]!r} is that of the article in {where}; an id must be "
        "unique in a batch (without one given, it is made from url and text)",
    )
    return record._replace(result=row)
