"""What every step shares: a function on one article, made a Beam transform.

A step is written as a pure function `article -> article` and a class that names it:

    @dataclasses.dataclass
    class Segment(Step):
        '''Find zones, sentences and quotations, and what the article says about itself.'''

        def loader(self) -> Loader:
            return _load

The loader runs once a process and may take its time (models, lexicons); what it returns runs
once an article.
"""

import abc
import traceback
from collections.abc import Callable, Iterator
from typing import Self

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.error_handling import ErrorHandler

from schemas import Article, Reject, RejectedError, reject

ArticleFunction = Callable[[Article], Article]
Loader = Callable[[], ArticleFunction]

_REJECTS = "rejects"
_DONE = "articles"


class Step(beam.PTransform, abc.ABC):
    """Base of the public transforms: applies a function to each article.

    Without an error handler an article that cannot be processed stops the pipeline. With one
    (`Segment().with_error_handler(handler)`, Beam's own protocol) it goes to the handler as a
    `Reject`: of its kind where it raised a `RejectedError`, else of kind `bug`, with its traceback.
    Under `strict` a bug stops the pipeline all the same.
    """

    _handler: ErrorHandler | None = None
    _strict: bool = False

    @abc.abstractmethod
    def loader(self) -> Loader:
        """Return a picklable function that loads what the step needs and returns the function."""

    def with_error_handler(self, handler: ErrorHandler | None, *, strict: bool = False) -> Self:
        """Send articles that cannot be processed to `handler` instead of stopping."""
        self._handler = handler
        self._strict = strict
        return self

    def expand(self, articles: beam.PCollection[Article]) -> beam.PCollection[Article]:
        """Apply the function to each article."""
        name = type(self).__name__
        function = _Apply(name, self.loader(), catch=self._handler is not None, strict=self._strict)
        done = articles | name >> beam.ParDo(function).with_outputs(_REJECTS, main=_DONE)
        if self._handler is not None:
            self._handler.add_error_pcollection(done[_REJECTS])
        return done[_DONE]


class _Apply(beam.DoFn):
    """Applies a step's function; loads it once a process."""

    def __init__(self, stage: str, loader: Loader, *, catch: bool, strict: bool) -> None:
        self._stage = stage
        self._loader = loader
        self._catch = catch
        self._strict = strict
        self._function: ArticleFunction | None = None

    def setup(self) -> None:
        if self._function is None:
            self._function = self._loader()

    def process(self, article: Article) -> Iterator[Article]:  # the main output's type
        assert self._function is not None
        try:
            result = self._function(article)
        except Exception as error:
            if not self._catch or (self._strict and not isinstance(error, RejectedError)):
                raise
            yield TaggedOutput(_REJECTS, reject_of(article, error, self._stage))  # type: ignore[misc]
        else:
            yield result


def reject_of(article: Article, error: Exception, stage: str) -> Reject:
    """Make the row of the rejects for an article at which `stage` raised `error`."""
    known = isinstance(error, RejectedError)
    return reject(
        article.text.encode(),
        path=article.input_path,
        line=article.input_line,
        stage=stage,
        error=error.error if isinstance(error, RejectedError) else "bug",
        message=error.message if isinstance(error, RejectedError) else repr(error),
        doc_id=article.id,
        traceback=None if known else "".join(traceback.format_exception(error)),
    )
