"""Why a name is linked as it is: its candidates, what speaks for each and against, and who wins."""

import dataclasses

from schemas import Article
from transforms.entities._words import Words
from transforms.entities.coreference import all_mentions
from transforms.entities.features import Features, nobody_features
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.lookup import likely_label
from transforms.entities.mentions import Mention
from transforms.entities.ranking import WEIGHTS, Ranked, choose
from transforms.entities.senses import find_senses, first_context, rank_senses

Points = tuple[tuple[str, float], ...]  # features by what they add, the weightiest first


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """The candidates of a name with their scores, the best first, and the one that is linked."""

    name: str
    ranked: tuple[Ranked, ...]
    link: Ranked | None
    nobody: Points  # what speaks for nobody known


def explain(article: Article, span: tuple[int, int], *, kb: KnowledgeBase) -> Explanation | None:
    """Return what an article's name can mean, and why; None where the span holds no word.

    Args:
        article: an article that has been through Segment and ParseSentences.
        span: where the name is, offsets of `article.text`; it need not be found as a name.
        kb: the knowledge base.
    """
    words = Words(article)
    tokens = words.tokens(*span)
    if tokens is None:
        return None
    mentions = all_mentions(words, kb)
    if not any((m.first, m.end) == tokens for m in mentions):
        mentions = [m for m in mentions if m.end <= tokens[0] or tokens[1] <= m.first]
        mentions = sorted([*mentions, Mention(*tokens, likely_label(words.key(*tokens), kb))])
    senses = find_senses(words, mentions, kb)
    ranked = rank_senses(words, senses, article, kb)
    number = next(
        i for i, s in enumerate(senses) if any((m.first, m.end) == tokens for m in s.members)
    )
    name = senses[number].name
    return Explanation(
        name=words.source(*tokens),
        ranked=tuple(ranked[number]),
        link=choose(ranked[number]),
        nobody=points(nobody_features(name, first_context(words, senses, article, kb))),
    )


def points(features: Features) -> Points:
    """Return what features add to the worth of an answer, the weightiest first.

    >>> points({"title agrees": 0.0})
    ()
    """
    added = ((name, WEIGHTS.get(name, 0.0) * value) for name, value in features.items())
    return tuple(sorted((a for a in added if a[1]), key=lambda a: (-abs(a[1]), a[0])))
