"""Whose crime a noun names: of who is charged with murder, guilty of it, or blamed for the riots."""

from transforms.events.arguments import Arguments, Heads
from transforms.events.phrases import Phrases
from transforms.events.tables import raw, words
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

    def of(self, crime: int, *, wrong: bool) -> Heads:
        """Return who is said to have done what a noun names.

        wrong: whether to do it is wrong by itself, so that who is responsible did it.
        """
        crime = self._outermost(crime)
        found = self._blamed_on(crime) or self._by_verb(crime, wrong=wrong)
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

    def _by_verb(self, crime: int, *, wrong: bool) -> Heads:
        """Return of whom a verb says so: charged with it, pleaded guilty to it, admitted it."""
        tree, above = self._tree, self._tree.heads[crime]
        if tree.deps[crime] == "dobj" and tree.is_verb(above):
            return self._who_admits(above, "")
        if tree.deps[crime] != "pobj" or tree.words[above] not in _ABOUT:
            return ()
        governor, prep = tree.heads[above], tree.words[above]
        if not tree.is_verb(governor):
            return self._who_is_guilty(governor) if wrong else ()
        if self._licenses("charging", governor, prep):
            return self._arguments.of(governor).object
        return self._who_admits(governor, prep)

    def _who_admits(self, verb: int, prep: str) -> Heads:
        admits = self._licenses("admitting", verb, prep)
        return self._arguments.of(verb).subject if admits else ()

    def _licenses(self, table: str, verb: int, prep: str) -> bool:
        return prep in raw("participants")[table].get(self._tree.lemmas[verb], ())

    def _who_is_guilty(self, quality: int) -> Heads:
        """Return who is guilty of it, or was found so: a man responsible for the attack."""
        tree, head = self._tree, self._tree.heads[quality]
        if tree.lemmas[quality] not in words("participants", "guilty"):
            return ()
        if not tree.is_verb(head):  # clerk guilty of fraud, as headlines have it
            return (head,) if tree.is_noun(head) else tuple(tree.having(quality, "nsubj"))
        slots = self._arguments.of(head)
        return slots.object or slots.subject

    def _may_act(self, token: int) -> bool:
        return self._tree.tags[token] in {"PRP", "CD"} or self._phrases.is_actor(token)
