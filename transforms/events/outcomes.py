"""What a story says became of what was planned or tried, and what it tells of as still to come."""

import re
from collections.abc import Iterator

from schemas import Factuality
from transforms.events.beside import Verdict
from transforms.events.tables import factuality_of, word_list
from transforms.events.tree import Tree

_SUPPOSING = frozenset({"would", "could", "might", "'d"})  # of what any such act would do
OPEN: frozenset[Factuality] = frozenset({"planned", "possible"})  # of what may fail yet
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_BESIDE = 5  # words in which it is told when something was
_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_ANY = frozenset({"a", "an", "any"})


class Outcomes:
    """Reads what is said beyond the word that plans or tries, over the tree of one article."""

    __slots__ = ("_tree",)

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def awaited(self, noun: int) -> Iterator[Verdict]:
        """Yield what is said of what has not come yet: ahead of the visit, a raid would harm them."""
        tree, head = self._tree, self._tree.heads[noun]
        if not tree.is_noun(noun):
            return
        before = {tree.words[tree.heads[head]], tree.words[head - 1] if head else ""}
        if tree.deps[noun] == "pobj" and before & word_list("ahead") and not self._is_over(noun):
            yield Verdict("planned", "ahead")
        if tree.deps[noun] == "nsubj" and self._is_supposed(noun, head):
            yield Verdict("possible", "supposed")
        if tree.lemmas[noun] in word_list("scheduled") and self._is_to_come(noun):
            yield Verdict("planned", "ahead")

    def _is_to_come(self, noun: int) -> bool:
        """Say whether what is said of a meeting, or to be done at it, is still to come."""
        tree, head = self._tree, self._tree.heads[noun]
        if self._is_over(noun):
            return False
        if tree.deps[noun] == "pobj" and tree.words[head] in word_list("occasion"):
            head = tree.heads[head]
        elif tree.deps[noun] not in {"nsubj", "nsubjpass"}:
            return False
        recalls = tree.lemmas[head] in word_list("recalling")
        return tree.is_verb(head) and not recalls and self._is_future(head)

    def _is_future(self, verb: int) -> bool:
        """Say whether it is `will result`, `hopes to complete`, `is expected`."""
        tree = self._tree
        aux = {tree.words[t] for t in tree.having(verb, "aux", "auxpass")}
        if aux & _FUTURE:
            return True
        hoping = tree.heads[verb] if tree.is_infinitive(verb) else verb
        now = tree.tags[hoping] in {"VBZ", "VBP"} or not aux.isdisjoint({"is", "are"})
        return now and factuality_of("governors").get(tree.lemmas[hoping]) == "planned"

    def _is_over(self, noun: int) -> bool:
        """Say whether it is `last week's arrest`, `the invasion of 1990`."""
        words = self._tree.words[max(0, noun - _BESIDE) : noun + _BESIDE + 1]
        return any(word in {"last", "yesterday"} or _YEAR.fullmatch(word) for word in words)

    def _is_supposed(self, noun: int, verb: int) -> bool:
        tree = self._tree
        would = any(tree.words[aux] in _SUPPOSING for aux in tree.having(verb, "aux"))
        return would and tree.has_determiner(noun, *_ANY)

    def of_plan(self, noun: int) -> Factuality | None:
        """Return what became of a plan or an effort: it was shelved, it foundered."""
        tree, verb = self._tree, self._tree.heads[noun]
        if tree.deps[noun] not in {"nsubj", "nsubjpass", "dobj"} or not tree.is_verb(verb):
            return None
        lemma = tree.lemmas[verb]
        if tree.deps[noun] == "nsubj" and lemma not in word_list("foundering"):
            return None
        said = factuality_of("happening" if tree.deps[noun] == "nsubjpass" else "governors")
        return None if lemma in said else factuality_of("fate").get(lemma)

    def of_aim(self, verb: int) -> Factuality | None:
        """Return what became of what a verb aims at.

        `Marchers who sought to reach it were driven back`, `was due to speak but cancelled`.
        """
        tree = self._tree
        while tree.deps[verb] in {"acomp", "xcomp"}:  # was due to
            verb = tree.heads[verb]
        later = [other for other in tree.having(verb, "conj") if self._is_of_same(other)]
        if tree.deps[verb] in {"relcl", "acl"} and tree.deps[tree.heads[verb]].startswith("nsubj"):
            main = tree.heads[tree.heads[verb]]
            later += [main, *filter(self._is_of_same, tree.having(main, "conj"))]
        fates = (self._fate(other) for other in later if tree.is_verb(other))
        return next(filter(None, fates), None)

    def _is_of_same(self, verb: int) -> bool:
        """Say whether it tells of the same people and of nothing else, and what was, not what will be."""
        tree = self._tree
        future = any(tree.tags[aux] == "MD" for aux in tree.having(verb, "aux"))
        others = tree.having(verb, "nsubj", "nsubjpass", "dobj")
        return not future and all(tree.tags[other] == "PRP" for other in others)

    def _fate(self, verb: int) -> Factuality | None:
        tree, lemma = self._tree, self._tree.lemmas[verb]
        if lemma in word_list("going_off") and tree.having(verb, "neg"):
            return "attempted"
        back = any(tree.words[t] in word_list("backward") for t in tree.children[verb])
        if lemma in word_list("turning") and back:
            return "attempted"
        by_itself = lemma in word_list("foundering") or lemma in word_list("calling_off")
        return factuality_of("fate").get(lemma) if by_itself or tree.is_passive(verb) else None

    def is_called_for(self, verb: int) -> bool:
        """Say whether what is called is set for a time: called a rally for Sunday."""
        tree = self._tree
        beside = [verb, *tree.having(verb, "dobj")]
        preps = [p for t in beside for p in tree.having(t, "prep") if tree.words[p] == "for"]
        return bool(preps) and not tree.having(verb, "oprd", "ccomp", "xcomp")

    def by_prep(self, word: str, verb: int, stated: dict[str, Factuality]) -> Verdict | None:
        """Return what a verb says of an act through `at` and `for`.

        `Made an attempt at an apology`, `is hoping for a commitment`, `fixed June 1 for the vote`.
        """
        tree, lemma = self._tree, self._tree.lemmas[verb]
        if word == "at":
            things = tree.having(verb, "dobj")
            tried = any(stated.get(tree.lemmas[thing]) == "attempted" for thing in things)
            return Verdict("attempted", "governor:try") if tried else None
        if word == "for" and lemma in word_list("wishing"):
            return Verdict("possible", f"governor:{lemma}")
        subjects = [stated.get(tree.lemmas[t]) for t in tree.having(verb, "nsubj")]
        for factuality in OPEN.intersection(subjects) if word == "for" else ():
            return Verdict(factuality, f"governor:{lemma}")  # calls grew for talks
        if word == "for" and lemma in word_list("dating") and self._sets_day(verb):
            return Verdict("planned", f"governor:{lemma}")
        return None

    def _sets_day(self, verb: int) -> bool:
        tree = self._tree
        return any(
            tree.lemmas[t] in word_list("day_words") or tree.tags[t] in {"CD", "NNP"}
            for t in tree.having(verb, "dobj", "nsubjpass")
        )
