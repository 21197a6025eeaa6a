"""Denials: who is accused of an act says that it is not so."""

from collections.abc import Iterable

from schemas import EventType
from transforms.events.beside import Verdict
from transforms.events.tables import is_cooperation, word_list, words
from transforms.events.tree import Tree

_OWN = frozenset({"PRP", "PRP$"})
_POINTING = frozenset({"PRP", "DT", "WDT"})  # it, this, which


class Denials:
    """Finds what denies an act, beside it and on the way up from it."""

    __slots__ = ("_tree",)

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def by_report(self, act: int, report: int, event_type: EventType) -> bool:
        """Say whether a negated clause is a denial: `insists that he never met them`.

        With a plain verb of saying it is one only of what somebody could be accused of, and only
        by who would have done it: `said that its men did not burn the village`.
        """
        tree, lemma = self._tree, self._tree.lemmas[report]
        if lemma in word_list("contending"):
            return self._is_negated(act) and self._is_own(act, "nsubj", "nsubjpass")
        if lemma in words("attribution", "verbs") and self._is_never(act) and self._is_own(act):
            return True  # I never met him, she said
        accusing = not is_cooperation(event_type) and event_type not in {"REQUEST", "REJECT"}
        said = accusing and lemma in words("attribution", "verbs") and not self._is_future(act)
        return said and not tree.is_passive(act) and self._is_negated(act) and self._is_own(act)

    def of(self, token: int, head: int) -> bool:
        """Say whether what governs an act, or a claim of it, is a denial."""
        about = self._tree.deps[token] == "acl" or self._tree.words[token] in {"of", "about"}
        return self._beyond(token, head) or (about and self._of_claim(head))

    def by_accused(self, act: int, found: Iterable[Verdict]) -> bool:
        """Say whether an act of which somebody is accused is denied beside that.

        `Is accused of shelling it, which he denies`, `a charge it denies`, `but has denied it`. Who is
        accused of the shelling, a noun, denies that it was he, not that it took place.
        """
        tree = self._tree
        accusing = {rule.partition(":")[2] for _, rule in found}
        if accusing.isdisjoint(word_list("accusing")) or not tree.is_verb(act):
            return False
        sentence = tree.sentence(tree.sentence_of[act])
        return any(self._denies_it(token) for token in sentence if tree.lemmas[token] == "deny")

    def _denies_it(self, verb: int) -> bool:
        """Say whether a pronoun, or who is accused, denies what has been said of him."""
        tree = self._tree
        if self._is_negated(verb):
            return False
        subjects, things = tree.having(verb, "nsubj"), tree.having(verb, "dobj")
        is_own = self._is_own(verb) or (not subjects and tree.deps[verb] == "conj")
        if tree.deps[verb] == "relcl" and not things:
            things = [tree.heads[verb]]  # a charge he denies
        return is_own and bool(things) and all(map(self._points_at_claim, things))

    def _points_at_claim(self, thing: int) -> bool:
        tree = self._tree
        return tree.tags[thing] in _POINTING or tree.lemmas[thing] in word_list("claims")

    def _beyond(self, token: int, head: int) -> bool:
        """Say whether what governs an act keeps somebody out of it.

        `Had nothing to do with the attack`, `not guilty of it`, `was not behind it`.
        """
        tree = self._tree
        if tree.lemmas[head] == "do" and tree.words[tree.heads[head]] == "nothing":
            return True
        if tree.lemmas[head] == "be" and tree.words[token] == "behind":
            return self._is_negated(head)
        blamed = tree.words[head] in word_list("blameworthy")
        return blamed and (self._is_negated(head) or self._is_negated(tree.heads[head]))

    def _of_claim(self, noun: int) -> bool:
        """Say whether a claim is called untrue.

        `The charge that he had her killed is false`, `brushed aside claims that`, `there was no truth
        in reports that`; `it is a lie that we killed her` has the lie for the claim.
        """
        tree, head = self._tree, self._tree.heads[noun]
        if not tree.is_noun(noun):
            return False
        if tree.deps[noun] == "attr" and tree.lemmas[noun] in word_list("untrue"):
            it = any(tree.words[t] == "it" for t in tree.having(head, "nsubj"))
            return it and not self._is_denied(head, noun)
        if tree.deps[noun] == "nsubj" and tree.lemmas[head] == "be":
            return self._is_called_untrue(head)
        if tree.lemmas[noun] not in word_list("claims"):
            return False
        if tree.deps[noun] in {"dobj", "nsubjpass"}:
            scoffed = tree.lemmas[head] in word_list("scoffing")
            return scoffed or self._is_called_untrue(head)
        return tree.deps[noun] == "pobj" and self._is_scorned(head)

    def _is_called_untrue(self, verb: int) -> bool:
        """Say whether it is `were untrue`, `described as baseless`, `called a lie`."""
        tree = self._tree
        said = tree.having(verb, "acomp", "attr", "oprd", "xcomp", "ccomp", "advcl")
        as_ = [t for t in tree.having(verb, "prep") if tree.words[t] == "as"]
        said += [t for prep in as_ for t in tree.having(prep, "pobj", "amod", "pcomp")]
        untrue = [token for token in said if tree.lemmas[token] in word_list("untrue")]
        return any(not self._is_denied(verb, token) for token in untrue)

    def _is_denied(self, verb: int, said: int) -> bool:
        """Say whether it is `is no myth`, `are not false`."""
        none = any(self._tree.words[t] == "no" for t in self._tree.having(said, "det", "neg"))
        return none or self._is_negated(verb)

    def _is_scorned(self, prep: int) -> bool:
        """Say whether it is `scoffed at claims`, `poured scorn on`, `took issue with`, `no truth in`."""
        tree, above = self._tree, self._tree.heads[prep]
        word, lemma = tree.words[prep], tree.lemmas[above]
        if word == "in" and lemma == "truth":
            return any(tree.words[t] == "no" for t in tree.having(above, "det", "neg"))
        things = {lemma, *(tree.lemmas[t] for t in tree.having(above, "dobj"))}
        if word in {"on", "with"} and not things.isdisjoint(word_list("scorn")):
            return not {lemma, tree.lemmas[tree.heads[above]]}.isdisjoint({"pour", "heap", "take"})
        return word in {"at", "off", "aside", "away"} and lemma in word_list("scoffing")

    def _is_negated(self, token: int) -> bool:
        return bool(self._tree.having(token, "neg")) or self._is_never(token)

    def _is_never(self, token: int) -> bool:
        tree = self._tree
        return any(tree.words[t] == "never" for t in tree.having(token, "advmod", "neg"))

    def _is_own(self, verb: int, *deps: str) -> bool:
        """Say whether its subject is a pronoun, or belongs to one: he, his men."""
        tree = self._tree
        subjects = tree.having(verb, *(deps or ("nsubj",)))
        own = [t for subject in subjects for t in (subject, *tree.having(subject, "poss"))]
        return any(tree.tags[token] in _OWN for token in own)

    def _is_future(self, verb: int) -> bool:
        return any(self._tree.tags[token] == "MD" for token in self._tree.having(verb, "aux"))
