"""Names in, entities out: who and what an article mentions."""

import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

import seeds
from schemas import Article, Entity
from transforms.entities._words import Words
from transforms.entities.coreference import all_mentions
from transforms.entities.descriptions import Phrase, find_descriptions
from transforms.entities.entry import Entry
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.mentions import LABELS, Mention
from transforms.entities.metonymy import is_government
from transforms.entities.name import title_words
from transforms.entities.offices import best_office
from transforms.entities.ranking import Ranked, choose
from transforms.entities.senses import Sense, find_senses, rank_senses

_PLACE_KINDS: dict[str, str] = seeds.read_toml("knowledge/linking.toml")["place_kinds"]
_STATELESS = frozenset({"IGO", "NGO"})


def load_linker(
    path: str | None = None, entities: str | None = None
) -> Callable[[Article], Article]:
    """Open a knowledge base, None for the one that ships, and return `link_entities` with it.

    `entities` is a CSV file with a user's own entities, which go before those of the base.

    Raises:
        UsageError: the file is missing, broken, or of another format; a row of the other is wrong.
    """
    return functools.partial(link_entities, kb=KnowledgeBase(path, entities))


def link_entities(article: Article, *, kb: KnowledgeBase) -> Article:
    """Add an `Entity` for each name in the zones that are read, linked where it is known.

    Names of persons, organisations, groups, places and other things; not dates and numbers. A
    people's name (Syrian) is its country. What fits nothing in the knowledge base has no
    `entity_id`. Phrases that mean a person by an office ("the Iraqi prime minister") go to
    `descriptions`.

    Raises:
        MissingStepError: the article has not been through Segment and ParseSentences.
    """
    words = Words(article)
    mentions = all_mentions(words, kb)
    senses = find_senses(words, mentions, kb)
    day = article.published_on
    linked = []
    for sense, ranked in zip(senses, rank_senses(words, senses, article, kb), strict=True):
        link = choose(ranked)
        found = [_entity(words, m, is_person=sense.is_person, link=link) for m in sense.members]
        linked.append((sense, list(_in_office(words, sense, found, kb, day))))

    def make(phrase: Phrase, entry: Entry) -> Entity:
        plain = Entity(text=None, start=0, end=0, kind="person")
        return in_office(_linked(plain, entry), kb, day, phrase.office)

    entities = itertools.chain.from_iterable(found for _, found in linked)
    return dataclasses.replace(
        article,
        entities=tuple(sorted(entities, key=lambda e: e.start)),
        descriptions=tuple(find_descriptions(words, linked, kb, day, make)),
    )


def _in_office(
    words: Words, sense: Sense, found: Iterable[Entity], kb: KnowledgeBase, day: dt.date | None
) -> Iterator[Entity]:
    for mention, entity in zip(sense.members, found, strict=True):
        titles = title_words(words, mention) if entity.entity_id else set()
        yield in_office(entity, kb, day, titles)


def _entity(words: Words, mention: Mention, *, is_person: bool, link: Ranked | None) -> Entity:
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
    plain = dataclasses.replace(plain, score=link.score)
    entry = link.candidate.entry
    if is_government(words, mention, entry):
        return _government(plain, entry)
    return _linked(plain, entry)


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
