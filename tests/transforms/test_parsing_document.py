"""Docs that others have made."""

import spacy

from transforms.parsing import parse_of


def parsed(text):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return parse_of(nlp(text))


def test_white_space_is_no_token_and_hides_no_sentence():
    text = "Rebels left Doba.\n\nThe army came.  It stayed."
    parse = parsed(text)
    words = [text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
    assert words == list(parse.words)
    assert [parse.words[start] for start in parse.sentence_starts] == ["Rebels", "The", "It"]
    assert all(0 <= head < len(parse.words) for head in parse.heads)


def test_a_doc_without_words():
    assert parsed("").words == parsed(" \n ").words == ()
    assert parsed(" \n ").sentence_starts == ()
