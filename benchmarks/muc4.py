"""Incidents of the MUC-4 wires found as events, with their day, place, perpetrator and victim.

The wires are all in capitals. An incident is found where an event of a fitting type is told with a
string of its template (perpetrator, target, victim, instrument) in its sentence; an incident
without strings, where there is an event of a fitting type at all. Of the found, a slot that its
template fills is right where one of those events has it: of a place the innermost name, and where
the template names a country alone, a place in that country. Two of three wires are to tune on; of
those every fourth is read, unless --all.
"""

import contextlib
import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from chain import whole_chain
from report import parser, report
from score import Row, row, share

from schemas import Article, Event, EventPlace, Participant, new_article
from transforms.events.lexicon import load_lexicon

Template = dict[str, list[str]]

_FITTING = {
    "ATTACK": {"ASSAULT"},
    "BOMBING": {"ASSAULT"},
    "ARSON": {"ASSAULT"},
    "KIDNAPPING": {"ASSAULT"},
    "ROBBERY": {"COERCE", "ASSAULT"},
}
_PERPETRATORS = ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID")
_VICTIMS = ("HUM TGT: NAME", "HUM TGT: DESCRIPTION", "PHYS TGT: ID")
_LEVELS = ("place, town", "place, town or around it", "place, country alone")
_SLOTS = ("day", "place", *_LEVELS, "perpetrator", "victim")
_STRINGS = (*_PERPETRATORS, *_VICTIMS, "INCIDENT: INSTRUMENT ID")
_COUNTRIES = {
    "ARGENTINA": "ARG",
    "BOLIVIA": "BOL",
    "BRAZIL": "BRA",
    "CHILE": "CHL",
    "COLOMBIA": "COL",
    "ECUADOR": "ECU",
    "EL SALVADOR": "SLV",
    "GUATAMALA": "GTM",
    "GUATEMALA": "GTM",
    "HONDURAS": "HND",
    "JAMAICA": "JAM",
    "NICARAGUA": "NIC",
    "PANAMA": "PAN",
    "PERU": "PER",
    "SPAIN": "ESP",
    "UNITED STATES": "USA",
    "VENEZUELA": "VEN",
}
_QUOTED = re.compile(r'"([^"]+)"')
_DAY = re.compile(r"(\d\d) ([A-Z]{3}) (\d\d)")


class Incident(NamedTuple):
    """What a template says of an incident."""

    types: set[str]
    day: dt.date | None
    places: frozenset[str]  # innermost names, any of which is right
    around: frozenset[str]  # names of what these lie in, short of the country
    countries: frozenset[str]  # where no more than a country is named
    perpetrators: list[str]
    victims: list[str]
    strings: list[str]


def main() -> None:
    """Measure and print."""
    options = parser(__doc__, held_out="the third of the wires kept for the end")
    options.add_argument("--all", action="store_true", help="read all wires to tune on")
    arguments = options.parse_args()
    folder, held_out = arguments.data / "events/muc4", arguments.held_out
    incidents = _incidents(folder / "templates.jsonl")
    chain, counts = whole_chain(), Counter[str]()
    for name, text in _wires(folder / "texts.jsonl", held_out=held_out, every=arguments.all):
        article = chain(new_article(text, id=name))
        told = incidents.get(name, [])
        counts.update(_count_found(article, told) if told else _count_false(article))
    title = "MUC-4: the part kept for the end" if held_out else "MUC-4: the part to tune on"
    report(title, [*_rows(counts), *chain.rows("muc4")], arguments.json)


def _wires(path: Path, *, held_out: bool, every: bool) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        wanted = held_out or every or index // 3 % 4 == 0
        if wanted and (index % 3 == 2) == held_out:
            wire = json.loads(line)
            yield wire["id"], wire["text"]


def _incidents(path: Path) -> dict[str, list[Incident]]:
    """Return the incidents that took place, by wire."""
    found: dict[str, list[Incident]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        template = json.loads(line)
        if kinds := _kinds(template):
            found[template["id"]].append(_incident(template, kinds))
    return found


def _kinds(template: Template) -> set[str]:
    kinds = " / ".join(template.get("INCIDENT: TYPE", [])).split(" / ")
    took_place = any("ACCOMPLISHED" in s for s in template.get("INCIDENT: STAGE OF EXECUTION", []))
    return {kind for kind in kinds if kind in _FITTING} if took_place else set()


def _incident(template: Template, kinds: set[str]) -> Incident:
    names = list(_names(template.get("INCIDENT: LOCATION", [])))
    places = frozenset(name for listed in names for name in listed[-1])
    return Incident(
        types=set().union(*(_FITTING[kind] for kind in kinds)),
        day=_day(template.get("INCIDENT: DATE", [])),
        places=places - _COUNTRIES.keys(),
        around=frozenset(name for listed in names for level in listed[1:] for name in level),
        countries=frozenset(_COUNTRIES[place] for place in places & _COUNTRIES.keys()),
        perpetrators=_quoted(template, _PERPETRATORS),
        victims=_quoted(template, _VICTIMS),
        strings=_quoted(template, _STRINGS),
    )


def _quoted(template: Template, slots: Iterable[str]) -> list[str]:
    return [
        text
        for slot in slots
        for value in template.get(slot, [])
        for text in _QUOTED.findall(value)
    ]


def _day(values: list[str]) -> dt.date | None:
    """Return an exact day; a range, or a day before which it was, is none."""
    match = _DAY.fullmatch(values[0].strip()) if values else None
    if match is None:
        return None
    with contextlib.suppress(ValueError):  # one is of the 31st of April
        return dt.datetime.strptime(match[0].title(), "%d %b %y").replace(tzinfo=dt.UTC).date()
    return None


def _names(values: list[str]) -> Iterator[list[list[str]]]:
    """Yield the names of each place from the outermost level on, which may name several.

    `PERU: ICA (CITY) - NAZCA (TOWN)` is in Peru, and in Ica or Nazca.
    """
    plain = re.sub(r"(?<=\w) \([^():]*\)", "", " / ".join(values))
    for place in plain.split(" / "):
        levels = [level.strip("?() ").split(" - ") for level in place.split(":")]
        if levels[-1] != [""]:
            yield [list(map(_plain, level)) for level in levels]


def _count_found(article: Article, incidents: list[Incident]) -> Iterator[tuple[str, ...]]:
    for incident in incidents:
        events = [event for event in article.events or () if _tells(event, incident)]
        yield "wanted"
        if events:
            yield "found"
            yield from _count_slots(events, incident)


def _tells(event: Event, incident: Incident) -> bool:
    if event.event_type not in incident.types or not event.is_asserted:
        return False
    sentence = _plain(event.sentence.text)
    return not incident.strings or any(_plain(text) in sentence for text in incident.strings)


def _count_slots(events: list[Event], incident: Incident) -> Iterator[str]:
    if incident.day:
        yield "day wanted"
        if any(incident.day == event.event_date_first == event.event_date_last for event in events):
            yield "day right"
    if incident.places or incident.countries:
        level = "town" if incident.places else "country alone"
        yield from ("place wanted", f"place, {level} wanted")
        places = [event.place for event in events if event.place]
        if any(_is_at(place, incident) for place in places):
            yield from ("place right", f"place, {level} right")
        if incident.places:
            yield "place, town or around it wanted"
            around = incident._replace(places=incident.places | incident.around)
            if any(_is_at(place, around) for place in places):
                yield "place, town or around it right"
    for name, texts in (("perpetrator", incident.perpetrators), ("victim", incident.victims)):
        if texts:
            yield f"{name} wanted"
            if any(_same(p.text, texts) for event in events for p in _side(event, name)):
                yield f"{name} right"


def _is_at(place: EventPlace, incident: Incident) -> bool:
    """Whether all words of one of the names are in the other; El Salvador is not San Salvador."""
    if not incident.places:
        return place.country in incident.countries
    told = [set(_plain(text).split()) for text in (place.text, place.name) if text]
    names = [set(name.split()) for name in incident.places]
    alike = any(one <= two or two <= one for one in told for two in names)
    return place.place_kind != "country" and alike


def _side(event: Event, name: str) -> tuple[Participant, ...]:
    return event.actors if name == "perpetrator" else event.recipients


def _same(text: str | None, wanted: list[str]) -> bool:
    """Whether one of the wanted strings and the text share their last word, the head."""
    last = _plain(text).split()[-1:]
    return bool(last) and any(last[0] in _plain(want).split() for want in wanted)


def _plain(text: str | None) -> str:
    return " ".join((text or "").upper().split())


def _count_false(article: Article) -> Iterator[str]:
    """Count assaults in a wire that tells of no incident, and the verbs that could be one."""
    yield from (
        "false" for e in article.events or () if e.event_type == "ASSAULT" and e.is_asserted
    )
    verbs = _assault_verbs()
    assert article.parse is not None
    for lemma, tag in zip(article.parse.lemmas, article.parse.tags, strict=True):
        if tag.startswith("VB") and lemma.lower() in verbs:
            yield "bare verbs"


def _assault_verbs() -> frozenset[str]:
    lexicon = load_lexicon()
    return frozenset(
        verb
        for verb, senses in lexicon.verbs.items()
        if any(s.entry.type == "ASSAULT" and not s.also for s in senses)
    )


def _rows(counts: Counter[Any]) -> Iterator[Row]:
    found = {"right": share(counts["found"], counts["wanted"])}
    yield row("incident found", "muc4", counts["wanted"], found)
    for slot in _SLOTS:
        wanted = counts[f"{slot} wanted"]
        yield row(slot, "muc4", wanted, {"right": share(counts[f"{slot} right"], wanted)})
    few = {"right": share(counts["false"], counts["bare verbs"])}
    yield row("assaults by bare verbs, no incident", "muc4", counts["bare verbs"], few)


if __name__ == "__main__":
    main()
