"""Which places given names mean, where it is known that they are names of places."""

import dataclasses
from collections.abc import Iterable

from schemas import Article
from transforms.entities._words import Words
from transforms.entities.entry import Entry
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.mentions import Mention, find_mentions
from transforms.entities.senses import Sense, find_senses, rank_senses

Span = tuple[int, int]


def locate(article: Article, spans: Iterable[Span], *, kb: KnowledgeBase) -> dict[Span, Entry]:
    """Return the place that each name means, of those of which the knowledge base has a place.

    For names of places that were found by other means: each gets the likeliest place, however
    little speaks for it. The article's other names are context.

    Args:
        article: an article that has been through Segment and ParseSentences.
        spans: where the names are, offsets of `article.text`.
        kb: the knowledge base.
    """
    words = Words(article)
    wanted = {tokens: span for span in spans if (tokens := words.tokens(*span))}
    given = [Mention(first, end, "GPE") for first, end in wanted]
    others = [m for m in find_mentions(words, kb) if not any(_overlap(m, g) for g in given)]
    senses = [_as_places(s) for s in find_senses(words, sorted([*given, *others]), kb)]
    found = {}
    for sense, ranked in zip(senses, rank_senses(words, senses, article, kb), strict=True):
        places = [r.candidate.entry for r in ranked if _is_on_map(r.candidate.entry)]
        for mention in sense.members if places else ():
            if (mention.first, mention.end) in wanted:
                found[wanted[mention.first, mention.end]] = places[0]
    return found


def _as_places(sense: Sense) -> Sense:
    """Return a sense without its other candidates where all its mentions are places."""
    if any(mention.label != "GPE" for mention in sense.members):
        return sense
    places = tuple(c for c in sense.candidates if _is_on_map(c.entry))
    return dataclasses.replace(sense, candidates=places or sense.candidates)


def _is_on_map(entry: Entry) -> bool:
    return entry.kind == "place" and entry.latitude is not None


def _overlap(one: Mention, other: Mention) -> bool:
    return one.first < other.end and other.first < one.end
