"""Whether an event happened: negation, modals, conditions, plans, attempts, denial.

Walks from the trigger up to the root of its sentence and collects what the words on the way say
of it; the tables are in `seeds/events/factuality.toml`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from schemas import Factuality
from transforms.events.matching import Match
from transforms.events.tables import factuality_of, word_list
from transforms.events.tree import Tree

_ORDER: tuple[Factuality, ...] = (
    "denied",
    "not_happened",
    "possible",
    "attempted",
    "planned",
    "ongoing",
)
_OBJECTS = frozenset({"dobj", "nsubjpass", "pobj", "attr", "oprd"})
_BE = frozenset({"be", "is", "are", "'s", "am"})


class Verdict(NamedTuple):
    """A factuality and the rule that gave it."""

    factuality: Factuality
    rule: str


class Factualities:
    """Judges the matches of one article."""

    __slots__ = ("_governors", "_modals", "_modifiers", "_nouns", "_tree")

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._governors = factuality_of("governors")
        self._nouns = factuality_of("nouns")
        self._modals = factuality_of("modals")
        self._modifiers = factuality_of("modifiers")

    def of(self, match: Match, *, in_title: bool) -> Verdict:
        """Return the factuality of a match."""
        found = [*self._of_noun(match), *self._walk(match.trigger)]
        found += self._question(match.trigger)
        negations = [verdict for verdict in found if verdict.factuality == "not_happened"]
        if len(negations) % 2 == 0:  # failed to prevent
            found = [verdict for verdict in found if verdict not in negations]
        for factuality in _ORDER:
            for verdict in found:
                if verdict.factuality == factuality:
                    return verdict
        return self._present(match.trigger, in_title=in_title)

    # --- the word itself

    def _of_noun(self, match: Match) -> Iterator[Verdict]:
        tree = self._tree
        things = [match.noun] if match.noun is not None else []
        if tree.is_noun(match.trigger):
            things.append(match.trigger)
        for thing in things:
            yield from self._beside(thing)
        if tree.is_verb(match.trigger) and match.noun is None:
            for thing in tree.having(match.trigger, "dobj"):
                yield from (v for v in self._beside(thing) if v.rule == "negation")

    def _beside(self, noun: int) -> Iterator[Verdict]:
        tree = self._tree
        for child in tree.children[noun]:
            word = tree.words[child]
            if word == "no" and tree.deps[child] in {"det", "neg"}:
                yield Verdict("not_happened", "negation")
            elif tree.deps[child] in {"amod", "advmod"} and word in self._modifiers:
                yield Verdict(self._modifiers[word], f"modifier:{word}")

    def _local(self, verb: int) -> Iterator[Verdict]:
        """Yield what auxiliaries, negation and adverbs say of a verb."""
        tree = self._tree
        perfect = any(tree.lemmas[c] == "have" for c in tree.having(verb, "aux"))
        conditional = any(
            tree.words[c] in {"if", "unless"}
            for a in tree.having(verb, "advcl")
            for c in tree.having(a, "mark")
        )
        for child in tree.children[verb]:
            word, dep = tree.words[child], tree.deps[child]
            if dep == "neg":
                yield Verdict("not_happened", "negation")
            elif dep in {"aux", "auxpass"} and tree.tags[child] == "MD":
                yield self._modal(word, perfect=perfect, conditional=conditional)
            elif dep == "advmod" and word in self._modifiers:
                yield Verdict(self._modifiers[word], f"modifier:{word}")
            elif dep == "mark" and self._leaves_open(word, verb):
                yield Verdict("possible", f"mark:{word}")
            elif dep in {"nsubj", "nsubjpass"} and self._is_nobody(child):
                yield Verdict("not_happened", "negation")
            elif dep == "preconj" and word == "neither":
                yield Verdict("not_happened", "negation")
        if self._is_going_to(verb):
            yield Verdict("planned", "future")

    def _leaves_open(self, mark: str, verb: int) -> bool:
        past = mark in {"until", "till"} and self._tree.tags[verb] == "VBD"
        return mark in factuality_of("marks") and not past

    def _modal(self, word: str, *, perfect: bool, conditional: bool) -> Verdict:
        if conditional or (perfect and word in {"would", "could", "should", "might", "'d"}):
            return Verdict("possible", f"modal:{word}")
        return Verdict(self._modals.get(word, "possible"), f"modal:{word}")

    def _is_nobody(self, noun: int) -> bool:
        tree = self._tree
        if tree.words[noun] in {"nobody", "none", "no-one", "neither", "nothing"}:
            return True
        return any(
            tree.words[child] in {"no", "neither"}
            for child in tree.having(noun, "det", "neg", "preconj", "cc")
        )

    def _is_going_to(self, verb: int) -> bool:
        tree = self._tree
        head = tree.heads[verb]
        return (
            tree.deps[verb] == "xcomp"
            and tree.words[head] == "going"
            and any(tree.lemmas[child] == "be" for child in tree.having(head, "aux"))
            and any(tree.tags[child] == "TO" for child in tree.children[verb])
        )

    # --- the way up

    def _walk(self, trigger: int) -> Iterator[Verdict]:
        tree, token = self._tree, trigger
        if tree.is_verb(token):
            yield from self._local(token)
            yield from self._purpose(token)
        for head in tree.ancestors(trigger):
            dep = tree.deps[token]
            if dep == "conj":
                if self._shares(token, head):
                    yield from self._local(head)
            elif dep in {"relcl", "nsubj", "poss", "appos"} and tree.is_verb(token):
                return
            elif dep == "advcl":
                return
            elif dep in {"nsubj", "nsubjpass"}:
                yield from self._happening(token, head)
                return
            else:
                yield from self._governed(token, head, dep)
                if dep == "prep" and tree.is_verb(head):  # refused to apologize for shooting
                    return
            token = head

    def _shares(self, token: int, head: int) -> bool:
        """Say whether a conjunct has its auxiliaries from the first: `will attack and kill`."""
        tree = self._tree
        if not (tree.is_verb(token) and tree.is_verb(head)):
            return False
        return not tree.having(token, "nsubj", "nsubjpass", "aux") and (
            tree.tags[token] == "VB" or tree.tags[token] == tree.tags[head]
        )

    def _purpose(self, verb: int) -> Iterator[Verdict]:
        tree = self._tree
        infinitive = any(tree.tags[child] == "TO" for child in tree.children[verb])
        if infinitive and tree.deps[verb] == "advcl":
            yield Verdict("planned", "purpose")
        elif infinitive and tree.deps[verb] == "ROOT":
            yield Verdict("planned", "headline-infinitive")

    def _happening(self, noun: int, verb: int) -> Iterator[Verdict]:
        """Yield what the verb of which an event noun is the subject says of it."""
        tree = self._tree
        lemma = tree.lemmas[verb]
        if lemma not in word_list("occurrence"):
            return
        stated = factuality_of("happening").get(lemma)
        if stated and (stated != "ongoing" or tree.tags[verb] in {"VBZ", "VBP", "VBG"}):
            yield Verdict(stated, f"happening:{lemma}")
        yield from self._local(verb)

    def _governed(self, token: int, head: int, dep: str) -> Iterator[Verdict]:
        """Yield what a verb or noun says of the act that it governs."""
        tree = self._tree
        if tree.is_verb(head):
            yield from self._by_verb(token, head, dep)
        elif dep in {"acl", "pcomp", "ccomp", "xcomp"} and tree.lemmas[head] in self._nouns:
            yield Verdict(self._nouns[tree.lemmas[head]], f"noun:{tree.lemmas[head]}")
        elif tree.deps[token] == "prep" and tree.words[token] in word_list("reaching"):
            lemma = tree.lemmas[head]
            if lemma in self._nouns and tree.is_noun(head):
                yield Verdict(self._nouns[lemma], f"noun:{lemma}")
        elif dep in {"pobj", "pcomp"} and tree.words[head] == "without":
            yield Verdict("not_happened", "negation")
        elif dep in {"xcomp", "ccomp"} and tree.lemmas[head] in self._governors:
            yield Verdict(self._governors[tree.lemmas[head]], f"governor:{tree.lemmas[head]}")

    def _by_verb(self, token: int, verb: int, dep: str) -> Iterator[Verdict]:
        tree = self._tree
        lemma = tree.lemmas[verb]
        if dep == "prep" and tree.words[token] not in word_list("reaching"):
            return
        stated = self._governors.get(lemma)
        infinitive = tree.is_verb(token) and any(
            tree.tags[child] == "TO" for child in tree.children[token]
        )
        if dep == "ccomp" and not infinitive and lemma in word_list("telling"):
            stated = None
        if lemma == "be" and infinitive and dep == "xcomp":  # is to visit
            stated = "planned"
        if stated == "ongoing" and tree.tags[verb] in {"VBD", "VBN"}:
            stated = "happened"
        if stated and (dep != "prep" or stated != "planned"):
            yield Verdict(stated, f"governor:{lemma}")
        elif infinitive and dep == "xcomp" and stated is None:
            yield Verdict("possible", f"infinitive:{lemma}")
        if dep in {"xcomp", "dobj"} and (stated or dep == "xcomp"):
            yield from self._local(verb)
        elif dep == "ccomp" and tree.having(verb, "neg") and lemma != "deny":
            yield Verdict("possible", "negated-report")

    # --- what is left

    def _question(self, token: int) -> Iterator[Verdict]:
        tree = self._tree
        starts = (*tree.parse.sentence_starts, len(tree))
        last = starts[tree.sentence_of[token] + 1] - 1
        if "?" in tree.words[max(token, last - 2) : last + 1]:
            yield Verdict("possible", "question")

    def _present(self, token: int, *, in_title: bool) -> Verdict:
        tree = self._tree
        if not tree.is_verb(token):
            return Verdict("happened", "noun")
        aux = tree.having(token, "aux", "auxpass")
        if tree.tags[token] == "VBG":
            been = any(tree.words[child] == "been" for child in aux)
            present = any(
                tree.tags[c] in {"VBZ", "VBP"}
                and tree.words[c] in _BE | {"’s", "’re", "'re", "have", "has"}
                for c in aux
            )
            if present or (been and not any(tree.words[c] == "had" for c in aux)):
                return Verdict("ongoing", "progressive")
            head = tree.heads[token]
            if tree.deps[token] == "xcomp" and tree.tags[head] in {"VBZ", "VBP"}:
                return Verdict("ongoing", "progressive")
            return Verdict("happened", "participle")
        if tree.tags[token] in {"VBZ", "VBP"} and not in_title:
            return Verdict("ongoing", "present")
        return Verdict("happened", "past")
