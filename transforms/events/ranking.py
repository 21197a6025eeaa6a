"""To whom else it is done: every name and noun of the sentence, weighed for a part in an event.

The slots of the lexicon are exact where they are filled, and blind to whatever else a sentence may
do: "launched an appeal to help farmers in Chad" has its recipient in no slot of "launch an
appeal". Two small linear models, trained on sentences with marked participants, weigh each phrase
by its way to the trigger, by what it is and by what the slots say, and put in who is missing.
"""

import dataclasses
from collections.abc import Iterator

from transforms.events.linear import Linear, load_model
from transforms.events.match import Match
from transforms.events.paths import path
from transforms.events.reading import Reading
from transforms.events.tables import type_facts

# How likely it has to be that what no slot holds is acted on. Who acts stands in a slot, or nowhere:
# in news the model that knows actors was right of one in ten that it put in.
_JOINS = 0.5
_JOINS_AS_PLACE = 0.7  # where it is does not often suffer it

_TELLING = frozenset(
    [
        "=pronoun",
        "accident",
        "actor",
        "armed",
        "attack-event",
        "captive",
        "civilian",
        "facility",
        "money",
        "name",
        "name-org",
        "name-person",
        "name-state",
        "official",
        "person",
        "place",
        "policy",
        "proposal",
        "talks",
        "target",
        "unknown",
        "weapon",
    ]
)
_BEYOND = frozenset(
    [
        "relcl",
        "as",
        "including",
        "like",
        "than",
        "before",
        "during",
        "despite",
        "without",
        "because",
    ]
)
_NOBODY = frozenset(
    ["anyone", "anybody", "one", "nobody", "somebody", "someone", "everyone", "everybody", "none"]
)
_INNER = frozenset({"compound", "amod", "nmod"})


class Ranker:
    """Weighs the participants of the matches of one article."""

    __slots__ = ("_actor", "_phrases", "_reading", "_recipient", "_tree")

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tree, self._phrases = reading.tree, reading.phrases
        self._actor: Linear = load_model("actor")
        self._recipient: Linear = load_model("recipient")

    def rank(self, match: Match) -> Match:
        """Return the match with the participants that the models put in where no slot is filled."""
        roles = match.entry.verb_roles
        mutual = "with" in roles.actors and not roles.recipients  # both sides are actors then
        if match.recipients or (mutual and len(match.actors) > 1):
            return match
        actors, recipients = [*match.actors], [*match.recipients]
        for token in self.candidates(match):
            if token in match.actors or token in match.recipients:
                continue
            if any(self._is_same(token, other) for other in (*actors, *recipients)):
                continue
            if self._suffers(match, token):
                (actors if mutual else recipients).append(token)
        joined = len(actors) + len(recipients) > len(match.actors) + len(match.recipients)
        return dataclasses.replace(
            match, actors=tuple(actors), recipients=tuple(recipients), ranked=joined
        )

    def _is_same(self, token: int, other: int) -> bool:
        """Say whether both are one name, or one pronoun."""
        entity, named = self._phrases.entity(token), self._phrases.entity(other)
        if entity is not None and entity.entity_id is not None and named is not None:
            return entity.entity_id == named.entity_id
        return self._tree.words[token] == self._tree.words[other]

    def _suffers(self, match: Match, token: int) -> bool:
        """Say whether a phrase that no slot holds is likely to be whom it is done to."""
        if self._tree.deps[token] == "conj" or not self._may_join(token, match.trigger):
            return False  # what only stands with another phrase has a part where that one has it
        features = list(self.features(match, token))
        acts, gets = self._actor.probability(features), self._recipient.probability(features)
        prep = self._prep(token)
        least = _JOINS_AS_PLACE if prep == "in" else _JOINS
        return prep != "by" and gets >= max(acts, least)

    def _may_join(self, token: int, trigger: int) -> bool:
        """Say whether it hangs on the trigger, in its clause or for what it is done.

        A place takes part only where it is a country; nobody and anyone are no participants.
        """
        way = path(self._tree, token, trigger)
        if way is None or way.down or not _BEYOND.isdisjoint(way.up):
            return False
        if self._tree.words[token] in _NOBODY or self._is_source(token):
            return False
        entity = self._phrases.entity(token)
        country = entity is not None and entity.place_kind == "country"
        return country or "place" not in self._phrases.classes(token)

    def _is_source(self, token: int) -> bool:
        """Say whether it is who says so: `according to the mayor`."""
        tree, prep = self._tree, self._tree.heads[token]
        return tree.words[tree.heads[prep]] == "according"

    def _prep(self, token: int) -> str:
        """Return the preposition that a phrase stands under; empty where it stands under none."""
        tree = self._tree
        return tree.words[tree.heads[token]] if tree.deps[token] == "pobj" else ""

    def candidates(self, match: Match) -> list[int]:
        """Return the heads of who may take part: what the slots found, and every name or noun."""
        tree = self._tree
        sentence = tree.sentence(tree.sentence_of[match.trigger])
        found = {token for token in sentence if token != match.trigger and self._may_act(token)}
        return sorted(found.union(match.actors, match.recipients))

    def _may_act(self, token: int) -> bool:
        tree, phrases = self._tree, self._phrases
        entity = phrases.entity(token)
        noun = tree.is_noun(token) or tree.tags[token] in {"PRP", "CD"}
        if not noun and (entity is None or not tree.tags[token].startswith("JJ")):
            return False
        if phrases.is_time(token) or not self._is_somebody(token):
            return False
        head = tree.heads[token]
        if entity is not None and phrases.entity(head) is entity:
            return False
        return not (tree.deps[token] in _INNER and phrases.is_actor(head))

    def _is_somebody(self, token: int) -> bool:
        actor = self._tree.tags[token] == "PRP" or self._phrases.is_actor(token)
        return actor or not self._phrases.classes(token).isdisjoint({"place", "name", "person"})

    def features(self, match: Match, token: int) -> Iterator[str]:
        """Yield what the models are told of a phrase beside a trigger."""
        tree, kind = self._tree, match.event_type
        way = path(tree, token, match.trigger)
        up, down = way or (("far",), ("far",))
        told = str(way) if way else "far"
        slots = f"{token in match.actors:d}{token in match.recipients:d}"
        filled = f"{bool(match.actors):d}{bool(match.recipients):d}"
        last = up[-1] if up else ""
        yield f"path {told}"
        yield f"path {told} of {kind}"
        yield f"path {told} of quad {type_facts()[kind].quad_class}"
        yield f"path {told} filled {filled}"
        yield f"last {last}|{'>'.join(down)}"
        yield f"first {up[0] if up else ''}"
        yield f"down {'>'.join(down)}"
        yield f"length {len(up)} {len(down)}"
        yield f"slot {slots} of {kind}" if slots != "00" else "slot 00"
        yield f"slot {slots} filled {filled}"
        yield from self._of_phrase(token, last, kind)
        yield "before" if token < match.trigger else "after"
        yield f"trigger {tree.tags[match.trigger][0]}"
        yield f"apart {min(6, abs(token - match.trigger) // 3)}"
        yield f"passive {tree.is_passive(match.trigger):d} {last}"

    def _of_phrase(self, token: int, last: str, kind: str) -> Iterator[str]:
        for name in sorted(self._phrases.classes(token) & _TELLING):
            yield f"is {name}"
            yield f"is {name} by {last}"
            yield f"is {name} of {kind}"
        yield f"entity {self._phrases.entity(token) is not None:d}"
        yield f"dep {self._tree.deps[token]}"
