"""Which verb or event noun a date or place belongs to, and whose dates and places are a match's."""

from collections.abc import Iterator

from transforms.events.match import Match
from transforms.events.tables import word_list, words
from transforms.events.tree import Tree

# From a date or place up to its verb, through these; never through a subject.
_UP = frozenset(
    [
        "pobj",
        "prep",
        "npadvmod",
        "advmod",
        "tmod",
        "appos",
        "nmod",
        "compound",
        "amod",
        "nummod",
        "poss",
        "dobj",
        "pcomp",
        "attr",
        "quantmod",
        "agent",
        "acomp",
        "dep",
        "punct",
        "oprd",
        "conj",
        "dative",
    ]
)
_NOW = frozenset({"VBZ", "VBP", "MD"})
OTHER_TIMES = frozenset({"after", "before", "since", "until", "despite", "following"})
_WHEN = frozenset({"when", "while"})
_RELATIVE = frozenset({"which", "that", "who"})


class Anchors:
    """Connects circumstances with matches, over the tree of one article."""

    __slots__ = ("_said", "_tree", "_triggers")

    def __init__(self, tree: Tree, triggers: frozenset[int], said: frozenset[int]) -> None:
        """Take the triggers of an article, and those among them that are words, not deeds."""
        self._tree = tree
        self._triggers = triggers
        self._said = said

    def anchor(self, token: int) -> int:
        """Return the verb or event noun that a date or place belongs to.

        `The worst march since the riots of 2004` leaves 2004 with the riots.
        """
        tree, start = self._tree, token
        for head in tree.ancestors(token):
            apart = token != start and tree.words[head] in OTHER_TIMES
            lies = tree.deps[token] == "acl" and tree.lemmas[token] in word_list("lying")
            if apart or (tree.deps[token] not in _UP and not lies):
                return token
            lies = tree.deps[head] == "acl" and tree.lemmas[head] in word_list("lying")
            if (tree.is_verb(head) and not lies) or head in self._triggers:
                return self._told(start, head)
            token = head
        return token

    def is_trigger(self, token: int) -> bool:
        """Say whether a match hangs on the token."""
        return token in self._triggers

    def is_said(self, verb: int) -> bool:
        """Say whether a verb is one of words: `the attack was condemned on Sunday`."""
        return verb in self._said or self._tree.lemmas[verb] in words("attribution", "verbs")

    def _told(self, start: int, verb: int) -> int:
        """Give `On Sunday jets bombed the camp, the army said` to the bombing.

        And so `The army said that on Sunday jets bombed the camp`.
        """
        tree = self._tree
        if tree.lemmas[verb] not in words("attribution", "verbs"):
            return verb
        for clause in tree.having(verb, "ccomp"):
            opening = [mark for mark in tree.having(clause, "mark") if verb < mark < start]
            if start < clause and (opening or clause < verb):
                return clause
        return verb

    def hosts(self, match: Match) -> Iterator[int]:
        """Yield the words whose dates and places are those of the match: its clause."""
        tree, token = self._tree, match.trigger
        yield token
        if match.noun is not None:
            yield match.noun
        yield from self._containers(token)
        yield from self._participles(token)
        yield from self._effects(token)
        for head in tree.ancestors(match.trigger):
            if not self._shares(token, head, tree.deps[token]):
                return
            yield head
            token = head

    def _containers(self, verb: int) -> Iterator[int]:
        """Yield the event nouns in whose time a verb lies: `at a summit on Sunday`."""
        tree = self._tree
        for prep in tree.having(verb, "prep"):
            if tree.words[prep] in word_list("containing"):
                yield from (t for t in tree.having(prep, "pobj") if t in self._triggers)

    def _participles(self, noun: int) -> Iterator[int]:
        """Yield what tells how an event noun came about: `the murder of two, committed on Sunday`.

        The parser hangs it on the noun, on what follows `of`, or on the verb above.
        """
        tree = self._tree
        if not tree.is_noun(noun):
            return
        of = [t for prep in tree.having(noun, "prep") for t in tree.having(prep, "pobj")]
        for host in (noun, *of):
            yield from filter(self._is_done, tree.having(host, "acl"))
        for clause in tree.having(tree.heads[noun], "advcl", "conj"):
            passive = tree.tags[clause] == "VBN" or tree.having(clause, "agent")
            bare = not tree.having(clause, "nsubj", "nsubjpass", "aux", "mark")
            if noun < clause and passive and bare and self._is_done(clause):
                yield clause

    def _effects(self, noun: int) -> Iterator[int]:
        """Yield what is told of an event noun as its effect: `the blast that killed two on Sunday`."""
        clauses = self._tree.having(noun, "relcl") if self._tree.is_noun(noun) else []
        yield from (
            clause for clause in clauses if self.is_trigger(clause) and self._relates(clause)
        )

    def _is_done(self, verb: int) -> bool:
        return self._tree.lemmas[verb] in word_list("done")

    def _shares(self, token: int, head: int, dep: str) -> bool:
        tree, containing = self._tree, word_list("containing")
        if dep == "conj" and tree.is_verb(token):
            own = tree.having(token, "nsubj", "nsubjpass")
            return not own and not self._turns_to_now(token, head)
        if dep in {"nsubj", "nsubjpass", "dobj"} and tree.is_noun(token):
            return tree.is_verb(head) and tree.lemmas[head] in word_list("occurrence")
        if dep == "relcl":
            return head in self._triggers and tree.is_noun(head) and self._relates(token)
        if dep == "pobj":
            return tree.words[head] in containing
        if dep == "prep":
            return tree.words[token] in containing and tree.is_verb(head)
        return dep in {"conj", "xcomp", "aux"}

    def _turns_to_now(self, verb: int, before: int) -> bool:
        """Say whether a verb speaks of now after one of then: `left on Monday and is shelling it`."""
        tree = self._tree
        tenses = [
            {tree.tags[token], *(tree.tags[aux] for aux in tree.having(token, "aux"))}
            for token in (verb, before)
        ]
        return not tenses[0].isdisjoint(_NOW) and "VBD" in tenses[1]

    def _relates(self, verb: int) -> bool:
        """Say whether a clause tells what its noun did: `the blast that killed`, `in which … died`."""
        tree = self._tree
        heads = tree.having(verb, "nsubj", "nsubjpass")
        preps = [prep for prep in tree.having(verb, "prep") if tree.words[prep] in {"in", "during"}]
        heads += [noun for prep in preps for noun in tree.having(prep, "pobj")]
        return any(tree.words[head] in _RELATIVE for head in heads)

    def _when(self, verb: int) -> bool:
        """Say whether a clause tells when: `died when a bomb exploded`."""
        tree = self._tree
        return any(tree.words[mark] in _WHEN for mark in tree.having(verb, "advmod", "mark"))

    def hosts_beyond(self, match: Match) -> Iterator[int]:
        """Yield verbs of the sentence whose day is likely that of the match as well."""
        tree, token = self._tree, match.trigger
        yield from filter(self._when, tree.having(token, "advcl"))
        for head in tree.ancestors(match.trigger):
            dep = tree.deps[token]
            participle = tree.tags[token] == "VBG" and not tree.having(token, "mark")
            elsewhere = dep == "prep" and tree.words[token] in OTHER_TIMES
            apart = dep == "advcl" and not participle and not self._when(token)
            if dep in {"relcl", "ccomp"} or elsewhere or apart:
                return
            if tree.is_verb(head):
                yield head
            token = head
