"""A small knowledge base of our own making, and articles with hand-made parses, for the tests."""

import dataclasses
import datetime as dt
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas import NameSpan, Parse, Published, Sentence, Zone, new_article
from transforms.entities import KnowledgeBase, link_entities
from transforms.entities.build import build

_ENTITY = dict.fromkeys(
    [
        "id",
        "qid",
        "geonames_id",
        "iso2",
        "iso3",
        "kind",
        "subtype",
        "name",
        "description",
        "country_iso3",
        "lat",
        "lon",
        "population",
        "admin1",
        "admin2",
        "gender",
        "birth",
        "death",
        "prior",
        "sitelinks",
        "source",
        "licence",
    ]
)
_ROLE = dict.fromkeys(
    [
        "id",
        "title",
        "position_qid",
        "country_iso3",
        "sector",
        "start",
        "end",
        "source",
        "date_flag",
        "start_alt",
        "end_alt",
    ]
)


def _place(number, name, country, population, prior, subtype="city", **more):
    return {
        "id": f"gn:{number}", "geonames_id": number, "kind": "place", "subtype": subtype,
        "name": name, "country_iso3": country, "population": population, "prior": prior,
        "lat": 10.5, "lon": 20.25, **more,
    }  # fmt: skip


ENTITIES = [
    {"id": "Q1", "qid": "Q1", "kind": "country", "subtype": "country", "name": "Westmark",
     "iso2": "WM", "iso3": "WMK", "country_iso3": "WMK", "prior": 9.5, "geonames_id": 11},
    {"id": "Q2", "qid": "Q2", "kind": "country", "subtype": "country", "name": "Sandrea",
     "iso3": "IRQ", "country_iso3": "IRQ", "prior": 9.5},
    {"id": "Q3", "qid": "Q3", "kind": "country", "subtype": "country", "name": "Nordoland",
     "iso3": "NDL", "country_iso3": "NDL", "prior": 9.0},
    # The everyday country of that name, a territory of the realm.
    {"id": "Q33", "qid": "Q33", "kind": "place", "subtype": "territory", "name": "Nordoland",
     "country_iso3": "NDL", "prior": 2.6},
    _place(101, "Al Qadīr", "IRQ", 700_000, 6.3),
    _place(102, "Port Ellis", "WMK", 900_000, 6.5),
    _place(103, "Ellis", "NDL", 1_000, 3.0),
    _place(104, "Torvik", "NDL", 200_000, 6.8),
    _place(105, "Torvik", "WMK", 150_000, 6.8),
    _place(106, "Torvik Province", "NDL", 400_000, 6.8, subtype="admin1", admin1="Torvik Province"),
    {"id": "Q10", "qid": "Q10", "kind": "person", "name": "Hamid al-Rashan", "prior": 5.5,
     "country_iso3": "IRQ", "birth": "1950-01-01"},
    {"id": "Q11", "qid": "Q11", "kind": "person", "name": "Greta Lind", "prior": 4.6,
     "country_iso3": "NDL"},
    {"id": "Q12", "qid": "Q12", "kind": "person", "name": "Peter Backbench", "prior": 1.4},
    {"id": "local:front", "kind": "group", "subtype": "armed_group", "name": "Front of the Plains",
     "country_iso3": "IRQ", "prior": 5.8},
    {"id": "Q20", "qid": "Q20", "kind": "organization", "subtype": "igo", "name": "Union of Ports",
     "prior": 6.2},
    {"id": "Q21", "qid": "Q21", "kind": "organization", "name": "Acme", "prior": 5.0},
    {"id": "Q22", "qid": "Q22", "kind": "organization", "subtype": "party", "name": "Rural Party",
     "prior": 6.5},
    {"id": "Q23", "qid": "Q23", "kind": "organization", "subtype": "media",
     "name": "Riders Press Agency", "prior": 4.0},
    {"id": "Q24", "qid": "Q24", "kind": "organization", "name": "Port Ellis Rovers F.C.",
     "description": "association football club", "prior": 3.0},
]  # fmt: skip

ALIASES = [
    ("Q1", "Westmarkian", "adjective"), ("Q1", "Westmarkians", "demonym"), ("Q1", "WM", "acronym"),
    ("Q2", "Sandrean", "adjective"), ("Q3", "Nordish", "adjective"),
    ("gn:101", "El Qadir", "name"), ("gn:102", "iq", "name"), ("gn:102", "Ellisport", "name"),
    ("local:front", "FOTP", "acronym"), ("Q20", "UOP", "acronym"), ("Q22", "RPA", "acronym"), ("Q23", "RPA", "acronym"), ("Q10", "al-Rashan", "name"),
]  # fmt: skip

ROLES = [
    ("Q10", "Prime Minister of Sandrea", "IRQ", "GOV", "2006-05-20", "2014-09-08"),
    ("Q10", "Minister of Interior", "IRQ", "GOV", "2010-12", "2014-09"),
    ("Q11", "Foreign Minister", "NDL", "GOV", "2012-01-01", "2013-01-01"),
    ("Q11", "Foreign Minister", "NDL", "GOV", "2013-01-02", "2015-06-30"),
    ("Q11", "member of the Storting", "NDL", "LEG", "1980", "1981"),
    ("Q12", "member of the House", "WMK", "LEG", "2001-01-01", "2005-01-01"),
]


def _write_tables(folder):
    """Write the tables as the sources have them."""
    entities = [{**_ENTITY, "source": "seed", "licence": "CC0", **row} for row in ENTITIES]
    for row in entities:
        if row["id"] == "Q12" or row["kind"] == "place":
            row["source"] = "eps" if row["kind"] == "person" else "geonames"
    aliases = [{"id": i, "alias": a, "alias_kind": k, "source": "seed"} for i, a, k in ALIASES]
    keys = ("id", "title", "country_iso3", "sector", "start", "end")
    roles = [
        {**_ROLE, **dict(zip(keys, row, strict=True)), "source": "eps:x", "date_flag": "ok"}
        for row in ROLES
    ]
    for name, rows in (("entities", entities), ("aliases", aliases), ("roles", roles)):
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
    (folder / "README.md").write_text("Assembled 2020-02-02 from nothing.\n")


_WORD = re.compile(r"['’]s\b|\w+|[^\w\s]")
_LABEL = re.compile(r"\[([^\[\]|]+)\|([A-Z_]+)\]")


def _parsed(marked, *, day=None, tags=None, deps=None, zone="body"):
    """Make an article of a text in which names are marked, as in `[Greta Lind|PERSON] left.`

    Lines are zones of one sentence. Words are NNP with a capital, else NN; `tags` and `deps`
    (word → tag, word → (dependency, head word)) say otherwise.
    """
    text, names = _unmarked(marked)
    lines = list(re.finditer(r"[^\n]+", text))
    zones = tuple(Zone(kind=zone, start=m.start(), end=m.end()) for m in lines)
    sentences = tuple(Sentence(start=m.start(), end=m.end(), zone=i) for i, m in enumerate(lines))
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    starts = [s for s, _ in words]
    forms = [text[s:e] for s, e in words]
    tagged = [(tags or {}).get(f, "NNP" if f[0].isupper() else "NN") for f in forms]
    hung = [(deps or {}).get(f, ("dep", f)) for f in forms]
    parse = Parse(
        starts=tuple(starts),
        ends=tuple(e for _, e in words),
        words=tuple(forms),
        lemmas=tuple(f.lower() for f in forms),
        tags=tuple(tagged),
        deps=tuple(dep for dep, _ in hung),
        heads=tuple(forms.index(head) for _, head in hung),
        sentence_starts=tuple(starts.index(m.start()) for m in lines),
        sentence_indexes=tuple(range(len(lines))),
        names=tuple(_span(words, *name) for name in names),
    )
    published = Published(at=None, on=day, precision="day") if day else None
    article = new_article(text, published=published)
    return dataclasses.replace(article, zones=zones, sentences=sentences, parse=parse)


def _unmarked(marked):
    text, names, at = "", [], 0
    for match in _LABEL.finditer(marked):
        text += marked[at : match.start()]
        names.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        at = match.end()
    return text + marked[at:], names


def _span(words, start, end, label):
    inside = [i for i, (s, e) in enumerate(words) if start <= s and e <= end]
    return NameSpan(inside[0], inside[-1] + 1, label)


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """A folder with small tables as the sources have them."""
    folder = tmp_path_factory.mktemp("tables")
    _write_tables(folder)
    return folder


@pytest.fixture(scope="session")
def kb(tables):
    """The knowledge base that is made of them."""
    build(tables, tables / "kb.sqlite", terms=())
    return KnowledgeBase(tables / "kb.sqlite")


@pytest.fixture(scope="session")
def parsed():
    """Make an article of a text with marked names."""
    return _parsed


@pytest.fixture(scope="session")
def linked(kb):
    """Return the entities of a text with marked names, published on 26 June 2014."""

    def link(marked, **more):
        day = dt.date(2014, 6, 26)
        return link_entities(_parsed(marked, day=day, **more), kb=kb).entities

    return link
