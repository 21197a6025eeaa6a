"""The tense of the verb that an expression hangs on, from the parse or from words near by."""

import bisect
import re
from collections.abc import Callable, Mapping, Sequence

from schemas import Parse
from transforms.dates import words
from transforms.dates.spot import Tense

_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_IN_DATES = frozenset({"NNP", "NNPS", "CD", "IN", "RB", "DT", "JJ", ",", "NN"})
_HIGHEST = 12  # steps up the tree; no clause of a readable sentence is deeper
_NAMING = frozenset({"poss", "compound", "nmod", "amod", "nummod"})  # of a day beside a noun
_REACH = 90  # characters looked at on either side where there is no parse

# What the tense of a verb says of a day that only names something in its clause: "Thursday's price is
# high" does not say when that was.
_OF_NAMED: Mapping[Tense, Tense] = {"future": "perhaps future", "present": "unknown"}

TenseAt = Callable[[int, int], Tense]


def tense_from(parse: Parse | None, text: str) -> TenseAt:
    """Return a function from the offsets of an expression to its tense."""
    if parse is None or not any(parse.tags):
        return lambda start, _end: tense_by_words(text, start)
    auxiliaries = _auxiliaries(parse)

    def tense_at(start: int, end: int) -> Tense:
        token = bisect.bisect_right(parse.starts, start) - 1
        if token < 0 or parse.ends[token] <= start:
            return tense_by_words(text, start)
        return _of_clause(parse, token, end, auxiliaries)

    return tense_at


def tense_by_words(text: str, offset: int) -> Tense:
    """Guess the tense from the words around: "will" and the like, or forms of the past.

    >>> tense_by_words("The court will decide on Monday.", 24)
    'future'
    """
    left = re.split(r"[.!?;]\s", text[max(0, offset - _REACH) : offset])[-1]
    right = re.split(r"[.!?;]\s|\n\n", text[offset : offset + _REACH])[0]
    before, after = list(_CUES.finditer(left)), _CUES.search(right)
    cue = before[-1] if before else after
    if cue is None:
        return "unknown"
    if cue["tense"] or cue["ahead"]:
        return "future"
    between = left[cue.end() :] if before else ""
    if _FORWARD.search(between):
        return "from past"
    return "past" if before and "," not in between else "perhaps past"


def _of_clause(parse: Parse, token: int, end: int, auxiliaries: Mapping[int, list[int]]) -> Tense:
    """Climb from a token to its verb, and on from infinitives, until a tense shows.

    What hangs on the verb of the past itself ("met in May") is past for sure; what hangs on a noun
    ("a summit set for May") or looks forward ("extended it to May") is so only perhaps. So is the
    future of what is named with its day ("will study Tuesday's vote").
    """
    sure, forward, named, start = True, False, parse.deps[token] in _NAMING, token
    for _ in range(_HIGHEST):
        if parse.tags[token] in _VERBS:
            tense = _of_verb(parse, token, auxiliaries)
            if tense != "unknown":
                if tense == "past":
                    return "from past" if forward else "past" if sure else "perhaps past"
                if tense == "present" and (forward or _is_said_of(parse, token, start)):
                    return "future"  # "is open until Friday", "the deadline is June 1"
                return _OF_NAMED.get(tense, tense) if named else tense
            sure = False
        elif parse.tags[token] == "JJ" and _looks_ahead(parse, token):
            return "future"
        elif parse.words[token].lower() in words.meanings("forward"):
            forward = forward or sure  # the preposition of the expression, not one farther up
        elif parse.starts[token] >= end or parse.tags[token] not in _IN_DATES:
            sure = False
        if parse.heads[token] == token:
            break
        token = parse.heads[token]
    return "unknown"


def _of_verb(parse: Parse, verb: int, auxiliaries: Mapping[int, list[int]]) -> Tense:
    helpers, tag = _words_of(parse, auxiliaries.get(verb, ())), parse.tags[verb]
    if helpers & words.meanings("tense").keys() or _looks_ahead(parse, verb):
        return "past" if helpers & {"had", "have"} else _of_ahead(helpers)
    if parse.words[verb] == "followed" and not helpers:
        return "unknown"  # "it will rain, followed by sun on Friday"
    if "to" in helpers and (tag == "VB" or (tag == "VBN" and "be" in helpers)):
        return _of_infinitive(parse, verb, auxiliaries)
    perfect = tag == "VBN" and (not helpers or helpers & {"has", "have", "'ve", "having"})
    if tag == "VBD" or perfect or helpers & {"was", "were", "had", "did", "'d"}:
        return "past"
    return "present" if tag in {"VBZ", "VBP"} or (helpers and tag != "VB") else "unknown"


def _of_infinitive(parse: Parse, verb: int, auxiliaries: Mapping[int, list[int]]) -> Tense:
    head = parse.heads[verb]
    if head == verb:
        return "future"  # a headline: "Bishop to be buried Friday"
    if parse.tags[head] == "JJ":
        head = parse.heads[head]  # "had been due to expire"
    if "had" in {*_words_of(parse, auxiliaries.get(head, ())), parse.words[head].lower()}:
        return "past"
    return "future" if _expects(parse, parse.heads[verb]) else "unknown"


def _is_said_of(parse: Parse, verb: int, token: int) -> bool:
    """Whether a date is what something is: "the deadline is June 1"."""
    return parse.lemmas[verb] == "be" and parse.heads[token] == verb and parse.deps[token] == "attr"


def _of_ahead(helpers: set[str]) -> Tense:
    """Return the time of what will be; what could be, or was expected, may have been by now."""
    return "perhaps future" if helpers & {"could", "was", "were"} else "future"


def _words_of(parse: Parse, tokens: Sequence[int]) -> set[str]:
    return {parse.words[token].lower() for token in tokens}


def _expects(parse: Parse, token: int) -> bool:
    """Whether an infinitive under this word lies in its future: "plans to", "due to"."""
    return words.meanings("expecting").get(parse.lemmas[token].lower()) is not None


def _looks_ahead(parse: Parse, verb: int) -> bool:
    """Whether what is named with it lies in the future: "scheduled a vote for", "payable on"."""
    return words.meanings("expecting").get(parse.lemmas[verb].lower()) == "ahead"


def _auxiliaries(parse: Parse) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for token, dep in enumerate(parse.deps):
        if dep in {"aux", "auxpass"}:
            found.setdefault(parse.heads[token], []).append(token)
    return found


_FORWARD = words.compile_pattern(r"\b{forward} (?:the )?$")
_CUES = words.compile_pattern(
    r"\b(?:{tense}|(?P<ahead>payable|(?:going|due|set|expected|scheduled|planned|plans?|about|is|are) to)"
    r"|{past}|[a-z]{2,}ed)\b"
)
