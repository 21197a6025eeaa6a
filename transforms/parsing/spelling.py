"""Which verb a form belongs to, by the spelling of English: `staged` is of `stage`, not of `stag`.

A model's lemmatizer takes the first verb in its list that one of its rules leads to, so that `raped`,
`fined` and `waged` come out as `rap`, `fin` and `wag`, which would double their last letter; and
what is in no list gets an `e`: `tasered`, `waterboarded`.
"""

import re
from collections.abc import Container, Iterator

_ENDINGS = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "VBZ": "s"}
_DOUBLES = re.compile(r"[^aeiou]*(?:qu)?[aeiouy][^aeiouwxy]")  # one syllable, short: rap, fit
_CONSONANT_Y = re.compile(r".*[^aeiou]y")
_HISSES = re.compile(r".*(?:s|x|z|ch|sh|[^aeiou]o)")
_TWICE = re.compile(r".*([bdfgklmnprst])\1")
# What a verb of several syllables without its e ends with: separate, legalize, divide.
_WANTS_E = re.compile(r".*(?:[cgsuvz]|[^aeiou]l|at|it|ut|id|ad|ur|ir|in)")


def mend_lemma(word: str, tag: str, lemma: str, known: Container[str]) -> str:
    """Return the verb that a form is of: `lemma` where it can be, else what spells like the word.

    `tag` is of the Penn treebank, `known` has the verbs that there are, `word` is no irregular form
    (`fed`). What is no verb keeps its lemma.
    """
    form, ending = word.lower(), _ENDINGS.get(tag)
    if ending is None or not form.endswith(ending) or " " in lemma:
        return lemma
    if lemma in known and (form in _spellings(lemma, ending) or lemma[:2] != form[:2]):
        return lemma
    fitting = [verb for verb in _stems(form, ending) if form in _spellings(verb, ending)]
    listed = [verb for verb in fitting if verb in known]
    return next(iter(listed or ([] if lemma in known else fitting)), lemma)


def _stems(form: str, ending: str) -> Iterator[str]:
    """Yield the verbs that a regular form can be of, likeliest first."""
    stem = form.removesuffix(ending)
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    if stem.endswith("ie") and ending == "s":
        yield stem[:-2] + "y"
    if ending == "s":
        yield from (stem, stem.removesuffix("e"))
        return
    if _TWICE.fullmatch(stem):
        yield stem[:-1]
    with_e, bare = stem + "e", stem
    yield from (with_e, bare) if _WANTS_E.fullmatch(stem) else (bare, with_e)


def _spellings(verb: str, ending: str) -> tuple[str, ...]:
    """Return how a regular verb is spelt with an ending: `ed`, `ing` or `s`."""
    if ending == "s":
        if _CONSONANT_Y.fullmatch(verb):
            return (verb[:-1] + "ies",)
        return (verb + ("es" if _HISSES.fullmatch(verb) else "s"),)
    if _CONSONANT_Y.fullmatch(verb) and ending == "ed":
        return (verb[:-1] + "ied",)
    if verb.endswith("e"):
        return (verb[:-1] + ending, verb + ending)  # agreeing, dyeing
    doubled = verb + verb[-1:] + ending
    return (doubled,) if _DOUBLES.fullmatch(verb) else (verb + ending, doubled)
