"""What the language model says of an article, free of the model's own classes."""

import dataclasses
from typing import NamedTuple


class NameSpan(NamedTuple):
    """A name that the model found: tokens `first` up to and not including `end`."""

    first: int
    end: int
    label: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """The tokens of an article's sentences, one entry a token in each tuple.

    Tokens cover the zones that are read (title, subtitle, dateline, caption, body) without their
    white space. Tags are Penn Treebank's, dependency labels ClearNLP's (nsubj, nsubjpass, dobj,
    pobj, agent …); the head of a root is the root itself.
    """

    starts: tuple[int, ...]  # offset of the token's first character in the article
    ends: tuple[int, ...]  # offset after its last character
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]  # index of the head's token
    sentence_starts: tuple[int, ...]  # index of each sentence's first token
    sentence_indexes: tuple[int, ...]  # for each of those, its index in the article's sentences
    names: tuple[NameSpan, ...]

    def __len__(self) -> int:
        return len(self.starts)
