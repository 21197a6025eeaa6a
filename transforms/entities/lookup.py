"""Under which keys a name is looked up: as it stands, then without what may be left out of it."""

from collections.abc import Iterable, Iterator, Sequence

import seeds
from transforms.entities.entry import Candidate
from transforms.entities.fold import fold, skeleton, without_articles, without_suffix
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.mentions import LABEL_OF_KIND, ORDINARY

_RULES = seeds.read_toml("knowledge/linking.toml")["generic"]
_BEFORE = tuple(f"{words} " for words in _RULES["before"])
_AFTER = tuple(f" {words}" for words in _RULES["after"])


def candidates_of(kb: KnowledgeBase, keys: Sequence[str]) -> tuple[Candidate, ...]:
    """Look up a name by its key, else by other keys of it: acronyms that agree with its words."""
    found = _variants(kb, keys[0])
    for key in keys[1:] if not found else ():
        parts = set(keys[0].split())
        found += tuple(
            c for c in _variants(kb, key) if len(parts & set(fold(c.entry.name).split())) > 1
        )
    return found


def likely_label(key: str, kb: KnowledgeBase) -> str:
    """Return how the recogniser labels what a name is best known for."""
    found = candidates_of(kb, [key])
    return LABEL_OF_KIND.get(found[0].entry.kind, "ORG") if found else "ORG"


def _variants(kb: KnowledgeBase, key: str) -> tuple[Candidate, ...]:
    if key in ORDINARY:
        return ()
    found = _first(kb, (key, without_articles(key), without_suffix(key)))
    if not found:
        # What the name has beside that may make another name of it: Western Sahara, Kansas City.
        longer = _first(kb, _without_generic(key))
        found = tuple(candidate._replace(alias="longer") for candidate in longer)
    return found or kb.candidates(skeleton(key))


def _first(kb: KnowledgeBase, keys: Iterable[str]) -> tuple[Candidate, ...]:
    """Return what the first of the keys can mean under which there is anything."""
    found = (kb.candidates(key) for key in keys if key not in ORDINARY)
    return next(filter(None, found), ())


def _without_generic(key: str) -> Iterator[str]:
    """Yield what is left of "city of exampleton", "exampleton prefecture"."""
    for words in _BEFORE:
        if key.startswith(words):
            yield key.removeprefix(words)
    for words in _AFTER:
        if key.endswith(words):
            yield key.removesuffix(words)
