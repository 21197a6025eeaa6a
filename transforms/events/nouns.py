"""Which nouns stand for events by themselves: `the bombing of the port`, `talks between the sides`."""

import dataclasses

from schemas import EventType
from transforms.events.arguments import Arguments, Slots
from transforms.events.conditions import Conditions
from transforms.events.lexicon import Lexicon, Sense
from transforms.events.match import Match
from transforms.events.phrases import Phrases
from transforms.events.roles import RoleFinder
from transforms.events.tables import type_facts, word_list


class EventNouns:
    """Finds the event nouns of one article."""

    __slots__ = ("_arguments", "_conditions", "_lexicon", "_phrases", "_roles", "_tree")

    def __init__(
        self,
        lexicon: Lexicon,
        arguments: Arguments,
        conditions: Conditions,
        roles: RoleFinder,
        phrases: Phrases,
    ) -> None:
        self._lexicon, self._arguments, self._conditions = lexicon, arguments, conditions
        self._roles, self._phrases, self._tree = roles, phrases, phrases.tree

    def is_known(self, token: int) -> bool:
        """Say whether the lexicon has the noun at all."""
        nouns = self._lexicon.nouns
        return self._tree.lemmas[token] in nouns or self._tree.words[token] in nouns

    def find(self, token: int) -> Match | None:
        """Return the match of a noun that stands for an event by itself."""
        match = self.named(token)
        stands = match and (match.actors or match.recipients or match.entry.bare or match.told)
        return match if stands else None

    def named(self, token: int) -> Match | None:
        """Return the match of a noun that can name an event."""
        tree = self._tree
        if not tree.is_noun(token) or tree.deps[token] in {"compound", "nmod", "amod"}:
            return None
        if tree.lemmas[token] not in self._lexicon.nouns or self._phrases.is_time(token):
            return None
        match = self.match(token)
        if match is None:
            return None
        told = self._is_told(token) or (_is_harm(match.event_type) and self._is_located(token))
        return dataclasses.replace(match, told=told)

    def _is_told(self, noun: int) -> bool:
        """Say whether a verb tells that an event takes place: `the strike was averted`."""
        tree, verb = self._tree, self._tree.heads[noun]
        if tree.deps[noun] not in {"nsubj", "nsubjpass"} or not tree.is_verb(verb):
            return False
        if tree.lemmas[verb] != "be":
            return tree.lemmas[verb] in word_list("occurrence")
        where = [t for prep in tree.having(verb, "prep") for t in tree.having(prep, "pobj")]
        return any(tree.words[t] in word_list("holding_on") for t in where)  # is in force

    def _is_located(self, noun: int) -> bool:
        """Say whether it is told where or when it was: `the bombing in Bali`, `Monday's attack`."""
        tree, phrases = self._tree, self._phrases
        where = [t for prep in tree.having(noun, "prep") for t in tree.having(prep, "pobj")]
        beside = where + tree.having(noun, "poss", "compound", "nmod", "npadvmod")
        return any(phrases.is_time(t) or "place" in phrases.classes(t) for t in beside)

    def match(self, token: int) -> Match | None:
        """Return the match of an event noun, whatever it hangs on."""
        sense = self.sense(token)
        if sense is None:
            return None
        entry, slots = sense.entry, self._arguments.of(token)
        actors, recipients = self._roles.find(token, slots, entry.noun_roles, entry)
        return Match(token, entry, entry.type, entry.mode, actors, recipients)

    def sense(self, noun: int, lent: Slots | None = None) -> Sense | None:
        """Return the sense of an event noun; `lent` are the slots that a light verb lends it."""
        tree, nouns = self._tree, self._lexicon.nouns
        if self._phrases.entity(noun) is not None:
            return None
        slots = lent or self._arguments.of(noun)
        word, lemma = tree.words[noun], tree.lemmas[noun]
        candidates = nouns.get(lemma, ()) + (nouns.get(word, ()) if word != lemma else ())
        fitting = [s for s in candidates if self._conditions.noun_fits(noun, s, slots)]
        if lent is not None or len(fitting) < 2 or fitting[0].entry.bare:
            return fitting[0] if fitting else None
        for sense in fitting:
            if any(self._roles.find(noun, slots, sense.entry.noun_roles, sense.entry)):
                return sense
        return next((sense for sense in fitting if sense.entry.bare), fitting[0])


def _is_harm(event_type: EventType) -> bool:
    return type_facts()[event_type].things
