"""Whether a name may be part of a longer one: the Bank of England is not England."""

from transforms.entities._words import Words
from transforms.entities.mentions import TITLES, Mention

_JOINING = frozenset({"of", "for", "in", "and", "&"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_DASHES = frozenset({"-", "–"})


def goes_on(words: Words, mention: Mention, taken: frozenset[int]) -> bool:
    """Tell whether a name goes on after a mention, in no other mention: *Italian* Grand Prix.

    Not in headlines and capitals, where what follows need be no name.
    """
    if words.in_headline(mention.first) or words.is_shouted(mention.first):
        return False
    word = words.beside(mention.first, mention.end)
    return (
        word[:1].isupper()
        and mention.end not in taken
        and words.parse.tags[mention.end] in _NAME_TAGS
        and word.lower().rstrip(".") not in TITLES
    )


def hangs_on(words: Words, mention: Mention) -> bool:
    """Tell whether a mention hangs on a name before it: Organisation for Security in *Europe*."""
    at = mention.first - 1
    if words.beside(mention.first, at).lower() == "the":
        at -= 1
    before = words.beside(mention.first, at - 1)
    is_joined = words.beside(mention.first, at) in _JOINING and before[:1].isupper()
    return is_joined and words.parse.tags[at - 1] in _NAME_TAGS


def is_part(words: Words, mention: Mention, taken: frozenset[int]) -> bool:
    """Tell whether a mention is likely part of a longer name, on either side."""
    return goes_on(words, mention, taken) or hangs_on(words, mention)


def adjoins(words: Words, mention: Mention, taken: frozenset[int]) -> bool:
    """Tell whether another name stands right beside a mention: *Syrian* Kurds, Syrian *Kurds*."""
    before, after = mention.first - 1, mention.end
    is_before = before in taken and bool(words.beside(mention.first, before))
    return is_before or (after in taken and bool(words.beside(mention.first, after)))


def is_compound(words: Words, mention: Mention) -> bool:
    """Tell whether a hyphen ties a mention to another word: *Tripoli*-based."""
    after = words.beside(mention.first, mention.end) in _DASHES and words.is_tied(mention.end)
    before = words.beside(mention.first, mention.first - 1) in _DASHES
    return after or (before and words.is_tied(mention.first))
