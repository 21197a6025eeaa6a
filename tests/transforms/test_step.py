"""What every step shares."""

import dataclasses
import functools
import typing

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.error_handling import ErrorHandler

from schemas import Article, RejectedError, new_article
from transforms import steps
from transforms.steps import Step

PUBLIC = [getattr(steps, name) for name in steps.__all__ if name != "Step"]


def upper(article, *, suffix):
    if article.text == "known":
        raise RejectedError("no_text", "there is nothing in it")
    if article.text == "bug":
        raise ZeroDivisionError("oops")
    return dataclasses.replace(article, title=article.text.upper() + suffix)


def load(suffix):
    return functools.partial(upper, suffix=suffix)


@dataclasses.dataclass
class Upper(Step):
    suffix: str = "!"

    def loader(self):
        return functools.partial(load, self.suffix)


def titles(articles):
    return articles | "Title" >> beam.Map(lambda article: article.title)


def describe(reject):
    return reject.error, reject.stage, reject.payload, "oops" in (reject.traceback or "")


def test_a_step_applies_its_function():
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        articles = pipeline | beam.Create([new_article("a"), new_article("b")])
        assert_that(titles(articles | Upper(suffix="?")), equal_to(["A?", "B?"]))


def test_what_fails_goes_to_the_handler_and_the_rest_goes_on():
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        articles = pipeline | beam.Create([new_article(text) for text in ("known", "bug", "c")])
        with ErrorHandler(beam.Map(describe)) as handler:
            done = articles | Upper().with_error_handler(handler)
        assert_that(titles(done), equal_to(["C!"]), label="done")
        expected = [("no_text", "Upper", b"known", False), ("bug", "Upper", b"bug", True)]
        assert_that(handler.output(), equal_to(expected), label="rejects")


def run_strictly(text):
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        articles = pipeline | beam.Create([new_article(text)])
        with ErrorHandler(beam.Map(describe)) as handler:
            articles | Upper().with_error_handler(handler, strict=True)


def run_without_handler(text):
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        pipeline | beam.Create([new_article(text)]) | Upper()


def test_a_bug_stops_a_strict_run():
    with pytest.raises(Exception, match="oops"):
        run_strictly("bug")


def test_a_known_reject_stops_a_step_without_a_handler():
    with pytest.raises(Exception, match="no_text"):
        run_without_handler("known")


def test_known_rejects_do_not_stop_a_strict_run():
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        articles = pipeline | beam.Create([new_article("known")])
        with ErrorHandler(beam.Map(describe)) as handler:
            articles | Upper().with_error_handler(handler, strict=True)
        assert_that(handler.output(), equal_to([("no_text", "Upper", b"known", False)]))


@pytest.mark.parametrize("step", PUBLIC, ids=lambda step: step.__name__)
def test_public_steps_map_articles_to_articles(step):
    hints = typing.get_type_hints(step.expand)
    assert hints["return"] == beam.PCollection[Article]
    pipeline = beam.Pipeline(runner="FnApiRunner")
    articles = pipeline | beam.Create([new_article("a")])
    assert (articles | step()).element_type is Article
    assert step.__doc__
