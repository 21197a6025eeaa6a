"""When and where an event was: from its clause, else its sentence, else the article."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from schemas import (
    Article,
    Date,
    DateBasis,
    Entity,
    EventPlace,
    Factuality,
    PlaceBasis,
    Precision,
    TimeFrame,
)
from transforms.events.matching import Match
from transforms.events.phrases import Phrases, tokens_in
from transforms.events.tables import word_list, words
from transforms.events.tree import Tree

_UP = frozenset({"pobj", "prep", "npadvmod", "advmod", "tmod", "appos", "nmod", "compound", "amod", "nummod", "poss", "dobj", "pcomp", "attr", "quantmod", "agent", "acomp", "dep", "punct", "oprd", "conj", "dative"})
_INNER = frozenset({"pobj", "prep", "dobj", "conj", "appos", "nmod", "compound", "poss", "amod"})
_HISTORY = dt.timedelta(days=180)  # what lies further back is told as history
_SOLID: frozenset[Factuality] = frozenset({"happened", "ongoing", "attempted", "denied"})


@dataclasses.dataclass(frozen=True, slots=True)
class When:
    """The days of an event, and where they come from."""

    first: dt.date | None
    last: dt.date | None
    precision: Precision | None
    basis: DateBasis
    date: Date | None
    frame: TimeFrame


class Circumstances:
    """Finds days and places for the matches of one article."""

    __slots__ = ("_article", "_dateline_place", "_dates", "_phrases", "_places", "_tree", "_triggers")

    def __init__(
        self, article: Article, tree: Tree, phrases: Phrases, triggers: frozenset[int]
    ) -> None:
        self._article = article
        self._tree = tree
        self._phrases = phrases
        self._triggers = triggers
        self._dates: dict[int, list[Date]] = {}
        self._places: dict[int, list[int]] = {}
        self._dateline_place = _dateline_place(article)
        self._attach_dates()
        self._attach_places()

    # --- what hangs on which word

    def _attach_dates(self) -> None:
        for date in self._article.dates or ():
            tokens = tokens_in(self._tree, date.start, date.end)
            heads = [t for t in tokens if self._tree.heads[t] not in tokens]
            if date.first_day is None and date.last_day is None:
                continue
            for head in heads[:1]:
                self._dates.setdefault(self._anchor(head), []).append(date)

    def _attach_places(self) -> None:
        tree = self._tree
        for token in range(len(tree)):
            if tree.deps[token] != "pobj" or tree.words[tree.heads[token]] not in word_list("locative"):
                continue
            if tree.words[tree.heads[token]] in {"of", "to", "from", "between", "into"}:
                continue
            if self._is_place(token):
                self._places.setdefault(self._anchor(token), []).append(token)

    def _is_place(self, token: int) -> bool:
        entity = self._phrases.entity(token)
        if entity is not None:
            return entity.kind == "place"
        if self._phrases.is_time(token):
            return False
        label = self._phrases.label(token)
        if label is not None:
            return label in {"GPE", "LOC", "FAC"}
        return "place" in self._phrases.classes(token)

    def _anchor(self, token: int) -> int:
        """Return the verb or event noun that a date or place belongs to."""
        tree, start = self._tree, token
        for head in tree.ancestors(token):
            if tree.deps[token] not in _UP:
                return token
            if tree.is_verb(head) or head in self._triggers:
                return self._told(start, head)
            token = head
        return token

    def _told(self, start: int, verb: int) -> int:
        """Give `On Sunday jets bombed the camp, the army said` to the bombing."""
        tree = self._tree
        if tree.lemmas[verb] not in words("attribution", "verbs"):
            return verb
        for clause in tree.having(verb, "ccomp"):
            if start < clause < verb:
                return clause
        return verb

    def _hosts(self, match: Match) -> Iterator[int]:
        """Yield the words whose dates and places are those of the match."""
        tree, token = self._tree, match.trigger
        yield token
        if match.noun is not None:
            yield match.noun
        for head in tree.ancestors(match.trigger):
            dep = tree.deps[token]
            if not self._shares(token, head, dep):
                return
            yield head
            token = head

    def _shares(self, token: int, head: int, dep: str) -> bool:
        tree = self._tree
        if dep in {"conj", "xcomp", "aux"}:
            return True
        if dep in {"nsubj", "nsubjpass", "dobj"} and tree.is_noun(token):
            return tree.lemmas[head] in word_list("occurrence") and tree.is_verb(head)
        if dep == "pobj":
            return tree.words[head] in word_list("containing")
        return dep == "prep" and tree.words[token] in word_list("containing") and tree.is_verb(head)

    def _hosts_beyond(self, match: Match) -> Iterator[int]:
        """Yield verbs of the sentence whose day is likely that of the match as well."""
        tree, token = self._tree, match.trigger
        for head in tree.ancestors(match.trigger):
            dep = tree.deps[token]
            if dep in {"relcl", "ccomp"}:
                return
            if dep == "advcl" and (tree.tags[token] != "VBG" or tree.having(token, "mark")):
                return
            if dep == "prep" and tree.words[token] in {"after", "before", "since", "until", "despite", "following"}:
                return
            if tree.is_verb(head):
                yield head
            token = head

    # --- when

    def when(self, match: Match, factuality: Factuality) -> When:
        """Return the days of a match."""
        clause: tuple[tuple[DateBasis, Iterator[int]], ...] = (
            ("clause", self._hosts(match)),
            ("sentence", self._hosts_beyond(match)),
        )
        for basis, hosts in clause:
            for host in hosts:
                if host in self._dates:
                    return self._dated(self._nearest(match.trigger, self._dates[host]), basis, match)
        return self._undated(match, factuality)

    def _nearest(self, token: int, dates: list[Date]) -> Date:
        start = self._tree.parse.starts[token]
        return min(dates, key=lambda date: (date.type != "DATE" and date.type != "TIME", abs(date.start - start)))

    def _dated(self, date: Date, basis: DateBasis, match: Match) -> When:
        published = self._article.published_on
        past = date.last_day is not None and published is not None
        background = past and date.last_day < published - _HISTORY  # type: ignore[operator]
        frame: TimeFrame = "background" if background else self._frame(match)
        return When(date.first_day, date.last_day, date.precision, basis, date, frame)

    def _undated(self, match: Match, factuality: Factuality) -> When:
        frame = self._frame(match)
        dateline = self._article.dateline
        if factuality in _SOLID and frame == "current":
            if dateline is not None and dateline.day is not None:
                return When(dateline.day, dateline.day, "day", "dateline", None, frame)
            day = self._article.published_on
            if day is not None:
                return When(day, day, "day", "publication", None, frame)
        return When(None, None, None, "unknown", None, frame)

    def _frame(self, match: Match) -> TimeFrame:
        tree = self._tree
        for child in tree.children[match.trigger]:
            if tree.deps[child] == "advmod" and tree.words[child] in word_list("generic"):
                return "generic"
            if tree.deps[child] == "amod" and tree.words[child] in word_list("historical"):
                return "background"
        return "current"

    # --- where

    def where(self, match: Match, taken: frozenset[int]) -> EventPlace | None:
        """Return the place of a match, never one that takes part in it (`taken`: head tokens)."""
        choices: tuple[tuple[PlaceBasis, Iterator[int]], ...] = (
            ("clause", self._hosts(match)),
            ("sentence", self._hosts_beyond(match)),
        )
        for basis, hosts in choices:
            for host in hosts:
                places = [token for token in self._places.get(host, ()) if token not in taken]
                if places:
                    return self._place(self._best(match.trigger, places), basis)
        modifier = self._place_modifier(match)
        if modifier is not None and modifier not in taken:
            return self._place(modifier, "clause")
        if self._dateline_place is not None:
            return _event_place(self._dateline_place, "dateline")
        return None

    def _best(self, trigger: int, places: list[int]) -> int:
        def far(token: int) -> tuple[bool, int]:
            return self._phrases.entity(token) is None, abs(token - trigger)

        return min(places, key=far)

    def _place_modifier(self, match: Match) -> int | None:
        """Return `Kabul` of `the Kabul bombing`."""
        noun = match.noun if match.noun is not None else match.trigger
        for child in self._tree.having(noun, "compound", "nmod", "poss"):
            entity = self._phrases.entity(child)
            if entity is not None and entity.kind == "place":
                return child
        return None

    def _place(self, token: int, basis: PlaceBasis) -> EventPlace:
        entity = self._phrases.entity(token)
        if entity is not None:
            return _event_place(entity, basis)
        first, last = self._tree.phrase(token)
        start, end = self._tree.parse.starts[first], self._tree.parse.ends[last]
        return EventPlace(
            text=self._article.text[start:end],
            start=start,
            end=end,
            label=self._phrases.label(token),
            kind="place",
            basis=basis,
        )


def _event_place(entity: Entity, basis: PlaceBasis) -> EventPlace:
    known = {field.name: getattr(entity, field.name) for field in dataclasses.fields(entity)}
    return EventPlace(**known, basis=basis)


def _dateline_place(article: Article) -> Entity | None:
    dateline = article.dateline
    if dateline is None:
        return None
    for entity in article.entities or ():
        if entity.kind == "place" and dateline.start <= entity.start and entity.end <= dateline.end:
            return entity
    return None
