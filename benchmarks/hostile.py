"""How the time that segmentation takes grows with texts that are made to break it.

Each kind of text is made at three sizes, ten times larger each; `growth` is how many times longer
the largest takes than the middle one: about 10 where time is linear, 100 where it is quadratic.
`gives` is what comes of the largest: a result, or the kind of the reject.
"""

import time
from collections.abc import Callable, Iterator

from score import Row

from schemas import RejectedError, new_article
from transforms.segmentation import segment

SIZES = (100_000, 1_000_000, 10_000_000)  # characters
_SENTENCE = "The mayor said on Monday that “nobody was hurt” in the fire, which Mr. Doe put out. "


def _repeat(piece: str) -> Callable[[int], str]:
    def text(size: int) -> str:
        return (piece * (size // len(piece) + 1))[:size]

    return text


KINDS: dict[str, Callable[[int], str]] = {
    "one character": _repeat("a"),
    "one stop": _repeat("."),
    "one line of prose": _repeat(_SENTENCE),
    "paragraphs": _repeat(_SENTENCE * 3 + "\n\n"),
    "one line break": _repeat("\n"),
    "words on lines": _repeat("word\n"),
    "boilerplate only": _repeat("Read more\nShare on Facebook\n© Valley Review 2011\n"),
    "menus only": _repeat("* World News\n* Sports and Culture\n* Contact us\n"),
    "bylines and dates": _repeat("By Jane Doe | May 3, 2011\nLIMA (AP) --\n"),
    "control characters": _repeat("\x00\x01\x0b\x0c\x1f\x85\u2028"),
    "right to left": _repeat("قال الوزير إن الاجتماع تأجل. "),
    "without spaces": _repeat("消防队星期一表示没有人受伤。"),
    "marks of quotation": _repeat("“'\"‘"),
    "opening brackets": _repeat("([{"),
    "spaces": _repeat(" \t"),
    "hard-wrapped": _repeat("the rebels left the town on foot and took the road to the river,\n"),
}


def hostile_rows() -> Iterator[Row]:
    """Yield, for each kind of text, the CPU seconds at the largest size, and how they grew."""
    for kind, make in KINDS.items():
        seconds, given = zip(*(_try(make(size)) for size in SIZES), strict=True)
        curve = {f"s for {size:,}": second for size, second in zip(SIZES, seconds, strict=True)}
        growth = seconds[-1] / max(seconds[-2], 0.001)
        yield {"text of": kind, **curve, "growth": growth, "gives": given[-1]}


def _try(text: str) -> tuple[float, str]:
    begin = time.process_time()
    try:
        segment(new_article(text))
        gives = "a result"
    except RejectedError as error:
        gives = error.error
    return time.process_time() - begin, gives
