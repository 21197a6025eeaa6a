"""Widen the classes of nouns with WordNet's; writes `seeds/events/wordnet.toml`.

`seeds/events/nouns.toml` names by hand what news is mostly about, and is asked first. What else is a
building, a vehicle, a place or somebody is read off WordNet 3.0: each noun of whose uses most lie
under one of the synsets below. How often which sense is meant is WordNet's own count. Left out are
names, what is a verb or an adjective as well, what WordNet marks as slang or slur, compounds for
somebody, and others whose last word says the same. Of which sector somebody is, is not read off it.

WordNet's files (`data.noun`, `index.noun`, `cntlist.rev`) are those of Debian's package
`wordnet-base`: `python benchmarks/widen_nouns.py /usr/share/wordnet`.
"""

import argparse
import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from seeds import read_toml

_TARGET = Path(__file__).parent.parent / "seeds" / "events" / "wordnet.toml"
_SHARE = 0.6  # of the uses of a noun, at least
_UNCOUNTED = 0.5  # uses of a sense that WordNet's counted texts do not have
_NOUN = re.compile(r"[a-z][a-z -]{2,}")
_SLUR = re.compile(
    r"\b(?:slur|offensive|disparag|derogat|insult|obscene|vulgar|contemptible|stupid|sexual|foolish|despicable|promiscuous"
    r"|undignified|fellatio|masturbat|prostitut|abuse|homosexual|American Indian woman|black person|lustful|whore)"
)
_HEADER = """\
# Nouns of WordNet 3.0 by class, in the shape of nouns.toml, which is asked first. Written by
# benchmarks/widen_nouns.py; do not edit. Licence: see NOTICE.
"""


class Group(NamedTuple):
    """What the nouns under some synsets are; a synset is a noun and the number of its sense."""

    synsets: tuple[str, ...]
    classes: tuple[str, ...]
    kind: str | None = None
    sector: str | None = None


_GROUPS = (
    Group(
        (
            *("building 1", "establishment 4", "housing 1", "shelter 1"),
            *("memorial 3", "bridge 1", "farm 1", "road 1", "workplace 1", "place_of_worship 1"),
        ),
        ("facility", "target", "place"),
        "place",
    ),
    Group(("vehicle 1",), ("vehicle", "target")),
    Group(("geological_formation 1", "body_of_water 1", "land 4"), ("place",), "place"),
    Group(
        ("settlement 6", "municipality 1", "district 1"), ("settlement", "place", "target"), "place"
    ),
    Group(("person 1",), ("actor", "person"), "person"),
)


class _WordNet:
    """The nouns of WordNet: synsets by their offsets in the file, senses by noun."""

    def __init__(self, folder: Path) -> None:
        self.glosses: dict[str, str] = {}
        self.hypernyms: dict[str, list[str]] = {}
        self.spellings: dict[str, list[str]] = {}
        self.marked: set[str] = set()
        for line in _lines(folder / "data.noun"):
            data, _, self.glosses[line[:8]] = line.partition(" | ")
            fields = data.split()
            last = 4 + 2 * int(fields[3], 16)
            self.spellings[line[:8]] = fields[4:last:2]
            pointers = fields[last + 1 :]
            kinds = pointers[: 4 * int(fields[last]) : 4]
            targets = pointers[1 : 4 * int(fields[last]) : 4]
            self.hypernyms[line[:8]] = [
                t for kind, t in zip(kinds, targets, strict=True) if kind == "@"
            ]
            if ";u" in kinds:  # slang, archaism, disparagement
                self.marked.add(line[:8])
        self.senses = {
            fields[0]: fields[6 + int(fields[3]) :]
            for fields in map(str.split, _lines(folder / "index.noun"))
        }
        self.others = {  # what is an adjective or a verb as well
            line.split(maxsplit=1)[0]
            for part in ("adj", "verb")
            for line in _lines(folder / f"index.{part}")
        }
        self._counts: dict[tuple[str, int], float] = {}
        for line in _lines(folder / "cntlist.rev"):
            key, number, count = line.split()
            if "%1:" in key:
                self._counts[key.partition("%")[0], int(number)] = float(count)

    def uses(self, noun: str) -> Iterator[tuple[str, float]]:
        """Yield the synsets of a noun and how often each is meant."""
        for number, synset in enumerate(self.senses[noun], 1):
            yield synset, self._counts.get((noun, number), _UNCOUNTED)

    def synset(self, name: str) -> str:
        """Return the synset that is named as `farm 1`."""
        noun, _, number = name.partition(" ")
        return self.senses[noun][int(number) - 1]

    @functools.cache  # noqa: B019 - one WordNet a run
    def above(self, synset: str) -> tuple[str, ...]:
        """Return the synset and all above it, the nearest first."""
        found, level = [], [synset]
        while level:
            found += level
            level = [above for each in level for above in self.hypernyms[each]]
        return tuple(dict.fromkeys(found))


def main() -> None:
    """Read WordNet, write the table, print how many nouns each group has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordnet", type=Path, metavar="DIR", help="the folder with data.noun")
    wordnet = _WordNet(parser.parse_args().wordnet)
    roots = {wordnet.synset(name): i for i, group in enumerate(_GROUPS) for name in group.synsets}
    known = {noun for group in read_toml("events/nouns.toml")["groups"] for noun in group["nouns"]}
    found: dict[str, int] = {}
    for noun in wordnet.senses:
        if (
            noun.replace("_", " ") not in known
            and (group := _group(wordnet, noun, roots)) is not None
        ):
            found[noun.replace("_", " ")] = group
    told = _without_compounds(found)
    by_group: dict[int, list[str]] = defaultdict(list)
    for noun in sorted(told):
        by_group[told[noun]].append(noun)
    _TARGET.write_text(
        _HEADER + "".join(_written(_GROUPS[i], by_group[i]) for i in sorted(by_group))
    )
    for i, nouns in sorted(by_group.items()):
        print(f"{len(nouns):5d}  {_GROUPS[i].sector or '':3}  {', '.join(_GROUPS[i].classes)}")


def _group(wordnet: _WordNet, noun: str, roots: Mapping[str, int]) -> int | None:
    """Return the group of the most used sense that has one, if most uses lie in its class."""
    uses = sorted(wordnet.uses(noun), key=lambda use: -use[1])
    grouped = ((synset, _nearest(wordnet, synset, roots)) for synset, _ in uses)
    synset, near = next((found for found in grouped if found[1] is not None), ("", None))
    if near is None or synset in wordnet.marked or _SLUR.search(wordnet.glosses[synset]):
        return None
    spelling = next(s for s in wordnet.spellings[synset] if s.lower() == noun)
    if spelling != noun or not _NOUN.fullmatch(noun.replace("_", " ")) or noun.count("_") > 1:
        return None
    if noun in wordnet.others or ("_" in noun and _GROUPS[near].classes[0] == "actor"):
        return None
    alike = sum(n for other, n in uses if _is_alike(wordnet, other, roots, _GROUPS[near]))
    return near if alike >= _SHARE * sum(n for _, n in uses) else None


def _nearest(wordnet: _WordNet, synset: str, roots: Mapping[str, int]) -> int | None:
    return next((roots[above] for above in wordnet.above(synset) if above in roots), None)


def _is_alike(wordnet: _WordNet, synset: str, roots: Mapping[str, int], group: Group) -> bool:
    """Say whether a sense is of a group with the same first class: somebody, a facility."""
    groups = [_GROUPS[roots[above]] for above in wordnet.above(synset) if above in roots]
    return any(each.classes[0] == group.classes[0] for each in groups)


def _without_compounds(found: Mapping[str, int]) -> dict[str, int]:
    """Leave out what its last word says as well. A tobacco shop is a shop."""
    said = {
        noun: (tuple(group["classes"]), group.get("sector"))
        for group in read_toml("events/nouns.toml")["groups"]
        for noun in group["nouns"]
    }
    said |= {noun: (_GROUPS[i].classes, _GROUPS[i].sector) for noun, i in found.items()}
    return {
        noun: i
        for noun, i in found.items()
        if " " not in noun or said.get(noun.rpartition(" ")[2]) != said[noun]
    }


def _written(group: Group, nouns: list[str]) -> str:
    fields = {"classes": list(group.classes), "kind": group.kind, "sector": group.sector}
    lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items() if value]
    return "\n[[groups]]\n" + "\n".join([*lines, f"nouns = {json.dumps(nouns)}"]) + "\n"


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file of WordNet, without the licence at its head."""
    with path.open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in lines if not line.startswith(" "))


if __name__ == "__main__":
    main()
