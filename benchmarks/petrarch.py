"""PETRARCH's own cases of syntax: who acts on whom in 284 sentences made to test a coder.

Their events are coded with toy dictionaries, in which anything can be a verb and made-up countries
act; no type can be compared. So a case is right when for each of its events one of ours has an actor
with the source's name in it and a recipient with the target's, and ours has no other pair of coded
names. Comments (roots 02) are attribution here and no events: they are neither wanted nor an error.
Where a code has names in the text is read from the file itself: a capitalised name that stands for
the most part in sentences with the code. Cases that test dictionaries and dates of actors, which
dateline keeps elsewhere, are among them as in PETRARCH's own count, 209 of 284.
"""

import collections
import enum
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from chain import Chain, whole_chain
from report import parser, report
from score import Row, share

from schemas import Article, Event, Participant, new_article

_NAME = re.compile(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?")
_OFTEN = 0.6  # of the sentences with a name have the code, for the name to be the code's
_SEEN = 2  # sentences with the name, at least
_COMMENT = "02"

Pair = tuple[str, str]


class Case(NamedTuple):
    """A sentence with the pairs of codes that are its events."""

    id: str
    category: str
    text: str
    pairs: frozenset[Pair]

    @property
    def codes(self) -> frozenset[str]:
        """The codes that stand in a pair."""
        return frozenset(code for pair in self.pairs for code in pair)


class Verdict(enum.StrEnum):
    """What came of a case."""

    RIGHT = "right"
    SILENT = "no event found"
    SOURCE = "source not found"
    TARGET = "target not found"
    SWAPPED = "source and target changed about"
    FEWER = "not all pairs"
    MORE = "another pair too"


def main() -> None:
    """Measure and print."""
    options = parser(__doc__).parse_args()
    path = options.data / "events/petrarch/text/PETR.UnitTest.records.xml"
    found = list(read_cases(path))
    names, chain = names_of_codes(found), whole_chain()
    verdicts = [(case, judge(case, names, chain)) for case in found]
    report("PETRARCH's cases of syntax", list(_rows(verdicts)), options.json)
    report("Cases by what came of them", list(_classes(verdicts)), None)


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases that have a sentence."""
    for sentence in ET.parse(path).iter("Sentence"):
        coded = [code.attrib for code in sentence.iter("EventCoding")]
        told = [code for code in coded if not code.get("eventcode", _COMMENT).startswith(_COMMENT)]
        pairs = frozenset((_place(code["sourcecode"]), _place(code["targetcode"])) for code in told)
        text = " ".join((sentence.findtext("Text") or "").split())
        yield Case(sentence.attrib["id"], sentence.attrib["category"], text, pairs)


def _place(code: str) -> str:
    """Return the code without the role in it: ARNGOV is Arnor's."""
    return code.strip('"')[:3]


def names_of_codes(cases: Sequence[Case]) -> Mapping[str, frozenset[str]]:
    """Return the names that stand for each code: they begin with it, or come mostly with it.

    A name stands for one code at most, the one that it goes with more than with any other.
    """
    coded = collections.Counter(code for case in cases for code in case.codes)
    seen, beside = collections.Counter[str](), collections.Counter[tuple[str, str]]()
    for case in cases:
        for name in set(_NAME.findall(case.text)):
            seen[name] += 1
            beside.update((name, code) for code in case.codes)
    found = collections.defaultdict(set)
    for name, number in seen.items():
        if name[:3].upper() in coded:
            found[name[:3].upper()].add(name)
        elif number >= _SEEN:
            code = max(coded, key=lambda code: beside[name, code] / coded[code])
            if beside[name, code] >= _OFTEN * number:
                found[code].add(name)
    return {code: frozenset(names) for code, names in found.items()}


def judge(case: Case, names: Mapping[str, frozenset[str]], chain: Chain) -> Verdict:
    """Say what came of a case."""
    article = chain(new_article(case.text))
    events = article.events or ()
    ours = {pair for event in events for pair in _pairs(event, article, case, names)}
    if case.pairs <= ours:
        return Verdict.MORE if ours - case.pairs else Verdict.RIGHT
    if not events:
        return Verdict.SILENT
    if ours & case.pairs:
        return Verdict.FEWER
    if any((target, source) in ours for source, target in case.pairs):
        return Verdict.SWAPPED
    sources = {source for source, _ in case.pairs}
    actors = (code for event in events for code in _codes(event.actors, article, case, names))
    return Verdict.TARGET if sources & set(actors) else Verdict.SOURCE


def _pairs(
    event: Event, article: Article, case: Case, names: Mapping[str, frozenset[str]]
) -> set[Pair]:
    """Return the pairs of codes in an event; who act on one another do so both ways."""
    actors = _codes(event.actors, article, case, names)
    recipients = _codes(event.recipients, article, case, names) or actors
    return {(one, other) for one in actors for other in recipients if one != other}


def _codes(
    participants: Iterable[Participant],
    article: Article,
    case: Case,
    names: Mapping[str, frozenset[str]],
) -> set[str]:
    """Return which of the case's codes have a name in the words of participants, or are theirs."""
    return {
        code
        for code in case.codes
        for participant in participants
        if code == participant.country
        or any(name in _words(participant, article) for name in names.get(code, ()))
    }


def _words(participant: Participant, article: Article) -> str:
    if participant.antecedent_start is not None:
        return article.text[participant.antecedent_start : participant.antecedent_end]
    return article.text[participant.start : participant.end]


def _rows(verdicts: list[tuple[Case, Verdict]]) -> Iterator[Row]:
    groups = collections.defaultdict(list)
    for case, verdict in verdicts:
        groups[case.category].append(verdict is Verdict.RIGHT)
    groups["all"] = [verdict is Verdict.RIGHT for _, verdict in verdicts]
    groups["all, none but comments left out"] = [
        verdict is Verdict.RIGHT for case, verdict in verdicts if case.pairs
    ]
    for category, right in groups.items():
        yield {"cases": category, "n": len(right), "right": share(sum(right), len(right))}


def _classes(verdicts: list[tuple[Case, Verdict]]) -> Iterator[Row]:
    counts = collections.Counter(verdict for _, verdict in verdicts)
    for verdict, count in counts.most_common():
        yield {"what came of it": verdict.value, "n": count}


if __name__ == "__main__":
    main()
