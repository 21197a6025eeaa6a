"""Capitals that stand for governments: "Washington said"."""

import seeds
from transforms.entities._words import Words
from transforms.entities.entry import Entry
from transforms.entities.mentions import Mention

_RULES = seeds.read_toml("knowledge/linking.toml")["metonymy"]
_VERBS = frozenset(_RULES["verbs"])
_LONGEST_CHAIN = 4


def is_government(words: Words, mention: Mention, entry: Entry) -> bool:
    """Tell whether a mention of a capital is the subject of what governments do, not cities."""
    return entry.subtype == "capital" and acts_as_government(words, mention)


def acts_as_government(words: Words, mention: Mention) -> bool:
    """Tell whether a mention is the subject of what governments do."""
    parse = words.parse
    at = mention.end - 1
    for _ in range(_LONGEST_CHAIN):  # "Paris and London agreed": London hangs on Paris
        head, dep = parse.heads[at], parse.deps[at]
        if dep == "nsubj":
            return parse.lemmas[head] in _VERBS
        if dep != "conj":
            return False
        at = head
    return False
