import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds import read_toml
from transforms.segmentation.sentences import split_sentences


def split(text):
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The rebels left.", "The army came back."],
        ["Gen. Pena and Lt. Col. Ruiz spoke to Sen. Hill.", "Nobody answered."],
        ["J. K. Doe met George W. Roe.", "They talked."],
        ["She left on Sept. 5 for the U.N. Security Council.", "He stayed."],
        ["He lives in the U.S.", "In winter he travels."],
        ["They met at 5 a.m. Monday.", "It rained."],
        ["It closed at 6 p.m.", "Nobody came."],
        ["At 5 a.m. Mr. Roe went home."],
        ["The firm, Vale Inc. of Ohio, lost $3.5 million.", "Its shares fell 2.1 percent."],
        ["He sold it to Hill Corp.", "The buyer was glad."],
        ["“We stay.”", "He sat down."],
        ["“Why?” Mr. Roe asked."],
        ["“Why?” he asked."],
        ["He wavered ... and then he went."],
        ["He wavered...", "Then he went."],
        ["Visit www.example.org/a.b?c=1 today.", "It is free."],
        ["It cost 5 million in 1990.", "20 people paid."],
        ["No. 5 won.", "No. 7 lost."],
        ["“No.”", "That was all."],
        ["THE U.S. TROOPS LEFT SAN JOSE.", "GEN. PENA STAYED."],
        ["You and I.", "Did you hear?"],
        ["(It was late.)", "They went home."],
        ["A headline without a stop"],
    ],
)
def test_sentences_joined_by_a_space_come_apart_again(sentences):
    assert split(" ".join(sentences)) == sentences


def test_lost_space_is_found_but_not_in_a_domain():
    assert split("The army left the town.The rebels came.") == [
        "The army left the town.",
        "The rebels came.",
    ]
    assert split("He works for Acme.Com in Lima.") == ["He works for Acme.Com in Lima."]


@pytest.mark.parametrize(
    "text",
    ["1. Bread and milk 2. Eggs", "a) bread b) milk", "• bread • milk"],
)
def test_items_of_a_list_are_sentences(text):
    assert len(split(text)) == 2


def test_line_breaks_inside_a_paragraph_end_nothing():
    assert split("The army\nleft. It\nrained.") == ["The army\nleft.", "It\nrained."]


def test_only_the_given_span_is_read():
    text = "One. Two. Three."
    assert list(split_sentences(text, 5, 9)) == [(5, 9)]


def test_every_example_of_the_lexicon_splits_as_it_should():
    examples = read_toml("segmentation/sentences.toml")["examples"]
    assert len(split(examples["titles"])) == 1
    assert len(split(examples["numbers"])) == 1
    assert split(examples["others"]) == [
        "She left Hill Corp.",
        "The firm sold it to Vale Inc. of Ohio.",
    ]
    assert len(split(examples["clock"])) == 1
    assert len(split(examples["going_on"])) == 1


@given(st.text(alphabet="aB1 .!?…\"'”’)(\n\u00a0•-", max_size=80))
def test_every_visible_character_is_in_one_sentence(text):
    if not text.strip():
        return
    covered = [i for start, end in split_sentences(text, 0, len(text)) for i in range(start, end)]
    assert len(covered) == len(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))


@pytest.mark.parametrize("piece", ["!", ". . ", "A. B. ", "1. ", "“", 'a.""" ', "a", "• a "])
def test_long_runs_take_linear_time(piece):
    text = piece * (100_000 // len(piece)) + "z"
    begin = time.process_time()
    list(split_sentences(text, 0, len(text)))
    assert time.process_time() - begin < 3
