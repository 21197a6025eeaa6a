"""The words of one article as the steps of linking see them."""

import bisect
import functools
import itertools

from schemas import Article, Parse, ZoneKind, known
from transforms.entities.fold import MAX_LENGTH, fold

_HEADLINES: frozenset[ZoneKind] = frozenset({"title", "subtitle"})


class Words:
    """The tokens of an article, and what is asked of them again and again.

    Spans are pairs of token indexes, the second one after the last token.
    """

    def __init__(self, article: Article) -> None:
        self.parse: Parse = known(article.parse, "ParseSentences")
        self.text = article.text
        self._article = article
        self.words = self.parse.words

    def __len__(self) -> int:
        return len(self.words)

    @functools.cached_property
    def sentence(self) -> list[int]:
        """For each token, the number of its sentence in the parse."""
        numbers = [0] * len(self)
        starts = [*self.parse.sentence_starts, len(self)]
        for number, (start, end) in enumerate(itertools.pairwise(starts)):
            numbers[start:end] = [number] * (end - start)
        return numbers

    @functools.cached_property
    def zones(self) -> list[ZoneKind]:
        """For each sentence of the parse, the kind of its zone."""
        zones = known(self._article.zones, "Segment")
        sentences = known(self._article.sentences, "Segment")
        return [zones[sentences[index].zone].kind for index in self.parse.sentence_indexes]

    @functools.cached_property
    def lower(self) -> frozenset[str]:
        """The words that the article writes small somewhere: these are no names."""
        return frozenset(word for word in self.words if word.islower())

    @functools.cached_property
    def shouting(self) -> frozenset[int]:
        """The numbers of the sentences in capitals, in which capitals tell nothing."""
        letters: dict[int, list[bool]] = {}
        for number, word in zip(self.sentence, self.words, strict=True):
            if len(word) > 1 and word.isalpha():
                letters.setdefault(number, []).append(word.isupper())
        return frozenset(n for n, upper in letters.items() if sum(upper) > 0.8 * len(upper))

    def zone(self, token: int) -> ZoneKind:
        """Return the kind of the zone that a token stands in."""
        return self.zones[self.sentence[token]]

    def in_headline(self, token: int) -> bool:
        """Tell whether a token stands in a title, where many words have capitals."""
        return self.zone(token) in _HEADLINES

    def is_shouted(self, token: int) -> bool:
        """Tell whether a token stands in a sentence in capitals."""
        return self.sentence[token] in self.shouting

    def starts_sentence(self, token: int) -> bool:
        """Tell whether a token is the first of its sentence, quotation marks left aside."""
        before = token - 1
        while before >= 0 and not self.words[before][0].isalnum():
            if self.sentence[before] != self.sentence[token]:
                return True
            before -= 1
        return before < 0 or self.sentence[before] != self.sentence[token]

    def has_capital(self, token: int) -> bool:
        """Tell whether a token begins with a capital."""
        return self.words[token][0].isupper()

    def beside(self, token: int, other: int) -> str:
        """Return the word `other`, which stands near `token`; empty outside of the sentence."""
        is_word = 0 <= other < len(self)
        return self.words[other] if is_word and self.sentence[other] == self.sentence[token] else ""

    def is_tied(self, token: int) -> bool:
        """Tell whether no space separates a token from the one before it."""
        return token > 0 and self.parse.starts[token] == self.parse.ends[token - 1]

    def source(self, first: int, end: int) -> str:
        """Return the text of a span."""
        return self.text[self.parse.starts[first] : self.parse.ends[end - 1]]

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the tokens that offsets of the text take in; None where they take in none."""
        first = bisect.bisect_right(self.parse.ends, start)
        last = bisect.bisect_left(self.parse.starts, end)
        return (first, last) if first < last else None

    def key(self, first: int, end: int) -> str:
        """Return the folded text of a span; empty where it is too long for a name."""
        starts, ends = self.parse.starts, self.parse.ends
        if ends[end - 1] - starts[first] > MAX_LENGTH:
            return ""
        return fold(self.text[starts[first] : ends[end - 1]])
