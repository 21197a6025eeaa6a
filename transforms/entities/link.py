"""Names in, entities out: who and what an article mentions."""

import collections
import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

import seeds
from schemas import Article, Entity
from transforms.entities._words import Words
from transforms.entities.adjacency import beside
from transforms.entities.coreference import acronym_mentions, acronyms, full_names
from transforms.entities.fold import fold, skeleton, without_articles, without_suffix
from transforms.entities.knowledge import Candidate, Entry, KnowledgeBase
from transforms.entities.mentions import LABELS, ORDINARY, TITLES, Mention, find_mentions
from transforms.entities.metonymy import is_government
from transforms.entities.offices import best_office
from transforms.entities.ranking import Context, Name, choose, country_shares, rank

_RULES = seeds.read_toml("knowledge/linking.toml")
_PLACE_KINDS: dict[str, str] = _RULES["place_kinds"]
_STATELESS = frozenset({"IGO", "NGO"})
_TITLE_SYNONYMS: dict[str, str] = _RULES["title_synonyms"]

# Words before a name in which its title is looked for: "the British foreign secretary, Jane Doe".
_TITLE_WORDS = 7


def load_linker(path: str | None = None) -> Callable[[Article], Article]:
    """Open a knowledge base, None for the one that ships, and return `link_entities` with it.

    Raises:
        UsageError: the file is missing, broken, or of another format.
    """
    return functools.partial(link_entities, kb=KnowledgeBase(path))


def link_entities(article: Article, *, kb: KnowledgeBase) -> Article:
    """Add an `Entity` for each name in the zones that are read, linked where it is known.

    Names of persons, organisations, groups, places and other things; not dates and numbers. A
    people's name (Syrian) is its country. What fits nothing in the knowledge base has no
    `entity_id`.

    Raises:
        MissingStepError: the article has not been through Segment and ParseSentences.
    """
    words = Words(article)
    mentions = find_mentions(words, kb)
    mentions = sorted([*mentions, *acronym_mentions(words, mentions)])
    senses = _senses(words, mentions, kb)
    links = _links(words, senses, article, kb)
    entities = []
    for sense, members in senses.items():
        for mention in members:
            entity = _entity(words, mention, is_person=sense[1], link=links.get(sense))
            titles = _title_words(words, mention) if entity.entity_id else set()
            entities.append(in_office(entity, kb, article.published_on, titles))
    return dataclasses.replace(article, entities=tuple(sorted(entities, key=lambda e: e.start)))


# A sense is what mentions share that mean the same: a key, and whether it is a person's.
_Sense = tuple[str, bool]


def _senses(
    words: Words, mentions: list[Mention], kb: KnowledgeBase
) -> dict[_Sense, list[Mention]]:
    """Group the mentions: one sense a discourse, surnames with their full names."""
    owners = full_names(words, mentions, kb)
    long_keys = acronyms(words, mentions)
    senses: dict[_Sense, list[Mention]] = collections.defaultdict(list)
    for mention in mentions:
        owner = owners.get(mention, mention)
        key = words.key(owner.first, owner.end)
        senses[long_keys.get(key, key), owner.label == "PERSON"].append(mention)
    return senses


def _links(
    words: Words, senses: dict[_Sense, list[Mention]], article: Article, kb: KnowledgeBase
) -> dict[_Sense, Candidate]:
    """Link each sense; first without the article's countries, then with them."""
    names = {sense: _name(words, sense, members, kb) for sense, members in senses.items()}
    found = {
        sense: _candidates(kb, _keys(words, sense, members)) for sense, members in senses.items()
    }
    context = Context(day=article.published_on, countries={}, named={})
    for _ in range(2):
        links = {}
        for sense, name in names.items():
            candidate = choose(rank(name, found[sense], context, kb))
            if candidate is not None:
                links[sense] = candidate
        votes = ((candidate, len(senses[sense])) for sense, candidate in links.items())
        countries, named = country_shares(votes), _named(links)
        context = dataclasses.replace(context, countries=countries, named=named)
    return links


def _named(links: dict[_Sense, Candidate]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for (key, _), (entry, _) in links.items():
        found[entry.id] = found.get(entry.id, frozenset()) | {key}
    return found


def _keys(words: Words, sense: _Sense, members: list[Mention]) -> list[str]:
    """Return the keys of a sense, its own first; a person's surname is none."""
    others = [] if sense[1] else [words.key(m.first, m.end) for m in members]
    return list(dict.fromkeys([sense[0], *others]))


def _candidates(kb: KnowledgeBase, keys: Sequence[str]) -> tuple[Candidate, ...]:
    """Look up a sense by its key, else by other keys of it: acronyms that agree with its words."""
    found = _variants(kb, keys[0])
    for key in keys[1:] if not found else ():
        parts = set(keys[0].split())
        found += tuple(
            c for c in _variants(kb, key) if len(parts & set(fold(c.entry.name).split())) > 1
        )
    return found


def _variants(kb: KnowledgeBase, key: str) -> tuple[Candidate, ...]:
    """Look up a key; articles and what companies add are left out only where they must be."""
    if key in ORDINARY:
        return ()
    variants = (key, without_articles(key), without_suffix(key), skeleton(key))
    for variant in dict.fromkeys(variants):
        found = kb.candidates(variant)
        if found:
            return found
    return ()


def _name(words: Words, sense: _Sense, members: list[Mention], kb: KnowledgeBase) -> Name:
    return Name(
        key=sense[0],
        texts=tuple(words.source(m.first, m.end) for m in members),
        labels=tuple(_label(words, sense, m) for m in members),
        title_words=frozenset().union(*(_title_words(words, m) for m in members)),
        beside=frozenset().union(*(beside(words, m, kb) for m in members)),
    )


def _label(words: Words, sense: _Sense, mention: Mention) -> str:
    """Return what the ranking takes for a mention's label.

    A single word that is called a person though no full name in the article goes with it is often
    a small town: NAME says less.
    """
    if sense[1] and " " in without_articles(sense[0]):
        return "PERSON"  # its full name says so, whatever the surname alone was taken for
    is_bare = mention.label == "PERSON" and " " not in without_articles(sense[0])
    return "NAME" if is_bare and not _title_words(words, mention) else mention.label


def _title_words(words: Words, mention: Mention) -> set[str]:
    """Return the capitalised words and titles that stand right before a name, in small letters."""
    found: set[str] = set()
    at = mention.first - 1
    while at >= max(0, mention.first - _TITLE_WORDS) and (
        words.sentence[at] == words.sentence[mention.first]
    ):
        word = words.words[at].lower().rstrip(".")
        if not (words.has_capital(at) or word in TITLES):
            break
        found.update(_TITLE_SYNONYMS.get(word, word).split())
        at -= 1
    return found


def _entity(words: Words, mention: Mention, *, is_person: bool, link: Candidate | None) -> Entity:
    """Return the record of a mention, without an office."""
    plain = Entity(
        text=words.source(mention.first, mention.end),
        start=words.parse.starts[mention.first],
        end=words.parse.ends[mention.end - 1],
        label=None if mention.is_missed else mention.label,
        kind="person" if is_person else LABELS[mention.label],
        place_kind=None if is_person else _PLACE_KINDS.get(mention.label),
    )
    if link is None:
        return plain
    if is_government(words, mention, link.entry):
        return _government(plain, link.entry)
    return _linked(plain, link.entry)


def _government(plain: Entity, entry: Entry) -> Entity:
    """Return the record of a capital that stands for its government: not the city's."""
    return dataclasses.replace(
        plain, kind="organization", country=entry.country, sector="GOV", is_metonym=True
    )


def _linked(plain: Entity, entry: Entry) -> Entity:
    """Return the record of a mention of an entry of the knowledge base."""
    is_person = entry.kind == "person"
    return dataclasses.replace(
        plain,
        # Where the source does not know what it is, the recogniser may.
        kind=plain.kind if entry.kind == "other" else entry.kind,
        place_kind=entry.place_kind,
        entity_id=entry.id,
        name=entry.name,
        wikidata_id=entry.wikidata_id,
        geonames_id=entry.geonames_id,
        country=None if is_person else entry.country,
        admin1=entry.admin1 if entry.place_kind != "country" else None,
        latitude=entry.latitude,
        longitude=entry.longitude,
        sector=entry.sector,
    )


def in_office(
    entity: Entity,
    kb: KnowledgeBase,
    day: dt.date | None,
    title_words: AbstractSet[str] = frozenset(),
) -> Entity:
    """Return an entity with the role, sector and country that it has on a day.

    Of several offices the one that agrees with `title_words` (the words of the title in the text,
    in small letters) goes first, then the highest. A person of whom no office of that day is known
    has no role, sector or country; places are returned as they are.
    """
    entity_id = entity.entity_id
    if entity_id is None or entity.kind == "place":
        return entity
    if entity.kind == "person":
        entity = dataclasses.replace(
            entity, role=None, role_valid_on=None, sector=None, country=None
        )
    number = kb.number(entity_id)
    office = best_office(kb.offices(number), day, title_words) if number else None
    if office is None:
        return entity
    is_stateless = office.rank < 0 and office.sector in _STATELESS
    return dataclasses.replace(
        entity,
        role=office.title or None,
        role_valid_on=day if office.title else None,
        sector=office.sector or entity.sector,
        country=entity.country if is_stateless else office.country or entity.country,
    )
