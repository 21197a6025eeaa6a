"""One article as all parts of event extraction see it."""

import dataclasses
from typing import Self

from schemas import Article, known
from transforms.events.arguments import Arguments
from transforms.events.coreference import Coreference
from transforms.events.phrases import Phrases
from transforms.events.tree import Tree


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """An article with its tree, and the look-ups over it that its parts share."""

    article: Article
    tree: Tree
    phrases: Phrases
    arguments: Arguments
    coreference: Coreference

    @classmethod
    def of(cls, article: Article) -> Self:
        """Build the look-ups.

        Raises:
            MissingStepError: the article has not been parsed.
        """
        tree = Tree(known(article.parse, "ParseSentences"))
        phrases = Phrases(article, tree)
        arguments = Arguments(tree, phrases)
        return cls(article, tree, phrases, arguments, Coreference(article, tree, phrases))

    def text(self, first: int, last: int) -> tuple[str, int, int]:
        """Return the words from token `first` up to and with `last`, and their offsets."""
        start, end = self.tree.parse.starts[first], self.tree.parse.ends[last]
        return self.article.text[start:end], start, end
