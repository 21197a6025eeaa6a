"""Which words of an article are events: the lexicon held against the tree.

Verbs come first; an entry asks for classes of subject, object and prepositional objects. A light
verb takes its type from its object (`launched an attack`). A governing verb (`refused to`,
`called for`) takes in what it governs, which is then no event of its own. What event nouns are
left then stand for themselves.
"""

import dataclasses

from schemas import EventType
from transforms.events.arguments import Arguments, Heads, Slots
from transforms.events.lexicon import Entry, Lexicon, Light, Roles, Sense
from transforms.events.phrases import Phrases
from transforms.events.tables import raw, type_facts
from transforms.events.tree import Tree

_NEAR = 8  # how many words away what an entry wants nearby may stand
_PARTICLES = ("prt", "prep", "advmod", "dobj", "oprd", "acomp", "xcomp", "agent", "advcl", "dative")
_CLAUSES = ("xcomp", "ccomp")
_NO_ACTORS = frozenset({"accident", "weapon", "policy", "proposal", "agreement", "talks", "crime"})
_NO_THINGS = frozenset({"violence", "sanctions", "proposal", "talks", "agreement", "money", "crime"})


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A word of the article that an entry of the lexicon matches."""

    trigger: int
    entry: Entry
    event_type: EventType
    mode: str | None
    actors: Heads
    recipients: Heads
    noun: int | None = None  # the event noun of a light verb
    light: str | None = None
    acts: Heads = ()  # the acts that it governs


class Matcher:
    """Finds the matches of one article."""

    __slots__ = ("_arguments", "_cache", "_lexicon", "_phrases", "_tree")

    def __init__(self, lexicon: Lexicon, tree: Tree, phrases: Phrases, args: Arguments) -> None:
        self._lexicon = lexicon
        self._tree = tree
        self._phrases = phrases
        self._arguments = args
        self._cache: dict[int, Match | None] = {}

    def matches(self) -> list[Match]:
        """Return all matches in the order of their triggers."""
        tree = self._tree
        verbs = [m for m in map(self.verb, range(len(tree))) if m is not None]
        taken = {token for match in verbs for token in match.acts}
        taken |= {match.noun for match in verbs if match.noun is not None}
        kept = [match for match in verbs if match.trigger not in taken]
        used = {match.trigger for match in verbs} | taken
        nouns = [self._noun(token) for token in range(len(tree)) if token not in used]
        kept += [match for match in nouns if match is not None]
        return sorted(kept, key=lambda match: match.trigger)

    # --- verbs

    def verb(self, token: int) -> Match | None:
        """Return the match of a verb; None where the lexicon has none that fits."""
        tree = self._tree
        if not tree.is_verb(token) or tree.deps[token] in {"aux", "auxpass"}:
            return None
        if token not in self._cache:
            self._cache[token] = None  # cuts circles of governing verbs
            self._cache[token] = self._find_verb(token)
        return self._cache[token]

    def _find_verb(self, token: int) -> Match | None:
        lemma = self._tree.lemmas[token]
        senses, lights = self._lexicon.verbs.get(lemma, ()), self._lexicon.light.get(lemma, ())
        if not senses and not lights:
            return None
        slots = self._arguments.of(token)
        for sense in senses:
            if self._fits(token, slots, sense):
                return self._make(token, slots, sense.entry)
        for also, light in lights:
            if self._has_particles(token, also):
                match = self._light(token, slots, light)
                if match:
                    return match
        return None

    def _fits(self, token: int, slots: Slots, sense: Sense) -> bool:
        entry = sense.entry
        return (
            self._has_particles(token, sense.also)
            and self._object_fits(slots, entry, sense)
            and self._subject_fits(token, slots, entry)
            and all(self._prep_fits(token, slots, *prep) for prep in entry.preps)
            and (entry.complement is None or bool(self._complements(token)) == entry.complement)
            and (not entry.near or self._is_near(token, entry.near))
        )

    def _has_particles(self, token: int, also: tuple[str, ...]) -> bool:
        if not also:
            return True
        tree = self._tree
        for child in tree.children[token]:
            if tree.deps[child] not in _PARTICLES or tree.words[child] != also[0]:
                continue
            if tree.deps[child] == "prep" and self._phrases_are_times(child):
                continue
            return all(word in tree.words[child + 1 : child + 4] for word in also[1:])
        return False

    def _phrases_are_times(self, prep: int) -> bool:
        objects = self._tree.having(prep, "pobj")
        return bool(objects) and all(map(self._phrases.is_time, objects))

    def _object_fits(self, slots: Slots, entry: Entry, sense: Sense) -> bool:
        if not entry.object:
            return True
        objects = slots.object or (self._particle_objects(slots, sense) if sense.also else ())
        if not objects:
            return "none" in entry.object
        return any(self._is_one_of(token, entry.object) for token in objects)

    def _particle_objects(self, slots: Slots, sense: Sense) -> Heads:
        return next((slots.preps[word] for word in sense.also[::-1] if word in slots.preps), ())

    def _subject_fits(self, token: int, slots: Slots, entry: Entry) -> bool:
        asked = entry.subject
        if not asked:
            return True
        if "harmful" in asked or "harmful-actor" in asked:
            return self._is_harmful(token, slots)
        if not slots.subject:
            return "none" in asked or self._subject_may_lack(token, slots, entry)
        return any(self._is_one_of(member, asked) for member in slots.subject)

    def _subject_may_lack(self, token: int, slots: Slots, entry: Entry) -> bool:
        """Say whether the object alone will do: a passive, or `the plan to shell the port`."""
        if "none-passive" in entry.subject and slots.passive:
            return True
        nonfinite = self._tree.tags[token] in {"VB", "VBG"} and self._tree.deps[token] != "ROOT"
        return bool(entry.object and slots.object) and (slots.passive or nonfinite)

    def _is_harmful(self, token: int, slots: Slots) -> bool:
        """Say whether harm is done by somebody: not by an earthquake, not in a crash."""
        causes = [*slots.subject]
        if slots.passive or not causes:
            for prep in ("in", "by", "when", "during", "after", "from"):
                causes += slots.preps.get(prep, ())
        classes = [self._phrases.classes(cause) for cause in causes]
        if any("accident" in c and not c & {"attack-event", "weapon"} for c in classes):
            return False
        if not slots.subject and not slots.passive:
            return self._tree.tags[token] == "VBG" or self._tree.deps[token] in {"xcomp", "advcl"}
        return True

    def _prep_fits(self, token: int, slots: Slots, prep: str, classes: frozenset[str]) -> bool:
        heads = slots.preps.get(prep)
        if heads is None and slots.object:
            heads = self._object_preps(slots).get(prep)
        if heads is None:
            return False
        if "=ing" in classes:
            return any(
                self._tree.words[child] == prep and self._tree.having(child, "pcomp")
                for child in self._tree.children[token]
            )
        return not classes or any(self._is_one_of(head, classes) for head in heads)

    def _object_preps(self, slots: Slots) -> dict[str, Heads]:
        found: dict[str, Heads] = {}
        for token in slots.object:
            found = self._arguments.of(token).preps | found if self._tree.is_noun(token) else found
        return found

    def _is_one_of(self, token: int, asked: frozenset[str]) -> bool:
        classes = self._phrases.classes(token)
        if asked & classes:
            return True
        if "unknown-name" in asked and {"unknown", "name"} <= classes:
            return True
        return "actor" in asked and "unknown" in classes and self._phrases.is_actor(token)

    def _is_near(self, token: int, wanted: frozenset[str]) -> bool:
        lemmas, words = self._tree.lemmas, self._tree.words
        window = range(max(0, token - _NEAR), min(len(lemmas), token + 2 * _NEAR))
        number = self._tree.sentence_of[token]
        return any(
            self._tree.sentence_of[i] == number and (lemmas[i] in wanted or words[i] in wanted)
            for i in window
        )

    def _complements(self, token: int) -> list[int]:
        """Return the heads of the clauses and infinitives that a verb governs."""
        tree = self._tree
        found = [child for child in tree.having(token, *_CLAUSES) if tree.is_verb(child)]
        for thing in tree.having(token, "dobj"):
            found += [
                child
                for child in tree.having(thing, "acl", "relcl")
                if any(tree.tags[mark] == "TO" for mark in tree.children[child])
            ]
        return [verb for head in found for verb in tree.conjuncts(head)]

    def _make(self, token: int, slots: Slots, entry: Entry) -> Match:
        actors, recipients = self._roles(token, slots, entry.verb_roles, entry.type)
        if "infinitive" in entry.verb_roles.recipients:
            recipients = recipients or self._infinitive_subject(token)
        match = Match(token, entry, entry.type, entry.mode, actors, recipients)
        return self._govern(match, slots) if entry.govern else match

    def _infinitive_subject(self, token: int) -> Heads:
        """Return who is to do it: `demanded that the minister resign`."""
        found = [s for verb in self._complements(token)[:1] for s in self._arguments.of(verb).subject]
        return tuple(token for token in found if self._phrases.is_actor(token))

    def _govern(self, match: Match, slots: Slots) -> Match:
        """Take in the acts that a verb governs; what they are decides type and mode."""
        rule = raw("complements").get(match.entry.govern, {})
        if not rule:
            return match
        acts = self._acts(match.trigger, slots)
        types = [found for found in map(self._act_type, acts) if found]
        event_type, mode = match.event_type, match.mode
        if types:
            event_type = _lookup(rule["types"], types[0]) or event_type
            mode = mode or _lookup(rule["modes"], types[0])
        scores = type_facts()[event_type].mode_scores
        recipients = match.recipients
        if acts and not recipients and match.entry.govern in {"commit", "threaten", "refuse"}:
            recipients = self._act_recipients(acts[0])
        return dataclasses.replace(
            match,
            event_type=event_type,
            mode=mode if mode in scores else None,
            recipients=recipients,
            acts=acts,
        )

    def _acts(self, token: int, slots: Slots) -> Heads:
        tree = self._tree
        acts = self._complements(token)
        things = [*slots.object, *slots.preps.get("for", ()), *slots.preps.get("with", ())]
        things += [*slots.preps.get("to", ()), *slots.preps.get("on", ()), *slots.preps.get("of", ())]
        acts += [thing for thing in things if tree.lemmas[thing] in self._lexicon.nouns]
        for verb in [act for act in acts if tree.is_verb(act)]:
            acts += [t for t in self._arguments.of(verb).object if tree.lemmas[t] in self._lexicon.nouns]
        return tuple(dict.fromkeys(acts))

    def _act_recipients(self, act: int) -> Heads:
        match = self.verb(act) if self._tree.is_verb(act) else self._noun_match(act)
        return match.recipients if match else ()

    def _act_type(self, act: int) -> EventType | None:
        match = self.verb(act) if self._tree.is_verb(act) else self._noun_match(act)
        return match.event_type if match else None

    def _light(self, token: int, slots: Slots, light: Light) -> Match | None:
        noun_slot = slots.object
        if light.reversed and not noun_slot:
            noun_slot = slots.preps.get("under", ())
        for noun in noun_slot:
            sense = self._noun_sense(noun, light=True)
            if sense is None or (light.types and sense.entry.type not in light.types):
                continue
            if light.reversed and slots.passive:
                continue
            return self._make_light(token, noun, slots, sense.entry, light)
        return None

    def _make_light(self, token: int, noun: int, slots: Slots, entry: Entry, light: Light) -> Match:
        inside = self._arguments.of(noun)
        preps = {**slots.preps, **inside.preps}
        both = Slots(slots.subject, (), slots.dative, preps, slots.passive)
        roles = dataclasses.replace(entry.noun_roles, actors=("subject", *entry.noun_roles.actors))
        if light.reversed:
            roles = Roles(actors=("by", "from", "poss", "modifier"), recipients=("subject",))
        elif slots.dative:
            roles = dataclasses.replace(roles, recipients=("dative", *roles.recipients))
        if slots.passive and not slots.subject:
            both = dataclasses.replace(both, subject=())
        actors, recipients = self._roles(noun, both, roles, entry.type)
        return Match(token, entry, entry.type, entry.mode, actors, recipients, noun, light.id)

    # --- nouns

    def _noun(self, token: int) -> Match | None:
        """Return the match of a noun that stands for an event by itself."""
        tree = self._tree
        if not tree.is_noun(token) or tree.deps[token] in {"compound", "nmod", "amod"}:
            return None
        if tree.lemmas[token] not in self._lexicon.nouns or self._phrases.is_time(token):
            return None
        match = self._noun_match(token)
        if match is None or not (match.actors or match.recipients or match.entry.bare):
            return None
        return match

    def _noun_match(self, token: int) -> Match | None:
        sense = self._noun_sense(token, light=False)
        if sense is None:
            return None
        entry = sense.entry
        slots = self._arguments.of(token)
        actors, recipients = self._roles(token, slots, entry.noun_roles, entry.type)
        return Match(token, entry, entry.type, entry.mode, actors, recipients)

    def _noun_sense(self, noun: int, *, light: bool) -> Sense | None:
        tree = self._tree
        if self._phrases.entity(noun) is not None or tree.tags[noun] == "CD":
            return None
        candidates = self._lexicon.nouns.get(tree.lemmas[noun], ())
        candidates = candidates or self._lexicon.nouns.get(tree.words[noun], ())
        fitting = [sense for sense in candidates if self._noun_fits(noun, sense, light=light)]
        if light or len(fitting) < 2 or fitting[0].entry.bare:
            return fitting[0] if fitting else None
        slots = self._arguments.of(noun)
        for sense in fitting:
            if any(self._roles(noun, slots, sense.entry.noun_roles, sense.entry.type)):
                return sense
        return next((sense for sense in fitting if sense.entry.bare), fitting[0])

    def _noun_fits(self, noun: int, sense: Sense, *, light: bool) -> bool:
        entry = sense.entry
        if sense.also and not self._has_modifiers(noun, sense.also):
            return False
        if entry.modifier and not self._modifier_fits(noun, entry.modifier):
            return False
        if entry.governor and self._tree.lemmas[self._tree.heads[noun]] not in entry.governor:
            return False
        if light:
            return True
        slots = self._arguments.of(noun)
        return all(self._noun_prep_fits(slots, *prep) for prep in entry.preps)

    def _noun_prep_fits(self, slots: Slots, prep: str, classes: frozenset[str]) -> bool:
        heads = slots.preps.get(prep)
        return heads is not None and (
            not classes or any(self._is_one_of(head, classes) for head in heads)
        )

    def _has_modifiers(self, noun: int, also: tuple[str, ...]) -> bool:
        left = self._tree.lemmas[max(0, noun - 4) : noun]
        words = self._tree.words[max(0, noun - 4) : noun]
        return all(word in left or word in words for word in also)

    def _modifier_fits(self, noun: int, classes: frozenset[str]) -> bool:
        tree = self._tree
        return any(
            child < noun and self._is_one_of(child, classes)
            for child in tree.having(noun, "compound", "amod", "nmod", "poss")
        )

    # --- roles

    def _roles(
        self, token: int, slots: Slots, roles: Roles, event_type: EventType
    ) -> tuple[Heads, Heads]:
        """Return the heads of actors and recipients; nobody is both."""
        things = type_facts()[event_type].things
        actors: dict[int, None] = {}
        for slot in roles.actors:
            for head in self._slot(token, slots, slot):
                actors.update(dict.fromkeys(self._as_actor(head)))
        recipients: Heads = ()
        for slot in roles.recipients:
            found = [self._as_recipient(h, things=things) for h in self._slot(token, slots, slot)]
            recipients = tuple(h for heads in found for h in heads if h not in actors)
            if recipients:
                break
        return tuple(actors), recipients

    def _slot(self, token: int, slots: Slots, slot: str) -> Heads:
        tree = self._tree
        if slot == "poss":
            found = tree.having(token, "poss") if tree.is_noun(token) else []
            return tuple(t for t in found if tree.tags[t] != "PRP$")
        if slot == "modifier":
            found = self._phrases.modifiers(token) if tree.is_noun(token) else []
            return tuple(t for t in found if tree.deps[t] != "poss")
        if slot.startswith("object."):
            return self._object_preps(slots).get(slot.removeprefix("object."), ())
        heads = slots.get(slot)
        if not heads and slot not in {"subject", "object", "dative"} and tree.is_verb(token):
            heads = self._object_preps(slots).get(slot, ())
        return tuple(head for head in heads if not self._phrases.is_time(head))

    def _as_actor(self, head: int) -> Heads:
        """Return who acts: the phrase, or whose it is (`Iran's programme`, `rebel attacks`)."""
        classes = self._phrases.classes(head)
        if classes & {"actor", "person", "name"} or self._tree.tags[head] in {"PRP", "WP"}:
            return (head,)
        if "vehicle" in classes:
            return (head,)
        if "unknown" in classes and self._phrases.is_actor(head):
            return (head,)
        owner = self._owner(head)
        if owner or classes & _NO_ACTORS or self._tree.tags[head] in {"VBG", "CD", "DT", "WDT"}:
            return owner
        return (head,) if "unknown" in classes and self._tree.is_noun(head) else ()

    def _as_recipient(self, head: int, *, things: bool) -> Heads:
        classes = self._phrases.classes(head)
        tree = self._tree
        if self._phrases.is_actor(head) or tree.tags[head] in {"PRP", "WP"}:
            return (head,)
        if things and (tree.is_noun(head) or tree.tags[head] in {"CD", "DT"}):
            solid = classes & {"target", "place", "vehicle", "settlement"} or not classes & _NO_THINGS
            if solid:
                return (head,)
        if "name-state" in classes or ("name" in classes and "place" not in classes):
            return (head,)
        return self._owner(head)

    def _owner(self, head: int) -> Heads:
        if not self._tree.is_noun(head):
            return ()
        owners = [t for t in self._arguments.owner(head) if t < head and self._tree.heads[t] == head]
        if not owners:
            preps = self._arguments.of(head).preps
            owners = [*preps.get("by", ()), *preps.get("of", ()), *preps.get("against", ())]
        return tuple(t for t in owners if self._phrases.is_actor(t))


def _lookup(table: dict[str, list[str]], event_type: EventType) -> str | None:
    return next((name for name, types in table.items() if event_type in types), None)
