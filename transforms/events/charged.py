"""Whose crime a noun names: of who is charged with murder, guilty of it, or blamed for the riots."""

from transforms.events.arguments import Arguments, Heads
from transforms.events.phrases import Phrases
from transforms.events.tables import words
from transforms.events.tree import Tree

_ABOUT = frozenset({"with", "of", "for", "on", "in", "over", "to", "from"})
_ON_WHOM = "on"  # blamed the riots on them


class Charged:
    """Finds in one article of whom it is said that a crime is theirs."""

    __slots__ = ("_arguments", "_phrases", "_tree")

    def __init__(self, tree: Tree, phrases: Phrases, arguments: Arguments) -> None:
        self._tree = tree
        self._phrases = phrases
        self._arguments = arguments

    def of(self, crime: int) -> Heads:
        """Return who is said to have done what a noun names."""
        crime = self._outermost(crime)
        found = self._blamed_on(crime) or self._by_verb(crime)
        return tuple(token for token in found if self._may_act(token))

    def _outermost(self, crime: int) -> int:
        """Return what says so of the crime: `two counts of murder`, `murder and assault`."""
        tree = self._tree
        while True:
            crime = tree.first_conjunct(crime)
            prep = tree.heads[crime]
            if tree.deps[crime] != "pobj" or tree.words[prep] not in _ABOUT:
                return crime
            above = tree.heads[prep]
            charge = tree.is_noun(above) or tree.tags[above] == "CD"
            if not charge or tree.lemmas[above] not in words("participants", "charges"):
                return crime
            crime = above

    def _blamed_on(self, crime: int) -> Heads:
        """Return on whom it is blamed."""
        tree, verb = self._tree, self._tree.heads[crime]
        if tree.deps[crime] not in {"dobj", "nsubjpass"} or not tree.is_verb(verb):
            return ()
        if tree.lemmas[verb] not in words("participants", "blaming"):
            return ()
        of_verb = self._arguments.of(verb).preps.get(_ON_WHOM, ())
        return of_verb or self._arguments.of(crime).preps.get(_ON_WHOM, ())

    def _by_verb(self, crime: int) -> Heads:
        tree, above = self._tree, self._tree.heads[crime]
        if tree.deps[crime] == "dobj" and tree.is_verb(above):  # admitted the murder
            admits = tree.lemmas[above] in words("participants", "admitting")
            return self._arguments.of(above).subject if admits else ()
        if tree.deps[crime] != "pobj" or tree.words[above] not in _ABOUT:
            return ()
        governor = tree.heads[above]
        if tree.deps[governor] == "amod" and tree.lemmas[governor] in words("participants", "guilty"):
            return (tree.heads[governor],)
        if tree.deps[governor] in {"acomp", "oprd"}:  # guilty of, was found responsible for
            is_guilty = tree.lemmas[governor] in words("participants", "guilty")
            return self._found(tree.heads[governor]) if is_guilty else ()
        if not tree.is_verb(governor):
            return ()
        if tree.lemmas[governor] in words("participants", "admitting"):  # pleaded guilty to
            return self._arguments.of(governor).subject
        if tree.lemmas[governor] in words("participants", "charging"):
            return self._arguments.of(governor).object
        return ()

    def _found(self, verb: int) -> Heads:
        """Return who is guilty, or is found to be so."""
        slots = self._arguments.of(verb)
        return slots.object or slots.subject

    def _may_act(self, token: int) -> bool:
        return self._tree.tags[token] in {"PRP", "CD"} or self._phrases.is_actor(token)
