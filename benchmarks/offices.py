"""Who held which office on a day: 100 office holders on three days each, and what that costs.

Holders are chosen by a hash of their ids among those of the knowledge base all of whose terms in the
table of roles (data `knowledge`) have a first and a last day and nothing flagged. The days are the
middle of a term, one ten years before the first and one ten years after the last. An answer is right
if it is an office that the table has them in on that day; on the others, if it is none. Then the
memory that a second and a third process need that link names, in MB beside what they share.
"""

import datetime as dt
import hashlib
import multiprocessing
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from gold import gold_articles
from report import parser, report
from score import Row, row, share

from schemas import Article
from transforms.entities import KnowledgeBase, link_entities, office_on
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

_HOLDERS = 100
_YEARS = dt.timedelta(days=3653)
_DAY = 10  # characters of an ISO day

Terms = list[tuple[dt.date, dt.date, str]]


def main() -> None:
    """Measure and print."""
    options = parser(__doc__).parse_args()
    kb, table = KnowledgeBase(), pq.read_table(options.data / "knowledge/roles.parquet").to_pylist()
    wrong = list(_wrong(kb, _holders(kb, table)))
    n = 3 * _HOLDERS
    rows = [row("office on the day", "roles", n, {"right": share(n - len(wrong), n)})]
    for line in wrong:
        print(line)
    flagged = sum(1 for term in table if term["date_flag"] != "ok")
    print(f"{flagged} of {len(table)} rows of the table are flagged as doubtful in it")
    articles = _parsed()
    rows += [_memory(number, articles) for number in (2, 3)]
    report(
        f"Offices and memory; knowledge base {kb.version}",
        [_with_mb(r) for r in rows],
        options.json,
    )


def _with_mb(figures: Row) -> Row:
    return {**figures, "MB": figures.get("MB")}


def _holders(kb: KnowledgeBase, table: list[dict[str, Any]]) -> dict[str, Terms]:
    """Return the terms of the holders that are asked about."""
    terms: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for term in table:
        terms[term["id"]].append(term)
    clear = (holder for holder, held in terms.items() if all(map(_is_clear, held)))
    ordered = sorted(clear, key=lambda holder: hashlib.sha256(holder.encode()).digest())
    known = [holder for holder in ordered if kb.number(holder) is not None][:_HOLDERS]
    return {holder: sorted(map(_term, terms[holder])) for holder in known}


def _is_clear(term: dict[str, Any]) -> bool:
    days = (term["start"] or "", term["end"] or "")
    return term["date_flag"] == "ok" and all(len(day) == _DAY for day in days)


def _term(term: dict[str, Any]) -> tuple[dt.date, dt.date, str]:
    first, last = map(dt.date.fromisoformat, (term["start"], term["end"]))
    return first, last, term["title"]


def _wrong(kb: KnowledgeBase, holders: dict[str, Terms]) -> Iterator[str]:
    for holder, terms in holders.items():
        first, last, _ = terms[len(terms) // 2]
        days = (first + (last - first) / 2, terms[0][0] - _YEARS, max(t[1] for t in terms) + _YEARS)
        for day in days:
            held = {title for start, end, title in terms if start <= day <= end}
            office = office_on(kb, holder, day)
            title = office.title if office and office.title else None
            if title not in (held or {None}):
                yield f"{holder} on {day}: {title}, in the table {sorted(held)}"


def _parsed() -> list[Article]:
    segment, parse = load_segmenter(), load_parser()
    return [parse(segment(article)) for article, _ in gold_articles()]


def _memory(number: int, articles: list[Article]) -> Row:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        figures = {"MB": pool.apply(_added, (articles,))}
    return row(f"memory of process {number}", "seeds", len(articles), figures)


def _added(articles: list[Article]) -> float:
    """Return by how much a process grows that opens the knowledge base and links articles."""
    before = _private()
    kb = KnowledgeBase()
    for article in articles:
        link_entities(article, kb=kb)
    return _private() - before


def _private() -> float:
    """Return the memory that this process shares with no other, in MB."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024


if __name__ == "__main__":
    main()
