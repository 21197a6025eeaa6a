"""Who wrote it: "By Jane Doe and Max Roe", "Jane Doe, Chief Reporter", "Jane Doe in Lima"."""

import dataclasses
import functools
import re

from seeds import read_toml
from transforms.segmentation.lines import without_bullet

_LONGEST = 200
_NAME_WORDS = 2
_SEPARATOR = re.compile(r"\s*(?:[,;|•·/&]|\band\b|\bwith\b|\s[–—-]\s)\s*")
_TAIL = re.compile(r"\s*(?:\s(?:in|for|For|FOR|at|of|from|on)\s.*|\(.*|@.*|\S+@\S+.*|\s\d.*)$")
_INNER_LABEL = re.compile(r"(?:^|(?<=[\s|/,;·•]))[Bb]y:?\s+(?=[^\W\d_a-z])")
_LABEL_END = re.compile(r"[:\s]+$")


@dataclasses.dataclass(frozen=True, slots=True)
class _Lexicon:
    label: re.Pattern[str]
    name: re.Pattern[str]
    named: re.Pattern[str]
    roles: frozenset[str]
    ranks: frozenset[str]
    modifiers: frozenset[str]
    not_names: frozenset[str]
    organizations: frozenset[str]
    max_words: int


@functools.cache
def _lexicon() -> _Lexicon:
    data = read_toml("segmentation/zones.toml")["byline"]
    return _Lexicon(
        label=re.compile(data["label"], re.IGNORECASE),
        name=re.compile(data["name"]),
        named=re.compile(
            rf"{data['name']}(?=$|,|;| (?i:and|in|for) | at [\dA-Z]| & | \||\s?[|•·(])"
        ),
        roles=frozenset(data["roles"]),
        ranks=frozenset(data["ranks"]),
        modifiers=frozenset(data["role_modifiers"]),
        not_names=frozenset(data["not_names"]),
        organizations=frozenset(data["organizations"]),
        max_words=data["max_words"],
    )


def is_byline(line: str) -> bool:
    """Whether a line says "By" and a name, and nothing else that a sentence would.

    >>> is_byline("By Jane Doe, Staff Writer"), is_byline("By Monday the rebels had left.")
    (True, False)
    """
    label = _label(line)
    if label is None or line.endswith((".", "!", "?", "…")):
        return False
    rest = line[label.end() :]
    return bool(rest) and (bool(_lexicon().named.match(rest)) or _is_organization(rest))


def is_bare_byline(line: str) -> bool:
    """Whether a line names people as a byline does, without "By".

    Only the place where it stands can tell it from other names: below a headline, beside a date.
    """
    if len(line) > _LONGEST or line.count(" ") > 14 or line.endswith((".", "!", "?", ":")):
        return False
    parts = [part for part in _SEPARATOR.split(line) if part]
    return bool(parts) and _is_credit(parts[0]) and all(_is_part(part) for part in parts[1:])


def is_author(text: str) -> bool:
    """Whether the part of a line beside a date says who wrote it: people, or an agency alone."""
    agency = text[:1].isupper() and text.count(" ") <= 2 and _is_organization(text)
    return agency or is_byline(text) or is_bare_byline(text)


def read_authors(line: str) -> tuple[str, ...]:
    """Return the people that a byline names, as it spells them.

    >>> read_authors("By Jane Doe in Lima and Max Roe, Associated Press")
    ('Jane Doe', 'Max Roe')
    """
    line = without_bullet(line)
    label = _label(line) or _INNER_LABEL.search(line[:_LONGEST])
    first, *others = _SEPARATOR.split(line[label.end() if label else 0 :])
    others = [part for part in others if not _is_about(first, part)]
    return tuple(dict.fromkeys(name for part in (first, *others) if (name := _person(part))))


def _is_about(first: str, part: str) -> bool:
    """Whether a part behind a name says what the person is or where: "Local Court Reporter", "LIMA"."""
    is_place = part.isupper() and not first.isupper()
    return is_place or part.rpartition(" ")[2].lower() in _lexicon().roles


def has_author(line: str) -> bool:
    """Whether a line that is about something else, a date, also says by whom.

    >>> has_author("By Jane Doe - June 26, 2014 - World"), has_author("June 26, 2014")
    (True, False)
    """
    return _INNER_LABEL.search(line[:_LONGEST]) is not None and bool(read_authors(line))


def _label(line: str) -> re.Match[str] | None:
    if len(line) > _LONGEST or line.count(" ") > _lexicon().max_words:
        return None
    return _lexicon().label.match(line)


def _person(part: str) -> str | None:
    """Return the name in a part of a byline, unless it is an organisation's or a role."""
    whole = _TAIL.sub("", part).strip()
    name = _without_role(whole)
    name = name if name == whole else _in_capitals(name)
    if not _lexicon().name.fullmatch(name) or " " not in name or len(name) > 60:
        return None
    if _lexicon().not_names.intersection(name.lower().split()):
        return None
    return None if _is_organization(name) or _is_role(name) else name


def _in_capitals(name: str) -> str:
    """Cut off the paper between a name in capitals and a role: "JANE DOE Herald Staff Writer"."""
    words = name.split()
    capitals = next((i for i, word in enumerate(words) if not word.isupper()), len(words))
    whole = sum(len(word) > len("J.") for word in words[:capitals])
    return " ".join(words[:capitals]) if whole >= _NAME_WORDS else name


def _without_role(name: str) -> str:
    """Cut off what the person is: "Jane Doe Senior Staff Writer"."""
    words = name.split()
    if len(words) < 3 or words[-1].lower() not in _lexicon().roles:
        return name
    while len(words) > 2 and words[-1].lower() in _lexicon().roles | _lexicon().modifiers:
        words.pop()
    return " ".join(words)


def _is_credit(part: str) -> bool:
    return _person(part) is not None


def _is_part(part: str) -> bool:
    """Whether what follows the first name can stand in a byline: a name, a role, an agency."""
    is_place = part.isupper() and part.count(" ") <= 2
    is_mail = "@" in part and " " not in part
    return _is_credit(part) or _is_role(part) or _is_organization(part) or is_place or is_mail


def _is_role(part: str) -> bool:
    words = part.lower().replace("’s", "").replace("'s", "").split()
    ranked = len(words) > 1 and words[0] in _lexicon().modifiers and words[-1] in _lexicon().ranks
    return len(words) <= 6 and (ranked or bool(_lexicon().roles.intersection(words)))


def _is_organization(part: str) -> bool:
    words = part.lower().replace(".", "").split()
    return len(words) <= 6 and bool(_lexicon().organizations.intersection(words))
