"""Which happenings are told again, in an article and in others."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from transforms.events import clusters_of
from transforms.events.clusters import Happening

DAY = "2015-03-20"
STRIKE = Happening(
    event_ids=("a1",),
    family="ASSAULT",
    is_asserted=True,
    lemmas=("shell",),
    actors=("army",),
    recipients=("Q1",),
    place="leni",
    country="TCD",
    first=DAY,
    last=DAY,
    sentences=("one shell",),
)


def other(event_id: str, **changes: object) -> Happening:
    return STRIKE._replace(event_ids=(event_id,), sentences=(event_id,), **changes)  # type: ignore[arg-type]


def together(*happenings: Happening) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for cluster in clusters_of(happenings):
        found.setdefault(cluster.cluster_id, set()).add(cluster.event_id)
        assert cluster.cluster_id <= cluster.event_id
    return sorted(found.values(), key=sorted)


def test_two_reports_of_one_strike_are_one() -> None:
    assert together(STRIKE, other("b1", lemmas=("bombard",), actors=())) == [{"a1", "b1"}]


def test_other_people_towns_and_days_part_them() -> None:
    assert len(together(STRIKE, other("b1", recipients=("Q2",)))) == 2
    assert len(together(STRIKE, other("b1", place="doba"))) == 2
    assert len(together(STRIKE, other("b1", first="2015-03-27", last="2015-03-27"))) == 2
    assert len(together(STRIKE, other("b1", is_asserted=False))) == 2


def test_an_open_interval_parts_nothing_that_it_holds() -> None:
    assert len(together(STRIKE, other("b1", first="", last=DAY))) == 1
    assert len(together(STRIKE, other("b1", first="2015-03-21", last=""))) == 2


def test_nouns_weigh_less_than_names() -> None:
    bare = STRIKE._replace(actors=("~police",), recipients=("~man",), place="", first="")
    assert len(together(bare, other("b1", **_nouns()))) == 2


def _nouns() -> dict[str, object]:
    return {"actors": ("~police",), "recipients": ("~man",), "place": "", "first": ""}


def test_a_copy_of_the_same_sentence_is_the_same() -> None:
    bare = STRIKE._replace(actors=(), recipients=(), place="")
    copy = bare._replace(event_ids=("b1",))
    assert together(bare, copy) == [{"a1", "b1"}]


@given(st.permutations(["a1", "b1", "c1", "d1"]))
def test_the_order_of_articles_does_not_matter(order: list[str]) -> None:
    known = {"a1": STRIKE, "b1": other("b1"), "c1": other("c1", place=""), "d1": other("d1")}
    assert together(*(known[name] for name in order)) == [{"a1", "b1", "c1", "d1"}]


def test_many_of_one_name_take_linear_time() -> None:
    many = [
        other(f"{number:05}", first=day.isoformat(), last=day.isoformat())
        for number, day in enumerate(dt.date(2015, 1, 1) + dt.timedelta(n) for n in range(3000))
    ]
    assert len(together(*many)) == 3000


@given(st.permutations(["a1", "b1", "c1"]))
def test_what_is_vague_joins_no_two_that_cannot_be_the_same(order: list[str]) -> None:
    known = {
        "a1": other("a1", recipients=()),
        "b1": other("b1", recipients=("Q1",)),
        "c1": other("c1", recipients=("Q2",)),
    }
    assert together(*(known[name] for name in order)) == [{"a1", "b1"}, {"c1"}]


def test_many_reports_of_one_happening_take_linear_time() -> None:
    many = [other(f"{number:05}") for number in range(20_000)]
    assert len(together(*many)) == 1
