"""From the head of a phrase to a `Participant`: its words, entity, country, sector."""

from schemas import Article, Basis, Entity, EntityKind, Participant
from transforms.events.arguments import Arguments
from transforms.events.coreference import Coreference
from transforms.events.phrases import Phrases
from transforms.events.tree import Tree

_KINDS: dict[str, EntityKind] = {
    "PERSON": "person",
    "ORG": "organization",
    "NORP": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_OF_COUNTRY = ("of", "from", "in")
# What a participant that an entity describes takes over from it; offsets and words are its own.
_FIELDS = (
    "label",
    "kind",
    "place_kind",
    "entity_id",
    "name",
    "wikidata_id",
    "geonames_id",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "role",
    "role_valid_on",
    "sector",
    "other_sectors",
    "is_metonym",
    "score",
)


class Participants:
    """Makes the participants of one article's events."""

    __slots__ = ("_arguments", "_coreference", "_phrases", "_text", "_tree")

    def __init__(
        self,
        article: Article,
        tree: Tree,
        phrases: Phrases,
        arguments: Arguments,
        coreference: Coreference,
    ) -> None:
        self._text = article.text
        self._tree = tree
        self._phrases = phrases
        self._arguments = arguments
        self._coreference = coreference

    def make(self, head: int, *, basis: Basis = "clause") -> Participant:
        """Return the participant whose phrase has this head."""
        start, end = self.span(head)
        parse = self._tree.parse
        known = self.describe(head)
        antecedent = self._coreference.antecedent(head) if self._coreference.kind(head) else None
        where: dict[str, int] = {}
        if antecedent is not None and antecedent != head:
            known = self.describe(antecedent)
            first, last = self.span(antecedent)
            where = {"antecedent_start": first, "antecedent_end": last}
            basis = "coreference"
        return Participant(
            text=self._text[start:end],
            start=start,
            end=end,
            head_start=parse.starts[head],
            head_end=parse.ends[head],
            basis=basis,
            **where,
            **known,
        )

    def span(self, head: int) -> tuple[int, int]:
        """Return the offsets of the phrase: of the name that covers the head, else of its words."""
        parse = self._tree.parse
        entity = self._phrases.entity(head)
        if entity is not None and entity.start <= parse.starts[head] and entity.end >= parse.ends[head]:
            return entity.start, entity.end
        first, last = self._tree.phrase(head)
        return parse.starts[first], parse.ends[last]

    def describe(self, head: int) -> dict[str, object]:
        """Return the fields that describe who it is, from entity, apposition, noun, modifiers."""
        entity = self._phrases.entity(head) or self._apposed(head)
        if entity is not None:
            known: dict[str, object] = {name: getattr(entity, name) for name in _FIELDS}
            if known["sector"] is None and entity.kind != "place":
                known["sector"] = self._sector_beside(head)
            return known
        return self._from_words(head)

    def _apposed(self, head: int) -> Entity | None:
        """Return the person named beside a title: `the premier, Jane Doe,`."""
        if "person" not in self._phrases.classes(head):
            return None
        for child in self._tree.having(head, "appos"):
            entity = self._phrases.entity(child)
            if entity is not None and entity.kind == "person":
                return entity
        return None

    def _sector_beside(self, head: int) -> str | None:
        for child in self._tree.having(head, "compound", "appos", "amod"):
            noun = self._phrases.noun(child)
            if noun is not None and noun.sector and self._phrases.entity(child) is None:
                return noun.sector
        return None

    def _from_words(self, head: int) -> dict[str, object]:
        noun, label = self._phrases.noun(head), self._phrases.label(head)
        pronoun = self._coreference.kind(head)
        kind: EntityKind = noun.kind if noun else _KINDS.get(label or "", "other")
        if label in _KINDS and not (noun and noun.sector):
            kind = _KINDS[label]
        if pronoun is not None:
            kind = "person" if pronoun in {"singular", "speaker"} else "other"
            return {"label": None, "kind": kind}
        sector = noun.sector if noun else None
        return {
            "label": label,
            "kind": kind,
            "country": self._country(head),
            "sector": self._sector_of_modifier(head) or sector,
        }

    def _sector_of_modifier(self, head: int) -> str | None:
        """Return MIL for `army patrols`, REB for `rebel positions`, None where nothing says so."""
        noun = self._phrases.noun(head)
        if noun is not None and noun.sector:
            return None
        for child in self._phrases.modifiers(head):
            entity, modifier = self._phrases.entity(child), self._phrases.noun(child)
            if entity is not None and entity.sector and entity.kind != "place":
                return entity.sector
            if modifier is not None and modifier.sector:
                return modifier.sector
        return None

    def _country(self, head: int) -> str | None:
        """Return the country named beside the head: `Syrian jets`, `the army of Chad`."""
        tree = self._tree
        beside = tree.having(head, "compound", "amod", "nmod", "poss", "nummod")
        preps = self._arguments.of(head).preps if tree.is_noun(head) else {}
        beside += [token for prep in _OF_COUNTRY for token in preps.get(prep, ())]
        for token in beside:
            entity = self._phrases.entity(token)
            if entity is not None and entity.country:
                return entity.country
        return None
