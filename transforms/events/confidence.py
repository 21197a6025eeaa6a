"""How sure an event is: the probability that its type, participants and factuality are right.

Two small linear models, one of the type and one of the rest where the type is right, over what the
lexicon, the tree and the participants say, and what the article is about: words of attacks are sport
in one and an accident in the next. The first decides as well what is an event at all, be it a verb
that fits an entry but for one thing or a noun with nobody beside it.
"""

import functools
from collections import Counter
from collections.abc import Iterator, Sequence

from schemas import Factuality
from transforms.events.linear import load_model
from transforms.events.match import Match
from transforms.events.reading import Reading
from transforms.events.tables import mapping, type_facts

# What tells that a sentence is about public affairs.
_STATE, _WEAPON = "name-state", "weapon"
_PUBLIC = frozenset({_STATE, "official", "armed", "attack-event", "policy", "court", "talks"})

# Words of an article that are counted together; from how many of these on it has some, many, most.
_PER = 500
_BANDS = (1, 3, 6)

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
    """Weighs the matches of one article; all of them, since they tell what it is about."""

    def __init__(self, reading: Reading, matches: Sequence[Match]) -> None:
        self._tree, self._phrases = reading.tree, reading.phrases
        self._type, self._rest = load_model("type"), load_model("rest")
        self._public = functools.cache(self._public_in)
        self._told = Counter(match.event_type for match in matches)

    def of(self, match: Match, factuality: Factuality) -> tuple[float, float]:
        """Return the probability that the type is right, and that all of it is."""
        features = tuple(self.features(match, factuality))
        of_type = self._type.probability(features)
        return of_type, of_type * self._rest.probability(features)

    def features(self, match: Match, factuality: Factuality) -> Iterator[str]:
        """Yield what the models are told of a match."""
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
        yield f"tag {tree.tags[token]}"
        yield f"tag {tree.tags[token]} of {kind}"
        yield from sorted({f"child {tree.deps[child]}" for child in tree.children[token]})
        yield f"entry {match.entry.id}"
        yield from (f"object {tree.lemmas[child]}" for child in tree.having(token, "dobj"))
        yield from self._of_root(token)
        yield f"asks {min(match.entry.specificity, 5)}"
        yield f"governs {match.entry.govern}"
        yield from self._of_side("actor", match.actors, match)
        yield from self._of_side("recipient", match.recipients, match)
        yield f"sides {min(2, len(match.actors))} {min(2, len(match.recipients))}"
        yield from self._of_sentence(token, kind)
        yield from self._of_article
        yield f"article public {self._publicity} of {kind}"
        yield f"article tells {min(3, self._told[kind])} of the type"

    def _of_sentence(self, token: int, kind: str) -> Iterator[str]:
        """Yield who else is in the sentence: politics and force, or neither."""
        present = self._public(self._tree.sentence_of[token])
        yield from (f"sentence {name}" for name in sorted(present))
        if not present:
            yield "sentence private"
            yield f"sentence private of {kind}"

    def _public_in(self, number: int) -> Counter[str]:
        """Count the words of a sentence that speak of public affairs, by what they are."""
        return Counter(
            name for token in self._tree.sentence(number) for name in self._of_word(token)
        )

    def _of_word(self, token: int) -> Iterator[str]:
        tree, phrases = self._tree, self._phrases
        if tree.is_noun(token):
            yield from _PUBLIC & phrases.classes(token)
            if tree.lemmas[token] in mapping("modes", "nouns"):
                yield _WEAPON
        elif tree.tags[token] == "JJ" and phrases.names_actor(token):
            yield _STATE  # Syrian

    @functools.cached_property
    def _counts(self) -> Counter[str]:
        """How often the article speaks of what is public, by what it is."""
        counts: Counter[str] = Counter()
        for number in range(len(self._tree.starts) - 1):
            counts += self._public(number)
        return counts

    @functools.cached_property
    def _publicity(self) -> int:
        return self._band(self._counts.total() / 3)  # most of these words are of several kinds

    @functools.cached_property
    def _of_article(self) -> tuple[str, ...]:
        """What the whole article is about: public affairs, and how many acts."""
        bands = [
            f"article {name} {self._band(self._counts[name])}"
            for name in (*sorted(_PUBLIC), _WEAPON)
        ]
        acts = self._band(self._told.total())
        return (*bands, f"article public {self._publicity}", f"article acts {acts}")

    def _band(self, count: float) -> int:
        """Return in which band so many are, for an article of that length."""
        share = count * _PER / max(1, len(self._tree.lemmas))
        return sum(share >= least for least in _BANDS) if count else 0

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

    def _of_side(self, side: str, heads: tuple[int, ...], match: Match) -> Iterator[str]:
        """Yield what the first participant of a side is, and how it hangs on the trigger."""
        tree, kind = self._tree, match.event_type
        if not heads:
            yield f"{side} none"
            yield f"{side} none of {kind}"
            return
        head = heads[0]
        classes = self._phrases.classes(head)
        sort = next((sort for sort in _SORTS if sort in classes), "thing")
        yield f"{side} {sort}"
        yield f"{side} {sort} of {kind}"
        yield f"{side} tag {tree.tags[head]}"
        yield f"{side} dep {tree.deps[head]}"
        yield f"{side} far {min(4, abs(head - match.trigger) // 4)}"
        if tree.tags[head] == "PRP":
            yield f"{side} is {tree.lemmas[head]}"
