"""Entities: who and what a text names, and who takes part in an event."""

import datetime as dt
from typing import Literal

from schemas._declare import Float64, column, record

EntityKind = Literal["person", "organization", "group", "place", "other"]
Basis = Literal["clause", "coreference", "sentence"]
PlaceBasis = Literal["clause", "sentence", "dateline", "document"]


@record
class Entity:
    """A mention of a person, organisation, group or place, and what it refers to."""

    text: str | None = column("the mention as it stands in the article", quoted=True)
    start: int = column("offset of its first character")
    end: int = column("offset after its last character")
    label: str | None = column("the label that the recogniser gave it", default=None)
    kind: EntityKind = column("what sort of thing is mentioned")
    place_kind: str | None = column(
        "for a place: country, admin1, admin2, city, region, water, site …", default=None
    )
    entity_id: str | None = column(
        "the knowledge base's id, stable over its versions; null where no entry fits", default=None
    )
    name: str | None = column("the name under which the knowledge base has it", default=None)
    wikidata_id: str | None = column("its Wikidata item, as in Q796", default=None)
    geonames_id: str | None = column("its GeoNames id, as in 99237", default=None)
    country: str | None = column(
        "ISO 3166-1 alpha-3: where a place is; whom a person or an organisation acted for on that "
        "day; never citizenship",
        default=None,
    )
    admin1: str | None = column("the first-level division a place lies in, by name", default=None)
    latitude: Float64 | None = column("degrees north, WGS 84", default=None)
    longitude: Float64 | None = column("degrees east, WGS 84", default=None)
    role: str | None = column("office or function, as in Prime Minister", default=None)
    role_valid_on: dt.date | None = column(
        "the day for which role holds: the publication's in documents, the event's in events",
        default=None,
    )
    sector: str | None = column("PLOVER sector code: GOV, MIL, REB …", default=None)
    other_sectors: tuple[str, ...] = column("further PLOVER sector codes", default=())
    is_metonym: bool | None = column(
        "true where a place name stands for its government", default=None
    )
    score: float | None = column("calibrated probability that the link is right", default=None)


@record
class Participant(Entity):
    """Somebody who does something in an event, or to whom it is done."""

    head_start: int = column("offset of the head word of the phrase")
    head_end: int = column("offset after the head word")
    basis: Basis = column("where the participant was found, seen from the trigger")
    antecedent_start: int | None = column(
        "offset of the mention that a pronoun or description refers to", default=None
    )
    antecedent_end: int | None = column("offset after that mention", default=None)


@record
class EventPlace(Entity):
    """Where an event happened."""

    basis: PlaceBasis = column("where the place was found, seen from the trigger")
