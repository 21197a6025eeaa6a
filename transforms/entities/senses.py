"""What the names of an article can mean: mentions that mean the same, their candidates, ranked."""

import collections
import dataclasses
import math
from collections.abc import Iterable

from schemas import Article
from transforms.entities._words import Words
from transforms.entities.context import Context, Votes, Weighed, named_keys, votes_of
from transforms.entities.coreference import acronyms, full_names
from transforms.entities.entry import Candidate
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.lookup import candidates_of
from transforms.entities.mentions import Mention
from transforms.entities.name import Name, describe
from transforms.entities.nesting import is_part
from transforms.entities.publisher import home_of
from transforms.entities.ranking import Ranked, rank
from transforms.entities.sports import sports_of

# How much more a place ten times as large is likely to be meant, as a power of ten, before anything
# is known of the article: little, so that many small places of one division outvote a large one.
_TEMPER = 0.5

# The surprise (a power of ten) from which on a name tells by itself that it is a place.
_TELLING = 1.5


@dataclasses.dataclass(frozen=True, slots=True)
class Sense:
    """Mentions that mean the same, and what they can mean."""

    members: tuple[Mention, ...]
    is_person: bool  # the full form is a person's name
    name: Name
    candidates: tuple[Candidate, ...]


def find_senses(words: Words, mentions: Iterable[Mention], kb: KnowledgeBase) -> list[Sense]:
    """Group the mentions of an article: one sense a discourse, surnames with their full names.

    A mention that is likely part of a longer name says nothing of the others: it goes by itself.
    """
    mentions = list(mentions)
    owners = full_names(words, mentions, kb)
    long_keys = acronyms(words, mentions, kb)
    taken = frozenset(token for m in mentions for token in range(m.first, m.end))
    groups: dict[tuple[str, bool, bool], list[Mention]] = collections.defaultdict(list)
    for mention in mentions:
        owner = owners.get(mention, mention)
        key = words.key(owner.first, owner.end)
        group = long_keys.get(key, key), owner.label == "PERSON", is_part(words, mention, taken)
        groups[group].append(mention)
    return [
        _sense(words, key, members, kb, taken, is_person=is_person)
        for (key, is_person, _), members in groups.items()
    ]


def _sense(
    words: Words,
    key: str,
    members: list[Mention],
    kb: KnowledgeBase,
    taken: frozenset[int],
    *,
    is_person: bool,
) -> Sense:
    # Its own key first; a person's surname is none.
    others = [] if is_person else [words.key(m.first, m.end) for m in members]
    keys = list(dict.fromkeys([key, *others]))
    candidates = candidates_of(kb, keys)
    name = dataclasses.replace(
        describe(words, key, members, kb, taken, is_person=is_person),
        by_two_names=_under_two(kb, keys),
        own=votes_of(_by_prior(candidates, len(members))),
    )
    if name.located and _is_telling(candidates, kb):
        labels = tuple("GPE" if label == "NAME" else label for label in name.labels)
        name = dataclasses.replace(name, labels=labels)
    return Sense(tuple(members), is_person, name, candidates)


def _is_telling(candidates: tuple[Candidate, ...], kb: KnowledgeBase) -> bool:
    """Tell whether a name is that of places in one country with few, and of nothing else."""
    countries = {c.entry.country for c in candidates}
    is_place = len(countries) == 1 and all(c.entry.kind == "place" for c in candidates)
    return is_place and kb.surprise(*countries) > _TELLING


def _under_two(kb: KnowledgeBase, keys: list[str]) -> frozenset[int]:
    """Return the numbers of the entries that are found under two of several keys."""
    found = collections.Counter(c.entry.number for key in keys for c in kb.candidates(key))
    return frozenset(number for number, count in found.items() if count > 1)


def _by_prior(candidates: tuple[Candidate, ...], mentions: int) -> list[Weighed]:
    """Weigh the candidates of a name by nothing but how well known they are."""
    if not candidates:
        return []
    highest = max(c.entry.prior for c in candidates)
    powers = [10 ** (_TEMPER * (c.entry.prior - highest)) for c in candidates]
    return [(c, mentions * p / sum(powers)) for c, p in zip(candidates, powers, strict=True)]


def rank_senses(
    words: Words, senses: list[Sense], article: Article, kb: KnowledgeBase
) -> list[list[Ranked]]:
    """Rank the candidates of each sense, then again by what the first ranking says of the others."""
    context = first_context(words, senses, article, kb)
    first = [rank(sense.name, sense.candidates, context, kb) for sense in senses]
    senses, context = second_context(senses, first, context)
    return [rank(sense.name, sense.candidates, context, kb) for sense in senses]


def first_context(
    words: Words, senses: list[Sense], article: Article, kb: KnowledgeBase
) -> Context:
    """Return the context in which every name votes for its candidates by their priors."""
    votes = Votes()
    for sense in senses:
        votes.add(sense.name.own)
    return Context(
        day=article.published_on,
        source=article.source,
        home=home_of(article.source, kb),
        words=frozenset(word.lower() for word in words.words),
        sports=sports_of(words),
        votes=votes,
    )


def second_context(
    senses: list[Sense], first: list[list[Ranked]], context: Context
) -> tuple[list[Sense], Context]:
    """Return the senses and the context with votes by a first ranking."""
    votes, voting, likely = Votes(), [], {}
    for sense, ranked in zip(senses, first, strict=True):
        weighed = [(r.candidate, r.score) for r in ranked]
        likely[sense.name.key] = weighed
        own = votes_of((c, math.sqrt(len(sense.members)) * score) for c, score in weighed)
        votes.add(own)
        voting.append(dataclasses.replace(sense, name=dataclasses.replace(sense.name, own=own)))
    return voting, dataclasses.replace(context, votes=votes, named=named_keys(likely))
