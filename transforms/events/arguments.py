"""Who stands where: the subject, object and prepositional objects of a verb or an event noun.

Follows passives, relative and participial clauses, coordination, and the understood subjects of
infinitives and gerunds. What is returned are head tokens; coordinated heads come as several.
"""

import dataclasses

from transforms.events.phrases import Phrases, is_partitive
from transforms.events.tables import word_list, words
from transforms.events.tree import Tree

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE_TAGS = frozenset({"WDT", "WP"})
_CLAUSES = frozenset({"xcomp", "advcl", "ccomp", "acomp"})
_COMPLEMENTS = ("dobj", "aux", "auxpass", "ccomp", "xcomp", "prt", "dative", "agent")
_DEPTH = 6
# Prepositions whose gerund is done by who does what it hangs on: shot a guard before fleeing.
_CIRCUMSTANTIAL = frozenset(
    {"before", "after", "while", "by", "without", "since", "when", "upon", "despite"}
)
_ALONG = frozenset({"along", "together"})

Heads = tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Slots:
    """The filled slots of a predicate."""

    subject: Heads
    object: Heads
    dative: Heads
    preps: dict[str, Heads]
    passive: bool

    def get(self, slot: str) -> Heads:
        """Return what stands in a slot named as in roles.toml."""
        if slot == "subject":
            return self.subject
        if slot == "object":
            return self.object
        if slot == "dative":
            return self.dative
        return self.preps.get(slot, ())


class Arguments:
    """Finds slots over one article's tree."""

    __slots__ = ("_cache", "_phrases", "_tree")

    def __init__(self, tree: Tree, phrases: Phrases) -> None:
        self._tree = tree
        self._phrases = phrases
        self._cache: dict[int, Slots] = {}

    def of(self, token: int) -> Slots:
        """Return the slots of a verb, or of a noun that stands for an event."""
        found = self._cache.get(token)
        if found is None:
            find = self._of_verb if self._tree.is_verb(token) else self._of_noun
            found = self._cache[token] = find(token)
        return found

    def is_reduced(self, verb: int) -> bool:
        """Say whether it is a passive as headlines have it: `Mayor arrested after brawl`.

        It is one where a past tense without an object ends in no stop, or a bare participle stands,
        and the subject is not of the sort that acts so.
        """
        tree, subjects = self._tree, self._tree.having(verb, "nsubj")
        if tree.tags[verb] not in {"VBD", "VBN"} or tree.heads[verb] != verb or not subjects:
            return False
        if tree.having(verb, *_COMPLEMENTS) or "armed" in self._phrases.classes(subjects[0]):
            return False
        is_headline = tree.ends_open(tree.sentence_of[verb]) or tree.tags[verb] == "VBN"
        return is_headline and tree.lemmas[verb] in words("participants", "done_to_people")

    def of_objects(self, slots: Slots) -> dict[str, Heads]:
        """Return the prepositional objects that hang on the objects of a verb."""
        found: dict[str, Heads] = {}
        for token in slots.object:
            found = self.of(token).preps | found if self._tree.is_noun(token) else found
        return found

    def heads(self, token: int) -> Heads:
        """Return the token and its conjuncts, each seen through `hundreds of …`."""
        members = self._tree.conjuncts(token)
        if self._tree.is_noun(token):
            members += self._along_with(token)
        found = [self._through(m) for m in members if m == token or not self._is_where(m)]
        return tuple(member for heads in found for member in heads)

    def _along_with(self, noun: int) -> list[int]:
        """Return who is joined with a noun: the mayor, together with two aides."""
        tree, verb = self._tree, self._tree.heads[noun]
        beside = [*tree.having(noun, "prep", "advmod"), *tree.having(verb, "prep", "advmod")]
        joining = dict.fromkeys(
            t for t in beside if tree.words[t] in _ALONG and noun < t and not noun < verb < t
        )
        preps = (p for t in joining for p in tree.having(t, "prep") if tree.words[p] == "with")
        return [
            member
            for prep in preps
            for t in tree.having(prep, "pobj")
            for member in tree.conjuncts(t)
        ]

    def _is_where(self, token: int) -> bool:
        """Say whether it only tells where a place is: Alaska of `the church in Wasilla, Alaska`."""
        tree, head = self._tree, self._tree.heads[token]
        if not token or tree.words[token - 1] != "," or tree.having(head, "cc"):
            return False
        place, other = self._phrases.entity(token), self._phrases.entity(head)
        is_place = place is not None and place.kind == "place"
        return is_place and (other is None or other.kind != "place")

    def _through(self, token: int) -> Heads:
        tree = self._tree
        if tree.words[token] in words("participants", "taken_as"):
            # took hundreds of students hostage
            taken = [child for child in tree.having(token, "compound") if child == token - 1]
            return tuple(taken) or (token,)
        if is_partitive(tree.words[token]) or tree.tags[token] == "CD":
            for prep in tree.having(token, "prep"):
                if tree.words[prep] == "of":
                    return tuple(
                        member
                        for child in tree.having(prep, "pobj")
                        for member in tree.conjuncts(child)
                    )
        return (token,)

    def _of_noun(self, noun: int) -> Slots:
        """Return the slots of a noun; those of the verb by which it happens count as its own."""
        tree, verb = self._tree, self._tree.heads[noun]
        preps = self._preps(noun)
        happens = tree.is_verb(verb) and tree.lemmas[verb] in word_list("occurrence")
        if happens and tree.deps[noun] in {"nsubj", "nsubjpass"}:
            preps = self._preps(verb) | preps
        doing = words("participants", "doing")
        made = [verb for verb in tree.having(noun, "acl") if tree.lemmas[verb] in doing]
        if made and "by" not in preps:  # a strike called by teachers
            preps = preps | {"by": self._preps(made[0]).get("by", ())}
        return Slots((), (), (), preps, passive=False)

    def _of_verb(self, verb: int) -> Slots:
        passive = self._tree.is_passive(verb)
        surface = self.surface_subject(verb)
        objects = self._objects(verb, passive=passive)
        preps = self._preps(verb)
        dative = self._all(self._tree.having(verb, "dative"))
        dative = tuple(token for token in dative if self._tree.tags[token] != "IN")
        if passive:
            agents = preps.get("by", ())
            agents = tuple(token for token in agents if not self._phrases.is_time(token))
            agents = tuple(filter(self._phrases.is_actor, agents)) or agents  # by mail by the firm
            if objects:  # was given aid
                return Slots(agents, objects, surface + dative, preps, passive=True)
            return Slots(agents, surface, dative, preps, passive=True)
        return Slots(surface, objects or self._shared(verb), dative, preps, passive=False)

    def _all(self, tokens: list[int]) -> Heads:
        return tuple(member for token in tokens for member in self.heads(token))

    def _objects(self, verb: int, *, passive: bool) -> Heads:
        tree = self._tree
        relative = self._relative_head(verb)
        found = tree.having(verb, "dobj")
        if relative is None and not passive:  # said that he had resigned: that is no object
            found = [token for token in found if tree.tags[token] != "WDT"]
        found = found or self._judged(verb)
        if found and relative is not None and tree.tags[found[0]] in _RELATIVE_TAGS:
            return self.heads(relative)
        if found or passive or relative is None or self._is_when(relative) or self._is_aside(verb):
            return self._all(found)
        own = tree.having(verb, *_SUBJECTS) or tree.having(tree.first_conjunct(verb), *_SUBJECTS)
        if own and not any(tree.tags[token] in _RELATIVE_TAGS for token in own):
            relatives = (token for token in tree.children[verb] if tree.deps[token] == "prep")
            if not any(not tree.having(token, "pobj", "pcomp") for token in relatives):
                return self.heads(relative)
        return ()

    def _is_aside(self, verb: int) -> bool:
        """Say whether a clause on a noun tells of it as a place or time: the town where they met."""
        tree = self._tree
        return any(tree.tags[token] == "WRB" for token in tree.having(verb, "advmod"))

    def _is_town(self, token: int) -> bool:
        entity = self._phrases.entity(token)
        if entity is None:
            return self._phrases.label(token) == "GPE"
        return entity.kind == "place" and entity.place_kind != "country"

    def _is_when(self, noun: int) -> bool:
        """Say whether a clause on a noun tells when or how: by the time they met."""
        adverbial = self._tree.lemmas[noun] in words("participants", "adverbial")
        return adverbial or self._phrases.is_time(noun)

    def _judged(self, verb: int) -> list[int]:
        """Return `him` of `found him guilty`, which the parser takes for a clause."""
        tree = self._tree
        clauses = [c for c in tree.having(verb, "ccomp", "xcomp") if not tree.is_verb(c)]
        return [token for clause in clauses[:1] for token in tree.having(clause, "nsubj")]

    def _shared(self, verb: int) -> Heads:
        """Return the object of `burned` for `shelled` in `shelled and burned the village`."""
        tree = self._tree
        for other in tree.having(verb, "conj"):
            if tree.is_verb(other) and other - verb <= 3:
                return self._all(tree.having(other, "dobj"))
        return ()

    def _relative_head(self, verb: int) -> int | None:
        first = self._tree.first_conjunct(verb)
        return self._tree.heads[first] if self._tree.deps[first] == "relcl" else None

    def surface_subject(self, verb: int, depth: int = 0) -> Heads:
        """Return what stands, or is understood, as the grammatical subject of a verb."""
        tree = self._tree
        if depth > _DEPTH:
            return ()
        own = [token for token in tree.having(verb, "nsubj", "nsubjpass") if token != verb]
        if len(own) > 1:  # in the capital, Lima, police shot: Lima is where
            own = [token for token in own if not self._is_town(token)] or own
        if own:
            relative = self._relative_head(verb)
            if relative is not None and tree.tags[own[0]] in _RELATIVE_TAGS:
                relative = self._phrases.who(relative) if tree.words[own[0]] == "who" else relative
                return self.heads(tree.first_conjunct(relative))[:1] or (relative,)
            return self._all(own)
        return self._understood(verb, depth)

    def _understood(self, verb: int, depth: int) -> Heads:
        tree, dep, head = self._tree, self._tree.deps[verb], self._tree.heads[verb]
        if head == verb:
            return ()
        if dep == "conj":
            return self.surface_subject(head, depth + 1) if tree.is_verb(head) else ()
        if dep in {"acl", "relcl"}:
            return self._of_attribute(verb, head, depth)
        if dep == "pcomp":
            return self._of_gerund(head, depth)
        if dep in _CLAUSES and (dep != "ccomp" or self._is_nonfinite(verb)):
            return self._controller(head, depth, purpose=dep == "advcl")
        return ()

    def _of_attribute(self, verb: int, noun: int, depth: int) -> Heads:
        """Return who does what a clause on a noun tells: most often the noun."""
        tree = self._tree
        in_court = tree.deps[noun] == "pobj" and tree.words[tree.heads[noun]] in {"in", "before"}
        if tree.words[noun] == "court" and in_court and not tree.having(noun, "det"):
            return self._subject_above(noun, depth)  # appeared in court charged with theft
        infinitive = tree.is_infinitive(verb)
        uttered = tree.lemmas[noun] in word_list("utterances") and not tree.is_passive(verb)
        owned = self.owner(noun, depth) if uttered or infinitive else ()
        return owned or (() if infinitive else (noun,))

    def _of_gerund(self, prep: int, depth: int) -> Heads:
        """Return who does what follows a preposition: `accused the rebels of attacking`."""
        tree = self._tree
        governor = tree.heads[prep]
        verb = tree.heads[governor]
        controls = tree.lemmas[verb] in words("participants", "object_control")
        if tree.deps[governor] == "dobj" and controls:
            return (governor,)
        if tree.words[prep] == "despite" and tree.is_noun(governor):
            return self._subject_above(governor, depth)
        return self._controller(governor, depth, purpose=tree.words[prep] in _CIRCUMSTANTIAL)

    def _subject_above(self, noun: int, depth: int) -> Heads:
        tree = self._tree
        verb = next(filter(tree.is_verb, tree.ancestors(noun)), None)
        return () if verb is None else self.surface_subject(verb, depth + 1)

    def _is_nonfinite(self, verb: int) -> bool:
        tree = self._tree
        if tree.tags[verb] == "VBG":
            return not tree.having(verb, "aux")
        return tree.is_infinitive(verb)

    def _controller(self, governor: int, depth: int, *, purpose: bool = False) -> Heads:
        tree = self._tree
        if tree.is_noun(governor):
            return self.owner(governor, depth)
        if not tree.is_verb(governor):
            head = tree.heads[governor]
            return self.surface_subject(head, depth + 1) if head != governor else ()
        if not purpose and tree.lemmas[governor] in words("participants", "object_control"):
            objects = self._all(tree.having(governor, "dobj"))
            if objects:
                return objects
        return self.surface_subject(governor, depth + 1)

    def owner(self, noun: int, depth: int = 0) -> Heads:
        """Return whose act or thing a noun is: its possessor, or who lends it a verb."""
        tree = self._tree
        owners = tuple(t for t in tree.having(noun, "poss") if tree.tags[t] != "PRP$")
        owners = owners or tuple(self._phrases.modifiers(noun))
        if owners:
            return owners
        head = tree.heads[noun]
        if tree.deps[noun] in {"dobj", "attr"} and tree.is_verb(head):
            receivers = self._all(tree.having(head, "dative"))
            if receivers:  # gave residents the choice to flee
                return receivers
            return self.surface_subject(head, depth + 1)
        return self._owner_above(head, depth) if tree.deps[noun] == "pobj" else ()

    def _owner_above(self, prep: int, depth: int) -> Heads:
        """Return whose it is what stands behind a preposition: arrested on a charge of assault."""
        tree, above = self._tree, self._tree.heads[prep]
        if tree.lemmas[above] in words("participants", "guilty"):
            above = tree.heads[above]  # guilty of a plot to rob
        if tree.is_verb(above):
            return self.surface_subject(above, depth + 1)
        charged = depth < _DEPTH and tree.lemmas[above] in words("participants", "charges")
        return self.owner(above, depth + 1) if charged else ()

    def _preps(self, token: int) -> dict[str, Heads]:
        """Return the objects of the prepositions on a token, and those of `out of`."""
        tree = self._tree
        found: dict[str, Heads] = {}
        hanging = tree.having(token, "prep", "agent", "dative", "prt")
        after = token + 1
        if tree.is_noun(token) and after < len(tree) and after not in hanging:
            hanging += [after] if tree.deps[after] in {"prep", "agent"} else []
        for child in hanging:
            if tree.words[child] == "according":
                continue  # to whom it is according takes no part
            for prep in (child, *tree.having(child, "prep"), *self._behind(token, child)):
                if self.only_time(prep):
                    continue
                heads = self._all(tree.having(prep, "pobj"))
                word = tree.words[prep]
                found[word] = found.get(word, ()) + heads
        return found

    def _behind(self, token: int, prep: int) -> list[int]:
        """Return `on` of `an attack by rebels on the port`, which hangs on the rebels.

        And `against` of `filed a suit in a court against the bank`.
        """
        tree = self._tree
        inner = [t for noun in tree.having(prep, "pobj") for t in tree.having(noun, "prep")]
        if tree.words[prep] == "by" and tree.is_noun(token):
            return inner
        return [t for t in inner if tree.words[prep] == "in" and tree.words[t] == "against"]

    def only_time(self, prep: int) -> bool:
        """Say whether a preposition has nothing but times: `fired on Monday`."""
        objects = self._tree.having(prep, "pobj")
        return bool(objects) and all(self._phrases.is_time(token) for token in objects)
