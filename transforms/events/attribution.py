"""Who says that an event is so: speech verbs, `according to`, accusations, quotations."""

from collections.abc import Iterator
from typing import NamedTuple

from schemas import Attribution
from transforms.events.participants import Participants
from transforms.events.phrases import tokens_in
from transforms.events.reading import Reading
from transforms.events.tables import words

_MAX_SOURCES = 3


class _Source(NamedTuple):
    head: int
    cue: str


class Attributions:
    """Finds the sources of one article's events."""

    __slots__ = ("_arguments", "_coreference", "_participants", "_tree")

    def __init__(self, reading: Reading, participants: Participants) -> None:
        self._tree = reading.tree
        self._arguments = reading.arguments
        self._coreference = reading.coreference
        self._participants = participants

    def of(self, trigger: int) -> tuple[Attribution, ...]:
        """Return who says so, outermost first; empty where it is the article's own voice."""
        sources = list(dict.fromkeys(self._sources(trigger)))
        quote = self._coreference.quote(trigger)
        if not sources and quote is not None and quote.speaker_start is not None:
            tokens = tokens_in(self._tree, quote.speaker_start, quote.speaker_end or 0)
            heads = [t for t in tokens if self._tree.heads[t] not in tokens]
            sources = [_Source(head, self._cue_of(head)) for head in heads[:1]]
        made = [self._make(source, is_quote=quote is not None) for source in sources]
        return tuple(made[::-1][:_MAX_SOURCES])

    def _cue_of(self, head: int) -> str:
        verb = self._tree.heads[head]
        lemma = self._tree.lemmas[verb]
        return lemma if lemma in words("attribution", "verbs") else "say"

    def _make(self, source: _Source, *, is_quote: bool) -> Attribution:
        text, start, end = self._participants.span(source.head)
        antecedent = self._coreference.antecedent(source.head)
        known = self._participants.describe(source.head if antecedent is None else antecedent)
        return Attribution(
            text=text,
            start=start,
            end=end,
            entity_id=known.entity_id,
            name=known.name,
            cue=source.cue,
            is_quote=is_quote,
        )

    def _sources(self, trigger: int) -> Iterator[_Source]:
        """Yield the sources on the way from the trigger to the root, innermost first."""
        tree, token = self._tree, trigger
        yield from self._beside(token)
        below = token
        for head in tree.ancestors(trigger):
            of = tree.deps[below] == "prep" and tree.deps[token] == "dobj"
            yield from self._crossing(below if of else token, head)
            yield from self._beside(head)
            below, token = token, head

    def _crossing(self, token: int, head: int) -> Iterator[_Source]:
        tree, dep = self._tree, self._tree.deps[token]
        lemma = tree.lemmas[head]
        if tree.is_verb(head):
            said = dep == "ccomp" or (dep == "xcomp" and lemma in {"deny", "admit", "claim"})
            said = said or (dep == "dobj" and lemma in words("attribution", "of_acts"))
            of = dep == "prep" and tree.words[token] in {"of", "for"}
            known = lemma in words("attribution", "verbs") - words("attribution", "narrator")
            if (said and known) or (of and lemma in words("attribution", "accusers")):
                yield from self._speakers(head, lemma)
        elif dep in {"acl", "ccomp"} and lemma in words("attribution", "nouns"):
            for owner in self._arguments.owner(head):
                yield _Source(owner, lemma)

    def _speakers(self, verb: int, cue: str) -> Iterator[_Source]:
        for subject in self._arguments.of(verb).subject[:1]:
            if self._tree.words[subject] not in words("attribution", "no_sources") or (
                self._coreference.antecedent(subject) not in {None, subject}
            ):
                yield _Source(subject, cue)

    def _beside(self, token: int) -> Iterator[_Source]:
        """Yield `according to the army`, `the army said` set beside the clause."""
        tree = self._tree
        for child in tree.children[token]:
            if tree.words[child] in words("attribution", "according"):
                for prep in (child, *tree.having(child, "prep")):
                    for heads in tree.having(prep, "pobj"):
                        yield _Source(heads, "accord")
            elif tree.deps[child] == "parataxis" and self._is_saying(child):
                yield from self._speakers(child, tree.lemmas[child])

    def _is_saying(self, token: int) -> bool:
        said = self._tree.lemmas[token] in words("attribution", "verbs")
        return said and self._tree.is_verb(token)
