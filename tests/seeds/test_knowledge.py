"""The knowledge base that ships."""

import csv
import datetime as dt
import re
import sqlite3

import pytest

import seeds
from transforms.entities import KnowledgeBase, office_on
from transforms.entities.entry import ALIAS_KINDS
from transforms.entities.fold import fold
from transforms.entities.offices import holds_on


@pytest.fixture(scope="module")
def kb():
    return KnowledgeBase()


def best(kb, name):
    candidates = kb.candidates(fold(name))
    return candidates[0].entry if candidates else None


def test_it_is_small_and_says_what_it_is(kb):
    assert kb.path.stat().st_size < 40_000_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}", kb.version)


def test_each_row_has_a_source_and_each_source_of_entities_a_licence(kb):
    db = sqlite3.connect(f"file:{kb.path}?mode=ro&immutable=1", uri=True)
    unknown = "SELECT count(*) FROM entity WHERE source NOT IN (SELECT num FROM source)"
    assert db.execute(unknown).fetchone() == (0,)
    assert (
        db.execute("SELECT name FROM source WHERE entities > 0 AND licence IS NULL").fetchall()
        == []
    )
    licences = {row[0] for row in db.execute("SELECT licence FROM source WHERE entities > 0")}
    assert not [licence for licence in licences if re.search(r"-SA|ODbL|GPL|NC", licence)]
    db.close()


def test_every_capital_that_is_listed_is_there(kb):
    missing = []
    for row in seeds.read_csv("knowledge/capitals.csv"):
        found = kb.candidates(fold(row["capital"]))
        if not any(
            c.entry.subtype == "capital" and c.entry.country == row["country"] for c in found
        ):
            missing.append(row)
    assert missing == []


@pytest.mark.parametrize(
    ("name", "country"),
    [("Iraq", "IRQ"), ("Iraqi", "IRQ"), ("Dutch", "NLD"), ("U.S.", "USA"), ("Ukrainians", "UKR")],
)
def test_countries_and_their_peoples(kb, name, country):
    entry = best(kb, name)
    assert (entry.place_kind, entry.country) == ("country", country)


@pytest.mark.parametrize(
    ("name", "day", "office"),
    [
        ("John Kerry", dt.date(2014, 6, 26), "United States Secretary of State"),
        ("John Kerry", dt.date(2004, 6, 26), "United States senator"),
        ("Nouri al-Maliki", dt.date(2014, 6, 26), "Prime Minister of Iraq"),
        ("William Hague", dt.date(2016, 6, 26), "Member of the House of Lords"),
    ],
)
def test_offices_on_a_day(kb, name, day, office):
    assert office_on(kb, best(kb, name).id, day).title == office


def test_nobody_governs_after_the_tables_end(kb):
    assert office_on(kb, best(kb, "Bashar al-Assad").id, dt.date(2026, 1, 1)) is None


def test_lists_that_it_is_made_with_can_be_read():
    rules = seeds.read_toml("knowledge/building.toml")
    for rule in rules["offices"]:
        assert re.search(rule["pattern"], rule["example"], re.IGNORECASE), rule
    with seeds.seed("knowledge/capitals.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    assert {len(row) for row in rows} == {2}


def test_ordinary_words_and_verbs_are_listed_once():
    rules = seeds.read_toml("knowledge/linking.toml")
    for words in (
        rules["ordinary"]["words"],
        rules["metonymy"]["verbs"],
        rules["extent"]["titles"],
    ):
        assert len(set(words)) == len(words), sorted(w for w in words if words.count(w) > 1)


def test_the_table_of_weights_can_be_read():
    rows = list(seeds.read_csv("knowledge/ranking.csv"))
    weights = {row["feature"]: float(row["weight"]) for row in rows}
    assert len(weights) == len(rows)
    assert all(abs(weight) < 10 for weight in weights.values())
    # What must speak for a candidate, and what against it, whatever the data say.
    assert min(weights[w] for w in ("in what stands beside: division", "by two names")) > 0
    assert weights["long ago"] < 0


def test_every_kind_of_alias_is_known_to_the_ranking():
    learned = {row["feature"] for row in seeds.read_csv("knowledge/ranking.csv")}
    known = {f"alias: {kind}" for kind in ALIAS_KINDS}
    assert known >= {feature for feature in learned if feature.startswith("alias: ")}


def test_teams_are_told_by_their_descriptions():
    for rule in seeds.read_toml("knowledge/building.toml")["teams"]:
        assert re.search(rule["pattern"], rule["example"]), rule


def test_sports_have_teams():
    sports = seeds.read_toml("knowledge/sports.toml")["words"].keys() - {"any"}
    teams = {rule["subtype"] for rule in seeds.read_toml("knowledge/building.toml")["teams"]}
    assert sports == teams


def test_terms_of_leaders_are_in_order():
    columns = ("country", "office", "rank", "name", "other_names", "start", "end", "born", "item")
    known = dt.date(2026, 1, 1)
    for term in seeds.read_csv("knowledge/leaders.csv"):
        assert tuple(term) == columns
        start = dt.date.fromisoformat(f"{term['start']}-01"[:10])
        end = dt.date.fromisoformat(f"{term['end'] or term['start']}-01"[:10])
        assert start <= end < known, term
        assert term["rank"] in {"2", "3"}
        assert not term["born"] or 1890 < int(term["born"]) < 2005, term
        assert not term["country"] or len(term["country"]) == 3


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("DEU", dt.date(2014, 6, 26), "Angela Merkel"),
        ("RUS", dt.date(1993, 10, 4), "Boris Yeltsin"),
        ("GBR", dt.date(2025, 1, 15), "Keir Starmer"),
        ("PER", dt.date(1992, 4, 5), "Alberto Fujimori"),
    ],
)
def test_who_governed_on_a_day(kb, country, day, name):
    assert name in {entry.name for entry, office in kb.heads(country) if holds_on(office, day)}
