"""Whether an event happened: negation, modals, conditions, plans, attempts, denial.

Walks from the trigger up to the root of its sentence and collects what the words on the way say
of it; the tables are in `seeds/events/factuality.toml`.
"""

from collections.abc import Iterator

from schemas import Factuality
from transforms.events.beside import Beside, Verdict
from transforms.events.denial import Denials
from transforms.events.lasting import Lasting
from transforms.events.match import Match
from transforms.events.outcomes import OPEN, Outcomes
from transforms.events.tables import factuality_of, word_list
from transforms.events.tree import Tree

_ORDER: tuple[Factuality, ...] = (
    "denied",
    "not_happened",
    "possible",
    "attempted",
    "planned",
    "ongoing",
)
_CLOSED = frozenset({"relcl", "nsubj", "poss", "appos"})  # what is above says nothing of these
_PUNCTUAL = frozenset({"seize", "convict", "resign"})  # modes of acts that take a moment
_PRESENT = frozenset({"VBZ", "VBP"})
_NEARLY = frozenset({"close", "near"})
_ASKING = frozenset({"WRB", "WP"})
_COULD = frozenset({"modal:could", "modal:can", "modal:ca"})
REFUSAL = "refusal"  # the rule of a negated future: will not release, said it would not meet


_TRIED = Verdict("attempted", "governor:try")
_DENIED = Verdict("denied", "denial:accused")
_CUT_SHORT = Verdict("attempted", "mark:before")  # before they could flee


class Factualities:
    """Judges the matches of one article."""

    __slots__ = ("_beside", "_denials", "_governors", "_lasting", "_nouns", "_outcomes", "_tree")

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._beside = Beside(tree)
        self._denials, self._lasting, self._outcomes = Denials(tree), Lasting(tree), Outcomes(tree)
        self._governors = factuality_of("governors")
        self._nouns = factuality_of("nouns")

    def of(self, match: Match, *, in_title: bool) -> Verdict:
        """Return the factuality of a match."""
        found = [*self._beside.of_match(match), *self._walk(match)]
        found += self._outcomes.awaited(match.trigger)
        if self._denials.by_accused(match.trigger, found):
            return _DENIED
        found += self._question(match.trigger)
        negations = [verdict for verdict in found if verdict.factuality == "not_happened"]
        if len(negations) % 2 == 0:  # failed to prevent, could not stop
            undone = {*negations, *(v for v in found if negations and v.rule in _COULD)}
            found = [verdict for verdict in found if verdict not in undone]
        elif _TRIED in found and all(v.rule == "governor:fail" for v in negations):
            found = [_TRIED]  # tried and failed
        if any(verdict.rule == "mark:before" for verdict in found):
            return _CUT_SHORT
        last = next((v for v in reversed(found) if v.factuality != "happened"), None)
        if last and last.factuality == "attempted":
            return last  # whatever was plotted, the plot was foiled
        for factuality in _ORDER:
            for verdict in found:
                if verdict.factuality == factuality:
                    refused = verdict.rule == "negation" and any(map(_is_promise, found))
                    return verdict._replace(rule=REFUSAL) if refused else verdict
        return self._present(match, in_title=in_title)

    # --- the way up

    def _walk(self, match: Match) -> Iterator[Verdict]:
        tree, trigger, token = self._tree, match.trigger, match.trigger
        if tree.is_verb(token):
            yield from self._beside.of_verb(token)
            yield from self._purpose(token)
        for head in tree.ancestors(trigger):
            dep = tree.deps[token]
            if self._is_closed(token, is_act=token == trigger):
                return
            if dep == "conj":
                yield from self._joined(token, head, is_act=token == trigger)
            elif dep == "ccomp" and self._denials.by_report(token, head, match.event_type):
                yield Verdict("denied", f"report:{tree.lemmas[head]}")
            elif dep in {"nsubj", "nsubjpass"}:
                yield from self._happening(head, token)
                return
            elif token == trigger and self._is_hindered(token, head):
                return
            else:
                yield from self._governed(token, head, dep)
                if dep == "prep" and self._presupposes(head):
                    return
            token = head

    def _presupposes(self, head: int) -> bool:
        """Say whether it was so, said or not: refused to apologize for it, to say sorry for it."""
        return self._tree.is_verb(head) or self._tree.words[head] in word_list("regretting")

    def _is_closed(self, token: int, *, is_act: bool) -> bool:
        """Say whether what is above a clause says nothing of it.

        Those seeking asylum do so, whatever is said of them.
        """
        tree, dep = self._tree, self._tree.deps[token]
        if dep == "advcl" or (dep in _CLOSED and tree.is_verb(token)):
            return True
        participle = dep == "acl" and tree.tags[token] in {"VBG", "VBN"}
        return is_act and participle and not tree.having(token, "aux", "mark", "nsubj")

    def _is_hindered(self, noun: int, verb: int) -> bool:
        """Say whether it was going on when it was hindered: tried to block the investigation."""
        tree = self._tree
        if tree.deps[noun] != "dobj" or tree.lemmas[noun] not in word_list("proceedings"):
            return False
        known = tree.has_determiner(noun, "the") or bool(tree.having(noun, "poss"))
        return known and tree.lemmas[verb] in word_list("hindering")

    def _joined(self, token: int, head: int, *, is_act: bool) -> Iterator[Verdict]:
        """Yield what a verb says of its conjunct, or of what that governs: tried and failed to."""
        if self._shares(token, head):
            yield from self._beside.of_verb(head)
        if self._governors.get(self._tree.lemmas[head]) == "attempted" and not is_act:
            yield _TRIED

    def _shares(self, token: int, head: int) -> bool:
        """Say whether a conjunct has its auxiliaries from the first: `will attack and kill`."""
        tree = self._tree
        if not (tree.is_verb(token) and tree.is_verb(head)):
            return False
        if tree.lemmas[head] == "be" and tree.tags[token] != "VB":
            return False  # was not at home and ordered
        return not tree.having(token, "nsubj", "nsubjpass", "aux") and (
            tree.tags[token] == "VB" or tree.tags[token] == tree.tags[head]
        )

    def _purpose(self, verb: int) -> Iterator[Verdict]:
        tree = self._tree
        infinitive = tree.is_infinitive(verb)
        if infinitive and tree.deps[verb] == "advcl":
            yield from self._towards(tree.heads[verb])
        elif infinitive and tree.deps[verb] == "ROOT":
            yield Verdict("planned", "headline-infinitive")

    def _towards(self, head: int) -> Iterator[Verdict]:
        """Yield what a verb says of an infinitive that the parser takes for its purpose."""
        tree = self._tree
        stated = self._governors.get(tree.lemmas[head])
        if stated in {"attempted", "not_happened", "possible"}:
            yield Verdict(stated, f"governor:{tree.lemmas[head]}")
        elif tree.lemmas[head] != "go" or not tree.having(head, "prt"):  # went on to burn it
            yield Verdict("planned", "purpose")

    def _happening(self, verb: int, noun: int) -> Iterator[Verdict]:
        """Yield what a verb says of the event noun that is its subject."""
        tree = self._tree
        lemma = tree.lemmas[verb]
        if lemma not in word_list("occurrence"):
            return
        later = [c for c in tree.having(verb, "xcomp") if tree.is_infinitive(c)]
        if lemma == "be" and later and not tree.having(verb, "acomp", "attr"):
            yield Verdict("planned", "governor:be")  # talks are to open in May
        if lemma == "fail" and later:  # talks failed to take place
            yield Verdict("not_happened", "governor:fail")
            return
        stated = factuality_of("happening").get(lemma)
        lasts = lemma in word_list("lasting")
        if stated and (stated != "ongoing" or lasts or not self._is_past(verb)):
            yield Verdict(stated, f"happening:{lemma}")
        told = self._beside.of_verb(verb)
        if self._beside.is_none(noun) and not tree.having(verb, "neg"):  # no attack took place
            told = (verdict for verdict in told if verdict.rule != "negation")
        yield from told

    def _governed(self, token: int, head: int, dep: str) -> Iterator[Verdict]:
        """Yield what a verb or noun says of the act that it governs."""
        tree = self._tree
        if self._denials.of(token, head):
            yield Verdict("denied", f"denial:{tree.words[head]}")
        elif tree.is_verb(head):
            yield from self._by_verb(token, head, dep)
        elif dep in {"acl", "ccomp"} and self._beside.is_unconfirmed(head):
            yield Verdict("possible", f"unconfirmed:{tree.lemmas[head]}")
        elif self._is_governed(token, dep) and tree.lemmas[head] in self._nouns:
            yield self._by_noun(head)
        elif dep == "acl" and tree.is_verb(token) and tree.is_infinitive(token):
            yield Verdict("possible", f"infinitive:{tree.lemmas[head]}")  # the means to attack
        elif tree.deps[token] == "prep" and self._reaches(token, head):
            yield self._by_noun(head)
        elif dep in {"pobj", "pcomp"} and self._is_undone(head):
            yield Verdict("not_happened", "negation")
        elif dep == "xcomp" and self._was_able(head):
            able: Factuality = "not_happened" if self._is_none_able(head) else "happened"
            yield Verdict(able, f"governor:{tree.lemmas[head]}")
        elif dep in {"xcomp", "ccomp"} and tree.lemmas[head] in self._governors:
            fate = self._outcomes.of_aim(head) if dep == "xcomp" else None
            yield Verdict(
                fate or self._governors[tree.lemmas[head]], f"governor:{tree.lemmas[head]}"
            )

    def _reaches(self, prep: int, head: int) -> bool:
        """Say whether a noun says something of what follows a preposition: fear of, an attempt at."""
        tree, stated = self._tree, self._nouns.get(self._tree.lemmas[head])
        if tree.words[prep] == "at":
            return stated == "attempted"
        of_kind = tree.is_noun(head) or tree.words[head] in _NEARLY
        return stated is not None and of_kind and tree.words[prep] in word_list("reaching")

    def _by_noun(self, head: int) -> Verdict:
        """Return what a noun says of the act that it is about; `close to` says it too."""
        tree, lemma = self._tree, self._tree.lemmas[head]
        if self._beside.is_none(head):
            return Verdict("not_happened", "negation")  # no plans to expel them
        if tree.words[head] in _NEARLY and tree.lemmas[tree.heads[head]] == "come":
            return Verdict("not_happened", f"noun:{lemma}")  # came close to killing them
        if lemma == "order" and tree.words[head - 1] == "in":
            return Verdict("planned", "purpose")  # in order to attack
        if (fate := self._outcomes.of_plan(head)) is not None:
            return Verdict(fate, f"fate:{tree.lemmas[tree.heads[head]]}")
        return Verdict(self._nouns[lemma], f"noun:{lemma}")

    def _is_undone(self, prep: int) -> bool:
        """Say whether it is `without paying`, `instead of paying`, `stopped short of paying`."""
        tree = self._tree
        before = tree.words[prep - 1] if prep else ""
        return tree.words[prep] == "without" or (
            tree.words[prep] in {"of", "than", "from"} and before in word_list("undone")
        )

    def _is_governed(self, token: int, dep: str) -> bool:
        """Say whether a clause is what a noun is about: a plan to attack, not a deal made there."""
        tree = self._tree
        that = any(tree.words[mark] == "that" for mark in tree.having(token, "mark"))
        infinitive = dep == "acl" and (tree.is_infinitive(token) or that)
        return infinitive or dep in {"pcomp", "ccomp", "xcomp"}

    def _was_able(self, quality: int) -> bool:
        """Say whether it is `were able to free them`, who then did so; not `if they were able`."""
        tree, verb = self._tree, self._tree.heads[quality]
        is_able = tree.lemmas[quality] in word_list("achieving") and tree.lemmas[verb] == "be"
        open_ = any(tree.words[mark] != "that" for mark in tree.having(verb, "mark"))
        return is_able and tree.tags[verb] == "VBD" and not open_

    def _is_none_able(self, quality: int) -> bool:
        """Say whether it is `were not able to`, `nobody was able to`."""
        verb = self._tree.heads[quality]
        return self._beside.is_negated(verb) or self._beside.is_negated(quality)

    def _had_to(self, verb: int) -> bool:
        """Say whether it is `had to ask`, who then did so; not `would have had to`.

        Nor what is reported: `said that they had to pay` is a demand.
        """
        tree = self._tree
        told = tree.deps[verb] != "ccomp"
        return told and tree.lemmas[verb] == "have" and tree.tags[verb] == "VBD"

    def _by_verb(self, token: int, verb: int, dep: str) -> Iterator[Verdict]:
        tree, lemma = self._tree, self._tree.lemmas[verb]
        if dep == "prep":
            yield from self._through(token, verb)
            return
        infinitive = tree.is_verb(token) and tree.is_infinitive(token)
        stated = self._stated(verb, dep, infinitive=infinitive)
        if stated in {"denied", "possible"} and self._is_undoubted(verb):
            return  # never denied that, nobody doubts that
        if infinitive and lemma == "have" and self._is_outstanding(verb):
            yield Verdict("not_happened", "have-yet")
            return
        if lemma == "rule" and self._beside.is_negated(verb):
            yield Verdict("possible", "governor:rule")  # has not ruled out expelling them
            return
        fate = self._outcomes.of_aim(verb) if infinitive and stated in OPEN else None
        if fate:
            yield Verdict(fate, "outcome")
        elif stated:
            yield Verdict(stated, f"governor:{lemma}")
        elif infinitive and dep == "xcomp":
            done: Factuality | None = "happened" if self._had_to(verb) else None
            yield Verdict(done or self._outcomes.of_aim(verb) or "possible", f"infinitive:{lemma}")
        if dep == "xcomp" or (dep == "dobj" and stated):
            yield from self._beside.of_verb(verb)
        elif dep == "ccomp":
            yield from self._of_clause(verb)

    def _through(self, prep: int, verb: int) -> Iterator[Verdict]:
        """Yield what a verb says of an act through a preposition: warned of an attack."""
        word, lemma = self._tree.words[prep], self._tree.lemmas[verb]
        if (told := self._outcomes.by_prep(word, verb, self._nouns)) is not None:
            yield told
        elif word == "to" and lemma == "lead" and self._is_clue(verb):
            yield Verdict("possible", "noun:clue")
        elif word not in word_list("reaching"):
            return
        elif word == "from" and lemma in word_list("keeping_from"):
            yield Verdict("not_happened", f"governor:{lemma}")
            yield from self._beside.of_verb(verb)
        elif word == "against" and lemma in word_list("deciding"):
            yield Verdict("not_happened", f"governor:{lemma}")
        else:
            stated = self._stated(verb, "prep", infinitive=False)
            doubted = stated in {"denied", "possible"} and self._is_undoubted(verb)
            if word == "for" and lemma == "try" and self._tree.is_passive(verb):
                stated = "possible"  # was tried for murder
            if stated and stated != "planned" and not doubted:
                yield Verdict(stated, f"governor:{lemma}")

    def _is_clue(self, verb: int) -> bool:
        """Say whether it is `information leading to an arrest`, or that leads to it."""
        tree = self._tree
        open_ended = tree.deps[verb] in {"acl", "relcl"} and tree.tags[verb] in {"VBG", "VBZ"}
        return open_ended and tree.lemmas[tree.heads[verb]] in word_list("clues")

    def _of_clause(self, verb: int) -> Iterator[Verdict]:
        """Yield what a verb says of a clause: it is false that, does not believe that."""
        tree = self._tree
        if self._is_untrue(verb):
            yield Verdict("not_happened", "untrue")
        elif tree.having(verb, "neg") and tree.lemmas[verb] != "deny":
            yield Verdict("possible", "negated-report")

    def _is_untrue(self, verb: int) -> bool:
        """Say whether it is `it was false that`, `it is not true that`."""
        tree = self._tree
        if tree.lemmas[verb] != "be":
            return False
        said = {tree.lemmas[token] for token in tree.having(verb, "acomp", "attr")}
        negated = "true" in said and bool(tree.having(verb, "neg"))
        return negated or not said.isdisjoint(word_list("untrue"))

    def _is_undoubted(self, verb: int) -> bool:
        """Say whether a verb of denial or doubt is itself negated."""
        if self._tree.lemmas[verb] not in word_list("doubting"):
            return False
        return any(
            verdict.rule in {"negation", "modifier:never"} for verdict in self._beside.of_verb(verb)
        )

    def _is_outstanding(self, verb: int) -> bool:
        return any(self._tree.words[child] == "yet" for child in self._tree.having(verb, "advmod"))

    def _stated(self, verb: int, dep: str, *, infinitive: bool) -> Factuality | None:
        """Return what a verb says of what it governs; None where it leaves it open."""
        lemma = self._tree.lemmas[verb]
        if lemma == "be" and infinitive and dep == "xcomp":  # is to visit, not: is nice to visit
            return None if self._tree.having(verb, "acomp", "attr") else "planned"
        if dep == "ccomp" and not infinitive and lemma in word_list("telling"):
            return None
        if dep == "ccomp" and lemma in word_list("hoping"):
            return "possible"
        if infinitive and lemma in word_list("hearsay") and self._tree.is_passive(verb):
            return "possible"  # is said to have bombed it
        stated = self._governors.get(lemma)
        if lemma in word_list("striving") and not infinitive:
            stated = None  # fought the expulsion
        if lemma == "call" and dep == "dobj" and self._outcomes.is_called_for(verb):
            stated = "planned"
        for particle in self._tree.having(verb, "prt"):
            phrasal = f"{lemma} {self._tree.words[particle]}"
            stated = factuality_of("particles").get(phrasal, stated)
        over = stated == "ongoing" and lemma not in word_list("lasting") and self._is_past(verb)
        return "happened" if over else stated

    def _is_past(self, verb: int) -> bool:
        """Say whether it is `began`, not `begins` or `has begun`."""
        tree = self._tree
        now = any(tree.tags[aux] in _PRESENT for aux in tree.having(verb, "aux"))
        return tree.tags[verb] in {"VBD", "VBN"} and not now

    # --- what is left

    def _question(self, token: int) -> Iterator[Verdict]:
        tree = self._tree
        sentence = tree.sentence(tree.sentence_of[token])
        last = sentence[-1]
        if tree.tags[sentence[0]] in _ASKING and "if" not in tree.words[sentence[0] + 1 : token]:
            return  # why did they expel him?
        if "?" in tree.words[max(token, last - 2) : last + 1]:
            yield Verdict("possible", "question")

    def _present(self, match: Match, *, in_title: bool) -> Verdict:
        tree, token, tag = self._tree, match.trigger, self._tree.tags[match.trigger]
        punctual = match.event_type == "ASSAULT" or match.mode in _PUNCTUAL
        if not tree.is_verb(token):
            lasts = self._lasting.noun_lasts(token)
            return Verdict("ongoing", "duration") if lasts else Verdict("happened", "noun")
        if self._lasting.verb_lasts(token, punctual=punctual):
            return Verdict("ongoing", "progressive")
        if tag == "VBG":
            return Verdict("happened", "participle")
        headline = in_title or tree.ends_open(tree.sentence_of[token])
        if tag in _PRESENT and not headline:
            return Verdict("ongoing", "present")
        return Verdict("happened", "past")


def _is_promise(verdict: Verdict) -> bool:
    return verdict.factuality == "planned" and verdict.rule.startswith("modal:")
