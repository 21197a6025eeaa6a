"""The event lexicon: what words stand for which PLOVER type, read from `seeds/events`."""

import dataclasses
import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from schemas import EventType
from seeds import read_toml

SOMETHING = "something"  # asked of an object: that there is one, whatever it is
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")

TYPE_FILES = (
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The grammatical slots of a word in which participants stand."""

    actors: tuple[str, ...]  # all that are filled
    recipients: tuple[str, ...]  # the first that is filled


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A sense of some verbs and nouns, with what must stand beside them."""

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    verb_roles: Roles
    noun_roles: Roles
    object: frozenset[str]  # classes of the object, one of which it must have
    subject: frozenset[str]  # likewise of the subject
    preps: tuple[tuple[str, frozenset[str]], ...]  # prepositions it must have, with classes
    near: frozenset[str]  # words one of which must stand nearby
    modifier: frozenset[str]  # classes of a word before a noun
    governor: frozenset[str]  # verbs one of which must govern a noun
    unless: frozenset[str]  # words that must not stand nearby
    complement: bool | None  # true: a clause or infinitive must follow; false: must not
    infinitive: bool  # an infinitive must follow
    # "another": who is to do it is not the subject; "obliged": and must; "own": the subject would
    complement_of: str | None
    predicate: bool  # false: the object must not be given a name or a quality: called him a liar
    govern: str | None  # how it treats an infinitive or clause that it governs
    cameo_root: str | None  # where it is not the one of the type
    bare: bool  # a noun that needs no participant beside it
    examples: tuple[str, ...]

    @property
    def specificity(self) -> int:
        """The number of things that it asks for; the entry that asks for most is tried first."""
        asked = bool(self.object - {SOMETHING}) + bool(self.subject) + 2 * len(self.preps)
        asked += 2 * (bool(self.near) + bool(self.modifier) + bool(self.governor))
        return (
            asked
            + (self.complement is not None)
            + 2 * (self.infinitive or self.complement_of is not None)
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Sense:
    """An entry under one of its words, with the further words that must be there."""

    also: tuple[str, ...]  # particles of a verb, modifiers of a noun
    entry: Entry


@dataclasses.dataclass(frozen=True, slots=True)
class Light:
    """Verbs that lend a predicate to an event noun: `launched an attack`."""

    id: str
    types: frozenset[str]  # the types of event noun that they combine with; empty: all
    nouns: frozenset[str]  # the nouns; empty: all of those types
    reversed: bool  # true where the subject is who it is done to: `faces sanctions`


@dataclasses.dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by lemma, those that ask for most first."""

    entries: tuple[Entry, ...]
    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    light: dict[str, tuple[tuple[tuple[str, ...], Light], ...]]


@functools.cache
def load_lexicon() -> Lexicon:
    """Read the lexicon; every file of a type in `seeds/events` lists its entries."""
    roles = read_toml("events/roles.toml")
    verbs: dict[str, list[Sense]] = defaultdict(list)
    nouns: dict[str, list[Sense]] = defaultdict(list)
    entries = []
    for name in TYPE_FILES:
        data = read_toml(f"events/{name}.toml")
        for raw in data["entries"]:
            entry = _entry(raw, name.upper(), roles)
            entries.append(entry)
            for head, also in _heads(raw.get("verbs", ()), first=True):
                verbs[head].append(Sense(also, entry))
            for head, also in _heads(raw.get("nouns", ()), first=False):
                nouns[head].append(Sense(also, entry))
    return Lexicon(tuple(entries), _sorted(verbs), _sorted(nouns), _light())


def _entry(raw: dict[str, Any], event_type: str, roles: dict[str, Any]) -> Entry:
    return Entry(
        id=raw["id"],
        type=raw.get("type", event_type),
        mode=raw.get("mode"),
        contexts=tuple(raw.get("contexts", ())),
        verb_roles=_roles(roles["verbs"][raw.get("verb_roles", "transitive")]),
        noun_roles=_roles(roles["nouns"][raw.get("noun_roles", "attack")]),
        object=frozenset(raw.get("object", ())),
        subject=frozenset(raw.get("subject", ())),
        preps=tuple((prep, frozenset(classes)) for prep, classes in raw.get("preps", {}).items()),
        near=frozenset(raw.get("near", ())),
        modifier=frozenset(raw.get("modifier", ())),
        governor=frozenset(raw.get("governor", ())),
        unless=frozenset(raw.get("unless", ())),
        complement=raw.get("complement"),
        infinitive=raw.get("infinitive", False),
        complement_of=raw.get("complement_of"),
        predicate=raw.get("predicate", True),
        cameo_root=raw.get("cameo_root"),
        govern=raw.get("govern"),
        bare=raw.get("bare", False),
        examples=tuple(raw.get("examples", ())),
    )


def _roles(raw: dict[str, list[str]]) -> Roles:
    return Roles(actors=tuple(raw["actors"]), recipients=tuple(raw["recipients"]))


def _heads(words: Iterable[str], *, first: bool) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Split `break off` into the verb and its particles, `air strike` into noun and modifiers.

    The parser's words end at a hyphen between letters: `cease-fire` is three of them.
    """
    for word in words:
        parts = tuple((word if first else _HYPHEN.sub(" - ", word)).split())
        yield (parts[0], parts[1:]) if first else (parts[-1], parts[:-1])


def _sorted(senses: dict[str, list[Sense]]) -> dict[str, tuple[Sense, ...]]:
    def asks(sense: Sense) -> int:
        return -(2 * len(sense.also) + sense.entry.specificity)

    return {word: tuple(sorted(listed, key=asks)) for word, listed in senses.items()}


def _light() -> dict[str, tuple[tuple[tuple[str, ...], Light], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Light]]] = defaultdict(list)
    for raw in read_toml("events/light.toml")["entries"]:
        light = Light(
            raw["id"],
            frozenset(raw.get("types", ())),
            frozenset(raw.get("nouns", ())),
            raw.get("reversed", False),
        )
        for head, also in _heads(raw["verbs"], first=True):
            found[head].append((also, light))
    return {word: tuple(sorted(listed, key=lambda x: -len(x[0]))) for word, listed in found.items()}
