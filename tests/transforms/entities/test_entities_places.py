"""Places that the source tables have twice or under a namesake's item."""

from transforms.entities._source_places import settled

_NO = dict.fromkeys(
    ["qid", "geonames_id", "iso3", "description", "country_iso3", "admin1", "lat", "lon"]
)


def _row(row_id, name, country, prior=5.0, subtype="city", kind="place", **more):
    row = {**_NO, "id": row_id, "kind": kind, "subtype": subtype, "name": name, "prior": prior,
           "country_iso3": country, "source": "s"}  # fmt: skip
    if row_id.startswith("Q"):
        row["qid"] = row_id
    else:
        row["geonames_id"] = int(row_id[3:])
    return {**row, **more}


COUNTRIES = [
    _row("Q1", "Westmark", "WMK", kind="country", subtype="country", iso3="WMK"),
    _row("Q2", "Nordoland", "NDL", kind="country", subtype="country", iso3="NDL"),
]
NAMES = [{"id": "Q1", "alias": "Westmarkian"}]
TORVIK = _row("gn:7", "Torvik", "WMK", prior=6.0, lat=10.0, lon=20.0, admin1="Coast")


def _by_id(*rows, names=NAMES):
    found, became = settled([*COUNTRIES, *rows], names)
    return {row["id"]: row for row in found if row["kind"] == "place"}, became


def test_an_item_goes_to_the_place_that_it_describes():
    namesake = _row("Q50", "Torvik", "NDL", geonames_id=9, description="port city in Westmark")
    found, became = _by_id(TORVIK, namesake)
    assert became == {"gn:7": "Q50"}
    assert found["Q50"]["country_iso3"] == "WMK"
    assert found["Q50"]["description"] == "port city in Westmark"
    assert found["gn:9"]["country_iso3"] == "NDL"
    assert (found["gn:9"]["qid"], found["gn:9"]["description"]) == (None, None)


def test_an_item_that_lies_nowhere_goes_there_too():
    stray = _row("Q50", "Torvik", None, description="Westmarkian town")
    found, _ = _by_id(TORVIK, stray)
    assert list(found) == ["Q50"]
    assert found["Q50"]["lat"] == 10.0


def test_a_place_that_is_where_it_is_said_to_be_stays():
    at_home = _row("Q50", "Torvik", "NDL", geonames_id=9, description="city in Nordoland")
    found, became = _by_id(TORVIK, at_home)
    assert became == {}
    assert found["Q50"]["country_iso3"] == "NDL"


def test_a_divisions_name_is_no_countrys():
    division = _row("gn:3", "New Westmark", "NDL", subtype="admin1")
    described = _row("Q50", "Torvik", "NDL", geonames_id=9, description="city in New Westmark")
    assert _by_id(division, TORVIK, described)[1] == {}


def test_where_two_countries_are_named_nobody_can_tell():
    both = _row("Q50", "Torvik", None, description="city between Westmark and Nordoland")
    assert _by_id(TORVIK, both)[1] == {}


def test_a_region_is_no_town():
    region = _row("Q50", "Torvik", None, description="region of Westmark")
    assert _by_id(TORVIK, region)[1] == {}


def test_a_town_that_is_there_twice_is_one():
    twin = _row("Q50", "Torvik", "WMK", prior=5.0, lat=10.05, lon=20.05)
    found, became = _by_id(TORVIK, twin)
    assert became == {"gn:7": "Q50"}
    assert list(found) == ["Q50"]
    assert found["Q50"]["prior"] == 6.0
    far = _row("Q51", "Torvik", "WMK", lat=11.0, lon=20.0, admin1="Coast")
    assert _by_id(TORVIK, far)[1] == {}
