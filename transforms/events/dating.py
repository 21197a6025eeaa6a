"""When an event was: from its clause, else its sentence, else not after the report.

What no words date is not given the day of publication: the text says only that it was not later.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas import Date, DateBasis, Factuality, Precision, TimeFrame
from transforms.events.anchors import OTHER_TIMES, Anchors
from transforms.events.match import Match
from transforms.events.phrases import tokens_in
from transforms.events.reading import Reading
from transforms.events.tables import word_list

_HISTORY = dt.timedelta(days=180)  # what lies further back is told as history
_DEEPEST = 30  # words below a verb that are looked at for its day
_SPAN = 8  # characters from one end of `from Monday to Friday` to the other's start
_SOLID: frozenset[Factuality] = frozenset({"happened", "ongoing", "attempted", "denied"})
_DONE: frozenset[Factuality] = frozenset({"happened", "attempted"})
_POINTS = frozenset({"DATE", "TIME"})


@dataclasses.dataclass(frozen=True, slots=True)
class When:
    """The days of an event, and where they come from."""

    first: dt.date | None
    last: dt.date | None
    precision: Precision | None
    basis: DateBasis
    date: Date | None
    frame: TimeFrame


def up_to(published: dt.date | None, first: dt.date, last: dt.date) -> dt.date:
    """Return the last day of a period, or that of the report where it lies within the period."""
    return published if published and first <= published < last else last


class Dating:
    """Finds the days of one article's matches."""

    __slots__ = ("_anchors", "_by_token", "_dates", "_next", "_published", "_reading")

    def __init__(self, reading: Reading, anchors: Anchors) -> None:
        article = reading.article
        self._reading = reading
        self._anchors = anchors
        self._published = article.published_on
        self._dates = self._attached()
        dates = article.dates or ()
        self._by_token = {
            token: date for date in dates for token in tokens_in(reading.tree, date.start, date.end)
        }
        self._next = {date.start: after for date, after in pairwise(dates)}

    def when(self, match: Match, factuality: Factuality) -> When:
        """Return the days of a match; what happened this week did so up to the report of it."""
        when = self._told(match, factuality)
        if factuality not in _DONE or not when.first or not when.last:
            return when
        return dataclasses.replace(when, last=up_to(self._published, when.first, when.last))

    def _told(self, match: Match, factuality: Factuality) -> When:
        choices: tuple[tuple[DateBasis, Iterator[int]], ...] = (
            ("clause", self._anchors.hosts(match)),
            ("sentence", self._anchors.hosts_beyond(match)),
        )
        for basis, hosts in choices:
            for host in hosts:
                if dates := self._shared(match.trigger, host):
                    return self._dated(self._nearest(match.trigger, dates), basis, match)
        beside = self._beside(match)
        if beside is not None:
            return self._dated(beside, "sentence", match)
        fronted = self._fronted(match.trigger)
        if fronted is not None:
            return self._dated(fronted, "sentence", match)
        return self._undated(match, factuality)

    # --- dates in the sentence

    def _shared(self, trigger: int, host: int) -> list[Date]:
        """Return the dates of a host that can be those of the trigger.

        `On Monday he condemned the attack on Sunday`: what is only spoken of has those behind it.
        """
        tree, dates = self._reading.tree, self._dates.get(host, [])
        if host == trigger or not tree.is_noun(trigger) or not self._anchors.is_said(host):
            return dates
        start = tree.parse.starts[trigger]
        return [date for date in dates if host < trigger and date.start > start]

    def _beside(self, match: Match) -> Date | None:
        """Return the day that a clause is about, or that stands with what is done.

        `On May 3, when the army left`; `announced a halt to the fighting on Sunday`; `the bombings on
        Sunday killed nine`.
        """
        tree, trigger = self._reading.tree, match.trigger
        if not tree.is_verb(trigger):
            return None
        about = self._by_token.get(tree.heads[trigger]) if tree.deps[trigger] == "relcl" else None
        if about is not None and about.first_day is not None:
            return about
        is_actor = self._reading.phrases.is_actor
        doing = [token for token in tree.having(trigger, "nsubj") if not is_actor(token)]
        nouns = [*self._things(trigger), *doing]
        found = [d for noun in nouns for d in self._dates.get(noun, ())]
        return self._nearest(trigger, found) if found else None

    def _things(self, verb: int) -> Iterator[int]:
        """Yield the nouns below a verb that no other verb stands between."""
        tree = self._reading.tree
        inner = tree.having(verb, "dobj", "prep", "pobj")
        for token in inner:
            if len(inner) > _DEEPEST:
                return
            if tree.is_noun(token):
                yield token
            elif tree.words[token] in OTHER_TIMES:
                continue  # "suspended the talks after the attack of Sunday"
            inner += tree.having(token, "prep", "pobj")

    def _attached(self) -> dict[int, list[Date]]:
        """Return the dates that name days, by the word that they belong to."""
        tree, found = self._reading.tree, dict[int, list[Date]]()
        for date in self._reading.article.dates or ():
            tokens = tokens_in(tree, date.start, date.end)
            open_ended = date.first_day is None and date.last_day is None
            if tokens and not open_ended and not self._is_measure(tokens[0] - 1):
                found.setdefault(self._anchors.anchor(self._head(tokens)), []).append(date)
        return found

    def _is_measure(self, prep: int) -> bool:
        """Say whether a date only says how rare something is: the first march since 2004."""
        tree = self._reading.tree
        return prep >= 0 and tree.words[prep] == "since" and not tree.is_verb(tree.heads[prep])

    def _head(self, tokens: Sequence[int]) -> int:
        """Return the head of a date, or the preposition before it.

        In `On Monday Prime Minister May accused them` the parser takes the day for part of the
        name, and leaves the preposition bare.
        """
        tree, before = self._reading.tree, tokens[0] - 1
        if before >= 0 and tree.deps[before] == "prep" and not tree.children[before]:
            return before
        # Of "the 31 October attack" the article has its head outside as well: the last one tells.
        outside = (token for token in reversed(tokens) if tree.heads[token] not in tokens)
        return next(outside, tokens[0])

    def _nearest(self, token: int, dates: list[Date]) -> Date:
        """Return a day before a year, and the nearest of the days: in 2003, on the third of May."""
        start = self._reading.tree.parse.starts[token]

        def far(date: Date) -> tuple[bool, bool, int]:
            vague = date.first_day != date.last_day
            return date.type not in _POINTS, vague, abs(date.start - start)

        return min(dates, key=far)

    def _fronted(self, token: int) -> Date | None:
        """Return the day with which a sentence opens: `On Sunday A fled and B resigned`."""
        tree = self._reading.tree
        head = tree.heads[token]
        if tree.deps[token] != "conj" or not tree.is_verb(head):
            return None
        subjects = tree.having(head, "nsubj", "nsubjpass")
        opening = tree.parse.starts[subjects[0] if subjects else head]
        return next((date for date in self._dates.get(head, ()) if date.end <= opening), None)

    def _dated(self, date: Date, basis: DateBasis, match: Match) -> When:
        prep = self._prep(date)
        if prep == "since" and match.noun is None and self._reading.tree.is_noun(match.trigger):
            return When(None, None, "none", "unknown", None, self._frame(match))  # worst since 1994
        first, last = self._bounds(date, prep)
        return When(first, last, date.precision, basis, date, self._frame(match, date))

    def _prep(self, date: Date) -> str:
        """Return the word before a date; empty where none is."""
        tokens = tokens_in(self._reading.tree, date.start, date.end)
        return self._reading.tree.words[tokens[0] - 1] if tokens and tokens[0] else ""

    def _bounds(self, date: Date, prep: str) -> tuple[dt.date | None, dt.date | None]:
        """Return the days that a date with its preposition leaves open: since May, by Friday."""
        if prep == "since":
            return date.first_day, None
        if prep in {"by", "before", "until", "till"}:
            return None, date.last_day
        other = self._next.get(date.start)
        if prep in {"from", "between"} and other is not None:
            near = date.end < other.start <= date.end + _SPAN
            if near and self._prep(other) in {"to", "and", "until"}:
                return _in_order(date.first_day, other.last_day)
        return date.first_day, date.last_day

    # --- no date

    def _undated(self, match: Match, factuality: Factuality) -> When:
        """Return what is sure of what no words date: it was not after the report of it."""
        frame = self._frame(match)
        dateline = self._reading.article.dateline
        if factuality in _SOLID and dateline is not None and dateline.day is not None:
            return When(None, dateline.day, "none", "dateline", None, frame)
        if factuality in _SOLID and self._published is not None:
            return When(None, self._published, "none", "publication", None, frame)
        return When(None, None, None, "unknown", None, frame)

    # --- history

    def _is_history(self, date: Date) -> bool:
        if date.last_day is None or self._published is None:
            return False
        return date.last_day < self._published - _HISTORY

    def _governing(self, token: int) -> Iterator[int]:
        """Yield the trigger and the verbs that it is an infinitive of."""
        tree = self._reading.tree
        yield token
        for head in tree.ancestors(token):
            if tree.deps[token] != "xcomp" or not tree.is_verb(head):
                return
            yield head
            token = head

    def _is_general(self, token: int) -> bool:
        """Say whether it is `often protest`, `whenever prices rise, people protest`."""
        tree = self._reading.tree
        often = any(tree.words[t] in word_list("generic") for t in tree.having(token, "advmod"))
        clauses = tree.having(token, "advcl")
        marks = [m for clause in clauses for m in tree.having(clause, "advmod", "mark")]
        return often or any(tree.words[mark] == "whenever" for mark in marks)

    def _frame(self, match: Match, date: Date | None = None) -> TimeFrame:
        """Say whether it is told as news, as history, or as what is so in general."""
        if date is not None and self._is_history(date):
            return "background"
        tree = self._reading.tree
        if any(map(self._is_general, self._governing(match.trigger))):
            return "generic"
        for child in tree.children[match.trigger]:
            if tree.deps[child] == "amod" and tree.words[child] in word_list("historical"):
                return "background"
        return "current"


def _in_order(first: dt.date | None, last: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """Leave out both ends where they are the wrong way round.

    In February, January is this year's and July last year's: `between January and July` is neither
    (nor is `from today until Monday` on a Wednesday), and no rule here can tell which is right.
    """
    return (None, None) if first and last and first > last else (first, last)
