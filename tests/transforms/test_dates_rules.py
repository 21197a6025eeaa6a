"""Each rule's own example, and the words that the rules are made of."""

import datetime as dt
import re

import pytest

from transforms.dates import normalize
from transforms.dates.grammar import load_grammar, rule_entries
from transforms.dates.resolve import RESOLVERS
from transforms.dates.words import compile_pattern, normal, vocabulary

DAY = dt.date(2014, 6, 26)
ENTRIES = rule_entries()


@pytest.mark.parametrize("rule", ENTRIES, ids=[rule["id"] for rule in ENTRIES])
def test_example(rule):
    dates = normalize(rule["example"], published_at=rule.get("published", DAY))
    if rule["how"] == "nothing":
        assert not dates
        return
    found = [d for d in dates if rule["id"] in d.rule.split("+")]
    assert [(d.text, d.value) for d in found] == [(rule["text"], rule["value"])]


def test_ids_are_unique_and_resolvers_known():
    ids = [rule["id"] for rule in ENTRIES]
    assert len(ids) == len(set(ids))
    assert {rule["how"] for rule in ENTRIES} == set(RESOLVERS)


def test_grammar_is_compiled_once():
    assert load_grammar() is load_grammar()


def test_pattern_names_what_it_matched():
    pattern = compile_pattern("{month} ?{day} or {month}")
    match = pattern.fullmatch("Sept.  3rd\nor may".replace("may", "May"))
    assert match
    assert (match["month"], match["day"], match["month2"]) == ("Sept.", "3rd", "May")


def test_word_that_counts_only_as_written():
    assert compile_pattern("{month}").fullmatch("MARCH")
    assert not compile_pattern("{month}").fullmatch("march")


def test_vocabulary_has_the_words_of_classes_and_patterns():
    found = vocabulary([r"(?P<side>ago|hence) {season}s?\b", "weekends?"])
    assert {"ago", "hence", "autumn", "weekend", "weekends"} <= found
    assert "side" not in found


def test_normal_form():
    assert normal("Mid-Morning") == "mid morning"
    assert normal("New\nYear’s  Eve") == "new year's eve"
    assert not re.search(r"\.$", normal("Sept."))
