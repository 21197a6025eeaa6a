"""What a noun phrase stands for: its entity, its classes, what sort of participant it is."""

from bisect import bisect_left

from schemas import Article, Entity, EntityKind, NameSpan, Participant
from transforms.events.tables import NounClass, noun_classes, raw, words
from transforms.events.tree import Tree

_LEFT = frozenset({"compound", "amod", "nmod", "poss"})
_NAME_CLASSES: dict[str, tuple[str, ...]] = {
    "PERSON": ("actor", "person", "name", "name-person"),
    "ORG": ("actor", "name", "name-org"),
    "NORP": ("actor", "person", "name"),
    "GPE": ("actor", "place", "settlement", "name", "name-state", "territory"),
    "LOC": ("place", "settlement", "territory"),
    "FAC": ("place", "facility", "target"),
}
_KIND_CLASSES: dict[EntityKind, str] = {
    "person": "PERSON",
    "organization": "ORG",
    "group": "NORP",
}
_TIME_LABELS = frozenset({"DATE", "TIME"})
_ARMED = frozenset({"MIL", "REB", "UAF", "PRM", "COP"})
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD"})
_OF_PEOPLE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_QUOTES = frozenset({"'", "‘", "“", '"', "`", "``"})
_STATES = frozenset({"country", "admin1", "city", "region"})


class Phrases:
    """Look-ups from the head of a noun phrase; built once an article."""

    __slots__ = ("_cache", "_described", "_entities", "_names", "_table", "_times", "tree")

    def __init__(self, article: Article, tree: Tree) -> None:
        self.tree = tree
        self._table = noun_classes()
        self._entities = _by_token(tree, article.entities or ())
        self._described = {found.head_start: found for found in article.descriptions}
        self._names = {token: name for name in tree.parse.names for token in range(*name[:2])}
        self._times = _time_tokens(article, tree)
        self._cache: dict[int, frozenset[str]] = {}

    def entity(self, token: int) -> Entity | None:
        """Return the linked mention that the token stands in."""
        return self._entities.get(token)

    def description(self, token: int) -> Participant | None:
        """Return who is meant by a phrase without a name, by its head: `the prime minister`."""
        return self._described.get(self.tree.parse.starts[token])

    def label(self, token: int) -> str | None:
        """Return the recogniser's label of the name that the token stands in."""
        name: NameSpan | None = self._names.get(token)
        return name.label if name else None

    def is_time(self, token: int) -> bool:
        """Say whether the token belongs to a temporal expression."""
        return token in self._times and not self._is_people(token)

    def noun(self, head: int) -> NounClass | None:
        """Return what the table of nouns says of the phrase, its longest known ending first."""
        for words_ in self._endings(head):
            found = self._table.get(words_)
            if found:
                return found
        return None

    def classes(self, head: int) -> frozenset[str]:
        """Return the classes that the lexicon may ask of the phrase."""
        found = self._cache.get(head)
        if found is None:
            found = self._cache[head] = frozenset(self._find_classes(head))
        return found

    def is_actor(self, head: int) -> bool:
        """Say whether the phrase can be somebody who acts or whom an act is meant for."""
        classes = self.classes(head)
        if "actor" in classes or "person" in classes:
            return True
        if "unknown" not in classes:
            return False
        ends_like_person = self.tree.words[head].endswith(
            tuple(raw("participants")["person_endings"])
        ) and self.tree.lemmas[head] not in words("participants", "not_people")
        return ends_like_person or self.tree.tags[head] in {"NNP", "NNPS"}

    def who(self, noun: int) -> int:
        """Return whom `who` stands for that hangs on a noun: men in the garage of a house, who said."""
        tree, head = self.tree, noun
        while not self.is_actor(head) and tree.deps[head] == "pobj":
            head = tree.heads[tree.heads[head]]
        head = next(iter(tree.having(head, "nsubjpass")), head)  # were found in the house who
        return head if tree.is_noun(head) and self.is_actor(head) else noun

    def modifiers(self, head: int) -> list[int]:
        """Return the names and nouns before the head that say whose it is: `Syrian`, `police`."""
        tree = self.tree
        found = [
            child for child in tree.children[head] if child < head and tree.deps[child] in _LEFT
        ]
        return [token for token in found if self.names_actor(token)]

    def names_actor(self, token: int) -> bool:
        """Say whether a word inside a phrase names somebody by itself."""
        entity = self.entity(token)
        if entity is not None:
            within = entity.kind == "place" and entity.place_kind not in {"country", None}
            return entity.kind != "other" and not within  # a Kabul bombing is not by Kabul
        if self.tree.tags[token] == "PRP$" or self.is_quoted(token):
            return False
        return self.label(token) in _NAME_CLASSES or (
            self.tree.is_noun(token) and "actor" in self.classes(token)
        )

    def is_quoted(self, token: int) -> bool:
        """Say whether a word opens a quotation: Mayor 'Hails' Raids."""
        return token > 0 and self.tree.words[token - 1] in _QUOTES

    def _is_people(self, head: int) -> bool:
        """Say whether a quality stands for people: the wounded, a 17-year-old."""
        tree = self.tree
        if tree.tags[head] not in {"JJ", "VBN"} or tree.deps[head] not in _OF_PEOPLE:
            return False
        the = tree.has_determiner(head, "the")
        known = tree.words[head] in words("participants", "people") or self.label(head) == "NORP"
        return (the and known) or (
            tree.words[head] == "old" and bool(tree.having(head, "npadvmod"))
        )

    def _endings(self, head: int) -> list[str]:
        """Return the lemma with up to two words before it, longest first; `cease-fire` is one."""
        tree = self.tree
        left = [head]
        while len(left) < 3 and left[0] > 0 and tree.heads[left[0] - 1] in left:
            left.insert(0, left[0] - 1)
        parts = [tree.lemmas[token] for token in left]
        return [" ".join(parts[i:]).replace(" - ", "-") for i in range(len(parts))]

    def _find_classes(self, head: int) -> set[str]:
        endings = self._endings(head)
        found = {"=" + ending for ending in endings}
        entity, label = self.entity(head), self.label(head)
        noun = self.noun(head)
        if entity is not None and entity.kind != "other":
            found |= _entity_classes(entity)
        elif label in _NAME_CLASSES:
            found.update(_NAME_CLASSES[label])
        if label == "MONEY":
            found |= {"money", "aid"}
        if noun is not None and "name-person" not in found:
            found |= noun.classes
        if self._is_people(head):
            found |= {"actor", "person"}
        if self.tree.tags[head] == "PRP":
            found.add("=pronoun")
        elif label == "CARDINAL" and self.tree.deps[head] in {"nsubjpass", "dobj"}:
            found |= {"actor", "person"}  # thirty were charged, arrested thirty
        elif noun is None and not found & {"name", "place", "money"}:
            found.add("unknown")
            if self.tree.tags[head] in {"NNP", "NNPS"} and not self.is_time(head):
                found.add("name")
        return found


def _entity_classes(entity: Entity) -> set[str]:
    if entity.kind == "place":
        is_state = entity.place_kind in _STATES or entity.place_kind is None
        is_state = is_state and entity.label not in {"LOC", "FAC"}
        return set(_NAME_CLASSES["GPE" if is_state else "LOC"])
    found = set(_NAME_CLASSES[_KIND_CLASSES[entity.kind]])
    sectors = {entity.sector, *entity.other_sectors}
    if sectors & _ARMED:
        found.add("armed")
    if sectors & _OFFICIAL:
        found.add("official")
    return found


def tokens_in(tree: Tree, start: int, end: int) -> range:
    """Return the tokens that a stretch of the text touches."""
    starts, ends = tree.parse.starts, tree.parse.ends
    first = bisect_left(ends, start + 1)
    return range(first, bisect_left(starts, end))


def _by_token(tree: Tree, entities: tuple[Entity, ...]) -> dict[int, Entity]:
    return {
        token: entity for entity in entities for token in tokens_in(tree, entity.start, entity.end)
    }


def _time_tokens(article: Article, tree: Tree) -> frozenset[int]:
    """Return what stands in dates and times, but for people whose name is a month or a day."""
    tokens = {
        token for date in article.dates or () for token in tokens_in(tree, date.start, date.end)
    }
    for name in tree.parse.names:
        if name.label in _TIME_LABELS:
            tokens.update(range(name.first, name.end))
        elif name.label == "PERSON":
            tokens.difference_update(range(name.first, name.end))
    return frozenset(tokens)


def is_partitive(word: str) -> bool:
    """Say whether a noun only measures what follows its `of`: hundreds, dozens, some."""
    return word in words("participants", "partitives")
