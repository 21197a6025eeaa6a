"""Which lines are the story, and what the others are.

A page is read from both ends: from its head down to the first paragraph, and from its foot up to
the last. What stands between is the story, but for what its own words give away.
"""

import re
from collections.abc import Iterator, Sequence

from schemas import ZoneKind
from transforms.segmentation.byline import is_author, is_bare_byline, is_byline
from transforms.segmentation.core import LONGEST_TITLE, is_headline, is_prose
from transforms.segmentation.dateline import read_dateline
from transforms.segmentation.export import begins_label
from transforms.segmentation.features import rarer_words
from transforms.segmentation.lines import Unit
from transforms.segmentation.published import find_date, is_labelled, is_stamp
from transforms.segmentation.rules import boilerplate, is_caption, is_entry, is_section

# How far down a headline, byline or date is looked for.
_LONGEST_HEAD = 30
_NOT_WORDS = re.compile(r"[\W_]+")
_BETWEEN_WORDS = re.compile(r"(?: ?[|•·,–—-])? (?:[|•·–—-] )?")
_LONGEST_CREDIT = 24  # words
_LEAST_TITLE = 15  # letters of a line that another one can hold
_FOOT = re.compile(
    r"\[END\]|-30-|###|\((?:additional )?(?:reporting|writing|editing) by ", re.IGNORECASE
)
_METADATA = frozenset({"byline", "published"})

Kinds = list[ZoneKind | None]


def begins_unit(line: str) -> bool:
    """Whether a line begins a unit of its own, in text whose paragraphs were broken into lines."""
    if len(line) > 200:
        return False
    if is_stamp(line) or is_byline(line) or begins_label(line) or _FOOT.match(line):
        return True
    origin = read_dateline(line, colon=False)
    return origin is not None and bool(origin.date or origin.agency)


def classify_article(units: Sequence[Unit], title: str | None) -> Kinds:
    """Label the units of an article that has little around it."""
    kinds: Kinds = [None] * len(units)
    begin = _label_head(units, kinds, title)
    _label_story(units, kinds, begin)
    _label_tail(units, kinds, begin)
    return kinds


def _label_head(units: Sequence[Unit], kinds: Kinds, title: str | None) -> int:
    """Label what stands above the story; return the index of the story's first unit."""
    given = _find_title(units, title)
    for i, unit in enumerate(units[:_LONGEST_HEAD]):
        if i != given:
            kinds[i] = _kind_in_head(unit)
    begin = _find_story(units, kinds, given)
    for i in range(begin, min(len(units), _LONGEST_HEAD)):
        kinds[i] = None  # the story has rules of its own
    if given is None or given >= begin:
        given = _choose_title(units, kinds, begin)
    _label_headlines(units, kinds, begin, given)
    return begin


def _kind_in_head(unit: Unit) -> ZoneKind | None:
    if is_stamp(unit.text):
        return "published"
    if is_byline(unit.text) or (not unit.closed and split_credit(unit)):
        return "byline"
    if is_caption(unit):
        return "caption"
    return "boilerplate" if is_section(unit) or boilerplate(unit, "head") else None


def _find_title(units: Sequence[Unit], title: str | None) -> int | None:
    """Return the index of the unit that repeats the given title."""
    wanted = plain(title or "")
    if not wanted:
        return None
    for i, unit in enumerate(units[:_LONGEST_HEAD]):
        if len(unit.text) < 2 * len(wanted) + 40 and plain(unit.text) == wanted:
            return i
    return None


def plain(text: str) -> str:
    """Return a text's letters and digits, capitals and small letters being one."""
    return _NOT_WORDS.sub("", text).casefold()


def _find_story(units: Sequence[Unit], kinds: Kinds, title: int | None) -> int:
    """Return the index of the unit with which the story begins."""
    last = _last_metadata(units, kinds)
    begin = max(last, -1 if title is None else title) + 1
    for i in range(begin, min(len(units), _LONGEST_HEAD)):
        if kinds[i] is None and i != title and _begins_story(units[i]):
            return i
    return _begin_without_prose(units, kinds, title)


def _begins_story(unit: Unit) -> bool:
    return is_prose(unit) or _has_dateline(unit) or is_entry(unit)


def _has_dateline(unit: Unit) -> bool:
    if not (unit.closed or unit.words >= 8 or unit.text[-1] in "-—–_])"):
        return False
    return read_dateline(unit.text) is not None


def _last_metadata(units: Sequence[Unit], kinds: Kinds) -> int:
    """Return the index of the last byline or date above the story; -1 where there is none.

    A summary may stand above them, but not a story.
    """
    last, paragraphs = -1, 0
    for i, unit in enumerate(units[:_LONGEST_HEAD]):
        if kinds[i] in _METADATA:
            last = i
        elif kinds[i] is None and _begins_story(unit):
            paragraphs += 1
            if paragraphs > 1 or unit.words > 60 or _has_dateline(unit):
                break
    follows = any(kind is None and is_prose(unit) for unit, kind in _rest(units, kinds, last + 1))
    return last if follows else -1


def _rest(
    units: Sequence[Unit], kinds: Kinds, begin: int
) -> Iterator[tuple[Unit, ZoneKind | None]]:
    return zip(units[begin:], kinds[begin:], strict=True)


def _begin_without_prose(units: Sequence[Unit], kinds: Kinds, title: int | None) -> int:
    """Return where the story begins on a page without a paragraph: below its first line."""
    plain = [i for i, kind in enumerate(kinds) if kind is None and i != title]
    if not plain:
        return len(units)
    headed = title is None and len(plain) > 1 and is_headline(units[plain[0]])
    return plain[1] if headed else plain[0]


def _label_headlines(units: Sequence[Unit], kinds: Kinds, begin: int, title: int | None) -> None:
    """Label title, subtitle and what else stands in the head without saying what it is."""
    for i in range(begin):
        if kinds[i] is not None:
            continue
        if i == title:
            kinds[i] = "title"
        elif _is_credit(units, kinds, i, title):
            kinds[i] = "byline"
        elif title is not None and i > title and (units[i].words > 3 or units[i].closed):
            kinds[i] = "subtitle"
        else:
            kinds[i] = "boilerplate"


def _choose_title(units: Sequence[Unit], kinds: Kinds, begin: int) -> int | None:
    """Return the index of the headline: the first line in the head of more than a few words.

    One that has no word of what follows it (a slug, a contact, a banner) is passed over for one
    that has, and one that holds another, with the site's name or a trail of sections, for that.
    """
    free = [i for i in range(begin) if kinds[i] is None]
    lines = [i for i in free if is_headline(units[i]) and not _is_credit(units, kinds, i, None)]
    long = [i for i in lines if units[i].words > 3]
    if long:
        chosen = next((i for i in long if _is_told(units, kinds, i, begin)), long[0])
        return _within(units, chosen, lines)
    if lines:
        return max(lines, key=lambda i: units[i].words)
    return next((i for i in free if units[i].words <= LONGEST_TITLE), None)


def _is_told(units: Sequence[Unit], kinds: Kinds, index: int, begin: int) -> bool:
    """Whether what follows a line has a word of it, what only repeats it apart."""
    words, own = rarer_words(units[index].text), plain(units[index].text)
    follow = range(index + 1, min(begin + 10, len(units)))
    return any(
        words & rarer_words(units[i].text)
        for i in follow
        if kinds[i] is None and not own.startswith(plain(units[i].text))
    )


def _within(units: Sequence[Unit], index: int, lines: Sequence[int]) -> int:
    """Return the line that a line begins or ends with, where there is one; else itself."""
    own = plain(units[index].text)
    for i in lines:
        text = plain(units[i].text)
        if _LEAST_TITLE <= len(text) < len(own) and (own.startswith(text) or own.endswith(text)):
            return i
    return index


def _is_credit(units: Sequence[Unit], kinds: Kinds, index: int, title: int | None) -> bool:
    """Whether a line of names is a byline, for standing beside a date or below a headline."""
    if not is_bare_byline(units[index].text):
        return False
    around = {kinds[i] for i in (index - 1, index + 1) if 0 <= i < len(kinds)}
    return "published" in around or (title is not None and index > title)


def _label_story(units: Sequence[Unit], kinds: Kinds, begin: int) -> None:
    """Label what stands in and below the story and is none of it, by its own words."""
    in_list = False
    for i in range(begin, len(units)):
        unit = units[i]
        if i > begin and _is_labelled_stamp(unit):
            kinds[i] = "published"
        elif i > begin and is_byline(unit.text):
            kinds[i] = "byline"
        elif is_caption(unit):
            kinds[i] = "caption"
        elif rule := boilerplate(unit, "below"):
            kinds[i] = "boilerplate"
            in_list = in_list or rule.opens == "list"
        elif in_list and not is_prose(unit):
            kinds[i] = "boilerplate"
        else:
            in_list = False


def _is_labelled_stamp(unit: Unit) -> bool:
    """Whether a line says that it tells of publication: a bare date can head a chronicle's day."""
    return is_labelled(unit.text) and is_stamp(unit.text)


def _label_tail(units: Sequence[Unit], kinds: Kinds, begin: int) -> None:
    """Label what stands below the story, from the last line up."""
    story = [i for i in range(begin, len(units)) if kinds[i] is None and is_prose(units[i])]
    if len(story) < 2:
        return
    _label_appendix(units, kinds, story)
    for i in range(len(units) - 1, story[0], -1):
        if kinds[i] is not None:
            continue
        if not _is_foot(units[i]):
            return
        kinds[i] = "boilerplate"


def _label_appendix(units: Sequence[Unit], kinds: Kinds, story: list[int]) -> None:
    """Label a correction or note with everything that stands below its heading."""
    for i in range(max(len(units) - 8, story[0] + 2), len(units)):
        rule = boilerplate(units[i], "tail") if kinds[i] is None else None
        if rule is not None and rule.opens == "all":
            for k in range(i, len(units)):
                kinds[k] = kinds[k] or "boilerplate"
            return


def _is_foot(unit: Unit) -> bool:
    if boilerplate(unit, "tail") is not None or is_stamp(unit.text):
        return True
    return unit.words <= 15 and not unit.closed


def split_credit(unit: Unit) -> tuple[int, int] | None:
    """Find where a line goes over from the author to the date, or the other way.

    Returns the end of the one and the start of the other, as offsets into the unit's text.
    """
    if unit.words > _LONGEST_CREDIT or len(unit.text) > 200 or find_date(unit.text) is None:
        return None
    for cut in _BETWEEN_WORDS.finditer(unit.text):
        left, right = unit.text[: cut.start()], unit.text[cut.end() :]
        if (is_author(left) and is_stamp(right)) or (is_stamp(left) and is_author(right)):
            return cut.span()
    return None
