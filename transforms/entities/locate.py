"""What given names mean, where it is known that they are names: of anything, or of places."""

import dataclasses
from collections.abc import Callable, Iterable

from schemas import Article
from transforms.entities._words import Words
from transforms.entities.coreference import all_mentions
from transforms.entities.entry import Entry
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.lookup import likely_label
from transforms.entities.mentions import Mention, find_mentions
from transforms.entities.senses import Sense, find_senses, rank_senses

Span = tuple[int, int]


def resolve(article: Article, spans: Iterable[Span], *, kb: KnowledgeBase) -> dict[Span, Entry]:
    """Return what each name means, of those under which the knowledge base has anything.

    For names that were found by other means: each gets the likeliest entry, however little speaks
    for it. The article's other names are context; a label that the recogniser gave the same words
    counts.

    Args:
        article: an article that has been through Segment and ParseSentences.
        spans: where the names are, offsets of `article.text`.
        kb: the knowledge base.
    """
    words = Words(article)
    found = all_mentions(words, kb)
    labelled = {(mention.first, mention.end): mention for mention in found}

    def make(first: int, end: int) -> Mention:
        label = likely_label(words.key(first, end), kb)
        return labelled.get((first, end)) or Mention(first, end, label, is_missed=True)

    return _likeliest(article, words, _given(words, spans, make), found, kb)


def locate(article: Article, spans: Iterable[Span], *, kb: KnowledgeBase) -> dict[Span, Entry]:
    """Return the place that each name means, of those that the knowledge base puts on the map.

    For names of places that were found by other means: each gets the likeliest place, however
    little speaks for it; none where that is one without coordinates. The article's other names are
    context.

    Args:
        article: an article that has been through Segment and ParseSentences.
        spans: where the names are, offsets of `article.text`.
        kb: the knowledge base.
    """
    words = Words(article)
    given = _given(words, spans, lambda first, end: Mention(first, end, "GPE"))
    located = _likeliest(
        article, words, given, find_mentions(words, kb), kb, narrow=_as_places, is_wanted=_is_place
    )
    return {span: entry for span, entry in located.items() if entry.latitude is not None}


def _given(
    words: Words, spans: Iterable[Span], make: Callable[[int, int], Mention]
) -> dict[Mention, Span]:
    return {make(*tokens): span for span in spans if (tokens := words.tokens(*span))}


def _likeliest(
    article: Article,
    words: Words,
    given: dict[Mention, Span],
    found: Iterable[Mention],
    kb: KnowledgeBase,
    *,
    narrow: Callable[[Sense], Sense] = lambda sense: sense,
    is_wanted: Callable[[Entry], bool] = lambda _: True,
) -> dict[Span, Entry]:
    """Return the likeliest entry of each given mention, beside the others that were found."""
    taken = {token for mention in given for token in range(mention.first, mention.end)}
    others = [m for m in found if taken.isdisjoint(range(m.first, m.end))]
    senses = [narrow(s) for s in find_senses(words, sorted([*given, *others]), kb)]
    likeliest = {}
    for sense, ranked in zip(senses, rank_senses(words, senses, article, kb), strict=True):
        wanted = next((e for r in ranked if is_wanted(e := r.candidate.entry)), None)
        for mention in sense.members:
            if wanted is not None and mention in given:
                likeliest[given[mention]] = wanted
    return likeliest


def _as_places(sense: Sense) -> Sense:
    """Return a sense without its other candidates where all its mentions are places."""
    if any(mention.label != "GPE" for mention in sense.members):
        return sense
    places = tuple(c for c in sense.candidates if _is_place(c.entry))
    return dataclasses.replace(sense, candidates=places or sense.candidates)


def _is_place(entry: Entry) -> bool:
    return entry.kind == "place"
