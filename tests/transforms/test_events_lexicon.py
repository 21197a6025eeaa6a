"""Each entry of the event lexicon against its own example sentences.

In an example the trigger stands between asterisks, heads of actors between square brackets, heads
of recipients between braces.
"""

import re
from collections.abc import Callable

import pytest

from schemas import Article, Event, Sentence, Zone, new_article
from seeds import read_toml
from transforms.events import extract_events
from transforms.events.lexicon import TYPE_FILES, Entry, load_lexicon
from transforms.events.tables import type_facts

MARKUP = re.compile(r"[*\[\]{}]")


def articles(examples: list[str]) -> Article:
    """Make one article with a sentence a line."""
    lines = [MARKUP.sub("", example) for example in examples]
    text = "\n".join(lines)
    sentences, start = [], 0
    for line in lines:
        sentences.append(Sentence(start=start, end=start + len(line), zone=0))
        start += len(line) + 1
    zones = (Zone(kind="body", start=0, end=len(text)),)
    return new_article(text, zones=zones, sentences=tuple(sentences), quotes=())


def marked(example: str, left: str, right: str) -> list[str]:
    """Return the last word of what stands between the signs: the head."""
    found = re.findall(re.escape(left) + r"([^*\[\]{}]+)" + re.escape(right), example)
    return [words.split()[-1].removesuffix("'s").removesuffix("'") for words in found]


def missing(entry: Entry, example: str, events: list[Event]) -> str | None:
    """Say what of an example was not found; None where all was."""
    (trigger,) = marked(example, "*", "*") if "* " in example or "*" in example else ("",)
    for event in events:
        told = event.rules.type or ""
        words = (event.trigger.text or "?").split()
        if trigger.split()[-1] not in words and not trigger.startswith(words[0]):
            continue
        if event.event_type != entry.type and entry.govern is None:
            return f"type {event.event_type} by {told}"
        actors = [(p.text or "").split()[-1].split("'")[0] for p in event.actors]
        recipients = [(p.text or "").split()[-1].split("'")[0] for p in event.recipients]
        if lacking := set(marked(example, "[", "]")) - set(actors):
            return f"actors {actors} lack {lacking} by {told}"
        if lacking := set(marked(example, "{", "}")) - set(recipients) - set(actors):
            return f"recipients {recipients} lack {lacking} by {told}"
        return None
    return f"no event at {trigger}: {[e.trigger.text for e in events]}"


@pytest.mark.slow
def test_examples(parser: Callable[[Article], Article]) -> None:
    pairs = [(entry, example) for entry in load_lexicon().entries for example in entry.examples]
    article = extract_events(parser(articles([example for _, example in pairs])))
    assert article.events is not None
    assert article.sentences is not None
    by_sentence: dict[int, list[Event]] = {}
    for event in article.events:
        by_sentence.setdefault(event.sentence.start, []).append(event)
    wrong = [
        (entry.id, example, reason)
        for (entry, example), sentence in zip(pairs, article.sentences, strict=True)
        if (reason := missing(entry, example, by_sentence.get(sentence.start, [])))
    ]
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def test_every_entry_has_an_example() -> None:
    assert [entry.id for entry in load_lexicon().entries if not entry.examples] == []


def test_ids_are_unique_and_modes_known() -> None:
    entries = load_lexicon().entries
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        known = {*type_facts()[entry.type].mode_scores, "vandalize", None}
        assert entry.mode in known, entry.id


def test_entries_use_only_known_keys() -> None:
    keys = {
        "id", "type", "mode", "contexts", "verbs", "nouns", "verb_roles", "noun_roles", "object",
        "subject", "preps", "complement", "infinitive", "complement_of", "predicate", "near", "unless", "modifier", "governor",
        "govern", "bare", "cameo_root", "examples",
    }  # fmt: skip
    for name in TYPE_FILES:
        for raw in read_toml(f"events/{name}.toml")["entries"]:
            assert set(raw) <= keys, raw["id"]


def test_lexicon_is_broad() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.verbs) > 400
    assert len(lexicon.nouns) > 150
    assert {entry.type for entry in lexicon.entries} == set(type_facts())
