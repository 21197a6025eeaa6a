"""Mentions of one happening clustered across reports, on ECB+ topics 1 to 35.

A topic is a batch. Scored are our events whose trigger is a marked action that takes part in a
chain, against the chains: pairs, and CoNLL F1 (the mean of MUC, B3 and CEAF-e). Every third topic
is kept for the end.
"""

import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
from chain import whole_chain
from report import parser, report
from scipy.optimize import linear_sum_assignment
from score import Score, Span, overlap, row, share

from schemas import Article, new_article
from transforms.events import clusters_of, happenings
from transforms.events.clusters import Happening

Sets = list[frozenset[str]]
_TOPICS = 35


def main() -> None:
    """Measure and print."""
    options = parser(__doc__, held_out="the third of the topics kept for the end").parse_args()
    chain, sums = whole_chain(), Counter[str]()
    pairs = Score()
    for topic in _topics(options.data / "events/ecbplus", held_out=options.held_out):
        found, wanted = _topic(topic, chain)
        _add_pairs(pairs, found, wanted)
        sums.update(_conll(found, wanted))
        sums.update(mentions=sum(map(len, wanted)))
    rows = [
        row(f"{name}", "ecbplus", sums["mentions"], _figures(sums, name))
        for name in ("muc", "b3", "ceafe")
    ]
    mean = sum(each["f1"] for each in rows) / len(rows)
    rows.append(row("CoNLL", "ecbplus", sums["mentions"], {"f1": mean}))
    rows.append(pairs.row("pairs", "ecbplus"))
    report(
        "Clusters: " + ("the part kept for the end" if options.held_out else "the part to tune on"),
        rows,
        options.json,
    )


def _topics(folder: Path, *, held_out: bool) -> Iterator[Path]:
    topics = sorted((p for p in folder.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
    for index, path in enumerate(path for path in topics if int(path.name) <= _TOPICS):
        if (index % 3 == 2) == held_out:
            yield path


def _topic(folder: Path, read: Callable[[Article], Article]) -> tuple[Sets, Sets]:
    """Return our clusters and the chains, both of the ids of the events that are in a chain."""
    groups: dict[str, list[Happening]] = defaultdict(list)
    chains: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*.xml")):
        text, marked = _document(path)
        article = read(new_article(text, id=path.stem))
        for event in article.events or ():
            span = event.trigger.start, event.trigger.end
            for chain in [c for c, s in marked if overlap(s, span)][:1]:
                chains[chain].add(event.event_id)
        for group, happening in happenings(article):
            groups[group].append(happening)
    known = set().union(*chains.values()) if chains else set()
    ours: dict[str, set[str]] = defaultdict(set)
    for cluster in (c for group in groups.values() for c in clusters_of(group)):
        if cluster.event_id in known:
            ours[cluster.cluster_id].add(cluster.event_id)
    return list(map(frozenset, ours.values())), list(map(frozenset, chains.values()))


def _document(path: Path) -> tuple[str, list[tuple[str, Span]]]:
    """Return the text, a sentence a line, and the actions of chains with their spans."""
    root = ET.parse(path).getroot()
    text, last, spans = "", "0", dict[str, Span]()
    for token in root.iter("token"):
        gap = "" if not text else "\n" if token.get("sentence") != last else " "
        text += gap + (token.text or "")
        spans[token.get("t_id", "")] = (len(text) - len(token.text or ""), len(text))
        last = token.get("sentence")
    mentions = {
        mark.get("m_id"): [spans[anchor.get("t_id", "")] for anchor in mark.iter("token_anchor")]
        for mark in root.iterfind("Markables/*")
        if mark.tag.startswith(("ACTION", "NEG_ACTION"))
    }
    return text, [
        (relation.get("note", ""), span)
        for relation in root.iter("CROSS_DOC_COREF")
        for source in relation.iterfind("source")
        for span in mentions.get(source.get("m_id"), [])
    ]


def _add_pairs(score: Score, found: Sets, wanted: Sets) -> None:
    ours, theirs = _pairs(found), _pairs(wanted)
    score.add(found=len(ours), wanted=len(theirs), right=len(ours & theirs))


def _pairs(sets: Iterable[frozenset[str]]) -> set[tuple[str, ...]]:
    return {pair for one in sets for pair in combinations(sorted(one), 2)}


def _conll(found: Sets, wanted: Sets) -> dict[str, float]:
    """Return the numerators and denominators of precision and recall, to be added up."""
    sums: dict[str, float] = {}
    for side, ones, others in (("p", found, wanted), ("r", wanted, found)):
        of = {mention: number for number, other in enumerate(others) for mention in other}
        parts = [Counter(of[mention] for mention in one) for one in ones]
        sums[f"muc {side} right"] = sum(
            len(one) - len(part) for one, part in zip(ones, parts, strict=True)
        )
        sums[f"muc {side} all"] = sum(len(one) - 1 for one in ones)
        sums[f"b3 {side} right"] = sum(
            n * n / len(one) for one, part in zip(ones, parts, strict=True) for n in part.values()
        )
        sums[f"b3 {side} all"] = sum(map(len, ones))
        sums[f"ceafe {side} all"] = len(ones)
    sums["ceafe p right"] = sums["ceafe r right"] = _aligned(found, wanted)
    return sums


def _aligned(found: Sets, wanted: Sets) -> float:
    if not found or not wanted:
        return 0.0
    like = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in wanted] for a in found])
    return float(like[linear_sum_assignment(-like)].sum())


def _figures(sums: Counter[str], name: str) -> dict[str, float]:
    precision, recall = (
        share(sums[f"{name} {side} right"], sums[f"{name} {side} all"]) for side in "pr"
    )
    f1 = share(2 * precision * recall, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


if __name__ == "__main__":
    main()
