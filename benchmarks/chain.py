"""Articles through the steps, with the CPU seconds that each step took."""

import time
from collections import Counter
from collections.abc import Callable, Iterator

from score import Row, row

from schemas import Article
from transforms.dates import load_normalizer
from transforms.entities import load_linker
from transforms.events import load_extractor
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

Step = Callable[[Article], Article]


class Chain:
    """Steps by their names, one after the other."""

    def __init__(self, **steps: Step) -> None:
        self._steps = steps
        self._seconds: Counter[str] = Counter()
        self._words = 0

    def __call__(self, article: Article) -> Article:
        """Take an article through the steps."""
        self._words += len(article.text.split())
        for name, step in self._steps.items():
            begin = time.process_time()
            article = step(article)
            self._seconds[name] += time.process_time() - begin
        return article

    def words_per_second(self, name: str) -> int:
        """Return how many words a step took in a CPU second."""
        return round(self._words / self._seconds[name])

    def beside_parse(self, name: str) -> float:
        """Return the CPU time of a step as a share of the parse's."""
        return self._seconds[name] / self._seconds["parse"]

    def rows(self, on: str) -> Iterator[Row]:
        """Yield a row of times for each step; n is the number of words."""
        for name in self._steps:
            times: dict[str, float] = {
                "time/parse": self.beside_parse(name),
                "words/CPU s": self.words_per_second(name),
            }
            yield row(f"time: {name}", on, self._words, times)


def whole_chain(*, without: str | None = None) -> Chain:
    """Return all steps, as the program takes them, but the one of that name."""
    loaders: dict[str, Callable[[], Step]] = {
        "segment": load_segmenter,
        "parse": load_parser,
        "entities": load_linker,
        "dates": load_normalizer,
        "events": load_extractor,
    }
    return Chain(**{name: load() for name, load in loaders.items() if name != without})
