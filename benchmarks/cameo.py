"""The two sets of single sentences labelled by CAMEO's manual: who acts on whom, which quad class.

A third of each is held out, by the number of the sentence. Scored is the most confident event of a
sentence.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from score import Row, Score, Span, row, share

from schemas import Article, Event, Participant, new_article

Read = Callable[[Article], Article]
_T = TypeVar("_T")

# The quad classes of the CAMEO roots as the labels of cameo_quad have them, by class.
_ROOTS = ("02", "03 04 05", "06 07 08", "09 10 11 12 13 16", "14 15 17 18 19 20")
CAMEO_QUAD = {root: quad for quad, roots in enumerate(_ROOTS) for root in roots.split()}

_STICKS = frozenset({".", ",", "'s", "’s", ")", "?", ";", ":"})  # to the word before


def roles(path: Path, read: Read, *, held_out: bool) -> Iterator[Row]:
    """Score actors and recipients on sentences in which they are marked."""
    source, target, count, silent = Score(), Score(), 0, 0
    for text, marks in kept(marked(path), held_out=held_out):
        event = main_event(read(new_article(text)))
        count += 1
        silent += event is None
        actors, recipients = _sides(event, reciprocal=bool(marks["R"]))
        add_heads(source, actors, marks["S"] + marks["R"])
        add_heads(target, recipients, marks["T"] + marks["R"])
    yield source.row("role: source", "cameo_roles")
    yield target.row("role: target", "cameo_roles")
    yield (source + target).row("role: both", "cameo_roles")
    yield row("has an event", "cameo_roles", count, {"right": share(count - silent, count)})


class Classed(NamedTuple):
    """A sentence with a quad class."""

    label: int
    plover: int  # ours, 0 where no event is
    cameo: int
    confidence: float | None  # of the event that gave it

    @property
    def is_right(self) -> bool:
        """Whether ours is the label, as either manual has it."""
        return self.label in {self.plover, self.cameo}


def quad_classes(path: Path, read: Read, *, held_out: bool) -> Iterator[Classed]:
    """Yield each sentence with the quad class that it is labelled with, and ours.

    Ours once as PLOVER 0.8 has it and our rows, once as CAMEO has it for the event's root. The set
    is labelled by CAMEO: yielding (08) is material cooperation there, reducing relations (16)
    verbal conflict, and appeals (02) are left out.
    """
    for text, label in kept(labelled(path), held_out=held_out):
        event = main_event(read(new_article(text)))
        cameo = CAMEO_QUAD[event.cameo_root or "02"] if event else 0
        plover = event.quad_class if event else 0
        yield Classed(label, plover, cameo, event.confidence if event else None)


def main_event(article: Article) -> Event | None:
    """Return the most confident event; of equals the first."""
    return max(article.events or (), key=lambda event: event.confidence or 0, default=None)


def add_heads(score: Score, heads: list[Span], spans: list[Span]) -> None:
    """Count heads that lie in a marked span, and spans that hold a head."""
    score.add(
        found=len(heads),
        wanted=len(spans),
        right=sum(any(inside(head, span) for span in spans) for head in heads),
        hit=sum(any(inside(head, span) for head in heads) for span in spans),
    )


def inside(head: Span, span: Span) -> bool:
    """Say whether a head lies in a marked span."""
    return span[0] <= head[0] and head[1] <= span[1]


def _sides(event: Event | None, *, reciprocal: bool) -> tuple[list[Span], list[Span]]:
    """Return the heads of who acts and of who is acted on.

    Of several who act on one another, all are on both sides where the sentence is marked so, else
    the first one acts on the others.
    """
    actors = [_head(p) for p in event.actors] if event else []
    recipients = [_head(p) for p in event.recipients] if event else []
    if recipients or len(actors) < 2:
        return actors, recipients
    return (actors, actors) if reciprocal else (actors[:1], actors[1:])


def _head(participant: Participant) -> Span:
    """Return the head, for a resolved pronoun the end of what it stands for."""
    if participant.antecedent_end is not None:
        return participant.antecedent_end - 1, participant.antecedent_end
    return participant.head_start, participant.head_end


def kept(items: Iterator[_T], *, held_out: bool) -> Iterator[_T]:
    """Yield the third that is held out, or the other two."""
    return (item for index, item in enumerate(items) if (index % 3 == 2) == held_out)


def labelled(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each sentence with its quad class."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text, _, label = line.rpartition("\t")
        if label.strip().isdigit():
            yield text, int(label)


def marked(path: Path) -> Iterator[tuple[str, dict[str, list[Span]]]]:
    """Yield each sentence with the spans of source (S), target (T) and reciprocal (R)."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if lines := [line for line in block.splitlines() if line.strip()]:
            yield _sentence(lines)


def _sentence(lines: list[str]) -> tuple[str, dict[str, list[Span]]]:
    """Join the words of a sentence, each with its tag, and its tags to spans."""
    text, last = "", ""
    marks: dict[str, list[Span]] = {"S": [], "T": [], "R": []}
    for line in lines:
        word, tag = line.rsplit(" ", 1)
        start = len(text) + (bool(text) and word not in _STICKS)
        text = text.ljust(start) + word
        kind = tag[-1]
        if tag.startswith("B-") or (tag.startswith("I-") and last[-1:] != kind):
            marks[kind].append((start, len(text)))
        elif tag.startswith("I-"):
            marks[kind][-1] = (marks[kind][-1][0], len(text))
        last = tag
    return text, marks
