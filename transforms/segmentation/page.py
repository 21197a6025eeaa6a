"""A whole page: its story, and the headline, authors and day that stand above it.

Menus, teasers and buttons stand between them, so that nothing but the story can be told from where
it stands: the headline is the line above that shares its words and is credited, and author and day
are looked for close to the headline.
"""

from collections.abc import Sequence

from schemas import ZoneKind
from transforms.segmentation.byline import has_author, is_bare_byline, is_byline
from transforms.segmentation.candidates import is_by, is_dated
from transforms.segmentation.core import is_whole_page
from transforms.segmentation.features import read_hits
from transforms.segmentation.headline import choose_headline
from transforms.segmentation.lines import Unit, without_bullet
from transforms.segmentation.published import is_labelled, is_stamp, read_loose_stamp
from transforms.segmentation.rules import boilerplate, is_caption
from transforms.segmentation.story import find_story
from transforms.segmentation.zones import Kinds, classify_article, plain

# Lines above and below the headline in which author and day are looked for.
_OVER = 4
_UNDER = 12


def classify(units: Sequence[Unit], title: str | None = None) -> list[ZoneKind]:
    """Return what each unit is. `title` is the headline, where it came with the article."""
    if len(units) <= 1:
        return ["body"] * len(units)
    kinds = _classify_page(units, title) if is_whole_page(units) else classify_article(units, title)
    return [kind or "body" for kind in kinds]


def _classify_page(units: Sequence[Unit], title: str | None) -> Kinds:
    hits = read_hits(units)
    story = find_story(units, hits)
    given = _find_given(units, title, story)
    headline, is_sure = (given, True) if given is not None else choose_headline(units, hits, story)
    kinds: Kinds = ["body" if is_story else "boilerplate" for is_story in story]
    _label_beside(units, kinds, story)
    if headline is None:  # day and authors are looked for where the story begins
        begin = story.index(True)
        near = range(max(begin + 1 - _UNDER, 0), min(begin + _UNDER, len(units)))
        far = range(near.start - 1, max(near.start - 1 - _OVER, -1), -1)
        _label_credits(units, kinds, near, far, begin)
    else:
        _label_head(units, kinds, headline, is_sure=is_sure)
    return kinds


def _find_given(units: Sequence[Unit], title: str | None, story: Sequence[bool]) -> int | None:
    """Return the unit that repeats the given title, the last one above the story's second line."""
    wanted = plain(title or "")
    if not wanted:
        return None
    last = story.index(True) + 2
    found = [i for i, unit in enumerate(units[:last]) if plain(unit.text[:600]) == wanted]
    return found[-1] if found else None


def _label_beside(units: Sequence[Unit], kinds: Kinds, story: Sequence[bool]) -> None:
    """Label what stands inside of the story or just below it and is none of it."""
    begin = story.index(True)
    end = len(story) - story[::-1].index(True)
    for i in range(begin, min(end + 4, len(units))):
        text = units[i].text
        if story[i]:
            continue
        if is_labelled(text) and is_stamp(text):
            kinds[i] = "published"
        elif i < end and is_byline(text):
            kinds[i] = "byline"
        elif is_caption(units[i]):
            kinds[i] = "caption"


def _label_head(units: Sequence[Unit], kinds: Kinds, headline: int, *, is_sure: bool) -> None:
    """Label day and authors below the headline, or else above it; title and subtitle if it is sure."""
    if is_sure:
        kinds[headline] = "title"
    below = range(headline + 1, min(headline + 1 + _UNDER, len(units)))
    above = range(headline - 1, max(headline - 1 - _OVER, -1), -1)
    _label_credits(units, kinds, below, above, headline)
    for i in below[:3] if is_sure else ():
        if kinds[i] == "boilerplate" and _can_be_subtitle(units[i]):
            kinds[i] = "subtitle"
            return


def _label_credits(
    units: Sequence[Unit], kinds: Kinds, first: range, then: range, headline: int
) -> None:
    """Label day and authors in the first lines, or else in the others."""
    if not _label_day(units, kinds, first):
        _label_day(units, kinds, then)
    if not _label_authors(units, kinds, first, headline):
        _label_authors(units, kinds, then, headline)


def _label_day(units: Sequence[Unit], kinds: Kinds, lines: range) -> bool:
    """Label the first line with a date; a date of change alone does not end the search."""
    for i in lines:
        text = without_bullet(units[i].text)
        if is_dated(units[i]) and not _is_told(units[i], kinds[i]):
            kinds[i] = "byline" if is_byline(text) or has_author(text) else "published"
            stamp = read_loose_stamp(text)
            if stamp is not None and not stamp.updated:
                return True
    return False


def _is_told(unit: Unit, kind: ZoneKind | None) -> bool:
    """Whether a line with a date is a sentence of the story."""
    return kind == "body" and unit.closed


def _label_authors(units: Sequence[Unit], kinds: Kinds, lines: range, headline: int) -> bool:
    """Label the first line that names people as a byline does, or two: "By", "Jane Doe"."""
    for i in lines:
        text = without_bullet(units[i].text)
        if is_byline(text) or kinds[i] == "byline":
            kinds[i] = "byline"
            return True
        if i + 1 < len(units) and is_by(text) and is_bare_byline(units[i + 1].text):
            kinds[i] = kinds[i + 1] = "byline"
            return True
        if kinds[i] != "body" and is_bare_byline(text) and _is_beside_credit(kinds, i, headline):
            kinds[i] = "byline"
            return True
    return False


def _is_beside_credit(kinds: Kinds, index: int, headline: int) -> bool:
    near = kinds[max(index - 2, 0) : index + 3]
    return index == headline + 1 or "published" in near


def _can_be_subtitle(unit: Unit) -> bool:
    return (
        6 <= unit.words <= 60
        and without_bullet(unit.text) == unit.text
        and not (is_caption(unit) or boilerplate(unit, "head"))
    )
