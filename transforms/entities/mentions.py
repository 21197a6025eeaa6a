"""Where the names are: those of the recogniser, put right, and those that it missed."""

import dataclasses
from collections.abc import Iterable, Iterator

import seeds
from schemas import EntityKind
from transforms.entities._spans import Spans
from transforms.entities._words import Words
from transforms.entities.entry import Candidate
from transforms.entities.fold import surname, without_articles
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.sports import names_a_side

_RULES = seeds.read_toml("knowledge/linking.toml")
LABELS: dict[str, EntityKind] = _RULES["labels"]
_LEADING = frozenset(_RULES["extent"]["leading"])
_TRAILING = frozenset(_RULES["extent"]["trailing"])
TITLES = frozenset(_RULES["extent"]["titles"])
_TAGS = frozenset(_RULES["gazetteer"]["tags"])
_INNER = frozenset(_RULES["gazetteer"]["inner"])
_LONGEST: int = _RULES["gazetteer"]["longest"]
_SEVERAL: float = _RULES["gazetteer"]["several"]
_ACRONYM: float = _RULES["gazetteer"]["acronym"]
_ACRONYM_OF_TWO: float = _RULES["gazetteer"]["acronym_of_two"]
_SINGLE: float = _RULES["gazetteer"]["single"]
_SHOUTED: float = _RULES["gazetteer"]["single_in_capitals"]
ORDINARY = frozenset(_RULES["ordinary"]["words"])

_NEVER_INSIDE = frozenset({"(", ")", "[", "]", "*", "/", "|", ";", ":", "=", "+"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_PEOPLES = frozenset({"adjective", "demonym"})
LABEL_OF_KIND = {"person": "PERSON", "group": "NORP", "organization": "ORG", "place": "GPE"}


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name in the text: tokens `first` up to and not including `end`.

    The label is the recogniser's or, where it missed the name, what it would have been (and
    `is_missed` is true).
    """

    first: int
    end: int
    label: str
    is_missed: bool = False


def find_mentions(words: Words, kb: KnowledgeBase) -> list[Mention]:
    """Find all names, in order, not overlapping."""
    named = list(_recognised(words, kb))
    matches = list(_gazetteer(words, kb))
    mentions = _merged(words, kb, named, matches)
    return sorted([*mentions, *_repeated(words, mentions)])


def _recognised(words: Words, kb: KnowledgeBase) -> Iterator[Mention]:
    """Yield the recogniser's names with their ends put right."""
    for name in words.parse.names:
        if name.label in LABELS:
            first, end = _extent(words, kb, name.first, name.end)
            if name.label == "PERSON":
                first = _after_titles(words, kb, first, end)
            end = _before_symbols(words, first, end)
            for part in _parts(words, kb, first, end):
                if _is_name(words, *part) and _is_believed(words, kb, *part):
                    yield Mention(*part, name.label)


def _parts(words: Words, kb: KnowledgeBase, first: int, end: int) -> list[tuple[int, int]]:
    """Split "Amnesty International and Oxfam", which the recogniser takes for one name."""
    for at in range(first + 1, end - 1):
        if words.words[at] in {"and", "&", ","} and not kb.candidates(words.key(first, end)):
            parts = [(first, at), (at + 1, end)]
            if all(kb.candidates(words.key(*part)) for part in parts):
                return parts
    return [(first, end)]


def _is_believed(words: Words, kb: KnowledgeBase, first: int, end: int) -> bool:
    """Tell whether the recogniser can be right; in a sentence in capitals it takes many for names."""
    if first >= end or not words.is_shouted(first):
        return True
    if kb.candidates(words.key(first, end)):
        return True
    return end - first > 1 and all(t in _NAME_TAGS for t in words.parse.tags[first:end])


def _is_name(words: Words, first: int, end: int) -> bool:
    """Tell whether what is left of a name is one: not a title alone, nor all small letters."""
    inside = [words.words[i].lower().rstrip(".") for i in range(first, end)]
    has_capital = any(words.has_capital(i) for i in range(first, end))
    return has_capital and not all(word in TITLES for word in inside)


def _before_symbols(words: Words, first: int, end: int) -> int:
    """Return where a name ends that the recogniser carried over a bracket, star or slash."""
    for at in range(first + 1, end):
        if words.words[at] in _NEVER_INSIDE:
            return at
    return end


def _extent(words: Words, kb: KnowledgeBase, first: int, end: int) -> tuple[int, int]:
    """Trim what is no part of a name, and take in what a hyphen ties to it (al-Jabal)."""
    while first < end and _is_trimmed(words, first, _LEADING):
        first += 1
    while first < end and _is_trimmed(words, end - 1, _TRAILING):
        end -= 1
    if first < end:
        end = _with_point(words, kb, end)
        if (
            words.words[end - 1].lower() == "al"
            and end + 1 < len(words)
            and words.words[end] == "-"
        ):
            end += 2
        if first >= 2 and words.words[first - 1] == "-" and words.words[first - 2].lower() == "al":
            first -= 2
    return first, end


def _with_point(words: Words, kb: KnowledgeBase, end: int) -> int:
    """Return the end of a name with the point of its abbreviation (Exampleton, W.Va.)."""
    if end < len(words) and words.words[end] == "." and words.is_tied(end):
        shortened = kb.candidates(words.key(end - 1, end))
        return end + any(candidate.alias == "abbreviation" for candidate in shortened)
    return end


def _is_trimmed(words: Words, token: int, dropped: frozenset[str]) -> bool:
    word = words.words[token]
    return word.lower() in dropped or not any(c.isalnum() for c in word)


def _after_titles(words: Words, kb: KnowledgeBase, first: int, end: int) -> int:
    """Return where a person's name begins: Iraqi Prime Minister X begins at X."""
    at = first
    while at < end - 1:
        word = words.words[at].lower().rstrip(".")
        if word not in TITLES and not _is_people(kb.candidates(words.key(at, at + 1))):
            break
        at += 1
    # A people's name is part of the person's where no title follows it (Jordan Smith).
    return at if at > first and words.words[at - 1].lower().rstrip(".") in TITLES else first


def _is_people(candidates: Iterable[Candidate]) -> bool:
    return any(c.entry.place_kind == "country" for c in candidates)


def _gazetteer(words: Words, kb: KnowledgeBase) -> Iterator[Mention]:
    """Yield what is written like a name and in the knowledge base, the longest first."""
    for start, stop in _runs(words):
        at = start
        while at < stop:
            match = _longest_match(words, kb, at, stop) if words.has_capital(at) else None
            if match:
                yield match
            at = match.end if match else at + 1


def _runs(words: Words) -> Iterator[tuple[int, int]]:
    """Yield stretches of capitalised words, with the small words that names have inside."""
    at = 0
    while at < len(words):
        if not words.has_capital(at):
            at += 1
            continue
        start, last, number = at, at, words.sentence[at]
        at += 1
        while at < len(words) and words.sentence[at] == number:
            if words.has_capital(at):
                last = at
            elif words.words[at].lower() not in _INNER:
                break
            at += 1
        yield start, last + 1


def _longest_match(words: Words, kb: KnowledgeBase, first: int, stop: int) -> Mention | None:
    longest = 4 if words.is_shouted(first) else _LONGEST
    for end in range(min(stop, first + longest), first, -1):
        if words.has_capital(end - 1):
            best = _acceptable(words, kb, first, end)
            if best is not None:
                label = "NORP" if best.alias in _PEOPLES else LABEL_OF_KIND.get(best.entry.kind)
                return Mention(first, end, label, is_missed=True) if label else None
    return None


def _acceptable(words: Words, kb: KnowledgeBase, first: int, end: int) -> Candidate | None:
    """Return what a span surely names though the recogniser may have missed it."""
    if end - first == 1 and words.parse.tags[first] not in _TAGS:
        return None
    if not _is_name(words, first, end) or _begins_otherwise(words, kb, first, end):
        return None
    key = words.key(first, end)
    for candidate in kb.candidates(key) if key not in ORDINARY else ():
        if _is_evident(words, candidate, first, end):
            return candidate
    return None


def _begins_otherwise(words: Words, kb: KnowledgeBase, first: int, end: int) -> bool:
    """Tell whether a span begins with what is no part of the name: an article, a title."""
    if end - first == 1:
        return False
    word = words.words[first].lower().rstrip(".")
    if word == "the":
        found = kb.candidates(words.key(first, end))
        return not any(c.entry.name.startswith("The ") and c.entry.kind == "place" for c in found)
    return word in _LEADING or (
        word in TITLES
        and words.words[first + 1][0].isupper()
        and any(c.entry.kind == "person" for c in kb.candidates(words.key(first, end)))
    )


def _is_evident(words: Words, candidate: Candidate, first: int, end: int) -> bool:
    entry, alias = candidate.entry, candidate.alias
    text = words.source(first, end)
    if alias == "acronym":
        least = _ACRONYM if len(words.key(first, end)) > 2 else _ACRONYM_OF_TWO
        is_known = entry.prior >= least and entry.kind != "other"
        return is_known and text.isupper() and not words.is_shouted(first)
    if alias in _PEOPLES or entry.place_kind == "country":
        return len(text) > 3
    if (entry.subtype or "").endswith("_team") and names_a_side(words, first, end, entry):
        return True
    if alias in {"surname", "stripped", "short", "exonym", "home"} or entry.kind == "other":
        return False
    if end - first > 1:
        return entry.prior >= _SEVERAL and words.parse.tags[end - 1] != "POS"
    return _is_evident_word(words, candidate, first)


def _is_evident_word(words: Words, candidate: Candidate, token: int) -> bool:
    """Tell whether a single word is a well-known name, and in capitals for that reason."""
    if words.zone(token) == "dateline":
        return candidate.entry.kind == "place" and candidate.entry.prior >= _SEVERAL
    if words.is_shouted(token):
        return candidate.entry.kind == "place" and candidate.entry.prior >= _SHOUTED
    if words.in_headline(token) or words.starts_sentence(token):
        return False
    is_name = words.parse.tags[token] in _NAME_TAGS
    return is_name and candidate.entry.kind != "person" and candidate.entry.prior >= _SINGLE


def _merged(
    words: Words, kb: KnowledgeBase, named: list[Mention], matches: list[Mention]
) -> list[Mention]:
    """Settle where the recogniser and the gazetteer overlap."""
    kept = Spans(mention for mention in named if not _is_headline_phrase(words, kb, mention))
    for match in matches:
        over = kept.over(match)
        if not over:
            kept.add(match)
        elif all(match.first <= m.first and m.end <= match.end for m in over):
            largest = max(over, key=lambda m: (m.end - m.first, -m.first))
            kept.drop(over)
            kept.add(dataclasses.replace(largest, first=match.first, end=match.end))
        elif (
            match.end - match.first > 2
            and not any(m.first <= match.first and match.end <= m.end for m in over)
            and not _any_known(words, kb, over)
        ):
            # The recogniser has the wrong end of it; what it has beside may be a name.
            kept.drop(over)
            for mention in over:
                if mention.first < match.first:
                    kept.add(_rest(words, kb, mention, match))
            kept.add(dataclasses.replace(match, label=over[-1].label))
    return sorted(kept)


def _any_known(words: Words, kb: KnowledgeBase, mentions: list[Mention]) -> bool:
    """Tell whether one of the names is in the knowledge base and reaches over several words."""
    return any(m.end - m.first > 1 and kb.candidates(words.key(m.first, m.end)) for m in mentions)


def _rest(words: Words, kb: KnowledgeBase, mention: Mention, match: Mention) -> Mention:
    """Return what stands before the match in a name that reaches into it."""
    first, end = _extent(words, kb, mention.first, match.first)
    return dataclasses.replace(mention, first=first, end=max(end, first + 1))


def _is_headline_phrase(words: Words, kb: KnowledgeBase, mention: Mention) -> bool:
    """Tell whether a name in a headline is mere words with capitals (Syrian Strikes Kill Four)."""
    if mention.end - mention.first < 2 or not words.in_headline(mention.first):
        return False
    if kb.candidates(words.key(mention.first, mention.end)):
        return False
    inside = words.words[mention.first : mention.end]
    return any(word.lower() in words.lower and word.lower() not in _INNER for word in inside)


def _repeated(words: Words, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield single words that are found as a name, or as a person's surname, elsewhere."""
    known = _known_words(words, mentions)
    taken = {token for m in mentions for token in range(m.first, m.end)}
    for token, word in enumerate(words.words):
        if token in taken or not word[0].isupper() or words.parse.tags[token] not in _TAGS:
            continue
        label = known.get(words.key(token, token + 1))
        if label and word.lower() not in words.lower:
            yield Mention(token, token + 1, label, is_missed=True)


def _known_words(words: Words, mentions: list[Mention]) -> dict[str, str]:
    known: dict[str, str] = {}
    for mention in mentions:
        key = words.key(mention.first, mention.end)
        if mention.label == "PERSON":
            key = surname(key)
        if len(key) > 2 and " " not in without_articles(key):
            known.setdefault(key, mention.label)
    return known
