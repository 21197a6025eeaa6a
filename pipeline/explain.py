"""An event in words: what decided its type, whether it happened, who took part, where and when."""

from collections.abc import Iterator
from typing import Any

from transforms.events.lexicon import Entry, load_lexicon

Row = dict[str, Any]

# What the rules of factuality say, by the part before the colon; {} is the part after it.
_WHETHER = {
    "negation": "it is negated",
    "modal": "of the modal verb “{}”",
    "modifier": "“{}” stands beside it",
    "mark": "its clause begins with “{}”",
    "governor": "“{}” governs it",
    "noun": "it hangs on the noun “{}”",
    "infinitive": "it is an infinitive under “{}”",
    "happening": "“{}” says so of it",
    "unconfirmed": "there is no “{}” of it, or one that is in doubt",
    "fate": "“{}” tells what became of the plan",
    "outcome": "what became of it is told after it",
    "report": "who is accused says (“{}”) that it is not so",
    "denial": "“{}” keeps somebody out of it",
    "have-yet": "it has yet to be",
    "ahead": "what is told of it is still to come",
    "supposed": "it is told of any such act, what it would do",
    "inversion": "it would have been, “had they …”",
    "untrue": "it is said to be untrue",
    "refusal": "who could do it says that it will not be",
    "negated-report": "the verb that reports it is negated",
    "headline-infinitive": "it is the infinitive of a headline",
    "question": "it is asked",
    "future": "it is going to be",
    "purpose": "it is what something else is done for",
    "duration": "it is told how long it lasts",
    "progressive": "its verb says that it goes on",
    "present": "its verb is in the present",
    "past": "its verb is in the past and nothing beside it says otherwise",
    "participle": "its participle stands under a verb and nothing says otherwise",
}
_NOUN = "the noun tells it and nothing beside it says otherwise"
_BASIS = {
    "clause": "named in its clause",
    "sentence": "named elsewhere in its sentence",
    "coreference": "what a pronoun stands for",
    "dateline": "from the dateline",
    "document": "from the title or the first sentences",
    "publication": "not after the report",
}
_LACKING = {
    "-subject": "though its subject is not of a class that the entry asks for: likely enough",
    "-object": "though its object is not of a class that the entry asks for: likely enough",
    "-participants": "though nobody stands beside it: likely enough",
}


def explain(event: Row) -> Iterator[str]:
    """Yield the lines that tell an event and what decided it; `event` is a row of the table."""
    trigger = event["trigger"]
    yield f"“{event['sentence']['text'] or '…'}”"
    yield ""
    yield f"what       {_what(event)}, on “{trigger['text'] or trigger['lemma']}”"
    yield from (f"           {line}" for line in _type(event["rules"]["type"] or ""))
    yield f"whether    {event['factuality']}, since {_whether(event['rules']['factuality'] or '')}"
    yield f"who        {_people(event['actors'])}"
    yield f"to whom    {_people(event['recipients'])}"
    if "ranking" in (event["rules"]["roles"] or ""):
        yield "           found by weighing every name of the sentence (models actor, recipient)"
    yield f"where      {_where(event['place'])}"
    yield f"when       {_when(event)}"
    yield from _sources(event["attribution"])
    if event["confidence"] is not None:
        yield f"confidence {event['confidence']:.2f} that type, participants and factuality are right"


def _what(event: Row) -> str:
    mode = f" by the mode {event['event_mode']}" if event["event_mode"] else ""
    return f"{event['event_type']}{mode}"


def _type(rule: str) -> Iterator[str]:
    light, _, name = rule.rpartition("+")
    lacking = next(filter(name.endswith, _LACKING), "")
    entry = _entries().get(name.removesuffix(lacking))
    if light:
        yield f"the verb lends itself to an event noun ({light})"
    if entry is None:
        yield f"by the entry {name}"
        return
    yield f"by the entry {entry.id}, as in “{_plain(entry.examples[0])}”"
    if lacking:
        yield _LACKING[lacking]


def _entries() -> dict[str, Entry]:
    return {entry.id: entry for entry in load_lexicon().entries}


def _plain(example: str) -> str:
    return "".join(c for c in example if c not in "*[]{}")


def _whether(rule: str) -> str:
    name, _, word = rule.partition(":")
    if name == "noun" and not word:
        return _NOUN
    return _WHETHER.get(name, rule).format(word)


def _people(participants: list[Row]) -> str:
    return "; ".join(map(_person, participants)) or "nobody is named"


def _person(participant: Row) -> str:
    known = [participant["name"], participant["country"], participant["sector"]]
    told = ", ".join(dict.fromkeys(filter(None, known)))
    words = f"“{participant['text'] or '…'}”"
    return f"{words} ({told}; {_BASIS[participant['basis']]})" if told else words


def _where(place: Row | None) -> str:
    if place is None:
        return "not said"
    return f"{place['name'] or place['text'] or '…'}, {_BASIS[place['basis']]}"


def _when(event: Row) -> str:
    first, last = event["event_date_first"], event["event_date_last"]
    basis = _BASIS.get(event["event_date_basis"], "not said")
    if first is None and last is None:
        return "not said"
    if first is not None and event["event_date_basis"] == "publication":
        return f"{first}, the day of the report, as likely as its words make it"
    if first == last:
        return f"{first}, {basis}"
    return f"{first or '…'} to {last or '…'}, {basis}"


def _sources(sources: list[Row]) -> Iterator[str]:
    for source in sources:
        quoted = " in a quotation" if source["is_quote"] else ""
        yield f"says who   {source['name'] or source['text'] or '…'} ({source['cue']}){quoted}"
