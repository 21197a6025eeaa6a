"""The way through the tree from a word to the trigger of an event."""

from typing import NamedTuple

from transforms.events.tree import Tree

_SILENT = frozenset({"conj", "prep", "agent"})  # a preposition is told by its word, at its object
_LONGEST = 12
_TOLD = 3  # steps of either half that are told


class Path(NamedTuple):
    """Up from a word to the first head that it shares with the trigger, then down to that."""

    up: tuple[str, ...]  # dependency labels from the word; a preposition's word for its object
    down: tuple[str, ...]  # labels on the way down to the trigger

    def __str__(self) -> str:
        return "<".join(self.up) + "|" + ">".join(self.down)


def path(tree: Tree, token: int, trigger: int) -> Path | None:
    """Return the way from a word to a trigger in its sentence; None where it is too far.

    Coordination is no step: of `Peru and Chile met` both are subjects.
    """
    spine = [trigger, *tree.ancestors(trigger)]
    up: list[str] = []
    for _ in range(_LONGEST):
        if token in spine:
            down = [tree.deps[t] for t in spine[: spine.index(token)]]
            steps = [dep for dep in down if dep != "conj"]
            return Path(_cut(up), _cut(steps)[::-1])
        dep = tree.deps[token]
        if dep == "pobj":
            up.append(tree.words[tree.heads[token]])
        elif dep not in _SILENT:
            up.append(dep)
        token = tree.heads[token]
    return None


def _cut(steps: list[str]) -> tuple[str, ...]:
    return (*steps[:_TOLD], "…") if len(steps) > _TOLD else tuple(steps)
