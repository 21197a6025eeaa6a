"""What goes on: the signs that an act has not ended, beside its verb or noun."""

from transforms.events.tables import word_list
from transforms.events.tree import Tree

_PRESENT = frozenset({"VBZ", "VBP"})


class Lasting:
    """Tells acts that go on from those that are over."""

    __slots__ = ("_tree",)

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def verb_lasts(self, verb: int, *, punctual: bool) -> bool:
        """Say whether an act goes on: `are shelling`, `have been shelling`, `is held`, `keep shelling`.

        So does what somebody is told to be doing, `police searching the camp`. What takes a moment
        is told so in headlines: `woman is robbed`.
        """
        tree = self._tree
        auxiliaries = tree.having(verb, "aux", "auxpass")
        present = any(tree.tags[child] in _PRESENT for child in auxiliaries)
        if tree.tags[verb] == "VBG":
            was = any(tree.tags[child] == "VBD" for child in auxiliaries)  # was still shelling
            return present or was or (not auxiliaries and self._accompanies(verb))
        since = any(tree.words[t] == "since" for t in tree.having(verb, "prep", "advcl", "advmod"))
        lasts = tree.lemmas[verb] in word_list("states") and bool(tree.having(verb, "auxpass"))
        if present and since and lasts:
            return True  # has been held since March
        said = {tree.words[t] for t in auxiliaries}
        over = "been" in said or (punctual and "being" not in said)
        return present and not over and bool(tree.having(verb, "auxpass"))

    def _accompanies(self, participle: int) -> bool:
        tree, dep = self._tree, self._tree.deps[participle]
        now = tree.tags[tree.heads[participle]] in _PRESENT
        return dep == "acl" or (now and dep in {"xcomp", "advcl"})

    def noun_lasts(self, noun: int) -> bool:
        """Say whether what a noun names goes on.

        `The siege entered its third week`, `the siege, in its third week`, `the ban is still in
        force`, `the boycott shows no sign of ending`, `in the midst of an offensive`.
        """
        tree, verb = self._tree, self._tree.heads[noun]
        if tree.deps[noun] == "pobj" and (within := self._is_within(verb)) is not None:
            return within
        endless = any(map(self._shows_no_end, tree.having(noun, "relcl")))
        if endless or self._is_counted(self._objects(noun)) or self._holds(noun):
            return True
        is_subject = tree.deps[noun] in {"nsubj", "nsubjpass"}
        return is_subject and self._is_told_to_last(verb)

    def _is_told_to_last(self, verb: int) -> bool:
        """Say whether a verb tells that its subject goes on."""
        tree = self._tree
        into = [
            t
            for p in tree.having(verb, "prep")
            if tree.words[p] == "into"
            for t in tree.having(p, "pobj")
        ]
        if tree.lemmas[verb] == "enter" or into:
            things = tree.having(verb, "dobj", "npadvmod") + into
            return self._is_counted(things, its="amod")
        if self._drags_on(verb) or self._is_under_way(verb):
            return True
        goes_on = self._shows_no_end(verb) or self._holds(verb)
        return self._is_counted(self._now_in(verb)) or (tree.tags[verb] in _PRESENT and goes_on)

    def _is_within(self, prep: int) -> bool | None:
        """Say whether it is `in the midst of`, `locked in`; None where the word above says nothing."""
        tree = self._tree
        above = tree.lemmas[tree.heads[prep]]
        if above in word_list("midst"):
            return tree.words[prep] == "of"
        if above in word_list("unending") and tree.words[prep] in {"in", "to", "from"}:
            noun = tree.heads[prep]
            return any(tree.words[t] == "no" for t in tree.having(noun, "det", "neg"))
        if above not in word_list("engaged"):
            return None
        now = tree.having(tree.heads[prep], "auxpass", "aux") or [tree.heads[tree.heads[prep]]]
        return tree.words[prep] == "in" and any(tree.tags[t] in _PRESENT for t in now)

    def _drags_on(self, verb: int) -> bool:
        """Say whether it is `raged on for a third day`, not `dragged on until June`, `in 1990`."""
        tree = self._tree
        on = [t for t in tree.having(verb, "prt", "advmod", "prep") if tree.words[t] == "on"]
        if tree.lemmas[verb] not in word_list("dragging") or not on or tree.having(on[0], "pobj"):
            return False
        when = [p for p in tree.having(verb, "prep") if p != on[0]]
        spans = [t for p in when for t in tree.having(p, "pobj")]
        return not tree.having(verb, "dobj") and all(map(self._is_nth, spans))

    def _is_nth(self, span: int) -> bool:
        """Say whether it is a third day, or a place, and no time that is over."""
        tree = self._tree
        if any(tree.tags[t] == "JJ" for t in tree.having(span, "amod")):
            return True
        return tree.lemmas[span] not in word_list("counting") and tree.tags[span] != "CD"

    def _objects(self, token: int) -> list[int]:
        tree = self._tree
        beside = [token, *tree.having(token, "advmod")]  # now in its third week
        preps = [prep for t in beside for prep in tree.having(t, "prep")]
        return [t for prep in preps for t in tree.having(prep, "pobj")]

    def _now_in(self, verb: int) -> list[int]:
        """Return the objects of "now in", which the parser hangs on the verb: now in its third week."""
        tree = self._tree
        preps = [p for p in tree.having(verb, "prep") if p and tree.words[p - 1] == "now"]
        return [t for prep in preps for t in tree.having(prep, "pobj")]

    def _is_counted(self, things: list[int], its: str = "poss") -> bool:
        """Say whether it is `its third week`; in headlines `third week`, without `its`."""
        tree = self._tree
        return any(
            tree.lemmas[thing] in word_list("counting") and bool(tree.having(thing, "poss", its))
            for thing in things
        )

    def _is_under_way(self, verb: int) -> bool:
        tree = self._tree
        return any(
            tree.words[t] in {"underway", "way"}
            and tree.words[t - 1] in {"under", "be", "was", "were"}
            for t in (
                *tree.children[verb],
                *(c for p in tree.having(verb, "prep") for c in tree.children[p]),
            )
        )

    def _holds(self, token: int) -> bool:
        """Say whether it is in force, in place, under way."""
        tree = self._tree
        if any(tree.words[t] in {"underway", "afoot"} for t in tree.children[token]):
            return True
        return any(
            tree.words[prep] in {"in", "under"} and tree.words[t] in word_list("holding_on")
            for prep in tree.having(token, "prep")
            for t in tree.having(prep, "pobj")
        )

    def _shows_no_end(self, verb: int) -> bool:
        tree = self._tree
        signs = [t for t in tree.having(verb, "dobj") if tree.lemmas[t] == "sign"]
        little = {"no", "few", "little"}
        return any(tree.words[t] in little for sign in signs for t in tree.children[sign])
