"""The article that this project was asked for: what must come out right, one check a line."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import report
from chain import whole_chain

from schemas import Article, Event, new_article

NAME = "articles/000_d44cbfec86e83b58.txt"

# The kind of each of its 22 non-blank lines.
LINES = (  # noqa: SIM905 - as it stands on the page
    "boilerplate boilerplate title subtitle byline published caption body body body boilerplate "
    "body body body body boilerplate body body body body body boilerplate"
).split()

DATES = {  # expression: value, first day, last day
    "today": ("2014-06-26", "2014-06-26", "2014-06-26"),
    "the past two weeks": ("P2W", "2014-06-12", "2014-06-26"),
    "July 1": ("2014-07-01", "2014-07-01", "2014-07-01"),
    "April 30": ("2014-04-30", "2014-04-30", "2014-04-30"),
    "earlier in the week": ("2014-W26", "2014-06-23", "2014-06-26"),
}

LINKS = {  # mention: Wikidata item, GeoNames id
    "Iraq": "Q796",
    "Syria": "Q858",
    "Russia": "Q159",
    "Belarus": "Q184",
    "Iran": "Q794",
    "US": "Q30",
    "Baghdad": "Q1530",
    "Tikrit": "Q165444",
    "ISIS": "Q2429253",
    "Islamic State of Iraq and Syria": "Q2429253",
    "Maliki": "Q57673",
    "Nouri al-Maliki": "Q57673",
    "Assad": "Q44329",
    "Bashar al-Assad": "Q44329",
    "William Hague": "Q58282",
    "John Kerry": "Q22316",
}


class Check(NamedTuple):
    """Something that must hold."""

    what: str
    holds: bool


def checks(article: Article) -> Iterator[Check]:
    """Yield every check."""
    yield from _segment_checks(article)
    for text, (value, first, last) in DATES.items():
        days = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        found = [date for date in article.dates or () if date.text == text]
        right = [d for d in found if (d.value, (d.first_day, d.last_day)) == (value, days)]
        yield Check(f"date: {text} is {value}", bool(found) and found == right)
    for text, item in LINKS.items():
        items = {entity.wikidata_id for entity in article.entities or () if entity.text == text}
        yield Check(f"link: {text} is {item}", items == {item})
    yield from _event_checks(article)


def _segment_checks(article: Article) -> Iterator[Check]:
    kinds, at = [], 0
    for line in article.text.splitlines(keepends=True):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            kinds += [zone.kind for zone in article.zones or () if zone.start <= start < zone.end]
        at += len(line)
    lines = [line for line in article.text.splitlines() if line.strip()]
    yield Check(f"zones: {sum(map(str.__eq__, kinds, LINES))} of 22 lines", kinds == LINES)
    yield Check("title", article.title == lines[LINES.index("title")])
    yield Check("author", article.authors == (lines[LINES.index("byline")].removeprefix("by "),))
    published = dt.datetime(2014, 6, 26, 20, 4, tzinfo=dt.UTC)
    yield Check("published", article.published is not None and article.published.at == published)


def _event_checks(article: Article) -> Iterator[Check]:
    events = [event for event in article.events or () if event.is_asserted]
    wanted: dict[str, Callable[[Event], bool]] = {
        "the strikes: Syria, MIL, ASSAULT": lambda e: (
            e.event_type == "ASSAULT" and _acts(e, "SYR", "MIL") and e.zone == "body"
        ),
        "the jets strike Qaim": lambda e: (
            e.event_type == "ASSAULT" and _acts(e, "SYR", None) and _names(e, "Qaim")
        ),
        "the jets bought from Russia and Belarus: Iraq, COOPERATE": lambda e: (
            e.event_type == "COOPERATE"
            and _acts(e, "IRQ", None)
            and {r.country for r in e.recipients} == {"RUS", "BLR"}
        ),
        "the bombardment of villages: Sunni forces, ASSAULT": lambda e: (
            e.event_type == "ASSAULT"
            and any("Sunni" in (a.text or "") for a in e.actors)
            and any("villages" in (r.text or "") for r in e.recipients)
        ),
        "the fighting in Tikrit: ASSAULT": lambda e: (
            e.event_type == "ASSAULT" and e.place is not None and e.place.wikidata_id == "Q165444"
        ),
    }
    for what, is_it in wanted.items():
        yield Check(f"event: {what}", any(map(is_it, events)))
    denied = article.text.index("make any request")
    yield Check(
        "no event: the request that was not made",
        not any(denied <= e.trigger.start < denied + 20 for e in events),
    )
    quiet = [z for z in article.zones or () if z.kind not in {"body", "title", "subtitle"}]
    triggers = [event.trigger.start for event in article.events or ()]
    yield Check(
        "no event: photo credit, Twitter line and their like",
        not any(zone.start <= at < zone.end for zone in quiet for at in triggers),
    )


def _acts(event: Event, country: str, sector: str | None) -> bool:
    return any(a.country == country and sector in {None, a.sector} for a in event.actors)


def _names(event: Event, name: str) -> bool:
    where = (*event.recipients, *((event.place,) if event.place else ()))
    return any(name in (entity.text or "") for entity in where)


def main() -> None:
    """Print the checks that fail (`--all`: every one), and how many hold."""
    parser = report.parser(__doc__)
    parser.add_argument("--all", action="store_true", help="print the checks that hold, too")
    arguments = parser.parse_args()
    article = new_article((arguments.data / NAME).read_text(encoding="utf-8"))
    found = list(checks(whole_chain()(article)))
    for check in found:
        if arguments.all or not check.holds:
            print("ok  " if check.holds else "FAIL", check.what)
    right = sum(check.holds for check in found)
    row = {"what": "checks", "on": NAME, "n": len(found), "right": right}
    row["failed"] = len(found) - right
    report.report("The article that was asked for", [row], arguments.json)
    if row["failed"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
