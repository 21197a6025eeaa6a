"""The dependency tree of an article's sentences, as the steps of event extraction walk it."""

from collections.abc import Iterator

from schemas import Parse

_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_FINDS = frozenset({"find", "leave", "see", "keep", "get", "have", "want", "watch"})
_PASSIVE = frozenset({"nsubjpass", "auxpass", "csubjpass"})
_PHRASE_LEFT = frozenset({"compound", "amod", "nmod", "nummod", "poss", "quantmod", "npadvmod"})
_VERBAL = frozenset({"dobj", "aux", "prep", "ccomp", "xcomp", "agent", "prt", "advmod"})
_DEPTH = 40  # no walk up or down goes further: real clauses do not, hostile ones could

# Lemmas that the model gets wrong.
_MISTAKEN = {
    "cordoned": "cordon",
    "hoped": "hope",
    "hopes": "hope",
    "hoping": "hope",
    "raged": "rage",
    "rages": "rage",
    "raging": "rage",
    "raped": "rape",
}


class Tree:
    """Token lookups over a `Parse`; built once an article, in linear time."""

    __slots__ = (
        "children",
        "deps",
        "heads",
        "lemmas",
        "parse",
        "sentence_of",
        "starts",
        "tags",
        "words",
    )

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.deps = parse.deps
        self.heads = tuple(map(self._head, range(len(parse))))
        self.children: list[list[int]] = [[] for _ in parse.heads]
        for token, head in enumerate(self.heads):
            if head != token:
                self.children[head].append(token)
        self.words = tuple(word.lower() for word in parse.words)
        self.tags = tuple(map(self._tag, range(len(parse))))
        self.lemmas = tuple(map(_lemma, self.words, parse.lemmas, self.tags, parse.tags))
        self.sentence_of = _sentence_numbers(parse)
        self.starts = (*parse.sentence_starts, len(parse))

    def _head(self, token: int) -> int:
        """Hang a past tense that is coordinated with a gerund or infinitive on the verb above.

        The parser takes `threatened` in `accused them of shooting and threatened them` for a
        conjunct of `shooting`, which it cannot be.
        """
        tags, deps, heads = self.parse.tags, self.parse.deps, self.parse.heads
        above = heads[token]
        if deps[token] != "conj" or tags[token] != "VBD" or tags[above] not in {"VB", "VBG"}:
            return above
        for _ in range(_DEPTH):
            if tags[above] in {"VBD", "VBZ", "VBP"} or heads[above] == above:
                break
            above = heads[above]
        return above if tags[above] in {"VBD", "VBZ", "VBP"} else heads[token]

    def _tag(self, token: int) -> str:
        """Take a gerund that stands as a noun for one: `Fighting broke out`, `days of shelling`."""
        tag, dep = self.parse.tags[token], self.parse.deps[token]
        if tag != "VBG":
            return tag
        of = dep == "pcomp" and self.words[self.parse.heads[token]] in {"of", "between"}
        if of and any(self.parse.deps[child] in _VERBAL for child in self.children[token]):
            return tag
        return "NN" if of or dep in {"nsubj", "nsubjpass", "pobj"} else tag

    def __len__(self) -> int:
        return len(self.heads)

    def is_verb(self, token: int) -> bool:
        """Say whether the token is a full or auxiliary verb."""
        return self.tags[token].startswith("VB")

    def is_noun(self, token: int) -> bool:
        """Say whether the token is a common noun or a name."""
        return self.tags[token] in _NOUN_TAGS

    def sentence(self, number: int) -> range:
        """Return the tokens of a sentence."""
        return range(self.starts[number], self.starts[number + 1])

    def ends_open(self, number: int) -> bool:
        """Say whether a sentence ends in no stop, as headlines do."""
        return self.words[self.starts[number + 1] - 1][-1].isalnum()

    def is_infinitive(self, verb: int) -> bool:
        """Say whether the verb stands with `to`."""
        return any(
            self.words[t] == "to" and (self.deps[t] == "aux" or self.tags[t] == "TO")
            for t in self.children[verb]
            if self.deps[t] != "prep"
        )

    def having(self, token: int, *deps: str) -> list[int]:
        """Return the children of the token that have one of the dependency labels."""
        return [child for child in self.children[token] if self.deps[child] in deps]

    def is_plural(self, noun: int) -> bool:
        """Say whether a common noun or name is tagged as several."""
        return self.tags[noun] in {"NNS", "NNPS"}

    def is_reflexive(self, token: int) -> bool:
        """Say whether a word points back at the subject: himself, themselves."""
        return self.words[token].endswith(("self", "selves"))

    def has_determiner(self, noun: int, *words: str) -> bool:
        """Say whether one of the words is the article or determiner of a noun."""
        return any(self.words[child] in words for child in self.having(noun, "det"))

    def first_of_hyphenated(self, token: int) -> int:
        """Return the first token of the word that a token ends: `cease` of `cease-fire`."""
        first, starts, ends = token, self.parse.starts, self.parse.ends
        while first > 1 and self.words[first - 1] == "-" and ends[first - 2] + 1 == starts[first]:
            first -= 2
        return first

    def opens_hyphenated(self, token: int) -> bool:
        """Say whether the word goes on behind a hyphen, and means something else: `kick-start`."""
        starts, ends = self.parse.starts, self.parse.ends
        after = slice(token + 1, token + 3)
        is_hyphen = len(self.words[after]) == 2 and self.words[token + 1] == "-"
        return is_hyphen and [*ends[token : token + 2]] == [*starts[after]]

    def ancestors(self, token: int) -> Iterator[int]:
        """Yield the heads of the token, nearest first, up to the root of its sentence."""
        for _ in range(_DEPTH):
            head = self.heads[token]
            if head == token:
                return
            yield head
            token = head

    def conjuncts(self, token: int) -> list[int]:
        """Return the token and what is coordinated with it to its right."""
        found = [token]
        for member in found:
            if len(found) > _DEPTH:
                break
            found += [
                child
                for child in self.children[member]
                if self.deps[child] == "conj" and self.is_verb(child) == self.is_verb(token)
            ]
        return found

    def first_conjunct(self, token: int) -> int:
        """Return the leftmost member of the coordination that the token is in."""
        for _ in range(_DEPTH):
            if self.deps[token] != "conj":
                break
            token = self.heads[token]
        return token

    def is_passive(self, verb: int) -> bool:
        """Say whether the verb is in the passive: `was taken`, `a man taken`, `were hit and taken`."""
        first = self.first_conjunct(verb)
        if first != verb and self.tags[verb] == "VBN" and not self.having(verb, "aux", "nsubj"):
            return self._is_passive(verb) or self._is_passive(first)
        return self._is_passive(verb)

    def _is_passive(self, verb: int) -> bool:
        if any(self.deps[child] in _PASSIVE for child in self.children[verb]):
            return True
        if self.tags[verb] not in {"VBN", "VBD"} or self.having(verb, "aux", "nsubj"):
            return False
        clause = self.tags[verb] == "VBN" and self.deps[verb] in {"acl", "advcl"}
        clause = clause or (self.deps[verb] == "acl" and not self.having(verb, "dobj"))
        if self.tags[verb] == "VBN" and self.deps[verb] in {"xcomp", "oprd", "acomp", "ccomp"}:
            clause = self.lemmas[self.heads[verb]] in _FINDS  # was found shot
        return clause or bool(self.having(verb, "agent"))

    def phrase(self, head: int) -> tuple[int, int]:
        """Return first and last token of the words before a noun that belong to it, and it.

        Articles, quantities that stand apart and everything after the head are left out.
        """
        first = head
        for child in reversed(self.children[head]):
            if child < head and self.deps[child] in _PHRASE_LEFT:
                start = self._leftmost(child)
                if self._joined(start, first):
                    first = start
        return first, head

    def _leftmost(self, token: int) -> int:
        first = token
        for _ in range(_DEPTH):
            left = [child for child in self.children[first] if child < first]
            left = [child for child in left if self.deps[child] not in {"det", "punct"}]
            if not left:
                break
            first = left[0]
        return first

    def _joined(self, start: int, first: int) -> bool:
        return first - start < _DEPTH and self.words[start] not in {"the", "a", "an"}


def _lemma(word: str, lemma: str, tag: str, raw_tag: str) -> str:
    """Return the lemma in lower case; a capitalised plural (`Airstrikes`) loses its ending."""
    if tag not in {"NNP", "NNPS"}:
        return word if tag != raw_tag else _MISTAKEN.get(word, lemma.lower())
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def _sentence_numbers(parse: Parse) -> tuple[int, ...]:
    numbers: list[int] = []
    ends = (*parse.sentence_starts[1:], len(parse))
    for number, (start, end) in enumerate(zip(parse.sentence_starts, ends, strict=True)):
        numbers += [number] * (end - start)
    return tuple(numbers)
