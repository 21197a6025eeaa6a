"""The smaller tables of event extraction, read from `seeds/events` once a process."""

import dataclasses
import functools
from typing import Any, cast

from schemas import CountKind, EntityKind, EventType, Factuality
from seeds import read_toml

_VERBAL = frozenset({1, 3})  # quad classes


@dataclasses.dataclass(frozen=True, slots=True)
class NounClass:
    """What the table of nouns says of a word: its classes, and what sort of participant it is."""

    classes: frozenset[str]
    kind: EntityKind
    sector: str | None
    of_a_country: bool  # the sector holds only where a country is named with it


@dataclasses.dataclass(frozen=True, slots=True)
class TypeFacts:
    """What follows from the type and mode of an event."""

    quad_class: int
    cameo_root: str
    score: float
    mode_scores: dict[str, float]
    mode_roots: dict[str, str]
    things: bool  # true where what it is done to may be a thing


@functools.cache
def noun_classes() -> dict[str, NounClass]:
    """Return the classes of nouns by lemma; a noun of several groups has the classes of all.

    WordNet's are for nouns that the table written by hand does not have.
    """
    return _classes_in("events/wordnet.toml") | _classes_in("events/nouns.toml")


def _classes_in(file: str) -> dict[str, NounClass]:
    found: dict[str, NounClass] = {}
    for group in read_toml(file)["groups"]:
        classes = frozenset(group["classes"])
        kind, sector = cast("EntityKind", group.get("kind", "other")), group.get("sector")
        for noun in group["nouns"]:
            known = found.get(noun)
            found[noun] = (
                NounClass(
                    known.classes | classes, known.kind, known.sector or sector, known.of_a_country
                )
                if known
                else NounClass(classes, kind, sector, group.get("of_a_country", False))
            )
    return found


@functools.cache
def type_facts() -> dict[EventType, TypeFacts]:
    """Return quad class, CAMEO root and PLOVER score of the types and their modes."""
    return {
        cast("EventType", name): TypeFacts(
            raw["quad_class"],
            raw["cameo_root"],
            raw["score"],
            raw.get("mode_scores", {}),
            raw.get("mode_roots", {}),
            raw.get("things", False),
        )
        for name, raw in read_toml("events/types.toml").items()
    }


def is_verbal(event_type: EventType) -> bool:
    """Say whether events of a type are words: appeals, agreements, accusations, threats."""
    return type_facts()[event_type].quad_class in _VERBAL


def is_cooperation(event_type: EventType) -> bool:
    """Say whether a type is of one of the two cooperative quad classes."""
    return type_facts()[event_type].quad_class <= 2


@functools.cache
def words(file: str, table: str) -> frozenset[str]:
    """Return the list of words under that name in a file of `seeds/events`."""
    return frozenset(read_toml(f"events/{file}.toml")[table])


@functools.cache
def mapping(file: str, table: str) -> dict[str, str]:
    """Return `value = [word …]` lists of a file of `seeds/events` as word → value."""
    listed = read_toml(f"events/{file}.toml")[table]
    return {word: value for value, members in listed.items() for word in members}


def factuality_of(table: str) -> dict[str, Factuality]:
    """Return the words of a table of `factuality.toml` with the factuality that they give."""
    return cast("dict[str, Factuality]", mapping("factuality", table))


def count_kinds() -> dict[str, CountKind]:
    """Return what is counted where a number stands by a verb: `kill` → `killed`."""
    return cast("dict[str, CountKind]", mapping("counts", "kinds"))


@functools.cache
def raw(file: str) -> dict[str, Any]:
    """Return a file of `seeds/events` as it is."""
    return read_toml(f"events/{file}.toml")


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of the table `words` in factuality.toml."""
    return frozenset(read_toml("events/factuality.toml")["words"][name])
