"""Where an event was: from its clause, else its sentence, else the dateline."""

import dataclasses
from collections.abc import Iterable, Iterator

from schemas import Article, Entity, EventPlace, PlaceBasis
from transforms.events.anchors import Anchors
from transforms.events.match import Match
from transforms.events.reading import Reading
from transforms.events.tables import word_list

_NAMES = frozenset({"GPE", "LOC", "FAC"})
_NEVER = frozenset({"of", "from", "between"})
_DIRECTIONS = frozenset({"to", "into"})
_DEFINITE = frozenset({"the", "this"})
_PROPER = frozenset({"NNP", "NNPS"})
# Of two places of one clause the smaller one is where it was; a town or a square has no size here.
_SIZES = {"admin2": 1, "admin1": 2, "LOC": 2, "region": 3, "water": 3, "country": 4}


class Placing:
    """Finds the places of one article's matches."""

    __slots__ = ("_anchors", "_dateline", "_here", "_places", "_reading")

    def __init__(self, reading: Reading, anchors: Anchors) -> None:
        self._reading = reading
        self._anchors = anchors
        self._dateline = _dateline_place(reading.article)
        self._here = event_place(self._dateline, "dateline") if self._dateline else None
        self._places: dict[int, list[int]] = {}
        for token in range(len(reading.tree)):
            if reading.tree.deps[token] == "pobj" and self._is_located(token):
                self._places.setdefault(anchors.anchor(token), []).append(token)

    def where(self, match: Match, taken: frozenset[int]) -> EventPlace | None:
        """Return the place of a match: one with a name, else what its clause calls it.

        None that takes part in it (`taken`: head tokens), unless it is itself what was struck.
        """
        unnamed = None
        for basis, token in self._candidates(match, taken):
            if self._is_name(token):
                return self._place(token, basis)
            if basis == "clause" and unnamed is None:
                unnamed = token
        for found in (self._modifier(match, taken), self._struck(match), unnamed):
            if found is not None:
                return self._place(found, "clause")
        return self._here

    def _candidates(self, match: Match, taken: frozenset[int]) -> Iterator[tuple[PlaceBasis, int]]:
        """Yield the best place of each word whose places are the match's, the nearest first."""
        within = self._relative(match.trigger)
        if within is not None:
            yield "clause", self._named(within)
        choices: tuple[tuple[PlaceBasis, Iterable[int]], ...] = (
            ("clause", self._anchors.hosts(match)),
            ("clause", (*match.recipients, *match.actors)),
            ("sentence", self._anchors.hosts_beyond(match)),
        )
        for basis, hosts in choices:
            for host in hosts:
                places = [token for token in self._places.get(host, ()) if token not in taken]
                if places:
                    yield basis, self._best(match.trigger, places)

    def _is_located(self, token: int) -> bool:
        tree = self._reading.tree
        word = tree.words[tree.heads[token]]
        if word not in word_list("locative") or word in _NEVER:
            return False
        return self._is_place(token) and (word not in _DIRECTIONS or self._moves(token))

    def _moves(self, token: int) -> bool:
        """Say whether a direction is the place of what is done: troops sent to the border."""
        tree = self._reading.tree
        verb = tree.heads[tree.heads[token]]
        return tree.lemmas[verb] in word_list("moving") and self._anchors.is_trigger(verb)

    def _is_place(self, token: int) -> bool:
        phrases = self._reading.phrases
        entity, label = phrases.entity(token), phrases.label(token)
        if entity is not None:
            building = entity.kind == "organization" and "facility" in phrases.classes(token)
            return entity.kind == "place" or building
        if phrases.is_time(token):
            return False
        return label in _NAMES if label is not None else "place" in phrases.classes(token)

    def _best(self, trigger: int, places: list[int]) -> int:
        """Return the best of the places: one with a name, then the smallest, then the nearest."""

        def far(token: int) -> tuple[bool, int, int]:
            return not self._is_name(token), self._size(token), abs(token - trigger)

        return min(map(self._named, places), key=far)

    def _size(self, token: int) -> int:
        phrases = self._reading.phrases
        entity = phrases.entity(token)
        kind = entity.place_kind if entity is not None else None
        return _SIZES.get(kind or phrases.label(token) or "", 0)

    def _relative(self, trigger: int) -> int | None:
        """Return the town of `the town where they were held`."""
        tree, head = self._reading.tree, self._reading.tree.heads[trigger]
        where = any(tree.words[child] == "where" for child in tree.having(trigger, "advmod"))
        return head if where and tree.deps[trigger] == "relcl" and self._is_place(head) else None

    def _struck(self, match: Match) -> int | None:
        """Return the town that is itself attacked: `jets bombed Leni`."""
        for token in match.recipients if match.event_type == "ASSAULT" else ():
            entity = self._reading.phrases.entity(token)
            small = entity is not None and entity.place_kind not in {"country", None}
            if small and self._is_name(token):
                return token
        return None

    def _modifier(self, match: Match, taken: frozenset[int]) -> int | None:
        """Return `Kabul` of `the Kabul bombing`."""
        noun = match.noun if match.noun is not None else match.trigger
        for child in self._reading.tree.having(noun, "compound", "nmod", "poss"):
            entity = self._reading.phrases.entity(child)
            if entity is not None and entity.kind == "place" and child not in taken:
                return child
        return None

    def _place(self, token: int, basis: PlaceBasis) -> EventPlace:
        entity = self._reading.phrases.entity(token)
        if entity is not None:
            return dataclasses.replace(event_place(entity, basis), kind="place")
        text, start, end = self._reading.text(*self._reading.tree.phrase(token))
        if self._dateline and self._is_here(token):
            here = event_place(self._dateline, basis)
            name = here.name or here.text
            return dataclasses.replace(here, text=text, start=start, end=end, label=None, name=name)
        label = self._reading.phrases.label(token)
        return EventPlace(text=text, start=start, end=end, label=label, kind="place", basis=basis)

    def _is_here(self, token: int) -> bool:
        """Say whether it is the town that a report comes from: `in the city`, `in this port`."""
        tree, (first, last) = self._reading.tree, self._reading.tree.phrase(token)
        before = tree.words[first - 1] if first else ""
        return first == last and tree.words[token] in word_list("here") and before in _DEFINITE

    def _named(self, token: int) -> int:
        """Return `Leni` of `in the town of Leni`, `in the town, Leni`, `in a Leni hotel`."""
        tree, phrases = self._reading.tree, self._reading.phrases
        if self._is_known(token):
            return token
        preps = [prep for prep in tree.having(token, "prep") if tree.words[prep] == "of"]
        of = [noun for prep in preps for noun in tree.having(prep, "pobj")]
        beside = tree.having(token, "appos", "compound", "nmod")
        choices = [
            *(noun for noun in of if "place" in phrases.classes(token) and self._is_name(noun)),
            *filter(self._is_known, beside),
            *filter(self._is_name, [token, *of, *beside]),
            *(
                noun
                for noun in of
                if "settlement" in phrases.classes(token) and self._is_unknown(noun)
            ),
        ]
        return choices[0] if choices else token

    def _is_known(self, token: int) -> bool:
        """Say whether it is a place of the knowledge base."""
        entity = self._reading.phrases.entity(token)
        return entity is not None and entity.entity_id is not None and self._is_name(token)

    def _is_unknown(self, token: int) -> bool:
        """Say whether it is a name that nothing is known of."""
        entity = self._reading.phrases.entity(token)
        unknown = entity is None or entity.entity_id is None
        return unknown and self._reading.tree.tags[token] in _PROPER

    def _is_name(self, token: int) -> bool:
        """Say whether it is the name of a place, known or not: `Leni`, `Old Mill district`."""
        phrases, tree = self._reading.phrases, self._reading.tree
        entity, label = phrases.entity(token), phrases.label(token)
        if entity is not None:
            return self._is_place(token) and entity.label != "NORP"
        if label is not None:
            return label in _NAMES
        return tree.tags[token] in _PROPER or any(
            tree.tags[part] in _PROPER for part in tree.having(token, "compound")
        )


def event_place(entity: Entity, basis: PlaceBasis) -> EventPlace:
    """Return an entity as the place of an event."""
    known = {field.name: getattr(entity, field.name) for field in dataclasses.fields(entity)}
    return EventPlace(**known, basis=basis)


def _dateline_place(article: Article) -> Entity | None:
    dateline = article.dateline
    if dateline is None:
        return None
    for entity in article.entities or ():
        if entity.kind == "place" and dateline.start <= entity.start and entity.end <= dateline.end:
            return entity
    return None
