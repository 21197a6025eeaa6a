"""What the words beside a verb or noun say of it: negation, modals, adverbs, conditions."""

from collections.abc import Iterator
from typing import NamedTuple

from schemas import Factuality
from transforms.events.match import Match
from transforms.events.tables import factuality_of, is_cooperation, word_list
from transforms.events.tree import Tree

_COUNTERFACTUAL = frozenset({"would", "'d"})  # with have: would have shelled
_UNREAL = frozenset({"could", "should", "might"})  # with have: could have shelled


class Verdict(NamedTuple):
    """A factuality and the rule that gave it."""

    factuality: Factuality
    rule: str


class Beside:
    """Reads the words beside verbs and nouns of one article."""

    __slots__ = ("_modals", "_modifiers", "_nouns", "_tree")

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._nouns = factuality_of("nouns")
        self._modals = factuality_of("modals")
        self._modifiers = factuality_of("modifiers")

    def of_match(self, match: Match) -> Iterator[Verdict]:
        """Yield what stands beside the noun of a match, or beside the object of its verb."""
        tree = self._tree
        things = [match.noun] if match.noun is not None else []
        if tree.is_noun(match.trigger):
            things.append(match.trigger)
        for thing in things:
            yield from self._noun(thing)
            tried = self._nouns.get(tree.lemmas[thing]) == "attempted"
            if tried and not is_cooperation(match.event_type):  # a murder attempt, no relief effort
                yield Verdict("attempted", f"noun:{tree.lemmas[thing]}")
        if tree.is_verb(match.trigger) and match.noun is None:
            for thing in tree.having(match.trigger, "dobj"):
                yield from (v for v in self._noun(thing) if v.rule == "negation")

    def _noun(self, noun: int) -> Iterator[Verdict]:
        tree = self._tree
        for child in tree.children[noun]:
            word = tree.words[child]
            if word == "no" and tree.deps[child] in {"det", "neg"} and not self._is_name(child):
                yield Verdict("not_happened", "negation")
            elif self._qualifies(child) and word in self._modifiers:
                yield Verdict(self._modifiers[word], f"modifier:{word}")

    def _qualifies(self, child: int) -> bool:
        """Say whether it is `the next talks`, not `talks in a town next to the border`."""
        dep = self._tree.deps[child]
        beside = dep == "amod" or (dep == "advmod" and self._tree.words[child] != "next")
        return beside and not self._is_next_to(child)

    def _is_next_to(self, child: int) -> bool:
        return bool(self._tree.having(child, "prep"))

    def of_verb(self, verb: int) -> Iterator[Verdict]:
        """Yield what auxiliaries, negation and adverbs say of a verb."""
        for child in self._tree.children[verb]:
            verdict = self._of_child(child, verb)
            if verdict is not None:
                yield verdict
        if self._is_going_to(verb):
            yield Verdict("planned", "future")
        if self._is_inverted(verb):
            yield Verdict("not_happened", "inversion")

    def _of_child(self, child: int, verb: int) -> Verdict | None:
        word, dep = self._tree.words[child], self._tree.deps[child]
        if dep in {"aux", "auxpass"} and self._tree.tags[child] == "MD":
            return self._modal(word, verb)
        if dep == "advmod" and word in self._modifiers and not self._is_next_to(child):
            return Verdict(self._modifiers[word], f"modifier:{word}")
        return self._left_open(child, verb) or self._negated(child)

    def _left_open(self, child: int, verb: int) -> Verdict | None:
        """Return what a subordinator, or a source that is doubted, says of a verb."""
        word, dep = self._tree.words[child], self._tree.deps[child]
        if word == "according" and (report := self._unconfirmed_by(child)) is not None:
            return Verdict("possible", f"unconfirmed:{self._tree.lemmas[report]}")
        if word == "before" and dep in {"mark", "advmod"} and self._is_able(verb):
            return Verdict("attempted", "mark:before")  # killed before they could flee
        if dep == "mark" and self._leaves_open(word, verb):
            return Verdict("possible", f"mark:{word}")
        return None

    def _negated(self, child: int) -> Verdict | None:
        word, dep = self._tree.words[child], self._tree.deps[child]
        nobody = dep in {"nsubj", "nsubjpass"} and self._is_nobody(child)
        nor = word in {"neither", "nor"} and dep in {"preconj", "cc"}
        no_longer = word == "longer" and self._tree.words[child - 1] == "no"
        negates = dep == "neg" or nobody or nor or no_longer
        return Verdict("not_happened", "negation") if negates else None

    def is_negated(self, verb: int) -> bool:
        """Say whether a verb is negated, be it by its subject: neither side has ruled it out."""
        return any(self._negated(child) for child in self._tree.children[verb])

    def _is_able(self, verb: int) -> bool:
        return any(self._tree.words[t] in {"could", "can"} for t in self._tree.having(verb, "aux"))

    def _leaves_open(self, mark: str, verb: int) -> bool:
        past = mark in {"until", "till"} and self._tree.tags[verb] == "VBD"
        return mark in factuality_of("marks") and not past

    def _modal(self, word: str, verb: int) -> Verdict:
        perfect = any(
            self._tree.lemmas[child] == "have" for child in self._tree.having(verb, "aux")
        )
        if perfect and word in _COUNTERFACTUAL:
            return Verdict("not_happened", f"modal:{word}")
        if self._has_condition(verb) or (perfect and word in _UNREAL):
            return Verdict("possible", f"modal:{word}")
        return Verdict(self._modals.get(word, "possible"), f"modal:{word}")

    def _has_condition(self, verb: int) -> bool:
        """Say whether a clause with if hangs on a verb, or on what reports it."""
        tree, report = self._tree, self._tree.heads[verb]
        clauses = tree.having(verb, "advcl")
        if tree.deps[verb] == "ccomp" and verb < report:  # would sue if talks failed, he hinted
            clauses += [clause for clause in tree.having(report, "advcl") if clause < report]
        marks = [m for clause in clauses for m in tree.having(clause, "mark")]
        return any(tree.words[mark] in {"if", "unless"} for mark in marks)

    def _is_nobody(self, noun: int) -> bool:
        tree = self._tree
        if tree.words[noun] in {"nobody", "none", "no-one", "neither", "nothing"}:
            return True
        if any(tree.words[child] in {"hardly", "scarcely"} for child in tree.children[noun]):
            return True
        if tree.words[noun] == "one" and tree.having(noun, "neg"):
            return True  # not one of the houses
        return any(
            tree.words[child] in {"no", "neither"} and not self._is_name(child)
            for child in tree.having(noun, "det", "neg", "preconj", "cc")
        )

    def _is_name(self, no: int) -> bool:
        """Say whether a `no` is one of a name, as in `the No campaign`, not a negation."""
        before = self._tree.tags[no - 1] if no else ""
        return before in {"DT", "PRP$", "POS"}

    def _is_going_to(self, verb: int) -> bool:
        tree = self._tree
        head = tree.heads[verb]
        return (
            tree.deps[verb] == "xcomp"
            and tree.words[head] == "going"
            and any(tree.lemmas[child] == "be" for child in tree.having(head, "aux"))
            and tree.is_infinitive(verb)
        )

    def _is_inverted(self, verb: int) -> bool:
        """Say whether it is `had he signed`, which he did not, and no question."""
        tree = self._tree
        had = [t for t in tree.having(verb, "aux") if tree.words[t] == "had"]
        subjects = tree.having(verb, "nsubj", "nsubjpass")
        is_clause = tree.deps[verb] in {"advcl", "ccomp"}
        return is_clause and bool(had and subjects) and had[0] < subjects[0]

    def is_none(self, noun: int) -> bool:
        """Say whether there is none of a thing: `no plans to expel`."""
        tree = self._tree
        return any(tree.words[child] == "no" for child in tree.having(noun, "det", "neg"))

    def is_unconfirmed(self, noun: int) -> bool:
        """Say whether it is `no confirmation that a drone had struck`."""
        tree = self._tree
        doubted = any(
            self._modifiers.get(tree.words[child]) == "possible"
            for child in tree.having(noun, "amod")
        )
        return doubted or (self.is_none(noun) and tree.lemmas[noun] in word_list("confirming"))

    def _unconfirmed_by(self, according: int) -> int | None:
        """Return the noun of `according to an unconfirmed report`."""
        tree = self._tree
        to = tree.having(according, "prep")
        sources = (t for prep in to for t in tree.having(prep, "pobj"))
        return next(filter(self.is_unconfirmed, sources), None)
