"""Which names of an article are one: surnames with full names, acronyms with what they stand for."""

import itertools

from transforms.entities._words import Words
from transforms.entities.fold import surname, without_articles
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.mentions import Mention, find_mentions

_SMALL = frozenset({"of", "the", "for", "and", "in", "to", "on"})


def full_names(words: Words, mentions: list[Mention], kb: KnowledgeBase) -> dict[Mention, Mention]:
    """Return, for mentions by a single word, the mention in full that says who is meant.

    A surname goes to the full name that ends in it, the nearest before it, else the first after
    it; a given name alone (Saddam, Xi) where only one person has it.
    """
    full = [m for m in mentions if m.label == "PERSON" and _word_count(words, m) > 1]
    by_last: dict[str, list[Mention]] = {}
    by_first: dict[str, list[Mention]] = {}
    for mention in full:
        key = words.key(mention.first, mention.end)
        by_last.setdefault(surname(key), []).append(mention)
        by_first.setdefault(key.split()[0], []).append(mention)
    found = {}
    for mention in mentions:
        if _word_count(words, mention) == 1 and not _is_country(words, mention, kb):
            word = without_articles(words.key(mention.first, mention.end))
            owner = _owner(words, mention, by_last.get(word, []), by_first.get(word, []))
            if owner is not None:
                found[mention] = owner
    return found


def _is_country(words: Words, mention: Mention, kb: KnowledgeBase) -> bool:
    """Tell whether a word is a country's name, and not taken for a person's by the recogniser."""
    found = kb.candidates(words.key(mention.first, mention.end))
    return mention.label != "PERSON" and any(c.entry.place_kind == "country" for c in found)


def _word_count(words: Words, mention: Mention) -> int:
    return len(without_articles(words.key(mention.first, mention.end)).split())


def _owner(
    words: Words, mention: Mention, by_last: list[Mention], by_first: list[Mention]
) -> Mention | None:
    if by_last:
        before = [m for m in by_last if m.first < mention.first]
        return before[-1] if before else by_last[0]
    keys = {words.key(m.first, m.end) for m in by_first}
    return by_first[0] if mention.label == "PERSON" and len(keys) == 1 else None


def acronyms(words: Words, mentions: list[Mention], kb: KnowledgeBase) -> dict[str, str]:
    """Return keys of acronyms that the article explains: `Free Aceh Movement (FAM)`.

    The values are the keys of what they stand for. An acronym is also explained by a name anywhere
    in the article that the knowledge base has for the same entity.
    """
    found: dict[str, str] = {}
    for long, short in itertools.pairwise(mentions):
        between = words.words[long.end : short.first]
        if between == ("(",) and _is_acronym(words, short) and _agree(words, long, short, kb):
            found.setdefault(_key(words, short), _key(words, long))
    names = {
        candidate.entry.number: key
        for key in dict.fromkeys(_key(words, mention) for mention in reversed(mentions))
        if " " in key
        for candidate in kb.candidates(key)
    }
    for key in dict.fromkeys(_key(words, m) for m in mentions if _is_acronym(words, m)):
        meant = (names.get(c.entry.number) for c in kb.candidates(key) if c.alias == "acronym")
        full = next(filter(None, meant), None)
        if full is not None:
            found.setdefault(key, full)
    return found


def all_mentions(words: Words, kb: KnowledgeBase) -> list[Mention]:
    """Return all names of an article in their order, with the acronyms that are explained in it."""
    mentions = find_mentions(words, kb)
    return sorted([*mentions, *acronym_mentions(words, mentions, kb)])


def acronym_mentions(words: Words, mentions: list[Mention], kb: KnowledgeBase) -> list[Mention]:
    """Return acronyms in parentheses after a name that nobody found as names themselves."""
    taken = {token for m in mentions for token in range(m.first, m.end)}
    new = []
    for long in mentions:
        at = long.end + 1
        if at + 1 < len(words) and words.words[long.end] == "(" and words.words[at + 1] == ")":
            short = Mention(at, at + 1, long.label, is_missed=True)
            if at not in taken and _is_acronym(words, short) and _agree(words, long, short, kb):
                new.append(short)
    return new


def _key(words: Words, mention: Mention) -> str:
    return words.key(mention.first, mention.end)


def _is_acronym(words: Words, mention: Mention) -> bool:
    text = words.source(mention.first, mention.end).replace(".", "")
    return mention.end - mention.first == 1 and 1 < len(text) < 12 and text[:2].isupper()


def _agree(words: Words, long: Mention, short: Mention, kb: KnowledgeBase) -> bool:
    """Tell whether an acronym can stand for a name: by its letters, or as the tables have it."""
    if _initials_agree(words, long, short):
        return True
    numbers = ({c.entry.number for c in kb.candidates(_key(words, m))} for m in (long, short))
    return bool(set.intersection(*numbers))


def _initials_agree(words: Words, long: Mention, short: Mention) -> bool:
    """Tell whether the acronym's first letter and most others begin words of the long name."""
    parts = [part for part in _key(words, long).split() if part not in _SMALL]
    letters = _key(words, short).replace(" ", "")
    if len(parts) < 2 or letters[:1] != parts[0][:1]:
        return False
    rest = iter(part[0] for part in parts)
    in_order = sum(1 for letter in letters if any(letter == initial for initial in rest))
    return in_order >= 2
