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
_COUNTERFACTUAL = frozenset({"would", "'d"})  # with have: would have shelled
_UNREAL = frozenset({"could", "should", "might"})  # with have: could have shelled
_CLOSED = frozenset({"relcl", "nsubj", "poss", "appos"})  # what is above says nothing of these
_PRESENT = frozenset({"VBZ", "VBP"})


REFUSAL = "refusal"  # the rule of a negated future: will not release, said it would not meet


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
                    refused = verdict in negations and any(map(_is_promise, found))
                    return verdict._replace(rule=REFUSAL) if refused else verdict
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
            if word == "no" and tree.deps[child] in {"det", "neg"} and not self._is_name(child):
                yield Verdict("not_happened", "negation")
            elif tree.deps[child] in {"amod", "advmod"} and word in self._modifiers:
                yield Verdict(self._modifiers[word], f"modifier:{word}")

    def _local(self, verb: int) -> Iterator[Verdict]:
        """Yield what auxiliaries, negation and adverbs say of a verb."""
        for child in self._tree.children[verb]:
            verdict = self._of_child(child, verb)
            if verdict is not None:
                yield verdict
        if self._is_going_to(verb):
            yield Verdict("planned", "future")

    def _of_child(self, child: int, verb: int) -> Verdict | None:
        word, dep = self._tree.words[child], self._tree.deps[child]
        if dep in {"aux", "auxpass"} and self._tree.tags[child] == "MD":
            return self._modal(word, verb)
        if dep == "advmod" and word in self._modifiers:
            return Verdict(self._modifiers[word], f"modifier:{word}")
        if dep == "mark" and self._leaves_open(word, verb):
            return Verdict("possible", f"mark:{word}")
        nobody = dep in {"nsubj", "nsubjpass"} and self._is_nobody(child)
        if dep == "neg" or nobody or (dep == "preconj" and word == "neither"):
            return Verdict("not_happened", "negation")
        return None

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
        tree = self._tree
        marks = [m for clause in tree.having(verb, "advcl") for m in tree.having(clause, "mark")]
        return any(tree.words[mark] in {"if", "unless"} for mark in marks)

    def _is_nobody(self, noun: int) -> bool:
        tree = self._tree
        if tree.words[noun] in {"nobody", "none", "no-one", "neither", "nothing"}:
            return True
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
            elif dep == "advcl" or (dep in _CLOSED and tree.is_verb(token)):
                return
            elif dep in {"nsubj", "nsubjpass"}:
                yield from self._happening(head)
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
        infinitive = tree.is_infinitive(verb)
        if infinitive and tree.deps[verb] == "advcl":
            yield Verdict("planned", "purpose")
        elif infinitive and tree.deps[verb] == "ROOT":
            yield Verdict("planned", "headline-infinitive")

    def _happening(self, verb: int) -> Iterator[Verdict]:
        """Yield what a verb says of the event noun that is its subject."""
        tree = self._tree
        lemma = tree.lemmas[verb]
        if lemma not in word_list("occurrence"):
            return
        stated = factuality_of("happening").get(lemma)
        if stated and (stated != "ongoing" or not self._is_past(verb)):
            yield Verdict(stated, f"happening:{lemma}")
        yield from self._local(verb)

    def _governed(self, token: int, head: int, dep: str) -> Iterator[Verdict]:
        """Yield what a verb or noun says of the act that it governs."""
        tree = self._tree
        if tree.is_verb(head):
            yield from self._by_verb(token, head, dep)
        elif dep in {"acl", "ccomp"} and self._is_unconfirmed(head):
            yield Verdict("possible", f"unconfirmed:{tree.lemmas[head]}")
        elif self._is_governed(token, dep) and tree.lemmas[head] in self._nouns:
            yield Verdict(self._nouns[tree.lemmas[head]], f"noun:{tree.lemmas[head]}")
        elif dep == "acl" and tree.is_verb(token) and tree.is_infinitive(token):
            yield Verdict("possible", f"infinitive:{tree.lemmas[head]}")  # the means to attack
        elif tree.deps[token] == "prep" and tree.words[token] in word_list("reaching"):
            lemma = tree.lemmas[head]
            if lemma in self._nouns and tree.is_noun(head):
                yield Verdict(self._nouns[lemma], f"noun:{lemma}")
        elif dep in {"pobj", "pcomp"} and self._is_undone(head):
            yield Verdict("not_happened", "negation")
        elif dep in {"xcomp", "ccomp"} and tree.lemmas[head] in self._governors:
            yield Verdict(self._governors[tree.lemmas[head]], f"governor:{tree.lemmas[head]}")

    def _is_unconfirmed(self, noun: int) -> bool:
        """Say whether it is `no confirmation that a drone had struck`."""
        tree = self._tree
        lacking = any(tree.words[child] == "no" for child in tree.having(noun, "det", "neg"))
        return lacking and tree.lemmas[noun] in word_list("confirming")

    def _is_undone(self, prep: int) -> bool:
        """Say whether it is `without paying`, `instead of paying`, `stopped short of paying`."""
        tree = self._tree
        before = tree.words[prep - 1] if prep else ""
        return tree.words[prep] == "without" or (
            tree.words[prep] in {"of", "than"} and before in word_list("undone")
        )

    def _is_governed(self, token: int, dep: str) -> bool:
        """Say whether a clause is what a noun is about: a plan to attack, not a deal made there."""
        infinitive = dep == "acl" and self._tree.is_infinitive(token)
        return infinitive or dep in {"pcomp", "ccomp", "xcomp"}

    def _by_verb(self, token: int, verb: int, dep: str) -> Iterator[Verdict]:
        tree = self._tree
        lemma = tree.lemmas[verb]
        if dep == "prep" and tree.words[token] not in word_list("reaching"):
            return
        if dep == "prep" and tree.words[token] == "from" and lemma in word_list("keeping_from"):
            yield Verdict("not_happened", f"governor:{lemma}")
            yield from self._local(verb)
            return
        if dep == "ccomp" and lemma in word_list("contending") and self._denies(token):
            yield Verdict("denied", f"governor:{lemma}")
        infinitive = tree.is_verb(token) and tree.is_infinitive(token)
        stated = self._stated(verb, dep, infinitive=infinitive)
        if stated and (dep != "prep" or stated != "planned"):
            yield Verdict(stated, f"governor:{lemma}")
        elif infinitive and dep == "xcomp" and stated is None:
            yield Verdict("possible", f"infinitive:{lemma}")
        if dep == "xcomp" or (dep == "dobj" and stated):
            yield from self._local(verb)
        elif dep == "ccomp" and tree.having(verb, "neg") and lemma != "deny":
            yield Verdict("possible", "negated-report")

    def _denies(self, verb: int) -> bool:
        """Say whether somebody says that he, or his, did not do it."""
        tree = self._tree
        if not tree.having(verb, "neg") and not any(
            tree.words[child] == "never" for child in tree.having(verb, "advmod")
        ):
            return False
        subjects = tree.having(verb, "nsubj", "nsubjpass")
        own = [p for subject in subjects for p in (subject, *tree.having(subject, "poss"))]
        return any(tree.tags[token] in {"PRP", "PRP$"} for token in own)

    def _stated(self, verb: int, dep: str, *, infinitive: bool) -> Factuality | None:
        """Return what a verb says of what it governs; None where it leaves it open."""
        lemma = self._tree.lemmas[verb]
        if lemma == "be" and infinitive and dep == "xcomp":  # is to visit, not: is nice to visit
            return None if self._tree.having(verb, "acomp", "attr") else "planned"
        if dep == "ccomp" and not infinitive and lemma in word_list("telling"):
            return None
        if dep == "ccomp" and lemma in word_list("hoping"):
            return "possible"
        stated = self._governors.get(lemma)
        over = stated == "ongoing" and lemma not in word_list("lasting") and self._is_past(verb)
        return "happened" if over else stated

    def _is_past(self, verb: int) -> bool:
        """Say whether it is `began`, not `begins` or `has begun`."""
        tree = self._tree
        now = any(tree.tags[aux] in _PRESENT for aux in tree.having(verb, "aux"))
        return tree.tags[verb] in {"VBD", "VBN"} and not now

    # --- what is left

    def _question(self, token: int) -> Iterator[Verdict]:
        tree = self._tree
        last = tree.sentence(tree.sentence_of[token])[-1]
        if "?" in tree.words[max(token, last - 2) : last + 1]:
            yield Verdict("possible", "question")

    def _present(self, token: int, *, in_title: bool) -> Verdict:
        tree, tag = self._tree, self._tree.tags[token]
        if not tree.is_verb(token):
            lasts = self._lasts(token)
            return Verdict("ongoing", "duration") if lasts else Verdict("happened", "noun")
        if tag == "VBG":
            ongoing = self._is_ongoing(token)
            return (
                Verdict("ongoing", "progressive") if ongoing else Verdict("happened", "participle")
            )
        if tag in _PRESENT and not in_title:
            return Verdict("ongoing", "present")
        return Verdict("happened", "past")

    def _lasts(self, noun: int) -> bool:
        """Say whether it is `the siege entered its third week`, `the siege, in its third week`."""
        tree, verb = self._tree, self._tree.heads[noun]
        above = tree.having(verb, "dobj") if tree.lemmas[verb] == "enter" else []
        things = [*above, *(t for p in tree.having(noun, "prep") for t in tree.having(p, "pobj"))]
        return any(
            tree.lemmas[thing] in word_list("counting")
            and any(tree.tags[child] == "PRP$" for child in tree.having(thing, "poss"))
            for thing in things
        )

    def _is_ongoing(self, participle: int) -> bool:
        """Say whether it goes on: `are shelling`, `have been shelling`, `keep shelling`."""
        tree = self._tree
        head = tree.heads[participle]
        if tree.deps[participle] == "xcomp" and tree.tags[head] in _PRESENT:
            return True
        auxiliaries = tree.having(participle, "aux", "auxpass")
        return any(tree.tags[child] in _PRESENT for child in auxiliaries)


def _is_promise(verdict: Verdict) -> bool:
    return verdict.factuality == "planned" and verdict.rule.startswith("modal:")
