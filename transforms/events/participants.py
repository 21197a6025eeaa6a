"""From the head of a phrase to a `Participant`: its words, entity, country, sector."""

import dataclasses

from schemas import Basis, Entity, EntityKind, Participant
from transforms.events.reading import Reading

_KINDS: dict[str, EntityKind] = {
    "PERSON": "person",
    "ORG": "organization",
    "NORP": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_OF_COUNTRY = ("of", "from", "in")
_ENTITY_FIELDS = tuple(field.name for field in dataclasses.fields(Entity))


class Participants:
    """Makes the participants of one article's events."""

    __slots__ = ("_reading",)

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def make(self, head: int, *, basis: Basis = "clause") -> Participant:
        """Return the participant whose phrase has this head; a name beside it speaks for it."""
        head = self._named(head)
        antecedent = self._antecedent(head)
        known = self.describe(head if antecedent is None else antecedent)
        described = self._reading.phrases.description(head)
        first_last: tuple[int | None, int | None] = (None, None)
        if antecedent is not None:
            first_last = self.span(antecedent)[1:]
        elif described is not None:
            first_last = described.antecedent_start, described.antecedent_end
        text, start, end = self.span(head)
        known = dataclasses.replace(known, text=text, start=start, end=end)
        parse = self._reading.tree.parse
        return Participant(
            **{name: getattr(known, name) for name in _ENTITY_FIELDS},
            head_start=parse.starts[head],
            head_end=parse.ends[head],
            basis=basis if antecedent is None and described is None else "coreference",
            antecedent_start=first_last[0],
            antecedent_end=first_last[1],
        )

    def _antecedent(self, head: int) -> int | None:
        """Return what a pronoun stands for; None for what is none, or stands for nothing sure."""
        coreference = self._reading.coreference
        found = coreference.antecedent(head) if coreference.kind(head) else None
        return None if found == head else found

    def span(self, head: int) -> tuple[str, int, int]:
        """Return the words and offsets of the phrase: the name that covers the head, if any."""
        reading, parse = self._reading, self._reading.tree.parse
        entity = reading.phrases.entity(head)
        if (
            entity is not None
            and entity.start <= parse.starts[head] < parse.ends[head] <= entity.end
        ):
            return reading.article.text[entity.start : entity.end], entity.start, entity.end
        return reading.text(*reading.tree.phrase(head))

    def describe(self, head: int) -> Entity:
        """Return who or what it is, from the name or the office, else from its noun and modifiers."""
        phrases = self._reading.phrases
        entity = phrases.entity(head) or phrases.description(head)
        if entity is None:
            return self._from_words(head)
        if entity.sector is None and entity.kind != "place":
            return dataclasses.replace(entity, sector=self._sector_beside(head))
        return entity

    def _named(self, head: int) -> int:
        """Return the name of who is described: `the premier, Jane Doe,` is Jane Doe."""
        tree, phrases = self._reading.tree, self._reading.phrases
        known = phrases.entity(head) is not None or phrases.label(head) is not None
        if known or "actor" not in phrases.classes(head):
            return head
        above = tree.heads[head]
        if tree.deps[head] == "appos" and phrases.entity(above) is not None:
            return above  # Jane Doe, the colonel who ordered it
        for child in tree.having(head, "appos"):
            entity = phrases.entity(child)
            if entity is not None and entity.kind != "other":
                return child
        return head

    def _sector_beside(self, head: int) -> str | None:
        """Return the sector of a title: `General Jane Doe`."""
        phrases = self._reading.phrases
        for child in self._reading.tree.having(head, "compound", "appos", "amod"):
            noun = phrases.noun(child)
            if noun is not None and noun.sector and phrases.entity(child) is None:
                return noun.sector
        return None

    def _from_words(self, head: int) -> Entity:
        phrases = self._reading.phrases
        text, start, end = self.span(head)
        label, pronoun = phrases.label(head), self._reading.coreference.kind(head)
        if pronoun is not None:
            kind: EntityKind = "person" if pronoun in {"singular", "speaker"} else "other"
            return Entity(text=text, start=start, end=end, kind=kind)
        country = self._country(head)
        return Entity(
            text=text,
            start=start,
            end=end,
            label=label,
            kind=self._kind(head, label),
            country=country,
            sector=self._sector(head, country),
        )

    def _kind(self, head: int, label: str | None) -> EntityKind:
        noun = self._reading.phrases.noun(head)
        if label in _KINDS and not (noun and noun.sector):
            return _KINDS[label]
        return noun.kind if noun else "other"

    def _sector(self, head: int, country: str | None) -> str | None:
        """Return the sector of the noun, else of a word before it: MIL for `army patrols`."""
        phrases = self._reading.phrases
        noun = phrases.noun(head)
        if noun is not None and noun.sector:
            return noun.sector if country or not noun.of_a_country else None
        for child in phrases.modifiers(head):
            entity, modifier = phrases.entity(child), phrases.noun(child)
            if entity is not None and entity.sector and entity.kind != "place":
                return entity.sector
            if modifier is not None and modifier.sector:
                return modifier.sector
        return None

    def _country(self, head: int) -> str | None:
        """Return the country named beside the head: `Libyan jets`, `the army of Chad`."""
        tree = self._reading.tree
        beside = tree.having(head, "compound", "amod", "nmod", "poss", "nummod")
        preps = self._reading.arguments.of(head).preps if tree.is_noun(head) else {}
        beside += [token for prep in _OF_COUNTRY for token in preps.get(prep, ())]
        for token in beside:
            entity = self._reading.phrases.entity(token)
            if entity is not None and entity.country:
                return entity.country
        return None
