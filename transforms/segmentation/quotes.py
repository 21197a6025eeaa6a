"""What stands between quotation marks, and whose words a cue beside it says they are."""

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence

from schemas import Quote
from seeds import read_toml

Span = tuple[int, int]

# An opening mark stands at the beginning of words; what closes it is found by its pair.
_OPENING = re.compile(
    r"(?:[“«„]|(?<![^\s(\[{\"'—–-])(?:``|\"(?=\S)|‘(?=\S)|'(?=[^\W\d_]))|(?<=[—–-])\"(?=\S))"
    r"(?=[\"'“‘«„`\s]{0,4}[^\"'“”‘’«»„`\s])"
)
_CLOSING = {
    "“": re.compile(r"”"),
    "«": re.compile(r"»"),
    "„": re.compile(r"[“”]"),
    '"': re.compile(r"\""),
    "``": re.compile(r"''|\""),
    # An apostrophe inside a word is not the end.
    "‘": re.compile(r"(?<=\S)’(?!\w)"),
    "'": re.compile(r"(?<=\S)'(?!\w)"),
}
_FULL_STOP = re.compile(r"(?<![A-Z])(?<!\bJr)(?<!\bSr)\.$")
_PLURAL = re.compile(r"(?<=s)[’'] [a-z]")  # "the boys’ house": rather an apostrophe than the end
_LONGEST = 5000
_NEAR = 160  # characters beside a quotation in which a cue is looked for
# The rest of the sentence that held the cue, and the mark that opens the next quotation.
_SPEAKS_ON = re.compile(r"[^.!?\"“”]{0,80}[.,:]?\s*[\"“‘'«„`]{0,2}")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")
_INITIAL = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|Prof|Sgt|St)$")

_NAME = r"(?:(?:[A-Z]\.)+|(?:(?:al|an|ar|as|ash|at|el|ul)-)?[^\W\d_a-z][\w’'-]*\.?)"
_NAMES = rf"{_NAME}(?:\s(?:(?:of|de|van|von|bin|al|el|der|the)\s)?{_NAME}){{0,6}}"
_NOUNS = r"(?:the|a|an|one|another|his|her|their|its)\s(?:[\w’'.-]+\s){0,5}?[\w’'.-]*\w"


@dataclasses.dataclass(frozen=True, slots=True)
class _Cues:
    """Patterns of the words beside a quotation; `speaker` is whose words it holds."""

    after: tuple[re.Pattern[str], ...]
    before: re.Pattern[str]
    according: re.Pattern[str]


@functools.cache
def _cues() -> _Cues:
    data = read_toml("segmentation/quotes.toml")
    verbs = "|".join(sorted(data["verbs"], key=len, reverse=True))
    verb = rf"(?i:(?:(?:has|had|have|also|later|then|once)\s)*(?:{verbs})(?!\w))"
    pronoun = rf"(?i:{'|'.join(data['pronouns'])})(?!\w)"
    speaker = rf"(?<![\w’'])(?P<speaker>{pronoun}|{_NAMES}|(?i:{_NOUNS}))"
    according = rf"(?i:{'|'.join(data['according'])})\s{speaker}"
    aside = r"(?:,\s[^,.\"“”]{1,80},|\s\([^()]{1,40}\))?"
    return _Cues(
        after=(
            re.compile(rf",?\s*{verb}\s{speaker}"),
            re.compile(rf",?\s*(?:[\w’'-]+\s){{0,4}}?{speaker}{aside}\s{verb}"),
            re.compile(rf",?\s*{according}"),
        ),
        before=re.compile(rf"{speaker}{aside}\s{verb}"),
        according=re.compile(rf"{according},\s*[\"“‘'«„`]*$"),
    )


def find_quotes(text: str, paragraphs: Sequence[Span]) -> Iterator[Quote]:
    """Yield the quotations in some paragraphs of a text, as offsets into it, in their order.

    A quotation that its paragraph does not close goes to the paragraph's end where the next one
    opens with the same mark, as quotations of several paragraphs do: one speaker speaks them all.
    """
    last: Quote | None = None
    for i, (start, end) in enumerate(paragraphs):
        following = text[paragraphs[i + 1][0]] if i + 1 < len(paragraphs) else ""
        for found in _quotes_in(text, start, end, following):
            goes_on = last and last.end == paragraphs[i - 1][1] and found.start == start + 1
            last = _by_same_speaker(found, last) if last and goes_on else found
            yield last


def _by_same_speaker(quote: Quote, last: Quote) -> Quote:
    if quote.speaker_start is not None:
        return quote
    return dataclasses.replace(
        quote, speaker_start=last.speaker_start, speaker_end=last.speaker_end
    )


def _quotes_in(text: str, start: int, end: int, following: str) -> Iterator[Quote]:
    speaker, cue_end = None, start
    for begin, finish, after in _pairs(text, start, end, following):
        cue = _cue(text, (start, end), (begin, finish), after)
        if cue is not None:
            speaker, cue_end = cue
        elif cue_end <= start or not _SPEAKS_ON.fullmatch(text, cue_end, begin):
            speaker = None
        first, last = speaker or (None, None)
        yield Quote(start=begin, end=finish, speaker_start=first, speaker_end=last)
        cue_end = max(cue_end, after)


def _pairs(text: str, start: int, end: int, following: str) -> Iterator[tuple[int, int, int]]:
    """Yield where the quoted words begin and end, and where their closing mark ends."""
    position = start
    closes: dict[str, Span | None] = {}
    while (opening := _OPENING.search(text, position, end)) is not None:
        mark, begin = opening.group(), opening.end()
        if mark not in closes or ((known := closes[mark]) is not None and known[0] < begin):
            closes[mark] = _close(text, begin, end, mark)  # each character is searched once
        close = closes[mark]
        if close is None and following == mark:
            close = (end, end)
        if close is None or close[0] - begin > _LONGEST:
            position = begin
            continue
        position = close[1]
        if begin < close[0]:
            yield begin, *close


def _close(text: str, begin: int, end: int, mark: str) -> Span | None:
    close = _CLOSING[mark].search(text, begin, end)
    if close is None or mark not in {"‘", "'"} or not _PLURAL.match(text, close.start()):
        return close.span() if close else None
    later = _CLOSING[mark].search(text, close.end(), min(end, close.end() + _NEAR))
    opened = _OPENING.search(text, close.end(), later.start()) if later else None
    return close.span() if later is None or opened is not None else later.span()


def _cue(text: str, paragraph: Span, quote: Span, after: int) -> tuple[Span, int] | None:
    """Return the words that name the speaker, and the end of the cue that they stand in."""
    (start, end), (begin, finish) = paragraph, quote
    if text[finish - 1] in ",?!—–-" or text[after : after + 1] == ",":
        for pattern in _cues().after:
            if match := pattern.match(text, after, min(end, after + _NEAR)):
                return _named(text, match), match.end()
    return _cue_before(text, max(start, begin - _NEAR), begin)


def _cue_before(text: str, start: int, begin: int) -> tuple[Span, int] | None:
    """Look for a cue in the sentence that leads up to the quotation."""
    for stop in _SENTENCE_END.finditer(text, start, begin - 1):
        if not _INITIAL.search(text, start, stop.start()):
            start = stop.end()
    last = None
    for match in _cues().before.finditer(text, start, begin):
        last = match
    last = last or _cues().according.search(text, start, begin)
    return (_named(text, last), begin) if last else None


def _named(text: str, cue: re.Match[str]) -> Span:
    """Return the speaker, without the full stop of the sentence."""
    start, end = cue.span("speaker")
    return start, end - 1 if _FULL_STOP.search(text, start, end) else end
