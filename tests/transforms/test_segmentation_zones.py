import pytest

from schemas import new_article
from seeds import read_toml
from transforms.segmentation import segment
from transforms.segmentation.byline import is_bare_byline, is_byline, read_authors
from transforms.segmentation.lines import Unit
from transforms.segmentation.rules import boilerplate, is_caption, read_source

STORY = [
    "The army left the northern town of Hill on Monday, three days after rebels took its bridge.",
    "A spokesman said that nobody had been hurt in the fighting, which lasted until the evening.",
    "The rebels hold most of the villages along the river and have promised to go on.",
]


def kinds(*lines, gap="\n\n", **known):
    text = gap.join(lines)
    article = segment(new_article(text, **known))
    return [(zone.kind, text[zone.start : zone.end]) for zone in article.zones]


def names(*lines, **known):
    return [kind for kind, _ in kinds(*lines, **known)]


def unit(text):
    return Unit(0, len(text), 0, text)


def test_second_report_has_a_dateline_of_its_own():
    text = (
        "Storm hits coast\n\nLENI (Reuters) - A storm hit the coast on Monday, police said.\n\n"
        "HARROW, N.C. (AP) - Two people died in a fire on Monday, the mayor said.\n\n"
        "GENEVA - the city of lakes - was spared by the storm that hit the coast on Monday."
    )
    article = segment(new_article(text))
    found = [(z.kind, text[z.start : z.end]) for z in article.zones if z.kind == "dateline"]
    assert found == [("dateline", "LENI (Reuters) -"), ("dateline", "HARROW, N.C. (AP) -")]
    assert article.dateline.place == "LENI"


def test_page_comes_apart():
    assert names(
        "This story is over 7 years old",
        "Army Leaves Northern Town",
        "Rebels hold the bridge; talks to open in the capital on Friday",
        "By Jane Doe\nMay 3 2011, 8:04pm",
        "Soldiers near Hill. Photo: Max Roe",
        STORY[0],
        "Read more: How the war began",
        STORY[1],
        STORY[2],
        "Follow Jane Doe on Twitter: @janedoe",
    ) == [
        "boilerplate", "title", "subtitle", "byline", "published",
        "caption", "body", "boilerplate", "body", "boilerplate",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [STORY[0], "Army leaves town", "Fire", "By Jane Doe", "# 1"])
def test_text_of_one_line_is_body(text):
    assert kinds(text) == [("body", text)]


def test_paragraphs_alone_are_body():
    assert names(*STORY) == ["body"]
    assert names("\n".join(STORY)) == ["body"]


def test_summary_above_the_byline_is_a_subtitle():
    summary = "The army says that it will come back, which nobody in the town believes."
    assert names("Army leaves northern town", summary, "by Jane Doe", *STORY) == [
        "title",
        "subtitle",
        "byline",
        "body",
    ]


def test_dateline_is_a_zone_of_its_own_on_the_line_of_the_story():
    found = kinds("Army leaves town", "HILL, May 3 (AP) — " + STORY[0], *STORY[1:])
    assert found[:2] == [("title", "Army leaves town"), ("dateline", "HILL, May 3 (AP) —")]
    assert found[2][1].startswith("The army")


def test_author_and_date_on_one_line_are_two_zones():
    found = kinds("Army leaves town today", "By Jane Doe | Tuesday, 3 May 2011", *STORY)
    assert found[1:3] == [("byline", "By Jane Doe"), ("published", "Tuesday, 3 May 2011")]


def test_given_title_is_found_in_the_text():
    found = kinds("World in brief today", "Army left.", *STORY, title="Army left")
    assert found[:2] == [("boilerplate", "World in brief today"), ("title", "Army left.")]


def test_given_title_is_split_off_the_line_of_the_story():
    found = kinds("Army left town. HILL — " + STORY[0], title="Army left town")
    assert found[:2] == [("title", "Army left town."), ("dateline", "HILL —")]
    assert kinds("Army left town on foot. " + STORY[0], title="Army left town")[0][0] == "body"


def test_related_links_and_what_follows_them_are_boilerplate():
    assert names(*STORY, "Related articles", "Why the bridge matters", "A town in pictures") == [
        "body",
        "boilerplate",
    ]


def test_subheading_inside_the_story_is_body():
    assert names(STORY[0], STORY[1], "The bridge", STORY[2]) == ["body"]


def test_correction_below_the_story_is_boilerplate():
    note = "The article misstated the day. It was Monday, not Tuesday, that the army left."
    assert names(*STORY, "Correction: May 5, 2011", note) == ["body", "boilerplate"]


def test_menus_around_a_whole_page_are_boilerplate():
    menu = [f"Section {i}" for i in range(40)]
    found = kinds(*menu, "Army leaves the northern town", "By Jane Doe", *STORY, *menu, gap="\n")
    assert [kind for kind, _ in found] == ["boilerplate", "title", "byline", "body", "boilerplate"]


HARD_WRAPPED = """\
Army leaves northern town after
By Jane Doe
HILL, May 3 (AP) -- The army left the northern town of Hill on
Monday, three days after rebels took its bridge. A spokesman for
the ministry said that nobody had been hurt. The fighting lasted
until evening.
   The rebels hold most of the villages along the river. They have
promised to go on until the government in the capital has accepted
their terms.
"""


@pytest.mark.parametrize("text", [HARD_WRAPPED, HARD_WRAPPED.replace("\n", "\r\n")])
def test_hard_wrapped_lines_are_joined(text):
    article = segment(new_article(text))
    assert [zone.kind for zone in article.zones] == ["title", "byline", "dateline", "body"]
    sentences = [text[s.start : s.end] for s in article.sentences if s.zone == 3]
    assert len(sentences) == 5
    assert sentences[3].startswith("The rebels")


def test_double_spaced_hard_wrapped_lines_are_joined():
    text = HARD_WRAPPED.split("\n", 2)[2].replace("\n", "\n\n").strip()
    article = segment(new_article(text))
    assert [zone.kind for zone in article.zones] == ["dateline", "body"]
    assert len(article.sentences) == 6


def test_examples_of_the_rules_match():
    data = read_toml("segmentation/zones.toml")
    place = {"any": "below", "head": "head", "below": "below", "tail": "tail"}
    for group in data["boilerplate"]:
        for example in group["examples"]:
            assert boilerplate(unit(example), place[group["where"]]), (group["id"], example)
    assert all(is_caption(unit(example)) for example in data["caption"]["examples"])
    assert all(is_byline(e) or is_bare_byline(e) for e in data["byline"]["examples"])
    assert all(read_source(unit(example)) for example in data["source"]["examples"])


@pytest.mark.parametrize("sentence", STORY)
def test_sentences_of_a_story_match_no_rule(sentence):
    assert not any(boilerplate(unit(sentence), place) for place in ("head", "below", "tail"))
    assert not is_caption(unit(sentence))
    assert not is_byline(sentence)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By JANE VAN DOE and MAX ROE", ("JANE VAN DOE", "MAX ROE")),
        ("by J. K. O’Neil, BBC News, Lima", ("J. K. O’Neil",)),
        ("Jane Doe in Lima, Max Roe in Quito and agencies", ("Jane Doe", "Max Roe")),
        ("Written by: Ahmed al-Masri", ("Ahmed al-Masri",)),
        ("By Jane Doe for CNN", ("Jane Doe",)),
        ("By Associated Press", ()),
        ("Reuters Staff", ()),
        ("By Jane Doe, Local Government Reporter", ("Jane Doe",)),
        ("By Jane Doe For Harrowgazette.co.uk", ("Jane Doe",)),
        ("/ By Jane Doe and Max Roe", ("Jane Doe", "Max Roe")),
        ("ByJANE DOE", ("JANE DOE",)),
        ("By Jane Doe Jr. and Max Roe", ("Jane Doe Jr.", "Max Roe")),
        ("Jane Doe / NEW HARROW", ("Jane Doe",)),
        ("Reporter: Jane Doe", ("Jane Doe",)),
        ("By JANE DOE Herald Staff Writer", ("JANE DOE",)),
        ("By MARY JANE O'Neil", ("MARY JANE O'Neil",)),
        ("By Thomas Fellow", ("Thomas Fellow",)),
        ("WORDS AND PICTURES BY JANE DOE", ("JANE DOE",)),
        ("Words: Jane Doe", ("Jane Doe",)),
        ("From JANE DOE at Harrow Park", ("JANE DOE",)),
        (
            "Jane Doe, Senior Fellow, Harbours Program, and Max Roe, Research Associate",
            ("Jane Doe", "Max Roe"),
        ),
        ("Jane Doe | University Communications | jdoe@harrow.edu", ("Jane Doe",)),
    ],
)
def test_authors_are_people(line, authors):
    assert read_authors(line) == authors


@pytest.mark.parametrize(
    "line",
    [
        "By the numbers",
        "By Monday the army had left.",
        "Standing by",
        "Interview: Jane Doe",
        "Report: Climate Change",
        "",
    ],
)
def test_what_only_begins_like_a_byline_is_none(line):
    assert not is_byline(line)
