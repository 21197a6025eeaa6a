"""Names in, entities out: who and what an article mentions."""

import collections
import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Sequence, Set

import seeds
from schemas import Article, Entity
from transforms.entities._words import Words
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
    entities = tuple(
        _entity(words, mention, sense, links.get(sense), article, kb)
        for sense, members in senses.items()
        for mention in members
    )
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
    context = Context(day=article.published_on, countries={})
    for _ in range(2):
        links = {}
        for sense, name in names.items():
            candidate = choose(rank(name, found[sense], context, kb))
            if candidate is not None:
                links[sense] = candidate
        votes = ((candidate, len(senses[sense])) for sense, candidate in links.items())
        context = dataclasses.replace(context, countries=country_shares(votes))
    return links


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
        beside=frozenset().union(*(_beside(words, m, kb) for m in members)),
    )


def _label(words: Words, sense: _Sense, mention: Mention) -> str:
    """Return what the ranking takes for a mention's label.

    A single word that is called a person though no full name in the article goes with it is often
    a small town: NAME says less.
    """
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


def _beside(words: Words, mention: Mention, kb: KnowledgeBase) -> set[str]:
    """Return the countries and divisions that are named right after a comma: "Paris, Texas"."""
    at = mention.end + 1
    if at >= len(words) or words.words[mention.end] != "," or not words.has_capital(at):
        return set()
    found: set[str] = set()
    for end in range(at + 1, min(at + 4, len(words) + 1)):
        for entry, _ in kb.candidates(words.key(at, end)):
            if entry.place_kind == "country":
                found.add(entry.country or "")
            elif entry.place_kind == "admin1":
                found.update((entry.name, entry.admin1 or entry.name))
    return found - {""}


def _entity(
    words: Words,
    mention: Mention,
    sense: _Sense,
    link: Candidate | None,
    article: Article,
    kb: KnowledgeBase,
) -> Entity:
    label = None if mention.is_missed else mention.label
    start, end = words.parse.starts[mention.first], words.parse.ends[mention.end - 1]
    text = article.text[start:end]
    if link is not None and is_government(words, mention, link.entry):
        return _government(link.entry, text=text, start=start, end=end, label=label)
    if link is None:
        return Entity(
            text=text,
            start=start,
            end=end,
            label=label,
            kind="person" if sense[1] else LABELS[mention.label],  # type: ignore[arg-type]
            place_kind=None if sense[1] else _PLACE_KINDS.get(mention.label),
        )
    entity = entity_of(link.entry, text=text, start=start, end=end, label=label)
    if entity.kind == "other":  # the source does not know what it is; the recogniser may
        entity = dataclasses.replace(entity, kind=LABELS[mention.label])  # type: ignore[arg-type]
    return in_office(entity, kb, article.published_on, _title_words(words, mention))


def _government(entry: Entry, *, text: str, start: int, end: int, label: str | None) -> Entity:
    """Return the record of a capital that stands for its government: not the city's."""
    return Entity(
        text=text,
        start=start,
        end=end,
        label=label,
        kind="organization",
        country=entry.country,
        sector="GOV",
        is_metonym=True,
    )


def entity_of(entry: Entry, *, text: str, start: int, end: int, label: str | None) -> Entity:
    """Return the record of a mention of an entry of the knowledge base, without an office."""
    is_person = entry.kind == "person"
    return Entity(
        text=text,
        start=start,
        end=end,
        label=label,
        kind=entry.kind,
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
    entity: Entity, kb: KnowledgeBase, day: dt.date | None, title_words: Set[str] = frozenset()
) -> Entity:
    """Return an entity with the role, sector and country that it has on a day.

    Of several offices the one that agrees with `title_words` (the words of the title in the text,
    in small letters) goes first, then the highest. Places are returned as they are.
    """
    if entity.entity_id is None or entity.kind == "place":
        return entity
    number = kb.number(entity.entity_id)
    office = best_office(kb.offices(number), day, title_words) if number else None
    if office is None:
        return entity
    if office.rank < 0 and office.sector in _STATELESS:
        office = office._replace(country=None)  # whom they act for is no state
    return dataclasses.replace(
        entity,
        role=office.title or None,
        role_valid_on=day if office.title else None,
        sector=office.sector or entity.sector,
        country=office.country or entity.country,
    )
