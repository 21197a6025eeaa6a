"""Lemmas by the model's own rules, asked once for each word that is tagged alike.

A model's attribute ruler and lemmatizer look at every token of every text anew, which takes a fifth
of the time of a parse, though what they say of a word follows from its tag, and of an auxiliary
from its being one. So they are taken out of the pipeline and asked about a Doc of that one word,
and the answer is kept.

What is lost are their rules for two words (the `na` of `gon na` is a `to`): no step reads these.
What comes out wrong for a regular form of a verb is mended by `spelling.py`.
"""

import functools
from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

from transforms.parsing.spelling import mend_lemma

Component = Callable[[Doc], Doc]
Lemma = Callable[[str, str, str], str]

_KEPT = 30_000  # answers; some megabytes
_AUXILIARIES = frozenset({"aux", "auxpass"})  # "has" is an auxiliary or a verb


def split_pipeline(nlp: Language) -> tuple[list[Component], Lemma | None]:
    """Return the components that a Doc has to go through, and what gives lemmas to its words.

    The function takes a word, its tag and its dependency. It is None where the model has no rules
    for lemmas, or no word's lemma follows from that: then the components are all of the model's.
    """
    components = [component for _, component in nlp.pipeline]
    rules = [c for c in components if isinstance(c, AttributeRuler | Lemmatizer)]
    lemmatizer = next((rule for rule in rules if isinstance(rule, Lemmatizer)), None)
    if lemmatizer is None:
        return components, None
    index = lemmatizer.lookups.get_table("lemma_index", {})
    for part_of_speech in index:
        index[part_of_speech] = _Index(index[part_of_speech])
    verbs = index.get("verb", ())
    irregular = lemmatizer.lookups.get_table("lemma_exc", {}).get("verb", {})

    @functools.lru_cache(maxsize=_KEPT)
    def ask(word: str, tag: str, dep: str) -> str:
        doc = Doc(nlp.vocab, words=[word], tags=[tag], deps=[dep], heads=[0])
        found = through(doc, rules)[0].lemma_
        return found if word.lower() in irregular else mend_lemma(word, tag, found, verbs)

    def lemma(word: str, tag: str, dep: str) -> str:
        return ask(word, tag, dep if dep in _AUXILIARIES else "")

    return [component for component in components if component not in rules], lemma


class _Index(list[str]):
    """The words that are lemmas: spaCy has them in lists, and reads these from the beginning."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        self._words = frozenset(self)

    def __contains__(self, word: object) -> bool:
        return word in self._words


def through(doc: Doc, components: Iterable[Component]) -> Doc:
    """Return a Doc that components have gone over, one after the other."""
    for component in components:
        doc = component(doc)
    return doc
