"""A name as the text has it: what its mentions look like and where they stand."""

import dataclasses
from collections.abc import Iterable, Sequence

import seeds
from transforms.entities._words import Words
from transforms.entities.adjacency import lies_in
from transforms.entities.context import Votes
from transforms.entities.fold import without_articles
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.mentions import TITLES, Mention
from transforms.entities.metonymy import acts_as_government
from transforms.entities.nesting import adjoins, goes_on, hangs_on, is_compound
from transforms.entities.sports import stands_as_side, stands_in_brackets

_RULES = seeds.read_toml("knowledge/linking.toml")
_TITLE_SYNONYMS: dict[str, str] = _RULES["title_synonyms"]
_LOCATING = frozenset(_RULES["locating"]["words"])
_ON_PLACES = frozenset(_RULES["locating"]["verbs"])

# Words before a name in which its title is looked for: "the British foreign secretary, Jane Doe".
_TITLE_WORDS = 7

_NO_VOTES = Votes()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it is ranked: all its mentions in the article, which mean the same.

    Labels are the recogniser's; NONE or CAPITALS where it missed the name, NAME where it takes a
    single word for a person.
    """

    key: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    title_words: frozenset[str] = frozenset()  # of titles that stand before it
    lies_in: frozenset[str] = frozenset()  # countries and divisions beside it ("Paris, Texas")
    side: float = 0.0  # share of the mentions that stand where sides of a match do
    bracketed: float = 0.0  # share of those right after a bracket
    headline: float = 0.0  # share of those in titles
    shouted: float = 0.0  # share of those in sentences in capitals
    starting: float = 0.0  # share of those that begin a sentence
    going_on: float = 0.0  # share of those after which a name goes on ("Italian Grand Prix")
    adjoining: float = 0.0  # share of those right beside another name ("Syrian Kurds")
    hanging: float = 0.0  # share of those that hang on a name ("Bank of England")
    compound: float = 0.0  # share of those in a word with a hyphen ("Tripoli-based")
    dateline: float = 0.0  # share of those in the dateline
    located: float = 0.0  # share of those that stand where places do ("near Exampleton")
    acting: float = 0.0  # share of those that do what governments do ("Washington accused")
    by_two_names: frozenset[int] = frozenset()  # entries that have two forms that the article has
    own: Votes = _NO_VOTES  # its own votes in the context, which do not count


def describe(
    words: Words,
    key: str,
    members: Sequence[Mention],
    kb: KnowledgeBase,
    taken: frozenset[int],
    *,
    is_person: bool,
) -> Name:
    """Return what the text says of a name, by its mentions; `taken` are the tokens of all names."""

    def share(tells: Iterable[bool]) -> float:
        return sum(tells) / len(members)

    return Name(
        key=key,
        texts=tuple(words.source(m.first, m.end) for m in members),
        labels=tuple(_label(words, key, m, is_person=is_person) for m in members),
        title_words=frozenset().union(*(title_words(words, m) for m in members)),
        lies_in=frozenset().union(*(lies_in(words, m, kb) for m in members)),
        side=share(stands_as_side(words, m.first, m.end) for m in members),
        bracketed=share(stands_in_brackets(words, m.first) for m in members),
        headline=share(words.in_headline(m.first) for m in members),
        shouted=share(words.is_shouted(m.first) for m in members) if words.lower else 0.0,
        starting=share(words.starts_sentence(m.first) for m in members),
        going_on=share(goes_on(words, m, taken) for m in members),
        adjoining=share(adjoins(words, m, taken) for m in members),
        hanging=share(hangs_on(words, m) for m in members),
        compound=share(is_compound(words, m) for m in members),
        dateline=float(any(words.zone(m.first) == "dateline" for m in members)),
        located=share(_stands_as_place(words, m) for m in members),
        acting=share(acts_as_government(words, m) for m in members),
    )


def _stands_as_place(words: Words, mention: Mention) -> bool:
    """Tell whether a name stands where places do: near Exampleton, or as what jets bomb."""
    if words.beside(mention.first, mention.first - 1).lower() in _LOCATING:
        return True
    parse, last = words.parse, mention.end - 1
    return parse.deps[last] == "dobj" and parse.lemmas[parse.heads[last]] in _ON_PLACES


def _label(words: Words, key: str, mention: Mention, *, is_person: bool) -> str:
    """Return what the ranking takes for a mention's label.

    A single word that is called a person though no full name in the article goes with it is often
    a small town: NAME says less. What the recogniser missed has NONE, in a sentence in capitals, in
    which it misses most, CAPITALS.
    """
    if is_person and " " in without_articles(key):
        return "PERSON"  # its full name says so, whatever the surname alone was taken for
    if mention.is_missed:
        return "CAPITALS" if words.is_shouted(mention.first) else "NONE"
    is_bare = mention.label == "PERSON" and " " not in without_articles(key)
    return "NAME" if is_bare and not title_words(words, mention) else mention.label


def title_words(words: Words, mention: Mention) -> set[str]:
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
