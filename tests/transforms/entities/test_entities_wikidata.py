"""A dump of Wikidata in, a knowledge base out: a sample of our own making, in the real format."""

import bz2
import functools
import gzip
import json
import re
from pathlib import Path

import pytest
import zstandard

import seeds
from pipeline.cli import main
from schemas import UsageError
from transforms.entities import KnowledgeBase, wikidata
from transforms.entities import _wikidata_parts as parts_module
from transforms.entities._wikidata_tables import sector

build_from_dump = functools.partial(wikidata.build_from_dump, min_sitelinks=5)
SAMPLE = Path(__file__).with_name("wikidata_sample.json")
COMPRESS = {"": bytes, ".bz2": bz2.compress, ".gz": gzip.compress, ".zst": zstandard.compress}
WESTMARK, OLDMARK, NORLAND = "Q900000001", "Q900000002", "Q900000003"
LIND, ELLIS, TORVIK = "Q900000010", "Q900000020", "Q900000021"
UNION, ACME, WOLF = "Q900000040", "Q900000041", "Q900000042"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The report of a build of the sample, and the folder that it is in."""
    folder = tmp_path_factory.mktemp("wikidata")
    return build_from_dump(SAMPLE, folder / "kb.sqlite"), folder


@pytest.fixture(scope="module")
def kb(made):
    return KnowledgeBase(made[1] / "kb.sqlite")


def entry(kb, key, entity_id):
    (found,) = (c.entry for c in kb.candidates(key) if c.entry.id == entity_id)
    return found


def test_lines_are_counted_and_broken_ones_named(made):
    progress = made[0].progress
    assert progress.lines == 25
    assert {b.line for b in progress.broken} == {8, 11, 14}
    assert progress.counts == {
        "[": 1, "]": 1, "broken": 3, "country": 3, "of other classes": 3,
        "of too few sitelinks": 1, "office": 3, "organization": 2, "person": 1, "place": 3,
        "properties and lexemes": 1, "redirects": 1, "region": 1, "without an English label": 1,
    }  # fmt: skip


def test_the_version_is_the_day_of_the_last_change(kb):
    assert kb.version.startswith("2026-10-02-")


def test_a_place(kb):
    city = entry(kb, "port ellis", ELLIS)
    assert (city.kind, city.place_kind, city.country) == ("place", "city", "WMK")
    assert (city.latitude, city.longitude, city.geonames_id) == (10.5, 20.25, "7000001")
    assert city.admin1 == "Torvik Province"
    assert [c.entry.id for c in kb.candidates("ellisport")] == [ELLIS]


def test_what_has_a_code_is_a_country(kb):
    assert entry(kb, "westmark", WESTMARK).country == "WMK"
    assert entry(kb, "norland islands", NORLAND).place_kind == "country"
    assert [(c.entry.id, c.alias) for c in kb.candidates("westmarkian")] == [(WESTMARK, "demonym")]
    assert kb.candidates("westmarkien") == ()


def test_the_preferred_statement_counts(kb):
    assert entry(kb, "acme mining", ACME).country == "NLI"


def test_a_label_for_all_languages_will_do(kb):
    assert entry(kb, "uop", UNION).name == "Union of Ports"


def test_the_moon_is_not_on_the_map(kb):
    (candidate,) = kb.candidates("mare exemplum")
    assert candidate.entry.latitude is None


def test_more_sitelinks_are_a_higher_prior(kb):
    assert entry(kb, "westmark", WESTMARK).prior > entry(kb, "kingdom of oldmark", OLDMARK).prior


def test_offices_have_the_days_that_are_known(kb):
    offices = {o.title: o for o in kb.offices(kb.number(LIND))}
    premier = offices.pop("Prime Minister of Westmark")
    # Its start is a day, its end a month; a deprecated term of the same office is left out.
    assert (str(premier.start), str(premier.end)) == ("2010-05-06", "2014-06-30")
    assert (premier.sector, premier.rank, premier.country) == ("GOV", 3, "WMK")
    member = offices.pop("member of the Assembly of Torvik")
    assert (str(member.start), member.end, member.country) == ("2015-01-01", None, "WMK")
    assert offices == {}  # the third ended nobody knows when, the fourth has no item


def test_offices_without_a_name_are_counted(made):
    assert made[0].tables["offices held"] == 2
    assert made[0].tables["offices without a name"] == 1


@pytest.mark.parametrize(
    ("suffix", "compress"),
    [
        (".bz2", bz2.compress),
        # The dumps are made by programs that write many streams.
        (".bz2", lambda b: bz2.compress(b[:30_000]) + bz2.compress(b[30_000:])),
        (".gz", gzip.compress),
        (".zst", lambda b: zstandard.compress(b[:9_000]) + zstandard.compress(b[9_000:])),
    ],
)
def test_compressed_dumps_give_the_same_bytes(made, tmp_path, suffix, compress):
    dump = tmp_path / f"dump.json{suffix}"
    dump.write_bytes(compress(SAMPLE.read_bytes()))
    build_from_dump(dump, tmp_path / "kb.sqlite")
    assert (tmp_path / "kb.sqlite").read_bytes() == (made[1] / "kb.sqlite").read_bytes()


@pytest.mark.slow
def test_several_workers_give_the_same_bytes(made, tmp_path, monkeypatch):
    monkeypatch.setattr(parts_module, "_BATCH_SIZE", 5_000)
    report = build_from_dump(SAMPLE, tmp_path / "kb.sqlite", workers=2, part_size=20_000)
    assert report.progress.parts > 2
    assert report.progress._replace(parts=1) == made[0].progress
    assert (tmp_path / "kb.sqlite").read_bytes() == (made[1] / "kb.sqlite").read_bytes()


@pytest.mark.parametrize("suffix", ["", ".bz2", ".gz", ".zst"])
def test_a_killed_build_goes_on_where_it_was(made, tmp_path, monkeypatch, suffix):
    """The process dies in the middle of a part; then what was noted is used."""
    dump = tmp_path / f"dump.json{suffix}"
    dump.write_bytes(COMPRESS[suffix](SAMPLE.read_bytes()))
    monkeypatch.setattr(parts_module, "_BATCH_SIZE", 5_000)
    read = parts_module._read
    batches = []

    def counting(batch):
        batches.append(batch[0])
        if len(batches) == 5:
            raise KeyboardInterrupt
        return read(batch)

    monkeypatch.setattr(parts_module, "_read", counting)
    target = tmp_path / "kb.sqlite"
    with pytest.raises(KeyboardInterrupt):
        build_from_dump(dump, target, part_size=14_000)
    notes = tmp_path / "kb.sqlite.parts" / "parts.jsonl"
    done = [json.loads(line) for line in notes.read_text().splitlines()][1:]
    assert len(done) == 2
    with notes.open("a") as out:
        out.write('{"lines": 12')  # as a writer leaves it that is killed
    batches[:] = range(100, 200)
    report = build_from_dump(dump, target, part_size=14_000)
    assert batches[100] == done[-1]["lines"] + 1
    assert report.progress._replace(parts=1) == made[0].progress
    assert target.read_bytes() == (made[1] / "kb.sqlite").read_bytes()


def test_a_finished_dump_is_not_read_again(made, monkeypatch, tmp_path):
    monkeypatch.setattr(parts_module, "_opened", None)
    report = build_from_dump(SAMPLE, tmp_path / "kb.sqlite", parts=made[1] / "kb.sqlite.parts")
    assert report == made[0]


def test_parts_of_other_options_are_not_used(made, tmp_path):
    with pytest.raises(UsageError, match=r"other classes or sitelinks: delete it"):
        build_from_dump(
            SAMPLE, tmp_path / "kb.sqlite", parts=made[1] / "kb.sqlite.parts", min_sitelinks=9
        )


@pytest.mark.parametrize("suffix", ["", ".bz2", ".gz", ".zst"])
def test_a_dump_cut_short(tmp_path, suffix):
    dump, sample = tmp_path / f"dump.json{suffix}", SAMPLE.read_bytes()
    whole = COMPRESS[suffix](sample[:20_000]) + COMPRESS[suffix](sample[20_000:])
    dump.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(UsageError, match=r"dump\.json.*(ended|ends) before"):
        build_from_dump(dump, tmp_path / "kb.sqlite")
    assert not (tmp_path / "kb.sqlite").exists()


@pytest.mark.parametrize("content", [b"", b"[\n]\n", b"no dump\nat all\n"])
def test_a_file_that_is_something_else(tmp_path, content):
    (tmp_path / "dump.json").write_bytes(content)
    with pytest.raises(UsageError, match="nothing of the dump was kept"):
        build_from_dump(tmp_path / "dump.json", tmp_path / "kb.sqlite")


def test_sitelinks_and_classes_choose(tmp_path):
    own = tmp_path / "classes.csv"
    own.write_text("class,name,kind,subtype\nQ5,human,,\nQ13442814,article,organization,ngo\n")
    build_from_dump(SAMPLE, tmp_path / "kb.sqlite", classes=own, min_sitelinks=0)
    kb = KnowledgeBase(tmp_path / "kb.sqlite")
    assert kb.number(WOLF) is not None
    assert kb.number(LIND) is None
    assert entry(kb, "a study of examples", "Q900000052").sector == "NGO"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("class,name\nQ5,human\n", "need the columns class,name,kind,subtype"),
        ("class,name,kind,subtype\nQ5,human,animal,\n", "give Q5 the kind 'animal'"),
    ],
)
def test_a_list_of_classes_that_cannot_be_used(tmp_path, content, message):
    (tmp_path / "own.csv").write_text(content)
    with pytest.raises(UsageError, match=message):
        build_from_dump(SAMPLE, tmp_path / "kb.sqlite", classes=tmp_path / "own.csv")


def test_the_command(capsys, made, tmp_path):
    target = str(tmp_path / "kb.sqlite")
    arguments = ["kb", "build", "--wikidata", str(SAMPLE), target, "--workers", "0"]
    arguments += ["--min_sitelinks", "5"]
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert "25 lines read" in printed.out
    assert re.search(r"^ +10 entities$", printed.out, re.MULTILINE)
    assert "line 8: ValueError" in printed.err
    assert Path(target).read_bytes() == (made[1] / "kb.sqlite").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["kb.sqlite"], "either DIR FILE or --wikidata DUMP FILE"),
        (["tables", "kb.sqlite", "--wikidata", "d.json"], "either DIR FILE or --wikidata"),
        (["--wikidata", "nothing.json.bz2", "kb.sqlite"], "cannot read the dump nothing.json.bz2"),
    ],
)
def test_a_users_mistake_is_one_line(capsys, monkeypatch, tmp_path, arguments, message):
    monkeypatch.chdir(tmp_path)
    assert main(["kb", "build", *arguments]) == 2
    errors = capsys.readouterr().err
    assert message in errors
    assert errors.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_sectors_are_told_by_titles():
    for rule in seeds.read_toml("knowledge/wikidata.toml")["sectors"]:
        assert sector(rule["example"]) == rule["sector"], rule


def test_the_list_of_classes_can_be_read():
    rows = list(seeds.read_csv("knowledge/wikidata_classes.csv"))
    assert len({row["class"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"Q\d+", row["class"]) and row["kind"] for row in rows)
