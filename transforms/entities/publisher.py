"""Where a publisher is at home: a local paper's Springfield is the one it is printed in."""

import seeds
from transforms.entities.fold import fold
from transforms.entities.knowledge import KnowledgeBase

_ENDINGS = {
    row["site"]: row["country"] for row in seeds.read_csv("knowledge/centres.csv") if row["site"]
}

# What the keys of publishers begin with; no name's key does.
_MARK = "@"


def publisher_key(name: str) -> str:
    """Return the key of a publisher, by its name or site.

    >>> publisher_key("The Example Times") == publisher_key("www.exampletimes.com")
    True
    """
    labels = name.lower().split(".")
    is_site = len(labels) > 1 and " " not in name
    if is_site:
        labels = [label for label in labels if label not in {"www", "co"}]
        name = labels[-2] if len(labels) > 1 else labels[0]
    key = fold(name).replace(" ", "")
    return _MARK + (key.removeprefix("the") if is_site else key)


def home_of(source: str | None, kb: KnowledgeBase) -> tuple[str, str | None] | None:
    """Return the country and the division where a publisher is at home, as far as known.

    Where several have the name, what they have in common; else the country of the site's ending.
    """
    if not source:
        return None
    found = [c.entry for c in kb.candidates(publisher_key(source))]
    countries = {entry.country for entry in found}
    divisions = {entry.admin1 for entry in found}
    if len(countries) == 1 and None not in countries:
        return countries.pop() or "", divisions.pop() if len(divisions) == 1 else None
    ending = source.lower().rpartition(".")[2]
    return (_ENDINGS[ending], None) if ending in _ENDINGS and " " not in source else None


def is_named_after(source: str | None, key: str) -> bool:
    """Tell whether a publisher's name has a place's in it: Exampleton Advocate, exampletonnews.com."""
    return bool(source) and len(key) > 3 and key.replace(" ", "") in publisher_key(source or "")
