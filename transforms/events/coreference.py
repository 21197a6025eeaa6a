"""What a pronoun stands for, where that is safe to say; None where it is not.

Looks at the subjects of the clauses above the pronoun's own, then at the subject of the sentence
before; inside quotation marks only at the speaker.
"""

from bisect import bisect_right

from schemas import Article, Quote
from transforms.events.phrases import Phrases, tokens_in
from transforms.events.tables import raw, words
from transforms.events.tree import Tree

_CLAUSES = 4  # within which a subject is looked for: were able to free them
_CHAIN = 4  # pronoun to pronoun to … to name
_SUBJECTS = ("nsubj", "nsubjpass")
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl"})


class Coreference:
    """Resolves the pronouns of one article."""

    __slots__ = ("_phrases", "_pronouns", "_quotes", "_starts", "_tree")

    def __init__(self, article: Article, tree: Tree, phrases: Phrases) -> None:
        self._tree = tree
        self._phrases = phrases
        self._quotes = article.quotes or ()
        self._starts = [quote.start for quote in self._quotes]
        self._pronouns = {
            word: kind
            for kind, listed in raw("participants")["pronouns"].items()
            for word in listed
        }

    def kind(self, token: int) -> str | None:
        """Return what sort of pronoun the token is; None where it is none."""
        return self._pronouns.get(self._tree.words[token])

    def quote(self, token: int) -> Quote | None:
        """Return the quotation that the token stands in."""
        start = self._tree.parse.starts[token]
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and start < self._quotes[index].end:
            return self._quotes[index]
        return None

    def antecedent(self, token: int) -> int | None:
        """Return the head of the name or noun that a pronoun stands for."""
        other = self._other(token)
        for _ in range(_CHAIN):
            kind = self.kind(token)
            if kind is None:
                return None if token == other else token
            found = self._step(token, kind, other)
            if found is None or found == token:
                return None
            token = found
        return None

    def _step(self, token: int, kind: str, other: int | None) -> int | None:
        quote = self.quote(token)
        if kind == "speaker":
            return self._speaker(quote)
        if quote is not None or kind in {"speakers", "relative"}:
            return None
        called = self._called(token, kind)
        if called is not None and called != other:
            return called
        above = self._above(token, kind, other)
        return self._before(token, kind) if above is None else above

    def _called(self, token: int, kind: str) -> int | None:
        """Return the object of the verb before, where two share a subject: called Pop and told him."""
        tree, verb = self._tree, self._tree.heads[token]
        if tree.deps[token] not in {"dobj", "dative"} or tree.deps[verb] != "conj":
            return None
        before = tree.heads[verb]
        if tree.having(verb, *_SUBJECTS) or not before < verb:
            return None
        agreeing = [t for t in tree.having(before, "dobj") if self._agrees(t, kind)]
        return next((t for t in agreeing if not self._is_other_sex(token, t)), None)

    def _other(self, token: int) -> int | None:
        """Return whom a pronoun cannot stand for: `he` of `he told him` is not `him`."""
        tree, kind = self._tree, self.kind(token)
        if kind is None or tree.deps[token] in {*_SUBJECTS, "poss"} or tree.is_reflexive(token):
            return None
        above = [head for head in tree.ancestors(token) if tree.is_verb(head)][:_CLAUSES]
        for verb in above:
            own = tree.having(verb, *_SUBJECTS)
            if own:
                return self.antecedent(own[0]) if self.kind(own[0]) == kind else None
            if tree.deps[verb] not in _SHARES_SUBJECT:
                break
        return None

    def _speaker(self, quote: Quote | None) -> int | None:
        if quote is None or quote.speaker_start is None or quote.speaker_end is None:
            return None
        tokens = tokens_in(self._tree, quote.speaker_start, quote.speaker_end)
        heads = [t for t in tokens if self._tree.heads[t] not in tokens]
        return heads[0] if heads else None

    def _above(self, token: int, kind: str, other: int | None) -> int | None:
        """Return the subject of a higher clause, left of the pronoun, that agrees with it."""
        tree = self._tree
        own = self._own_verbs(token)
        for verb in tree.ancestors(token):
            if not tree.is_verb(verb) or verb in own:
                continue
            for own_subject in self._subjects(verb):
                subject = self._relative_head(verb, own_subject)
                if subject >= token or subject == other or self._is_other_sex(token, subject):
                    continue
                if self._agrees(subject, kind) or self._speaks_of_itself(verb, subject, token):
                    return subject
        return None

    def _subjects(self, verb: int) -> list[int]:
        """Return the subjects of a verb, and whose they are: Lopez of `Lopez's denials were`."""
        found = self._tree.having(verb, *_SUBJECTS)
        return found + [t for subject in found for t in self._tree.having(subject, "poss")]

    def _relative_head(self, verb: int, subject: int) -> int:
        """Return whom `who` stands for, of `the envoy, who told the king that he would come`."""
        relative = self.kind(subject) == "relative" and self._tree.deps[verb] == "relcl"
        if not relative:
            return subject
        head = self._tree.heads[verb]
        return self._phrases.who(head) if self._tree.words[subject] == "who" else head

    def _speaks_of_itself(self, verb: int, subject: int, token: int) -> bool:
        """Say whether it is `Hope for All says it feeds the camp`, where `it` says so.

        So too of `they`, whatever the tables take the speaker for, unless that is one person.
        """
        tree = self._tree
        if tree.lemmas[verb] not in words("attribution", "verbs") or self.kind(subject):
            return False
        clause = tree.heads[token]
        said = tree.deps[token] in _SUBJECTS and tree.deps[clause] == "ccomp"
        classes = self._phrases.classes(subject)
        person = "name-person" in classes or ("person" in classes and self.kind(token) == "thing")
        named = tree.tags[subject] in {"NNP", "NNPS", "NN", "NNS"}
        return (
            said
            and tree.heads[clause] == verb
            and named
            and not person
            and (self.kind(token) in {"thing", "plural"})
        )

    def _own_verbs(self, token: int) -> set[int]:
        """Return the verbs whose subject a pronoun cannot stand for: those of its own clause.

        In `Modi called Koirala and promised him help` the verbs share their subject, and `him`
        is not Modi; `his` could be.
        """
        tree = self._tree
        if tree.deps[token] == "poss":
            return set()
        found = [verb for verb in tree.ancestors(token) if tree.is_verb(verb)][:1]
        for verb in found:
            if tree.deps[token] in _SUBJECTS or tree.having(verb, *_SUBJECTS):
                break
            if tree.deps[verb] in _SHARES_SUBJECT and tree.is_verb(tree.heads[verb]):
                found.append(tree.heads[verb])
        return set(found)

    def _before(self, token: int, kind: str) -> int | None:
        """Return the subject of the sentence before, where it is the only one that agrees."""
        tree = self._tree
        number = tree.sentence_of[token]
        if number == 0:
            return None
        start, end = tree.parse.sentence_starts[number - 1], tree.parse.sentence_starts[number]
        roots = [t for t in range(start, end) if tree.heads[t] == t and tree.is_verb(t)]
        for root in roots[:1]:
            subjects = tree.having(root, *_SUBJECTS)
            if len(subjects) == 1 and not self._agrees(subjects[0], kind):
                subjects = tree.having(subjects[0], "poss")
            if self._is_other_sex(token, *subjects[:1]):
                return None
            if len(subjects) == 1 and self._agrees(subjects[0], kind):
                rivals = [t for t in range(start, end) if self._is_rival(t, subjects[0], kind)]
                return None if rivals else subjects[0]
        return None

    def _is_other_sex(self, pronoun: int, *candidates: int) -> bool:
        """Say whether a noun or its title tells that he is a woman, or she a man."""
        sexes = {sex for each in (pronoun, *candidates) if (sex := self._sex(each))}
        return len(sexes) > 1

    def _sex(self, token: int) -> str | None:
        """Return male or female: by a title, else by a first name, else by the noun or pronoun."""
        tree = self._tree
        before = tree.having(token, "compound", "nmod", "amod", "appos")
        first = [tree.words[t] for t in before if self._phrases.label(t) == "PERSON"][:1]
        told = [tree.words[token], tree.lemmas[token], *(tree.words[t] for t in before)]
        lists = (("_titles", told), ("_names", first), ("", told))
        found = (
            sex
            for ending, listed in lists
            for sex in ("male", "female")
            if not words("participants", sex + ending).isdisjoint(listed)
        )
        return next(found, None)

    def _is_rival(self, token: int, subject: int, kind: str) -> bool:
        tree = self._tree
        if kind == "singular":
            return (
                token != subject
                and self._phrases.label(token) == "PERSON"
                and tree.deps[token] in {"nsubj", "nsubjpass", "dobj"}
                and self._agrees(token, kind)
            )
        return (
            tree.deps[token] in {"nsubj", "nsubjpass"}
            and token != subject
            and (self._agrees(token, kind))
        )

    def _agrees(self, token: int, kind: str) -> bool:
        tree = self._tree
        if self.kind(token) is not None:
            return self.kind(token) == kind
        classes = self._phrases.classes(token)
        if kind == "singular":
            person = "name-person" in classes or ("person" in classes and "unknown" not in classes)
            return person and not tree.is_plural(token) and "name-state" not in classes
        if kind == "thing":
            collective = (
                classes & {"name-org", "name-state"}
                or ("actor" in classes and "person" not in classes)
                or {"unknown", "name"} <= classes
            )
            return bool(collective) and not tree.is_plural(token)
        plural = tree.is_plural(token) or bool(tree.having(token, "conj"))
        return plural and bool(classes & {"actor", "person"})
