"""Who takes part: from the slots of a predicate to the heads of actors and recipients."""

from transforms.events.arguments import Arguments, Heads, Slots
from transforms.events.charged import Charged
from transforms.events.lexicon import Entry, Roles
from transforms.events.phrases import Phrases
from transforms.events.tables import type_facts, word_list, words
from transforms.events.tree import Tree

_NO_ACTORS = frozenset({"accident", "weapon", "policy", "proposal", "agreement", "talks", "crime"})
_NO_THINGS = frozenset(
    {"violence", "sanctions", "proposal", "talks", "agreement", "money", "crime", "protest-event"}
)
_GIVEN = frozenset({"dative", "to", "on", "against", "area"})  # an island can be given aid
_AREA = ("in", "across", "throughout")
_ACTORS = frozenset({"actor", "person", "name", "vehicle"})
_SOLID = frozenset({"target", "place", "vehicle", "settlement"})
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "CD"})  # the three were charged
_ABOVE = frozenset({"host", "holder", "partner"})
_PICKED = frozenset({"area", "purpose", "members"})
_OF_PEOPLE = frozenset({"arrest", "deport", "restrict"})  # modes that things do not suffer
_CORE = frozenset({"subject", "object", "dative"})


class RoleFinder:
    """Finds the participants of the matches of one article."""

    __slots__ = ("_arguments", "_charged", "_phrases", "_tree")

    def __init__(self, tree: Tree, phrases: Phrases, arguments: Arguments) -> None:
        self._tree = tree
        self._phrases = phrases
        self._arguments = arguments
        self._charged = Charged(tree, phrases, arguments)

    def find(self, token: int, slots: Slots, roles: Roles, entry: Entry) -> tuple[Heads, Heads]:
        """Return the heads of actors and recipients; nobody is both."""
        event_type = entry.type
        things = type_facts()[event_type].things
        loose = entry.mode not in _OF_PEOPLE
        actors: dict[int, None] = {}
        for slot in roles.actors:
            for head in self._slot(token, slots, slot):
                actors.update(dict.fromkeys(self._as_actor(head)))
        if not actors and (things or event_type == "PROTEST") and self._tree.is_noun(token):
            actors.update(dict.fromkeys(self._charged.of(token, wrong=event_type != "PROTEST")))
        if not actors and event_type == "MOBILIZE" and slots.passive:
            actors.update(dict.fromkeys(filter(self._is_force, slots.object)))
        recipients: Heads = ()
        for slot in roles.recipients:
            heads = self._slot(token, slots, slot)
            asked = slot == "object" and event_type == "REQUEST" and self._is_told_to(token)
            protested = event_type == "PROTEST" and slot != "object"  # burned a flag against a law
            things_ = (things and not protested) or asked
            if event_type == "ACCUSE":
                heads = tuple(head for head in heads if not self._is_suffered(head))
            found = [
                self._as_recipient(h, things=things_, loose=loose, places=slot in _GIVEN)
                for h in heads
            ]
            others = (h for heads in found for h in heads if h not in actors)
            recipients = tuple(h for h in others if not self._tree.is_reflexive(h))
            if recipients:
                break
        return tuple(actors), recipients

    def _is_force(self, head: int) -> bool:
        """Say whether who is moved moves: officers were dispatched, the troops deployed there."""
        return bool(self._phrases.classes(head) & {"armed", "military", "official"})

    def _is_suffered(self, head: int) -> bool:
        """Say whether it names what somebody suffered, whom nobody accuses: the widow's death."""
        return self._tree.lemmas[head] in words("participants", "suffered")

    def _is_told_to(self, verb: int) -> bool:
        """Say whether an infinitive makes the object who is to act: `asked schools to pay`."""
        return any(map(self._tree.is_infinitive, self._tree.having(verb, "xcomp", "ccomp")))

    def _slot(self, token: int, slots: Slots, slot: str) -> Heads:
        """Return what stands in a slot named as in roles.toml."""
        return tuple(t for t in self._standing(token, slots, slot) if not self._phrases.is_time(t))

    def _standing(self, token: int, slots: Slots, slot: str) -> Heads:
        if slot in {"poss", "modifier", "force"}:
            return self._before(token, slot) if self._tree.is_noun(token) else ()
        if slot in _ABOVE:
            return {"host": self._host, "holder": self._holder, "partner": self._partner}[slot](
                token
            )
        if slot in _PICKED:
            return {"area": self._area, "purpose": self._helped, "members": self._members}[slot](
                token, slots
            )
        beyond = self._arguments.of_objects(slots)
        if slot.startswith("object."):
            return beyond.get(slot.removeprefix("object."), ())
        heads = slots.get(slot)
        if not heads and slot not in _CORE and self._tree.is_verb(token):
            heads = beyond.get(slot, ())
        return heads

    def _members(self, _noun: int, slots: Slots) -> Heads:
        """Return who meets: a meeting of ministers, not of minds."""
        return tuple(filter(self._phrases.is_actor, slots.get("of")))

    def _area(self, _token: int, slots: Slots) -> Heads:
        """Return the places that a measure holds in: imposed a curfew in the port."""
        beyond = self._arguments.of_objects(slots)
        found = [each.get(prep, ()) for each in (slots.preps, beyond) for prep in _AREA]
        return tuple(t for heads in found for t in heads if "place" in self._phrases.classes(t))

    def _helped(self, verb: int, slots: Slots) -> Heads:
        """Return whom something is given to help: sent tents to help Nepal cope."""
        tree = self._tree
        clauses = [
            c for t in (verb, *slots.object) for c in tree.having(t, "advcl", "acl", "xcomp")
        ]
        helping = words("participants", "helping")
        for clause in clauses:
            if tree.is_infinitive(clause) and tree.lemmas[clause] in helping:
                inner = tree.having(clause, "ccomp", "xcomp")
                own = [t for verb in inner for t in tree.having(verb, "nsubj")]
                return self._arguments.of(clause).object or tuple(own)
        return ()

    def _before(self, noun: int, slot: str) -> Heads:
        """Return who is named before an event noun."""
        tree, phrases = self._tree, self._phrases
        if slot == "poss":
            owners = tree.having(noun, "poss")
            return tuple(t for t in owners if phrases.entity(t) or not phrases.is_quoted(t))
        named = [token for token in phrases.modifiers(noun) if tree.deps[token] != "poss"]
        if slot == "force":
            return tuple(t for t in named if phrases.classes(t) & {"armed", "official"})
        return tuple(named)

    def _host(self, noun: int) -> Heads:
        """Return who is on a visit: the subject of the verb that it hangs on."""
        tree, prep = self._tree, self._tree.heads[noun]
        if self._before(noun, "poss"):
            return ()  # during her visit
        if tree.deps[noun] != "pobj" or tree.words[prep] not in {"on", "during", "for"}:
            return ()
        verb = tree.heads[prep]
        return self._arguments.surface_subject(verb) if tree.is_verb(verb) else ()

    def _partner(self, noun: int) -> Heads:
        """Return who does what is done `in cooperation with` another."""
        tree, prep = self._tree, self._tree.heads[noun]
        if tree.deps[noun] != "pobj" or tree.words[prep] != "in":
            return ()
        verb = tree.heads[prep]
        return self._arguments.of(verb).subject if tree.is_verb(verb) else ()

    def _holder(self, noun: int) -> Heads:
        """Return who holds a protest that is an object: `plans a strike`, `ended the sit-in`."""
        tree, verb = self._tree, self._tree.heads[noun]
        happens = tree.is_verb(verb) and tree.lemmas[verb] in word_list("occurrence")
        if tree.deps[noun] != "dobj" or not happens:
            return self._host(noun)
        return self._arguments.of(verb).subject

    def _as_actor(self, head: int) -> Heads:
        """Return who acts: the phrase, or whose it is (`Iran's programme`, `rebel attacks`)."""
        tree, classes = self._tree, self._phrases.classes(head)
        if tree.words[head] in {"nobody", "none", "nothing", "there"}:
            return ()
        if classes & _ACTORS or tree.tags[head] in _PRONOUNS or self._phrases.is_actor(head):
            return (head,)
        if "facility" in classes and tree.deps[head] == "nsubj":
            return (head,)  # hospitals and museums are run by somebody
        owner = self._owner(head) or (() if self._is_apart(head) else self._arguments.owner(head))
        owner = tuple(token for token in owner if self._phrases.is_actor(token))
        unknown = "unknown" in classes and not classes & _NO_ACTORS and tree.is_noun(head)
        return owner or ((head,) if unknown else ())

    def _is_apart(self, head: int) -> bool:
        """Say whether nobody above did it: shot by gunfire, left in the war that killed many."""
        tree = self._tree
        return tree.deps[head] == "pobj" and tree.words[tree.heads[head]] in words(
            "participants", "apart"
        )

    def _as_recipient(self, head: int, *, things: bool, loose: bool, places: bool) -> Heads:
        """Return to whom it is done: the phrase, or whose it is (`condemned Iran's decision`).

        things: whether they suffer it as well; loose: also those that no table knows.
        """
        tree, classes = self._tree, self._phrases.classes(head)
        if self._phrases.label(head) == "MONEY" and not things:
            return ()
        named = "name-state" in classes or ("name" in classes and "place" not in classes)
        named = named or "facility" in classes  # farms and schools are run by somebody
        solid = bool(classes & _SOLID) or (loose and not classes & _NO_THINGS)
        thing = things and solid and (tree.is_noun(head) or tree.tags[head] in {"CD", "DT"})
        place = places and "place" in classes
        if named or thing or place or tree.tags[head] in _PRONOUNS or self._phrases.is_actor(head):
            return (head,)
        return self._owner(head)

    def _owner(self, head: int) -> Heads:
        if not self._tree.is_noun(head):
            return ()
        owners = [
            t for t in self._arguments.owner(head) if t < head and self._tree.heads[t] == head
        ]
        if not owners:
            preps = self._arguments.of(head).preps
            made = self._tree.having(head, "acl")  # missiles fired by the navy
            agents = [t for verb in made[:1] for t in self._arguments.of(verb).preps.get("by", ())]
            asked = preps.get("from", ()) or preps.get("of", ())  # a request from the bishop
            owners = [*preps.get("by", ()), *agents, *asked]
        return tuple(t for t in owners if self._phrases.is_actor(t))
