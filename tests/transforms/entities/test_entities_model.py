"""Names in real sentences, with the real model and the knowledge base that ships."""

import dataclasses
import datetime as dt

import pytest

from schemas import Published, Sentence, Zone, new_article
from transforms.entities import load_linker

TEXT = (
    "Syrian jets struck a convoy near Tikrit, Iraqi officials said on Thursday. "
    "Prime Minister Nouri al-Maliki thanked nobody. "
    "In Paris, U.S. Secretary of State John Kerry said Maliki must form a government. "
    "Washington accused Russia of arming the Free Aceh Movement (GAM)."
)


@pytest.fixture(scope="module")
def entities(parser):
    starts = [0, *(i + 2 for i in range(len(TEXT)) if TEXT[i] == "." and TEXT[i - 1].islower())]
    ends = [*(start - 1 for start in starts[1:]), len(TEXT)]
    spans = [(s, e) for s, e in zip(starts, ends, strict=True) if s < e]
    article = dataclasses.replace(
        new_article(TEXT, published=Published(at=None, on=dt.date(2014, 6, 26), precision="day")),
        zones=(Zone(kind="body", start=0, end=len(TEXT)),),
        sentences=tuple(Sentence(start=s, end=e, zone=0) for s, e in spans),
    )
    return load_linker()(parser(article)).entities


def by_text(entities, text):
    return next(e for e in entities if e.text == text)


@pytest.mark.slow
def test_who_and_where(entities):
    assert by_text(entities, "Syrian").wikidata_id == "Q858"
    assert by_text(entities, "Iraqi").country == "IRQ"
    tikrit = by_text(entities, "Tikrit")
    assert (tikrit.place_kind, tikrit.country, tikrit.admin1) == ("city", "IRQ", "Salah ad Din")
    assert (
        by_text(entities, "Maliki").wikidata_id == by_text(entities, "Nouri al-Maliki").wikidata_id
    )
    assert by_text(entities, "John Kerry").role == "United States Secretary of State"
    assert by_text(entities, "Paris").country == "FRA"


@pytest.mark.slow
def test_a_capital_that_accuses_is_a_government(entities):
    washington = by_text(entities, "Washington")
    assert (washington.is_metonym, washington.country) == (True, "USA")
    assert (washington.entity_id, washington.latitude) == (None, None)


@pytest.mark.slow
def test_an_acronym(entities):
    assert by_text(entities, "GAM").entity_id == by_text(entities, "Free Aceh Movement").entity_id


@pytest.mark.slow
def test_what_is_linked_has_a_score(entities):
    assert all((e.score is not None) == bool(e.entity_id or e.is_metonym) for e in entities)
    assert all(0.5 <= e.score <= 1 for e in entities if e.score is not None)
