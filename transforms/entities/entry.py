"""The records of the knowledge base: entities, what they are found by, offices."""

import datetime as dt
from typing import NamedTuple

from schemas import EntityKind

# How an alias names an entity, the best first where two names of an entity give one key.
ALIAS_KINDS = (
    "name", "alias", "acronym", "adjective", "demonym", "short", "transliteration", "former",
    "exonym", "surname", "stripped", "respelled", "code", "home",
    "abbreviation", "yours", "longer",
)  # fmt: skip


HEAD = 3  # the rank of the office of a head of state or government


class Entry(NamedTuple):
    """An entity of the knowledge base."""

    number: int  # the base's own, for further questions; not stable
    id: str
    geonames_id: str | None
    kind: EntityKind
    place_kind: str | None
    subtype: str | None
    sector: str | None
    name: str
    description: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    prior: float  # how well known it is, roughly log10 of the population of a place as well known
    born: int | None
    died: int | None

    @property
    def wikidata_id(self) -> str | None:
        """Its Wikidata item, where one is known."""
        return self.id if self.id[:1] == "Q" and self.id[1:].isdigit() else None


class Candidate(NamedTuple):
    """An entity that a key can mean, and the kind of alias that says so (`ALIAS_KINDS`)."""

    entry: Entry
    alias: str


class Office(NamedTuple):
    """An office that somebody held from `start` to `end` (None: not known, still in office).

    Rank 3 is a head of state or government, 2 a minister, 1 another office, 0 a seat in a
    parliament; -1 is no office at all but a sector and country that always hold.
    """

    title: str
    sector: str | None
    rank: int
    country: str | None
    start: dt.date | None
    end: dt.date | None
    horizon: dt.date | None  # what the source knows of, for an office without an end
