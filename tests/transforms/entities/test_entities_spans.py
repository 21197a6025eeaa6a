"""Spans of tokens, and what overlaps them."""

import random

from transforms.entities._spans import Spans
from transforms.entities.mentions import Mention


def test_what_overlaps_comes_in_the_order_in_which_it_was_added():
    first, second, far = (Mention(a, b, "ORG") for a, b in ((3, 6), (1, 4), (8, 9)))
    spans = Spans([first, second, far])
    assert spans.over(Mention(2, 4, "GPE")) == [first, second]
    assert spans.over(Mention(6, 8, "GPE")) == []
    spans.drop([first])
    spans.add(second)  # it is there
    assert list(spans) == [second, far]


def test_it_finds_what_looking_at_each_finds():
    chance = random.Random(7)
    added = [Mention(a, a + chance.randint(1, 5), "ORG") for a in chance.choices(range(50), k=40)]
    spans, plain = Spans(added), list(dict.fromkeys(added))
    for _ in range(50):
        first = chance.randrange(50)
        asked = Mention(first, first + chance.randint(1, 5), "GPE")
        over = [m for m in plain if m.first < asked.end and asked.first < m.end]
        assert spans.over(asked) == over
        spans.drop(over[:1])
        plain = [m for m in plain if m not in over[:1]]
