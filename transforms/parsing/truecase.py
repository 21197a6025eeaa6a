"""Case for text that is all in capitals, or has all its words begin with one, as headlines have.

A parser trained on ordinary text takes every word of such a text for a name. Each word gets the
form that the model's vocabulary has as the most frequent: its vectors are listed by frequency in
ordinary text, in every case that words have there. Letters change, lengths never do, so offsets
stay as they are.
"""

from collections.abc import Sequence

import numpy as np
from spacy.vocab import Vocab

_FEWEST = 4  # words; shorter shouting may be initials and abbreviations
# A headline has so many words, and so many of five letters and more, and no others that are small.
_HEADLINE, _LONG_WORDS, _LONG = 5, 3, 5
_SMALL = frozenset(
    [
        *("a", "an", "the", "and", "but", "or", "nor", "if", "than", "as", "is", "be", "vs"),
        *("of", "in", "on", "at", "to", "by", "for", "from", "with", "into", "onto", "upon"),
        *("over", "off", "up", "out", "per", "via", "after", "amid", "near", "under", "until"),
    ]
)
# Words that are part of the name that they stand before: New Delhi, West Africa, White House.
_OPENING = frozenset({"New", "North", "South", "East", "West", "United", "Great", "Saint"})
_TOGETHER = frozenset({("White", "House"), ("Security", "Council"), ("Supreme", "Court")})
_MONTHS = frozenset({"MARCH", "MAY"})  # words that are months beside a number
# By how much a word may be rarer as a name than as a word, and be one beside another name.
_BESIDE = 3.0
_COMMON = 1000  # words of that rank are never names for standing beside one
_NEVER = 10**9


class TrueCaser:
    """Gives words the case that they have in ordinary text; built once a model."""

    __slots__ = ("_keys", "_ranks", "_strings")

    def __init__(self, vocab: Vocab) -> None:
        keys = np.fromiter(vocab.vectors.key2row.keys(), dtype=np.uint64)
        order = np.argsort(keys, kind="stable")
        self._strings = vocab.strings
        self._keys, self._ranks = keys[order], order

    def restore(self, words: Sequence[str]) -> list[str]:
        """Return the words of a sentence in ordinary case; as they are if they are in it."""
        if not is_odd(words):
            return list(words)
        shouted = _is_shouted(words)
        names = [self._name_odds(word) for word in words]
        restored = []
        for index, word in enumerate(words):
            if not shouted and (word != _capitalized(word) or _opens_name(words, names, index)):
                restored.append(word)  # NATO, McCain, of
                continue
            around = [i for i in (index - 1, index + 1) if 0 <= i < len(words)]
            beside = any(names[i] > 1 for i in around) and self._rank(_lower(word)) > _COMMON
            least = 1 / _BESIDE if beside else 1
            month = word in _MONTHS and any(words[i].isdigit() for i in around)
            restored.append(self._form(word, is_name=month or names[index] > least))
        return [restored[0][:1].upper() + restored[0][1:], *restored[1:]]

    def _name_odds(self, word: str) -> float:
        """Return how much more often a word is a name than not; 0 where it has no letters.

        What has other characters too (U.S., 20TH) is a name only if the vocabulary knows it as one.
        """
        if not any(map(str.isalpha, word)):
            return 0.0
        as_name = min(self._rank(_capitalized(word)), self._rank(word) if len(word) > 1 else _NEVER)
        as_word = self._rank(_lower(word))
        if as_name == as_word == _NEVER:
            return _BESIDE if word.isalpha() else 0.0
        return as_word / as_name

    def _form(self, word: str, *, is_name: bool) -> str:
        if not is_name:
            return _lower(word)
        capitalized = _capitalized(word)
        return word if self._rank(word) < self._rank(capitalized) else capitalized

    def _rank(self, word: str) -> int:
        """Return the place of a word in the list by frequency, from 1."""
        key = np.uint64(self._strings[word])
        index = int(np.searchsorted(self._keys, key))
        found = index < len(self._keys) and self._keys[index] == key
        return int(self._ranks[index]) + 1 if found else _NEVER


def is_odd(words: Sequence[str]) -> bool:
    """Say whether the words of a sentence are not in the case of ordinary text."""
    return _is_shouted(words) or _is_titled(words)


def _is_shouted(words: Sequence[str]) -> bool:
    letters = [word for word in words if any(map(str.isalpha, word))]
    return len(letters) >= _FEWEST and all(word.isupper() for word in letters)


def _is_titled(words: Sequence[str]) -> bool:
    """Say whether all words begin with a capital but for the small ones that headlines have."""
    letters = [word for word in words if word[0].isalpha()]
    long = [word for word in letters if len(word) >= _LONG]
    small = (word for word in letters if not word[0].isupper())
    enough = len(letters) >= _HEADLINE and len(long) >= _LONG_WORDS
    return enough and _SMALL.issuperset(small)


def _opens_name(words: Sequence[str], odds: Sequence[float], index: int) -> bool:
    """Say whether a word is of a name with the one beside it: New of New Delhi, White House."""
    pairs = [tuple(words[i : i + 2]) for i in (index - 1, index) if i >= 0]
    if not _TOGETHER.isdisjoint(pairs):
        return True
    return words[index] in _OPENING and index + 1 < len(words) and odds[index + 1] > 1


def _lower(word: str) -> str:
    """Lower what has a small letter of its own length."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


def _capitalized(word: str) -> str:
    return word[:1] + _lower(word[1:])
