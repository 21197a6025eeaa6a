"""Events told in words."""

import ast
import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from pipeline import explain as module
from pipeline.explain import explain
from schemas import EventPlace, new_article
from transforms.entities import load_linker
from transforms.events import load_extractor
from transforms.segmentation import load_segmenter

ROOT = Path(module.__file__).parents[1]


@pytest.fixture(scope="module")
def told(parser):
    steps = (load_segmenter(), parser, load_linker(None), load_extractor())

    def run(text, **changes):
        article = new_article(text)
        for step in steps:
            article = step(article)
        event = dataclasses.replace(article.events[0], **changes)
        return "\n".join(explain(dataclasses.asdict(event)))

    return run


@pytest.mark.slow
def test_what_decided_is_told(told):
    text = told("The general denied that Sudan had shelled the port.")
    assert "ASSAULT by the mode heavy-weapons, on “shelled”" in text
    assert "by the entry assault.shell, as in “" in text
    assert "denied, since “deny” governs it" in text
    assert "“Sudan”" in text
    assert "says who   general (deny)" in text
    assert re.search(r"^confidence 0\.\d\d that", text, re.MULTILINE)


@pytest.mark.slow
def test_what_joined_and_what_is_lacking_is_told(told):
    joined = told("Denmark launched an appeal to help farmers in Chad.")
    assert "found by weighing every name" in joined
    light = told("Rebels launched an attack on the port.")
    assert "the verb lends itself to an event noun (light.launch)" in light
    alone = told("The investigation has found that the pilot was tired.")
    assert "by the entry accuse.investigate, as in “" in alone
    assert "though nobody stands beside it: likely enough" in alone


@pytest.mark.slow
def test_what_is_not_said_and_text_that_was_not_kept(told):
    place = EventPlace(text=None, start=0, end=0, name=None, kind="place", basis="document")
    text = told("Rebels attacked the port.", place=place, confidence=None)
    assert "where      …, from the title or the first sentences" in text
    assert "when       not said" in text
    assert "confidence" not in text


@pytest.mark.slow
def test_the_day_of_the_report_is_told_as_that_of_the_event(told):
    day = dt.date(2015, 3, 20)
    changes = {"event_date_last": day, "event_date_basis": "publication"}
    text = told("Rebels attacked the port.", event_date_first=day, **changes)
    assert "when       2015-03-20, the day of the report, as likely as" in text
    text = told("Rebels attacked the port.", event_date_first=None, **changes)
    assert "when       … to 2015-03-20" in text


def test_every_rule_of_factuality_has_its_words():
    names = ("factuality.py", "beside.py", "outcomes.py", "lasting.py", "denial.py")
    files = [ROOT / "transforms/events" / name for name in names]
    rules = {rule for path in files for rule in _rules_in(path)}
    assert rules - {*module._WHETHER, "noun"} == set()


def _rules_in(path):
    """Yield what stands second in `Verdict(…)`, up to the colon before the word that decided."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Verdict":
            told = node.args[1]
            first = told.values[0] if isinstance(told, ast.JoinedStr) else told
            if isinstance(first, ast.Constant):
                yield first.value.partition(":")[0]
