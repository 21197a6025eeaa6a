"""What an entry of the lexicon asks of the words around a verb or noun, held against the tree."""

import dataclasses
import itertools
from collections.abc import Iterator

from transforms.events.arguments import Arguments, Heads, Slots
from transforms.events.lexicon import SOMETHING, Entry, Sense
from transforms.events.phrases import Phrases
from transforms.events.tables import type_facts, word_list, words
from transforms.events.tree import Tree

_NEAR = 8  # how many words before, and twice that after, what an entry wants nearby may stand
_PARTICLES = frozenset(
    [
        "prt",
        "prep",
        "advmod",
        "dobj",
        "oprd",
        "acomp",
        "xcomp",
        "ccomp",
        "agent",
        "advcl",
        "dative",
        "intj",
    ]
)
_ABOUT = 120  # tokens that are read to tell what a passage is about
_WHERE = frozenset({"at", "in", "into", "on", "upon"})
_SIDES = frozenset({"subject", "object"})
# Asked for one of these, an entry asks for somebody; for others, for what makes the act.
_SOMEBODY = frozenset({"actor", "person", "name", "armed", "official", "civilian", "name-person"})
_CLAUSES = ("xcomp", "ccomp")
_WOULD = frozenset({"would", "will", "'ll"})
_OURSELVES = frozenset({"i", "we", "you", "me", "us"})
# Asked for one of these, a pronoun of the third person will do.
_PRONOMINAL = frozenset({"official", "name", "name-state", "armed", "name-person", "=government"})


class Conditions:
    """Judges whether entries fit, over the tree of one article."""

    __slots__ = ("_arguments", "_phrases", "_tree")

    def __init__(self, tree: Tree, phrases: Phrases, arguments: Arguments) -> None:
        self._tree = tree
        self._phrases = phrases
        self._arguments = arguments

    def verb_fits(self, token: int, slots: Slots, sense: Sense) -> bool:
        """Say whether what stands around a verb is what the entry asks for."""
        may_fit = self._may_fit(token, sense)
        return may_fit and next(self._unmet(token, slots, sense), None) is None

    def lacking(self, token: int, slots: Slots, sense: Sense) -> str | None:
        """Return the one side that is not of a class asked for; None where it lacks more, or nothing."""
        if not self._may_fit(token, sense):
            return None
        unmet = list(itertools.islice(self._unmet(token, slots, sense), 2))
        return unmet[0] if len(unmet) == 1 and self._is_spared(unmet[0], slots, sense) else None

    def _is_spared(self, side: str, slots: Slots, sense: Sense) -> bool:
        """Say whether it only lacks that the tables know who stands on that side."""
        entry = sense.entry
        if side == "subject":
            asked, found = entry.subject, slots.subject
        else:
            asked, found = entry.object, slots.object
        asks_somebody = side in _SIDES and not asked.isdisjoint(_SOMEBODY)
        if asks_somebody and any(map(self._phrases.is_actor, found)):
            return True
        harm = side == "object" and entry.type == "ASSAULT" and "target" in asked
        return harm and any("unknown" in self._phrases.classes(token) for token in found)

    def _may_fit(self, token: int, sense: Sense) -> bool:
        entry = sense.entry
        return (
            self.has_particles(token, sense.also)
            and not (not sense.also and self._tree.having(token, "prt"))
            and not self._is_where(token, sense.also)
            and (entry.predicate or not self._tree.having(token, "oprd", "xcomp", "ccomp"))
            and not (entry.unless and self._is_near(token, entry.unless))
        )

    def _is_where(self, token: int, also: tuple[str, ...]) -> bool:
        """Say whether a particle only tells where: shot at his shop, of a passive, is not shot at."""
        tree = self._tree
        if len(also) != 1 or also[0] not in _WHERE or not tree.is_passive(token):
            return False
        return any(
            tree.having(t, "pobj") for t in tree.having(token, "prep") if tree.words[t] == also[0]
        )

    def _unmet(self, token: int, slots: Slots, sense: Sense) -> Iterator[str]:
        """Yield what an entry asks for and does not get."""
        entry = sense.entry
        if not self._object_fits(slots, entry, sense):
            yield "object"
        if not self._subject_fits(token, slots, entry):
            yield "subject"
        if not all(self._prep_fits(token, slots, *prep) for prep in entry.preps):
            yield "preposition"
        if not self._complement_fits(token, entry):
            yield "complement"
        if entry.near and not self._is_near(token, entry.near):
            yield "near"

    def _complement_fits(self, token: int, entry: Entry) -> bool:
        return (
            (entry.complement is None or bool(self.complements(token)) == entry.complement)
            and not (entry.complement and entry.govern == "commit" and self._states(token))
            and not (entry.govern == "request" and self._asks_question(token))
            and (not entry.infinitive or self._has_infinitive(token))
            and (entry.complement_of is None or self._has_complement_of(token, entry.complement_of))
        )

    def _asks_question(self, verb: int) -> bool:
        """Say whether it is only to know something: asked why he left, asked if they would come."""
        tree = self._tree
        clauses = tree.having(verb, *_CLAUSES)
        deps = ("mark", "advmod", "dobj", "attr")
        opening = [tree.words[t] for clause in clauses for t in tree.having(clause, *deps)]
        return any(word in words("participants", "questions") for word in opening)

    def has_particles(self, token: int, also: tuple[str, ...]) -> bool:
        """Say whether the particles of a sense hang on the verb: `broke off`."""
        if not also:
            return True
        tree = self._tree
        for child in tree.children[token]:
            if tree.deps[child] not in _PARTICLES or tree.words[child] != also[0]:
                continue
            if tree.deps[child] == "prep" and self._arguments.only_time(child):
                continue
            return all(word in tree.words[child + 1 : child + 4] for word in also[1:])
        return False

    def _object_fits(self, slots: Slots, entry: Entry, sense: Sense) -> bool:
        if not entry.object:
            return True
        objects = slots.object or (self._particle_objects(slots, sense) if sense.also else ())
        if not slots.object and "none" in entry.object:
            return True
        return any(self._is_one_of(token, entry.object) for token in objects)

    def told_by(self, slots: Slots, sense: Sense) -> Slots:
        """Return the slots with the object that the parser hangs on the particle of a verb."""
        if slots.object or not (sense.also and sense.entry.object):
            return slots
        return dataclasses.replace(slots, object=self._particle_objects(slots, sense))

    def _particle_objects(self, slots: Slots, sense: Sense) -> Heads:
        return next((slots.preps[word] for word in sense.also[::-1] if word in slots.preps), ())

    def _subject_fits(self, token: int, slots: Slots, entry: Entry) -> bool:
        asked = entry.subject
        if entry.type == "ASSAULT" and self._is_traffic(token, slots.subject):
            return False
        if not asked:
            return True
        if "harmful" in asked or "harmful-actor" in asked:
            return self._is_harmful(token, slots)
        if not slots.subject:
            return "none" in asked or self._subject_may_lack(token, slots, entry)
        return any(self._is_one_of(member, asked) for member in slots.subject)

    def _is_traffic(self, verb: int, heads: Heads) -> bool:
        """Say whether it is an accident on the road: killed by a car, not rammed by one."""
        lemmas = self._tree.lemmas
        by_road = any(lemmas[head] in words("participants", "traffic") for head in heads)
        collides = by_road and lemmas[verb] in words("participants", "collisions")
        return collides and not self._is_near(verb, words("participants", "ramming"))

    def _subject_may_lack(self, token: int, slots: Slots, entry: Entry) -> bool:
        """Say whether the object alone will do: a passive, or `the plan to shell the port`."""
        if "none-passive" in entry.subject and slots.passive:
            return True
        nonfinite = self._tree.tags[token] in {"VB", "VBG"} and self._tree.deps[token] != "ROOT"
        harm = type_facts()[entry.type].things
        return bool(entry.object and slots.object) and (slots.passive or (nonfinite and harm))

    def _is_harmful(self, token: int, slots: Slots) -> bool:
        """Say whether harm is done by somebody: not by an earthquake, not in a crash."""
        causes = [*slots.subject]
        if slots.passive or not causes:
            for prep in ("in", "by", "when", "during", "after", "from"):
                causes += slots.preps.get(prep, ())
            tree = self._tree  # hurt when a blaze hit the church
            clauses = [c for c in tree.having(token, "advcl") if not tree.is_infinitive(c)]
            causes += [t for clause in clauses for t in tree.having(clause, "nsubj")]
        classes = [self._phrases.classes(cause) for cause in causes]
        if any("accident" in c and not c & {"attack-event", "weapon"} for c in classes):
            return False
        if not slots.subject and slots.passive and self._is_about_accident(token):
            return False
        if not slots.subject and not slots.passive:
            return self._tree.tags[token] == "VBG" or self._tree.deps[token] in {"xcomp", "advcl"}
        return True

    def _is_about_accident(self, token: int) -> bool:
        """Say whether this sentence and the one before speak of accidents, and not of attacks."""
        tree = self._tree
        number = tree.sentence_of[token]
        start = tree.starts[max(0, number - 1)]
        end = min(tree.starts[number + 1], start + _ABOUT)
        nouns = [t for t in range(start, end) if tree.is_noun(t)]
        classes = [self._phrases.classes(t) for t in nouns]
        attacks = sum(bool(c & {"attack-event", "weapon", "armed"}) for c in classes)
        return sum("accident" in c for c in classes) > attacks

    def _prep_fits(self, token: int, slots: Slots, prep: str, classes: frozenset[str]) -> bool:
        heads = slots.preps.get(prep)
        if heads is None and slots.object:
            heads = self._arguments.of_objects(slots).get(prep)
        if heads is None:
            return False
        if "=ing" in classes:
            return any(
                self._tree.words[child] == prep and self._tree.having(child, "pcomp")
                for child in self._tree.children[token]
            )
        return not classes or any(self._is_one_of(head, classes) for head in heads)

    def _is_one_of(self, token: int, asked: frozenset[str]) -> bool:
        classes = self._phrases.classes(token)
        if asked & classes or SOMETHING in asked:
            return True
        if "=pronoun" in classes and asked & _PRONOMINAL:
            return self._tree.words[token] not in _OURSELVES
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

    def complements(self, token: int) -> list[int]:
        """Return the heads of the clauses and infinitives that a verb governs."""
        tree = self._tree
        found = [child for child in tree.having(token, *_CLAUSES) if tree.is_verb(child)]
        for quality in tree.having(token, "acomp"):  # is ready to mediate
            found += self._infinitives(quality, "xcomp")
        for thing in tree.having(token, "dobj"):
            found += [*self._infinitives(thing, "acl"), *self._infinitives(thing, "relcl")]
        addressed = [c for c in tree.having(token, "prep") if tree.words[c] in {"on", "upon", "to"}]
        for prep in addressed:  # called on the ministry to lift the ban
            found += [a for t in tree.having(prep, "pobj") for a in self._infinitives(t, "acl")]
        if addressed:
            found += self._infinitives(token, "advcl")
        return [verb for head in found for verb in tree.conjuncts(head)]

    def _infinitives(self, token: int, dep: str) -> list[int]:
        return [verb for verb in self._tree.having(token, dep) if self._tree.is_infinitive(verb)]

    def _has_infinitive(self, token: int) -> bool:
        return any(map(self._tree.is_infinitive, self.complements(token)))

    def _states(self, token: int) -> bool:
        """Say whether what is agreed is what is so, not what will be: `agree that it is good`."""
        tree, clauses = self._tree, self.complements(token)
        finite = [c for c in clauses if tree.tags[c] in {"VBD", "VBZ", "VBP"}]
        return (
            bool(finite) and len(finite) == len(clauses) and not any(map(self._is_obliged, finite))
        )

    def _has_complement_of(self, token: int, whose: str) -> bool:
        """Say whether somebody else is to do what is said, for "obliged" by a word like `must`."""
        tree = self._tree
        if whose == "own":
            return any(map(self._would_itself, tree.having(token, "ccomp")))
        for verb in self.complements(token)[:1]:
            own = [t for t in tree.having(verb, "nsubj", "nsubjpass") if tree.tags[t] != "PRP"]
            actors = any(map(self._phrases.is_actor, own)) and not any(map(self._is_any, own))
            if not actors or not (whose == "another" or self._is_obliged(verb)):
                return False
            return whose == "obliged" or tree.is_infinitive(verb)
        return False

    def _is_any(self, noun: int) -> bool:
        """Say whether it is of nobody in particular: any company must have a licence."""
        return self._tree.has_determiner(noun, "any")

    def _would_itself(self, verb: int) -> bool:
        """Say whether a clause says what who says it would do: warned that it would strike."""
        tree = self._tree
        pronouns = [t for t in tree.having(verb, "nsubj") if tree.tags[t] == "PRP"]
        several = any(map(tree.is_plural, tree.having(tree.heads[verb], "nsubj")))
        itself = [t for t in pronouns if not (several and tree.words[t] == "it")]
        return bool(itself) and any(tree.words[aux] in _WOULD for aux in tree.having(verb, "aux"))

    def _is_obliged(self, verb: int) -> bool:
        tree = self._tree
        aux = {tree.words[token] for token in tree.having(verb, "aux")}
        if aux & word_list("obliging"):
            return True
        # they have to leave, not: will have to, have six weeks to leave
        is_due = tree.words[verb + 1 : verb + 2] == ("to",) and bool(tree.having(verb, "xcomp"))
        return tree.lemmas[verb] in {"have", "need"} and is_due and not aux

    def noun_fits(self, noun: int, sense: Sense, slots: Slots) -> bool:
        """Say whether what stands around an event noun is what the entry asks for."""
        entry, tree = sense.entry, self._tree
        return (
            self._has_modifiers(noun, sense.also)
            and (not entry.modifier or self._modifier_fits(noun, entry.modifier))
            and (not entry.governor or tree.lemmas[tree.heads[noun]] in entry.governor)
            and all(self._noun_prep_fits(slots, *prep) for prep in entry.preps)
            and not (entry.unless and self._is_near(noun, entry.unless))
        )

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
