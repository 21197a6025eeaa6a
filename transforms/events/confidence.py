"""How sure an event is: the probability that its type and participants are right.

A small linear model over what the lexicon, the tree and the participants say. It decides as well
where the lexicon leaves it open: a verb that fits an entry but for one thing is an event where it
is likely to be one.
"""

from collections.abc import Iterator

from schemas import Factuality
from transforms.events.linear import load_model
from transforms.events.matching import Match
from transforms.events.reading import Reading
from transforms.events.tables import type_facts

# An event has to be this sure, one that lacks something this.
_LEAST = 0.15
_LEAST_OF_LACKING = 0.8

# What tells that a sentence is about public affairs.
_PUBLIC = frozenset({"name-state", "official", "armed", "attack-event", "policy", "court", "talks"})

# What a participant is, the first of these that it is.
_SORTS = (
    "name-state",
    "official",
    "armed",
    "name-org",
    "name-person",
    "civilian",
    "person",
    "actor",
    "=pronoun",
    "place",
    "unknown",
)


class Confidence:
    """Weighs the matches of one article."""

    __slots__ = ("_model", "_phrases", "_present", "_tree")

    def __init__(self, reading: Reading) -> None:
        self._tree, self._phrases = reading.tree, reading.phrases
        self._model = load_model("event")
        self._present: dict[int, frozenset[str]] = {}  # by the number of the sentence

    def of(self, match: Match, factuality: Factuality) -> float:
        """Return the probability that type and participants are right."""
        return self._model.probability(self.features(match, factuality))

    def is_enough(self, match: Match, confidence: float) -> bool:
        """Say whether the match is an event."""
        return confidence >= (_LEAST if match.lacks is None else _LEAST_OF_LACKING)

    def features(self, match: Match, factuality: Factuality) -> Iterator[str]:
        """Yield what the model is told of a match."""
        tree, token, kind = self._tree, match.trigger, match.event_type
        depth = sum(1 for _ in tree.ancestors(token))
        yield f"type {kind}"
        yield f"mode {match.mode}"
        yield f"quad {type_facts()[kind].quad_class}"
        yield f"lacks {match.lacks}"
        yield f"lacks {match.lacks} of {kind}"
        yield f"form {self._form(match)}"
        yield f"factuality {factuality}"
        yield f"factuality {factuality} of {kind}"
        yield f"depth {min(depth, 4)}"
        yield f"dep {tree.deps[token]}"
        yield f"entry {match.entry.id}"
        yield from (f"object {tree.lemmas[child]}" for child in tree.having(token, "dobj"))
        yield from self._of_root(token)
        yield f"asks {min(match.entry.specificity, 5)}"
        yield f"governs {match.entry.govern}"
        yield from self._of_side("actor", match.actors, kind)
        yield from self._of_side("recipient", match.recipients, kind)
        yield from self._of_sentence(token, kind)
        yield f"sides {min(2, len(match.actors))} {min(2, len(match.recipients))}"

    def _of_sentence(self, token: int, kind: str) -> Iterator[str]:
        """Yield who else is in the sentence: politics and force, or neither."""
        number = self._tree.sentence_of[token]
        present = self._present.get(number)
        if present is None:
            present = self._present[number] = self._public(number)
        yield from (f"sentence {name}" for name in sorted(present))
        if not present:
            yield "sentence private"
            yield f"sentence private of {kind}"

    def _public(self, number: int) -> frozenset[str]:
        nouns = filter(self._tree.is_noun, self._tree.sentence(number))
        return _PUBLIC & frozenset().union(*map(self._phrases.classes, nouns))

    def _of_root(self, token: int) -> Iterator[str]:
        """Yield the main verb of the sentence and its object: what the sentence is about."""
        tree = self._tree
        root = next((head for head in tree.ancestors(token) if tree.heads[head] == head), token)
        yield f"root {tree.lemmas[root]}"
        yield from (f"root object {tree.lemmas[child]}" for child in tree.having(root, "dobj"))

    def _form(self, match: Match) -> str:
        if match.light:
            return "light"
        return "verb" if self._tree.is_verb(match.trigger) else "noun"

    def _of_side(self, side: str, heads: tuple[int, ...], kind: str) -> Iterator[str]:
        classes = self._phrases.classes(heads[0]) if heads else frozenset()
        sort = next((sort for sort in _SORTS if sort in classes), "none" if not heads else "thing")
        yield f"{side} {sort}"
        yield f"{side} {sort} of {kind}"
