"""Where sentences end: at full stops that are no abbreviation's, in one pass over the characters."""

import dataclasses
import functools
import re
from collections.abc import Iterator

from seeds import read_toml

# Each run of stops with the quotation marks and brackets that close after it. It matches whatever
# comes next, so that a run is never tried twice; what comes next is looked at in `_ends`.
_STOP = re.compile(r"(\.(?:[ \xa0]\.){2,}|[.!?…]+)([\"'”’»)\]]*(?:\[\d{1,3}\])*)")
_NEXT = re.compile(r"(\s*)([\"'“‘«„`(\[¿¡—–-]*)\s*([^\s\"”’,;:!?)\]]{0,40})")
_BULLETS = "•⁃‣▪◦●►■"
_MARKER = re.compile(
    rf"(?:(?<=\s)|^)[{_BULLETS}]?\s?(\d{{1,3}}|[a-z])(?:\.\)|[.)])\s", re.MULTILINE
)
_BULLET = re.compile(rf"[{_BULLETS}](?=\s?\S)")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}")
_INNER_WORD = re.compile(r"[a-z]{2,}")
_GLUED = re.compile(r"[\"“‘]?[A-Z][a-z]*[\s'’]")
_CUE = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){0,4}?([a-z]+)\b")
_QUOTES = frozenset("\"'”’»“‘«„`")
_OPENERS = "\"'“‘«„`([—–-"
_WORD = re.compile(r"\w")
_I = re.compile(r"I(?:['’](?:m|ve|ll|d))?")

_LOOK_BACK = 40


@dataclasses.dataclass(frozen=True, slots=True)
class _Words:
    """What the lexicon says of words before and after a full stop; `…_low` for capitals."""

    titles: frozenset[str]
    numbers: frozenset[str]
    others: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    before_clock: frozenset[str]
    starters: frozenset[str]
    going_on: frozenset[str]
    speech: frozenset[str]


@functools.cache
def _words(*, capitals: bool = False) -> _Words:
    """Load the lexicon; with `capitals` as text in capitals has its words."""
    data = read_toml("segmentation/sentences.toml")
    names = ("titles", "numbers", "others", "clock", "after_clock", "before_clock", "starters")
    sets = {name: frozenset(_spelled(data[name], capitals=capitals)) for name in names}
    going_on = frozenset(_spelled(data["going_on"], capitals=True)) if capitals else frozenset()
    sets["starters"] -= going_on
    return _Words(**sets, going_on=going_on, speech=frozenset(data["speech"]["verbs"]))


def _spelled(words: list[str], *, capitals: bool) -> list[str]:
    return [word.upper() for word in words] if capitals else words


@dataclasses.dataclass(frozen=True, slots=True)
class _Stop:
    """A possible end of a sentence, and what stands around it."""

    mark: str
    close: str
    word: str  # the word that the mark follows
    before: str  # the word before that one
    opens_sentence: bool  # the word is the first of its sentence
    space: str
    opener: str
    after: str  # the word that follows
    rest: str  # the text that follows, some of it


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one paragraph, `text[start:end]`, as offsets into `text`.

    Together they hold every non-blank character of it; white space around them belongs to none.

    >>> text = "Gen. Pena left at 5 p.m. He had no choice."
    >>> [text[a:b] for a, b in split_sentences(text, 0, len(text))]
    ['Gen. Pena left at 5 p.m.', 'He had no choice.']
    """
    begin = start
    pending: tuple[int, int] | None = None
    for cut in (*_cuts(text, start, end), end):
        span = _trim(text, begin, cut)
        begin = cut
        if span is None:
            continue
        if pending is not None and _WORD.search(text, *span) and _WORD.search(text, *pending):
            yield pending
            pending = span
        else:  # marks without a word are no sentence of their own
            pending = (pending[0] if pending else span[0], span[1])
    if pending is not None:
        yield pending


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Return the offsets, inside the paragraph, at which a sentence ends."""
    items = _items(text, start, end)
    markers = {offset for item in items for offset in range(*item)}
    cuts = [item[0] for item in items]
    last = start
    for match in _STOP.finditer(text, start, end):
        if match.end() >= end:
            break
        if match.start() not in markers and (cut := _cut(text, last, match, start, end)):
            cuts.append(cut)
            last = cut
    return sorted(cuts)


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the markers of a list whose items follow each other in one paragraph.

    "1. Bread 2. Milk", "a) bread b) milk", "• bread • milk"
    """
    first = _MARKER.match(text, start, end)
    if first is None:
        if text[start] not in _BULLETS:
            return []
        return [m.span() for m in _BULLET.finditer(text, start, end) if m.group() == text[start]]
    items = [first.span()]
    expected = _following(first[1])
    for match in _MARKER.finditer(text, first.end() - 1, end):
        if match[1] == expected:
            items.append(match.span())
            expected = _following(expected)
    return items if len(items) > 1 else []


def _following(marker: str) -> str:
    return str(int(marker) + 1) if marker.isdecimal() else chr(ord(marker) + 1)


def _cut(text: str, last: int, match: re.Match[str], start: int, end: int) -> int | None:
    """Return where the sentence ends, if it ends at this stop."""
    begin = max(start, match.start() - _LOOK_BACK)
    words = text[begin : match.start()].rsplit(maxsplit=2)
    glued = begin < match.start() and not text[match.start() - 1].isspace()
    word = words[-1].lstrip(_OPENERS) if words and glued else ""
    before = words[-2] if len(words) > 1 and glued else ""
    following = _NEXT.match(text, match.end(), end)
    assert following is not None
    stop = _Stop(
        mark=match[1],
        close=match[2],
        word=word,
        before=before,
        opens_sentence=not text[last : match.start() - len(word)].strip(_OPENERS + " \n\t")
        if match.start() - last < _LOOK_BACK
        else False,
        space=following[1],
        opener=following[2],
        after=following[3].rstrip("."),
        rest=text[following.start(3) : following.start(3) + 80],
    )
    if _splits_after_first_dot(stop):
        return match.start() + 1
    return match.end() if _ends(stop, text[last : last + _LOOK_BACK]) else None


def _splits_after_first_dot(stop: _Stop) -> bool:
    """Whether a full stop and then an ellipsis stand there: "the end. . . . The next"."""
    return stop.mark.count(" ") == 3 and bool(stop.word) and _may_begin(stop)


def _may_begin(stop: _Stop) -> bool:
    """Whether what follows looks like the beginning of a sentence at all."""
    if not stop.after:
        return bool(stop.opener)
    first = stop.after[0]
    return not first.islower() and (first.isalnum() or first in "$£€¥#@…" + _BULLETS)


def _ends(stop: _Stop, sentence: str) -> bool:
    if not stop.space:
        return _ends_without_space(stop)
    if not _may_begin(stop):
        return False
    if "…" in stop.mark or stop.mark.startswith(("..", ". .")):
        # "I" has its capital everywhere: after an ellipsis it says nothing of a new sentence.
        cited = stop.close.startswith("]") and bool(stop.opener or _QUOTES & set(stop.close))
        return not cited and not _I.fullmatch(stop.after)
    if stop.mark != ".":
        return not (_QUOTES & set(stop.close) and _speaks(stop.rest))
    if _QUOTES & set(stop.close):
        return True
    return _ends_at_full_stop(stop, sentence)


def _ends_without_space(stop: _Stop) -> bool:
    """Whether a space was lost on the way: "left the town.The army"; not "example.Com"."""
    return (
        stop.mark in {".", "?", "!"}
        and _INNER_WORD.fullmatch(stop.word[-12:]) is not None
        and _GLUED.match(stop.opener + stop.rest) is not None
        and stop.rest[:3] not in {"Com", "Org", "Net"}
    )


def _speaks(rest: str) -> bool:
    """Whether a cue follows a quotation: "Smith asked", "General John Smith of Ohio said"."""
    words = rest.split(maxsplit=5)[:5]
    return any(word.rstrip(".,:") in _words().speech for word in words[:4])


def _ends_at_full_stop(stop: _Stop, sentence: str) -> bool:
    capitals = stop.word.isupper() and stop.after.isupper()
    words = _words(capitals=capitals)
    word, starts = stop.word, stop.after in words.starters or bool(_QUOTES & set(stop.opener))
    if len(word) == 1 and word.isalpha():
        return _ends_at_letter(stop, starts=starts)
    if word in words.titles:
        return False
    if word in words.numbers or word.capitalize() in words.numbers:
        return not stop.after[:1].isdigit()
    if word.lower() in _words().clock:
        return _ends_at_clock(stop, sentence, words)
    if word in words.others or _DOTTED.fullmatch(word):
        return starts
    return not (stop.opens_sentence and word.isdecimal() and len(word) <= 3)


def _ends_at_letter(stop: _Stop, *, starts: bool) -> bool:
    """Whether a letter ends a sentence ("you and I.", "Plan B.") or is an initial ("J. Smith")."""
    if stop.word.islower():
        return stop.word not in {"v", "p"}
    if stop.word == "I" and stop.before[:1].islower():
        return True
    return starts and bool(stop.before) and not stop.before.endswith(".")


def _ends_at_clock(stop: _Stop, sentence: str, words: _Words) -> bool:
    """Whether "a.m." ends a sentence: not "5 a.m. Monday", nor "By 5 a.m. Mrs. Adler had left"."""
    if stop.after in words.after_clock | words.going_on or stop.after[:1].isdigit():
        return False
    if stop.after in words.starters:
        return True
    opening = sentence.split(maxsplit=3)
    begins = bool(opening) and opening[0].lower() in _words().before_clock
    return not (begins and any(stop.word in part for part in opening[1:3]))
