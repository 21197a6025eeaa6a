"""Phrases without a name that an office explains: "the prime minister", "the Iraqi leader".

Whom such a phrase means is said only where one person can be meant: the only one of the article who
has the office, by the roles table on the day or by the title in the text; else, where the phrase
names the country, the only one who held the office on that day. Rules are in
seeds/knowledge/descriptions.toml.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator

import seeds
from schemas import Entity, Participant
from transforms.entities._words import Words
from transforms.entities.entry import HEAD, Entry, Office
from transforms.entities.fold import fold
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.offices import holds_on, words_of
from transforms.entities.senses import Sense

_RULES = seeds.read_toml("knowledge/descriptions.toml")
_HEADS: tuple[str, ...] = tuple(_RULES["heads"])
_ANY_HEAD = frozenset(_RULES["any_head"])
_NOUNS = frozenset(
    noun.split()[-1] for noun in (*_RULES["heads"], *_RULES["others"], *_RULES["any_head"])
)
_SYNONYMS: dict[str, str] = _RULES["synonyms"]
_NEUTRAL = frozenset(_RULES["neutral"]["words"])
_LESSER = frozenset(_RULES["lesser"]["words"])
_STATELY = tuple(frozenset(office.split()) for office in _RULES["stately"]["words"])
_BESIDE = frozenset(_RULES["beside"]["dependencies"])

# What says which of several is meant, or who it is.
_NARROWING = frozenset({"appos", "relcl", "acl"})
_LEFT = frozenset({"det", "amod", "compound", "poss", "nmod"})
_FARTHEST = 12  # tokens on either side in which a noun's own words are looked for


@dataclasses.dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: its tokens, the token of its noun, the words of the office, the country named."""

    first: int
    end: int
    head: int
    office: frozenset[str]
    country: str | None


@dataclasses.dataclass(slots=True)
class _Person:
    """Somebody whom the article names: the record of each mention, and the titles given."""

    mentions: list[Entity]
    titles: frozenset[str]


Make = Callable[[Phrase, Entry], Entity]


def find_descriptions(
    words: Words,
    linked: Iterable[tuple[Sense, list[Entity]]],
    kb: KnowledgeBase,
    day: dt.date | None,
    make: Make,
) -> Iterator[Participant]:
    """Yield the phrases of an article that mean a person by an office, in order.

    Args:
        words: the article's words.
        linked: the senses of its names, with the records of their mentions.
        kb: the knowledge base.
        day: the day on which offices are held, that of publication.
        make: makes the record of an entry for somebody whom the article does not name.
    """
    nouns = [t for t, lemma in enumerate(words.parse.lemmas) if lemma.lower() in _NOUNS]
    if not nouns:
        return
    linked = list(linked)
    names = {t: e for s, found in linked for m, e in zip(s.members, found, strict=True)
             for t in range(m.first, m.end)}  # fmt: skip
    people, countries = _people(linked), {e.country for e in names.values() if e.kind == "place"}
    resolver = _Resolver(words, people, countries, kb, day, make)
    for phrase in filter(None, (_phrase(words, noun, names) for noun in nouns)):
        yield from resolver.resolve(phrase)


def _phrase(words: Words, noun: int, names: dict[int, Entity]) -> Phrase | None:
    """Return the phrase that a noun heads; None where it is indefinite or of something else."""
    parse = words.parse
    if noun in names or parse.deps[noun] in _BESIDE or parse.tags[noun] not in {"NN", "NNP"}:
        return None
    nearby = range(max(0, noun - _FARTHEST), min(len(words), noun + _FARTHEST))
    children = [t for t in nearby if parse.heads[t] == noun != t]
    if any(parse.deps[t] in _NARROWING for t in children) or _shares_office(words, noun, children):
        return None
    left = [t for t in children if t < noun and parse.deps[t] in _LEFT]
    own = [*left, *_of_what(words, noun, children)]
    country = {names[t].country for t in own if t in names}
    if len(country) > 1 or any(names[t].place_kind != "country" for t in own if t in names):
        return None
    is_definite = any(words.words[t].lower() == "the" for t in left) or any(
        t in names and (parse.deps[t] == "poss" or words.in_headline(noun)) for t in left
    )
    office = frozenset(_office_words([noun, *(t for t in own if t not in names)], words))
    first, last = min([noun, *left]), max([noun, *own])
    if not is_definite or (office & _ANY_HEAD and not country):
        return None
    return Phrase(first, last + 1, noun, office, *country or {None})


def _shares_office(words: Words, noun: int, children: list[int]) -> bool:
    """Tell whether another office goes with it: the president and chief executive."""
    joined = [t for t in children if words.parse.deps[t] == "conj" and not words.has_capital(t)]
    return any("the" not in map(str.lower, words.words[noun:t]) for t in joined)


def _of_what(words: Words, noun: int, children: list[int]) -> Iterator[int]:
    """Yield what stands after the noun: the president of *France*, the minister of *defence*."""
    for preposition in children:
        if preposition > noun and words.words[preposition].lower() in {"of", "for"}:
            for at in range(preposition + 1, min(len(words), preposition + 5)):
                if words.parse.heads[at] == preposition:
                    yield at


def _office_words(tokens: Iterable[int], words: Words) -> Iterator[str]:
    for token in tokens:
        word = words.words[token].lower()
        if word not in _NEUTRAL and word != "the":
            yield from _SYNONYMS.get(word, word).split()


def _people(linked: list[tuple[Sense, list[Entity]]]) -> list[_Person]:
    people: dict[object, _Person] = {}
    for sense, found in linked:
        if found and found[0].kind == "person":
            person = people.setdefault(
                found[0].entity_id or sense.name.key, _Person([], frozenset())
            )
            person.mentions += found
            person.titles |= sense.name.title_words
    return list(people.values())


@dataclasses.dataclass(frozen=True, slots=True)
class _Resolver:
    """Tells whom the phrases of one article mean."""

    words: Words
    people: list[_Person]
    countries: set[str | None]  # where the article's places lie
    kb: KnowledgeBase
    day: dt.date | None
    make: Make

    def resolve(self, phrase: Phrase) -> Iterator[Participant]:
        """Yield the participant that a phrase means, or nothing where that is not sure."""
        fits = [_fits(person, phrase, self.kb, self.day) for person in self.people]
        if None in fits:
            return
        meant = [person for person, fit in zip(self.people, fits, strict=True) if fit]
        start = self.words.parse.starts[phrase.first]
        before = [e for person in meant for e in person.mentions if e.start < start]
        if len(meant) == 1 and before:
            nearest = max(before, key=lambda e: e.start)
            yield _participant(self.words, phrase, nearest, nearest)
        elif not meant or (len(meant) == 1 and phrase.country):
            entry = self._holder(phrase)
            if entry is not None:
                yield _participant(self.words, phrase, self.make(phrase, entry), None)

    def _holder(self, phrase: Phrase) -> Entry | None:
        """Return the only one who held the office on the day, in the country that is named.

        Where the phrase names none, the places of the article do if they all lie in one country:
        of offices that nobody but a state has.
        """
        country = phrase.country
        if country is None and len(self.countries) == 1 and phrase.office in _STATELY:
            (country,) = self.countries
        if country is None or self.day is None:
            return None
        held = {
            entry.number: entry
            for entry, office in self.kb.heads(country)
            if holds_on(office, self.day) and is_called(office, phrase.office, self.kb)
        }
        return next(iter(held.values())) if len(held) == 1 else None


def _fits(person: _Person, phrase: Phrase, kb: KnowledgeBase, day: dt.date | None) -> bool | None:
    """Tell whether a person has the office of a phrase; None where nobody can tell."""
    number = kb.number(person.mentions[0].entity_id or "")
    if number is not None and day is not None:
        for office in kb.offices(number):
            of_country = phrase.country in {None, office.country}
            if of_country and holds_on(office, day) and is_called(office, phrase.office, kb):
                return True
    lesser = _LESSER & person.titles - phrase.office
    if phrase.office & _ANY_HEAD or lesser or not phrase.office <= person.titles:
        return False
    if phrase.country is None:
        return True
    found = {c.entry.country for word in person.titles for c in kb.candidates(fold(word))
             if c.entry.place_kind == "country"}  # fmt: skip
    return phrase.country in found if found else None


def is_called(office: Office, called: frozenset[str], kb: KnowledgeBase) -> bool:
    """Tell whether an office goes by some words: `{"prime", "minister"}` by Prime Minister of X."""
    title = _office_title(office.title)
    if called & _ANY_HEAD:
        return len(called) == 1 and office.rank == HEAD and _is_national(office, kb)
    if " ".join(sorted(called)) in _SORTED_HEADS:
        return office.rank == HEAD and called <= title and _is_national(office, kb)
    return office.rank > 0 and called <= title and "prime" not in title - called


_SORTED_HEADS = frozenset(" ".join(sorted(head.split())) for head in _HEADS)


def _office_title(title: str) -> frozenset[str]:
    return frozenset(w for word in words_of(title) for w in _SYNONYMS.get(word, word).split())


def _is_national(office: Office, kb: KnowledgeBase) -> bool:
    """Tell whether a title is that of a whole country: President of Exampleland."""
    _, _, whose = office.title.partition(" of ")
    return any(
        c.entry.place_kind == "country" and c.entry.country == office.country
        for c in kb.candidates(fold(whose))
    )


def _participant(
    words: Words, phrase: Phrase, known: Entity, antecedent: Entity | None
) -> Participant:
    parse = words.parse
    fields = {field.name: getattr(known, field.name) for field in dataclasses.fields(Entity)}
    fields |= {
        "text": words.source(phrase.first, phrase.end),
        "start": parse.starts[phrase.first],
        "end": parse.ends[phrase.end - 1],
        "label": None,
    }
    return Participant(
        **fields,
        head_start=parse.starts[phrase.head],
        head_end=parse.ends[phrase.head],
        basis="coreference",
        antecedent_start=antecedent.start if antecedent else None,
        antecedent_end=antecedent.end if antecedent else None,
    )
