"""Which words of an article are events: the lexicon held against the tree.

Verbs come first; an entry asks for classes of subject, object and prepositional objects. A light
verb takes its type from its object (`launched an attack`). A governing verb (`refused to`,
`called for`) takes in what it governs, which is then no event of its own. What event nouns are
left then stand for themselves.
"""

import dataclasses
from itertools import chain, pairwise
from typing import Any

from schemas import EventType
from transforms.events.arguments import Heads, Slots
from transforms.events.conditions import Conditions
from transforms.events.lexicon import Entry, Lexicon, Light, Roles
from transforms.events.match import Match
from transforms.events.nouns import EventNouns
from transforms.events.reading import Reading
from transforms.events.roles import RoleFinder
from transforms.events.tables import is_cooperation, raw, type_facts, words

_LONGEST = 300  # tokens; what is longer is a table or a list, not a sentence
_DEEPEST = 8  # governing verbs within governing verbs
_HANDS_ON = frozenset(
    {"commit", "threaten", "refuse", "intend"}
)  # to whom the act is done, it is promised
_ABOUT = ("for", "with", "to", "on", "of")  # between a governing verb and its event noun
_RECEIVING = ("dative", "to", "with")
_SHARED = frozenset({"COOPERATE", "AID"})  # sales and aid without anybody are figures, not acts
_LAST_WORDS = frozenset(
    {"for", "in", "into", "on", "under", "with"}
)  # of light verbs, before their event noun
_WITHIN = frozenset({"in", "during"})
_UNDER = Roles(actors=("by", "from", "poss", "modifier"), recipients=("subject",))


class Matcher:
    """Finds the matches of one article."""

    __slots__ = (
        "_arguments",
        "_cache",
        "_conditions",
        "_lexicon",
        "_nested",
        "_nouns",
        "_phrases",
        "_roles",
        "_tree",
    )

    def __init__(self, lexicon: Lexicon, reading: Reading) -> None:
        self._lexicon = lexicon
        self._tree = reading.tree
        self._phrases = reading.phrases
        self._arguments = reading.arguments
        self._conditions = Conditions(reading.tree, reading.phrases, reading.arguments)
        self._roles = RoleFinder(reading.tree, reading.phrases, reading.arguments)
        self._nouns = EventNouns(
            lexicon, reading.arguments, self._conditions, self._roles, reading.phrases
        )
        self._cache: dict[int, Match | None] = {}
        self._nested = 0

    def matches(self) -> list[Match]:
        """Return all matches in the order of their triggers."""
        tokens = self._candidates()
        verbs = [match for match in map(self._verb, tokens) if match is not None]
        taken = {token for match in verbs for token in match.acts}
        taken |= {match.noun for match in verbs if match.noun is not None}
        kept = [match for match in verbs if match.trigger not in taken]
        used = taken | {match.trigger for match in verbs}
        nouns = [self._nouns.find(token) for token in tokens if token not in used]
        by_verb = {match.trigger: match for match in verbs}
        kept += [m for m in nouns if m is not None and not self._is_echo(m, by_verb)]
        used |= {match.trigger for match in kept}
        left = filter(None, (self._nearly(token) for token in tokens if token not in used))
        kept += (match for match in left if not self._is_echo(match, by_verb))
        return sorted((self._within(m, by_verb) for m in kept), key=lambda match: match.trigger)

    def _within(self, noun: Match, verbs: dict[int, Match]) -> Match:
        """Give a noun without anybody who is in the act that it tells again: killed in a shooting."""
        tree, prep = self._tree, self._tree.heads[noun.trigger]
        if noun.actors or noun.recipients or tree.deps[noun.trigger] != "pobj":
            return noun
        verb = verbs.get(tree.heads[prep])
        if verb is None or verb.event_type != noun.event_type or tree.words[prep] not in _WITHIN:
            return noun
        return dataclasses.replace(noun, actors=verb.actors, recipients=verb.recipients)

    def _is_echo(self, noun: Match, verbs: dict[int, Match]) -> bool:
        """Say whether a noun only names what a verb has told: `imposed a state of emergency`."""
        tree, token = self._tree, noun.trigger
        while tree.deps[token] == "pobj" and tree.words[tree.heads[token]] == "of":
            token = tree.heads[tree.heads[token]]
        direct, prep = tree.deps[token] in {"dobj", "nsubjpass"}, tree.heads[token]
        if tree.deps[token] == "pobj" and tree.words[prep] in _ABOUT:
            token = prep  # agreed on a truce, came for a visit
        elif not direct:
            return False
        verb = verbs.get(tree.heads[token])
        if verb is None or verb.event_type == noun.event_type:
            return verb is not None
        facts = type_facts()
        is_close = facts[verb.event_type].quad_class == facts[noun.event_type].quad_class
        return noun.lacks is not None and is_close

    def _candidates(self) -> list[int]:
        """Return the tokens that the lexicon knows, of sentences of a sane length."""
        tree, found = self._tree, self._lexicon
        return [
            token
            for start, end in pairwise(tree.starts)
            if end - start <= _LONGEST
            for token in range(start, end)
            for lemma in [tree.lemmas[token]]
            if (lemma in found.verbs or lemma in found.light or self._nouns.is_known(token))
            and not tree.opens_hyphenated(token)
        ]

    # --- verbs

    def _verb(self, token: int) -> Match | None:
        """Return the match of a verb; None where the lexicon has none that fits."""
        tree = self._tree
        if not tree.is_verb(token) or tree.deps[token] in {"aux", "auxpass"}:
            return None
        if token not in self._cache:
            self._cache[token] = None  # cuts circles of governing verbs
            self._cache[token] = self._find_verb(token)
        return self._cache[token]

    def _find_verb(self, token: int) -> Match | None:
        lemma, conditions = self._tree.lemmas[token], self._conditions
        senses, lights = self._lexicon.verbs.get(lemma, ()), self._lexicon.light.get(lemma, ())
        if not senses and not lights:
            return None
        slots = self._arguments.of(token)
        if self._arguments.is_reduced(token):
            slots = Slots((), slots.subject, (), slots.preps, passive=True)
        for sense in senses:
            if conditions.verb_fits(token, slots, sense):
                return self._full(token, conditions.told_by(slots, sense), sense.entry)
        made = (
            self._light(token, slots, light, also)
            for also, light in lights
            if conditions.has_particles(token, also)
        )
        return next((match for match in made if match is not None), None)

    def _full(self, token: int, slots: Slots, entry: Entry) -> Match:
        actors, recipients = self._roles.find(token, slots, entry.verb_roles, entry)
        if "infinitive" in entry.verb_roles.recipients:
            told = (head for head in self._infinitive_subject(token) if head not in actors)
            recipients = recipients or tuple(told)
        match = Match(token, entry, entry.type, entry.mode, actors, recipients)
        if not recipients and self._tree.is_infinitive(token):
            match = self._with_addressed(match)
        if entry.govern:
            match = self._govern(match, slots)
        return self._with_nouns(match, slots)

    def _with_addressed(self, match: Match) -> Match:
        """Put in whom it was said to that a verb reached: called the king to apologize."""
        tree, verb = self._tree, self._tree.heads[match.trigger]
        slots = self._arguments.of(verb) if tree.is_verb(verb) else None
        if slots is None or tree.lemmas[verb] not in words("participants", "contacting"):
            return match
        reached = tuple(t for t in slots.object if self._phrases.is_actor(t))
        if match.event_type != "CONSULT":
            return dataclasses.replace(match, recipients=reached)
        others = tuple(token for token in reached if token not in match.actors)
        return dataclasses.replace(match, actors=match.actors + others)

    def _nearly(self, token: int) -> Match | None:
        """Return the match of a verb or noun with an entry that it fits but for one thing."""
        if not self._tree.is_verb(token):
            noun = self._nouns.named(token)
            if noun is None or noun.event_type in _SHARED:
                return None
            return dataclasses.replace(noun, lacks="participants")
        if self._tree.deps[token] in {"aux", "auxpass"}:
            return None
        slots = self._arguments.of(token)
        for sense in self._lexicon.verbs.get(self._tree.lemmas[token], ()):
            lacks = self._conditions.lacking(token, slots, sense)
            if lacks is not None:
                return dataclasses.replace(self._full(token, slots, sense.entry), lacks=lacks)
        return None

    def _infinitive_subject(self, token: int) -> Heads:
        """Return who is to do it: `demanded that the minister resign`."""
        verbs = self._conditions.complements(token)[:1]
        found = [subject for verb in verbs for subject in self._arguments.of(verb).subject]
        return tuple(token for token in found if self._phrases.is_actor(token))

    def _with_nouns(self, match: Match, slots: Slots) -> Match:
        """Take in the event nouns that are objects, and who they say took part.

        They tell the same act (`imposed sanctions`), or what became of it (`called off talks`).
        """
        within = self._arguments.of_objects(slots).get("of", ())  # lifted the state of emergency
        things = [token for token in (*slots.object, *within) if self._nouns.is_known(token)]
        if not match.entry.object:
            same = {match.entry.type, match.event_type}
            things = [token for token in things if self._act_type(token) in same]
        for noun in things[:1]:  # a meeting of ministers was held
            inner = self._nouns.match(noun)
            if inner is not None and inner.event_type == match.event_type:
                match = dataclasses.replace(
                    match,
                    actors=match.actors or inner.actors,
                    recipients=match.recipients or inner.recipients,
                )
        return dataclasses.replace(match, acts=(*match.acts, *things))

    # --- governing verbs

    def _govern(self, match: Match, slots: Slots) -> Match:
        """Take in the acts that a verb governs; what they are decides type and mode."""
        govern = match.entry.govern or ""
        rule = raw("complements").get(govern)
        if not rule:
            return match
        acts = self._acts(match.trigger, slots)
        types = [found for found in map(self._act_type, acts) if found]
        event_type, mode = match.event_type, match.mode
        if types and govern != "request" and self._is_withheld(acts[0], types[0]):
            event_type = "REJECT"  # vowed that they will not release
        elif types:
            event_type = _lookup(rule["types"], types[0]) or event_type
            mode = mode or _lookup(rule["modes"], types[0])
        recipients = match.recipients
        if acts and not recipients and govern in _HANDS_ON:
            recipients = next(filter(None, map(self._act_recipients, acts)), ())
            recipients = tuple(head for head in recipients if head not in match.actors)
        return dataclasses.replace(
            match,
            event_type=event_type,
            mode=mode if mode in type_facts()[event_type].mode_scores else None,
            recipients=recipients,
            acts=acts,
        )

    def _is_withheld(self, act: int, event_type: EventType) -> bool:
        """Say whether it is a cooperative act that is negated in its own clause."""
        return is_cooperation(event_type) and bool(self._tree.having(act, "neg"))

    def _acts(self, token: int, slots: Slots) -> Heads:
        """Return the heads of what a verb governs, with the event nouns in it."""
        clauses = self._conditions.complements(token)
        inner = [self._arguments.of(clause).object for clause in clauses]
        things = chain(slots.object, *(slots.preps.get(prep, ()) for prep in _ABOUT), *inner)
        return tuple(dict.fromkeys([*clauses, *filter(self._nouns.is_known, things)]))

    def _act(self, act: int) -> Match | None:
        if not self._tree.is_verb(act):
            return self._nouns.match(act)
        if self._nested >= _DEEPEST:
            return None
        self._nested += 1
        found = self._verb(act)
        self._nested -= 1
        return found

    def _act_type(self, act: int) -> EventType | None:
        match = self._act(act)
        return match.event_type if match else None

    def _act_recipients(self, act: int) -> Heads:
        match = self._act(act)
        if match is None:  # threatened to make the North pay
            return self._receivers(act) or self._made_to(act) or self._acted_on(act)
        own = self._arguments.of(act).subject  # refused to meet the envoy: the envoy
        return match.recipients or tuple(head for head in match.actors if head not in own)

    def _made_to(self, act: int) -> Heads:
        own = self._arguments.of(act).subject
        return tuple(token for token in self._infinitive_subject(act) if token not in own)

    def _acted_on(self, act: int) -> Heads:
        """Return who is the object of an act of no type: threatened to wipe out the clan."""
        tree = self._tree
        found = self._arguments.of(act).object if tree.is_verb(act) else ()
        return tuple(t for t in found if tree.is_noun(t) and self._phrases.is_actor(t))

    def _receivers(self, act: int) -> Heads:
        """Return to whom an act of no type is done: willing to lend the island a ship."""
        slots = self._arguments.of(act)
        found = next(filter(None, map(slots.get, _RECEIVING)), ())
        return tuple(token for token in found if self._phrases.is_actor(token))

    # --- light verbs

    def _light(self, token: int, slots: Slots, light: Light, also: tuple[str, ...]) -> Match | None:
        if light.reversed and slots.passive:
            return None
        for noun in self._lent(token, slots, also):
            if light.reversed and "against" in self._arguments.of(noun).preps:
                continue  # provoked charges against the bank
            own = {prep: heads for prep, heads in slots.preps.items() if noun not in heads}
            preps = own | self._arguments.of(noun).preps
            locked = slots.object if slots.passive and noun not in slots.object else ()
            both = Slots(slots.subject or locked, (), slots.dative, preps, slots.passive)
            sense = self._nouns.sense(noun, both)
            if sense is not None and self._lends_to(light, noun, sense.entry):
                return self._make_light(token, noun, both, sense.entry, light)
        return None

    def _lends_to(self, light: Light, noun: int, entry: Entry) -> bool:
        of_type = not light.types or entry.type in light.types
        return of_type and (not light.nouns or self._tree.lemmas[noun] in light.nouns)

    def _lent(self, token: int, slots: Slots, also: tuple[str, ...]) -> Heads:
        """Return where the event noun of a light verb may stand.

        That is its object, or the object of the preposition that it ends in: `came under attack`,
        `took part in the march`, `was responsible for the killings`.
        """
        if not also or also[-1] not in _LAST_WORDS:
            return (*slots.object, *self._measured(slots))
        qualities = (self._arguments.of(t).preps for t in self._tree.having(token, "acomp"))
        found = [slots.preps, self._arguments.of_objects(slots), *qualities]
        return next((preps[also[-1]] for preps in found if preps.get(also[-1])), slots.object)

    def _measured(self, slots: Slots) -> Heads:
        """Return what an object only measures: five days of exercises."""
        measures = words("participants", "measures")
        found = (t for t in slots.object if self._tree.lemmas[t] in measures)
        return tuple(t for noun in found for t in self._arguments.of(noun).preps.get("of", ()))

    def _make_light(self, token: int, noun: int, slots: Slots, entry: Entry, light: Light) -> Match:
        roles = entry.noun_roles
        recipients = ("dative", *roles.recipients) if slots.dative else roles.recipients
        roles = Roles(actors=("subject", *roles.actors), recipients=recipients)
        if light.reversed:
            roles = _UNDER
        actors, recipients_ = self._roles.find(noun, slots, roles, entry)
        return Match(token, entry, entry.type, entry.mode, actors, recipients_, noun, light.id)


def _lookup(table: dict[str, list[EventType]], event_type: EventType) -> Any:
    """Return the name under which a table of complements.toml lists the type: a type, a mode."""
    return next((name for name, types in table.items() if event_type in types), None)
