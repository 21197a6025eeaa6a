"""Who held which office on a day."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from transforms.entities.entry import Office
from transforms.entities.knowledge import KnowledgeBase

# An office without an end that began longer ago than this, in years by its rank, has lost its end
# in the source: kings reign long, parliaments are elected.
_LONGEST_TERM = {3: 45, 2: 12, 1: 12, 0: 6}


def holds_on(office: Office, day: dt.date, slack: dt.timedelta = dt.timedelta(0)) -> bool:
    """Tell whether an office was held on a day, or within `slack` of it.

    An office of which only an end is known is taken for none. One without an end holds up to the
    last day that its source knows of.
    """
    if office.start is None or day < office.start - slack:
        return False
    if office.end is not None:
        return day <= office.end + slack
    known_until = office.horizon or dt.date.max
    years = (day - office.start).days / 365.25
    return day <= known_until and years <= _LONGEST_TERM.get(office.rank, 0)


def office_on(
    kb: KnowledgeBase,
    entity_id: str,
    day: dt.date | None,
    title_words: AbstractSet[str] = frozenset(),
) -> Office | None:
    """Return the office that an entity of the knowledge base held on a day, the highest first.

    `title_words` are small words of the title that the text gives (`{"foreign", "secretary"}`):
    the office that agrees with them goes before higher ones. A mere sector and country (rank -1)
    comes last. None where no office of that day is known.
    """
    number = kb.number(entity_id)
    return None if number is None else best_office(kb.offices(number), day, title_words)


def best_office(
    offices: Iterable[Office], day: dt.date | None, title_words: AbstractSet[str] = frozenset()
) -> Office | None:
    """Choose among offices as `office_on` does."""
    held = [o for o in offices if o.rank < 0 or (day is not None and holds_on(o, day))]
    return max(held, key=lambda o: _order(o, title_words), default=None)


def _order(office: Office, title_words: AbstractSet[str]) -> tuple[int, int, dt.date, str]:
    agreeing = len(words_of(office.title) & title_words)
    return agreeing, office.rank, office.start or dt.date.min, office.title


_EMPTY = frozenset({"of", "the", "for", "and", "to", "in", "a"})


def words_of(title: str) -> frozenset[str]:
    """Return the words of a title that say something, in small letters.

    >>> sorted(words_of("Secretary of State for Foreign Affairs"))
    ['affairs', 'foreign', 'secretary', 'state']
    """
    return frozenset(title.lower().replace(",", " ").split()) - _EMPTY
