"""What a page's tags say of its title, authors and day, and whether its text alone told the same.

Read are JSON-LD (`headline`, `author` of type Person, `datePublished`) and the `meta` tags for the
same. A value counts where it stands in the visible text: its words, in small letters, one after the
other; of a day, any of the usual ways to write it. Right: the title is one of those named, the day
is, the authors are the ones named that stand there, neither more nor fewer. Silent: nothing was
found. Wrong: something else was.

**What is the same.** Tags are written for machines, and say what a reader sees in other words:

* A title may carry the site's name, behind a bar, or behind a dash where the page names its site;
  it counts without it too. Tags for search machines shorten headlines or sell them otherwise: the
  page's own heading (`h1`) counts as named where it shares two longer words with a title that is.
* A moment with its zone is one day in one place and the next in another: each day that it is
  anywhere between UTC-10 and UTC+13 counts. A midnight is a day, not a moment.
* Tags often name the first author alone: others whom the page's tags of a byline (`rel=author`)
  name too may be missing or not.
"""

import dataclasses
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from typing import Any

import lxml.html
from pages import Page
from score import Row, row, share

from schemas import Article, new_article
from transforms.segmentation import segment

_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "sailthru.title")
_AUTHORS = ("author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "byl")
_DAYS = (
    *("article:published_time", "datepublished", "date", "pubdate", "dc.date", "sailthru.date"),
    *("parsely-pub-date", "dc.date.issued", "publish-date", "og:article:published_time"),
)
_WORD = re.compile(r"[^\W_]+")
_SITE = re.compile(r"\s+[|»]\s+")
_DASH = re.compile(r"\s+[–—-]\s+")
_ZONED = re.compile(r".*T.*(?:Z|[+-]\d\d:?\d\d)$")
_WEST, _EAST = dt.timedelta(hours=-10), dt.timedelta(hours=13)
_NOT_PERSON = frozenset(
    [
        "agency",
        "ap",
        "associated",
        "bureau",
        "business",
        "company",
        "contributor",
        "contributors",
        "correspondent",
        "desk",
        "editor",
        "editorial",
        "editors",
        "media",
        "network",
        "news",
        "newsroom",
        "press",
        "reporter",
        "staff",
        "team",
        "the",
        "times",
        "tv",
        "writer",
    ]
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}")
_FORMS = (
    *("%B {0} %Y", "%b {0} %Y", "{0} %B %Y", "{0} %b %Y", "%Y %m %d", "{0} {1} %Y"),
    *("{1} {0} %Y", "%d %m %Y", "%m %d %Y", "%Y %B {0}", "{1} {0} %y"),
)


@dataclasses.dataclass(frozen=True)
class Named:
    """What the tags of a page name, each as it is compared."""

    titles: frozenset[str]
    authors: frozenset[str]
    days: frozenset[dt.date]
    more_authors: frozenset[str]  # who may be named as well


def metadata_rows(pages: Sequence[Page], *, errors: bool = False) -> Iterator[Row]:
    """Yield the shares of right, wrong and silent answers for title, day and authors."""
    verdicts: dict[str, Counter[str]] = {what: Counter() for what in ("title", "day", "authors")}
    for page in pages:
        article = segment(new_article(page.text))
        for what, found, wanted, verdict in judge(page, article):
            verdicts[what][verdict] += 1
            if errors and verdict != "right":
                print(page.name[:8], what, verdict, repr(found), wanted)
    for what, counts in verdicts.items():
        total = counts.total()
        yield row(what, "pages", total, {"right": share(counts["right"], total)})
        yield row(f"{what}, wrong", "pages", total, {"right": share(counts["wrong"], total)})


def judge(page: Page, article: Article) -> Iterator[tuple[str, object, object, str]]:
    """Yield what was asked, what was found, what the tags name, and the verdict."""
    named = standing(read_named(page.html), page.text)
    title = plain(article.title or "")
    authors = frozenset(map(plain, article.authors))
    if named.titles:
        yield "title", title, named.titles, _verdict(title, title in named.titles)
    if named.days:
        day = article.published.on if article.published else None
        yield "day", day, named.days, _verdict(day, day in named.days)
    if named.authors:
        is_right = named.authors <= authors <= named.authors | named.more_authors
        yield "authors", authors, named.authors, _verdict(authors, is_right)


def _verdict(found: object, is_right: bool) -> str:
    return "right" if is_right else "wrong" if found else "silent"


def plain(text: str) -> str:
    """Return the words of a text in small letters."""
    return " ".join(_WORD.findall(text.lower().replace("’", "'")))


def standing(named: Named, text: str) -> Named:
    """Leave what stands in a text."""
    words = f" {plain(text)} "
    return Named(
        titles=frozenset(title for title in named.titles if f" {title} " in words),
        authors=frozenset(name for name in named.authors if f" {name} " in words),
        days=frozenset(
            day for day in named.days if any(f" {form} " in words for form in _spelled(day))
        ),
        more_authors=named.more_authors,
    )


def _spelled(day: dt.date) -> Iterator[str]:
    for form in _FORMS:
        yield plain(day.strftime(form.format(day.day, day.month)))
    yield plain(day.strftime(f"Sept {day.day} %Y")) if day.month == 9 else ""
    yield from (f"{day.day}{end} {day:%B %Y}".lower() for end in ("st", "nd", "rd", "th"))
    yield from (f"{day:%B} {day.day}{end} {day.year}".lower() for end in ("st", "nd", "rd", "th"))


def read_named(html: str) -> Named:
    """Read what a page's tags say of it."""
    tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    metas = list(_metas(tree))
    items = list(_json_ld(tree))
    titles = [value for name, value in metas if name in _TITLES]
    titles += [unescape(str(item["headline"])) for item in items if item.get("headline")]
    authors = [value for name, value in metas if name in _AUTHORS]
    authors = [name for item in items for name in _people(item.get("author"))] or authors
    sites = {plain(value) for name, value in metas if name == "og:site_name"}
    days = [str(item["datePublished"]) for item in items if item.get("datePublished")]
    days = days or [value for name, value in metas if name in _DAYS]
    named = frozenset(plain(form) for title in titles for form in _without_site(title, sites))
    return Named(
        titles=(named | frozenset(_headings(tree, named))) - {""},
        authors=frozenset(plain(name) for name in _names(authors)) - sites,
        days=frozenset(day for value in days for day in _days(value)),
        more_authors=frozenset(plain(name) for name in _names(list(_linked_authors(tree)))),
    )


def _without_site(title: str, sites: Collection[str]) -> Iterator[str]:
    """Yield a title as it is, and without what names the site or a section of it."""
    yield title
    yield max(_SITE.split(title), key=len)
    pieces = _DASH.split(title)
    if len(pieces) > 1 and plain(pieces[-1]) in sites:
        yield title[: title.rindex(pieces[-1])]


def _headings(tree: Any, titles: Collection[str]) -> Iterator[str]:
    """Yield the headings that tell in other words what a title does."""
    longer = {word for title in titles for word in title.split() if len(word) > 3}
    for heading in tree.iter("h1"):
        words = plain(heading.text_content())
        if len(longer.intersection(words.split())) > 1:
            yield words


def _linked_authors(tree: Any) -> Iterator[str]:
    for tag in tree.xpath('//*[@rel="author" or @itemprop="author"]'):
        yield " ".join(tag.text_content().split())


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        yield name.lower(), unescape((tag.get("content") or "").strip())


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the items of JSON-LD that are articles."""
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            parsed = json.loads(script.text_content(), strict=False)
        except json.JSONDecodeError:
            continue
        for item in _items(parsed):
            if re.search(r"Article|Posting|Report|Review", str(item.get("@type"))):
                yield item


def _items(parsed: Any) -> Iterator[dict[str, Any]]:
    if isinstance(parsed, dict):
        yield parsed
        yield from _items(parsed.get("@graph"))
    elif isinstance(parsed, list):
        for each in parsed:
            yield from _items(each)


def _people(author: Any) -> Iterator[str]:
    if isinstance(author, str):
        yield author
    elif isinstance(author, list):
        for each in author:
            yield from _people(each)
    elif isinstance(author, dict) and author.get("@type", "Person") == "Person":
        yield from _people(author.get("name"))


def _names(authors: Sequence[str]) -> Iterator[str]:
    """Yield the people that a value names, not the agencies: "By Jane Doe and Max Roe" are two."""
    for value in authors:
        for name in re.split(r"\s*(?:,|;|\band\b|&)\s*", re.sub(r"^[Bb]y:? ", "", value.strip())):
            if _NAME.fullmatch(name) and not _NOT_PERSON.intersection(name.lower().split()):
                yield name


def _days(value: str) -> Iterator[dt.date]:
    """Yield the days on which a moment was, somewhere."""
    try:
        moment = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        return
    if moment.year <= 1:  # what some programs write for "not known"
        return
    yield moment.date()
    if _ZONED.match(value.strip()) and moment.time() != dt.time():
        first, last = (moment.astimezone(dt.timezone(zone)).date() for zone in (_WEST, _EAST))
        yield from {first, last} - {moment.date()}
