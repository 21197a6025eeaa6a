"""Denials: who is accused of an act says that it is not so."""

from schemas import EventType
from transforms.events.tables import is_cooperation, word_list, words
from transforms.events.tree import Tree

_OWN = frozenset({"PRP", "PRP$"})


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
        """Say whether a claim is called untrue: `the charge that he had her killed is false`."""
        tree, verb = self._tree, self._tree.heads[noun]
        if tree.lemmas[verb] != "be" or tree.deps[noun] != "nsubj" or not tree.is_noun(noun):
            return False
        said = tree.having(verb, "acomp", "attr")
        return any(tree.lemmas[token] in word_list("untrue") for token in said)

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
