"""What the lexicon has found in an article: a word, the entry that it matches, who takes part."""

import dataclasses

from schemas import EventType
from transforms.events.arguments import Heads
from transforms.events.lexicon import Entry


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A word of the article that an entry of the lexicon matches."""

    trigger: int
    entry: Entry
    event_type: EventType
    mode: str | None
    actors: Heads
    recipients: Heads
    noun: int | None = None  # the event noun of a light verb
    light: str | None = None
    acts: Heads = ()  # the acts that it governs
    ranked: bool = False  # whether the models of ranking.py put somebody in
    told: bool = False  # whether a verb tells that what the noun names takes place, or does not
    lacks: str | None = None  # what the entry asks for and does not get, where it fits but for that
