"""Dates found in a text, and what they mean."""

import dataclasses
import datetime as dt
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas import Dateline, MissingStepError, Published, Sentence, Zone, new_article
from transforms.dates import load_normalizer, normalize
from transforms.dates.grammar import rule_entries

DAY = dt.date(2014, 6, 26)  # a Thursday


def values(text, on=DAY):
    return [(d.text, d.value) for d in normalize(text, published_at=on)]


def only(text, on=DAY):
    (date,) = normalize(text, published_at=on)
    return date


def article(*sentences, kind="body", on=DAY):
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    at = dt.datetime.combine(on, dt.time(), dt.UTC)
    return new_article(
        text,
        zones=(Zone(kind=kind, start=0, end=len(text) - 1),),
        sentences=tuple(Sentence(start=start, end=end, zone=0) for start, end in spans),
        published=Published(at=at, on=on, precision="day"),
    )


# --- days by tense and by distance -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The court decided on Monday.", "2014-06-23"),
        ("The court will decide on Monday.", "2014-06-30"),
        ("The court decided on Thursday.", "2014-06-26"),
        ("The court has decided in May.", "2014-05"),
        ("The court will decide in March.", "2015-03"),
        ("The court decided in August.", "2013-08"),
        ("The court decided on Dec. 12.", "2013-12-12"),
        ("The court will decide on Dec. 12.", "2014-12-12"),
        ("He was due in court on June 28.", "2014-06-28"),
        ("Sales fell in the fourth quarter.", "2013-Q4"),
        ("Sales will fall in the third quarter.", "2014-Q3"),
        ("In May a crowd of 2000 men came.", "2014-05"),
        ("In May the march of 2000 women began.", "2014-05"),
    ],
)
def test_tense_and_distance(text, value):
    assert only(text).value == value


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The minister, who will retire next year, resigned on Tuesday.", "2014-06-24"),
        ("Lawmakers who voted against the bill plan to meet on Tuesday.", "2014-07-01"),
        ("The court said that it would hear the case on Monday.", "2014-06-30"),
        ("Police said on Monday that the trial would be short.", "2014-06-23"),
        ("The army had been expected to leave on Monday.", "2014-06-23"),
        ("The court will study the results of Tuesday's vote.", "2014-06-24"),
        ("A first round is to be held from November 20 to 23.", "2014-11-20"),
        ("The vote had been due to end on Monday.", "2014-06-23"),
        ("The firm declared a dividend, payable Dec. 12.", "2014-12-12"),
        ("The union has scheduled a march for Saturday.", "2014-06-28"),
        ("The ministers meet separately on Monday.", "2014-06-30"),
        ("The deadline is Jan. 5.", "2015-01-05"),
        ("The show is open through Jan. 5.", "2015-01-05"),
        ("Bishop to be buried Saturday", "2014-06-28"),
        ("They will appeal the ruling, announced Monday by a clerk.", "2014-06-23"),
        ("He was named chairman, effective Jan. 1.", "2015-01-01"),
        ("The price is far above Monday's close.", "2014-06-23"),
        ("The minister could not be reached on Wednesday.", "2014-06-25"),
        ("Wednesday's sale could be the last.", "2014-06-25"),
        ("The mine will close for a week beginning Wednesday.", "2014-07-02"),
    ],
)
def test_tense_of_the_verb_it_hangs_on(parser, sentence, value):
    dates = load_normalizer()(parser(article(sentence))).dates
    assert value in [d.value for d in dates]


# --- spans of days -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "mod"),
    [
        ("over the past two weeks", (2014, 6, 12), (2014, 6, 26), None),
        ("in the next three months", (2014, 6, 26), (2014, 9, 26), None),
        ("earlier in the week", (2014, 6, 23), (2014, 6, 26), "START"),
        ("later this month", (2014, 6, 26), (2014, 6, 30), "END"),
        ("by the end of the year", (2014, 12, 31), (2014, 12, 31), "END"),
        ("in late May", (2014, 5, 1), (2014, 5, 31), "END"),
        ("in the early 1980s", (1980, 1, 1), (1989, 12, 31), "START"),
        ("in mid-2011", (2011, 1, 1), (2011, 12, 31), "MID"),
        ("last winter", (2013, 12, 1), (2014, 2, 28), None),
        ("in the first five months of 2012", (2012, 1, 1), (2012, 5, 31), None),
        ("in the last week of May", (2014, 5, 26), (2014, 6, 1), None),
    ],
)
def test_days_and_mod(text, first, last, mod):
    date = normalize(text, published_at=DAY)[0]
    assert (date.first_day, date.last_day, date.mod) == (dt.date(*first), dt.date(*last), mod)


@pytest.mark.parametrize(
    "text", ["in fiscal 2012", "now", "for several days", "in 480 BC", "daily"]
)
def test_no_definite_days(text):
    assert only(text).first_day is None
    assert only(text).last_day is None


@pytest.mark.parametrize(
    ("text", "value", "mod"),
    [
        ("for more than four hours", "PT4H", "MORE_THAN"),
        ("for nearly 40 years", "P40Y", "LESS_THAN"),
        ("for about a week", "P1W", "APPROX"),
        ("for at least 30 days", "P30D", "EQUAL_OR_MORE"),
        ("for a year or so", "P1Y", "APPROX"),
        ("for two decades", "P20Y", None),
        ("for half an hour", "PT0.5H", None),
        ("for two and a half years", "P2Y6M", None),
        ("for 5 1/2 hours", "PT5H30M", None),
        ("for a few minutes", "PTXM", None),
        ("every three months", "P3M", None),
        ("every other week", "P2W", None),
    ],
)
def test_durations(text, value, mod):
    date = only(text)
    assert (date.value.replace("PT30M", "PT0.5H"), date.mod) == (value, mod)


# --- what belongs together ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Friday, June 20, 2014", "2014-06-20"),
        ("5 p.m. EDT Monday", "2014-06-23T17:00"),
        ("Friday at noon", "2014-06-20T12:00"),
        ("early Friday morning", "2014-06-20TMO"),
        ("10:35 a.m. on April 30, 2014", "2014-04-30T10:35"),
        ("the night of May 3", "2014-05-03TNI"),
        ("Yesterday\nafternoon", "2014-06-25TAF"),
    ],
)
def test_pieces_of_one_expression(text, found):
    assert values(f"It ended {text}, they said.") == [(text, found)]


def test_ranges_are_two():
    assert values("From June 3 to 5, 2012, it rained.") == [
        ("June 3", "2012-06-03"),
        ("5, 2012", "2012-06-05"),
    ]
    assert values("The war of 1914-18 was over.") == [("1914", "1914"), ("18", "1918")]


# --- the narrative -----------------------------------------------------------------------------


def test_counted_from_what_was_told():
    text = "It was signed on March 3, 2009. Two days later he fled. A year later he was caught."
    dates = normalize(text, published_at=DAY)
    assert [d.value for d in dates] == ["2009-03-03", "2009-03-05", "2010-03-05"]
    assert [d.anchor for d in dates] == ["absolute", "narrative", "narrative"]


def test_look_back_leaves_the_narrative_where_it_was():
    text = "Profit fell in the first quarter. A year earlier it had doubled. The quarter was bad."
    assert [value for _, value in values(text)] == ["2014-Q1", "2013-Q1", "2014-Q1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In November he fled. In January he was back.", ["1848-11", "1849-01"]),
        ("He was not to return until 1871. In May he fled.", ["1871", "1848-05"]),
        ("As was learnt in 1990, he fled in May.", ["1990", "1848-05"]),
        ("It lasted until the fall of Ulm in May 1850. In June he fled.", ["1850-05", "1848-06"]),
        ("He had been ill in May 1846.\n\nIn June he fled.", ["1846-05", "1848-06"]),
        ("He had been ill in May 1846. In June he recovered.", ["1846-05", "1846-06"]),
        ("A statue was put up in May 1901. In April he fled.", ["1901-05", "1848-04"]),
        (
            "His house, built in 1850, burnt in April. In May he fled.",
            ["1850", "1848-04", "1848-05"],
        ),
        ("On April 9 he fled. The next spring he was back.", ["1848-04-09", "1849-SP"]),
        ("On April 9 he fled. On Friday he was caught.", ["1848-04-09", "1848-04-14"]),
        ("In November he fled. In the winter he was ill.", ["1848-11", "1849-WI"]),
        ("It is so today.", ["PRESENT_REF"]),
        ("They were the men of '93.", ["1893"]),
        ("On Friday he prayed.", ["XXXX-WXX-5"]),
        ("He rose at 6 a.m.", ["XXXX-XX-XXT06:00"]),
    ],
)
def test_history(text, expected):
    years = " ".join(f"In {year} there was peace." for year in range(1840, 1848))
    found = [value for _, value in values(f"{years} In March 1848 the king fell. {text}")]
    assert found[9:] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # What follows decides: the army can hardly have come in 1849 before June 1848.
        ("He came in May. In June 1848 he left.", ["1848-05", "1848-06"]),
        ("He came in May. In June 1849 he left.", ["1848-05", "1849-06"]),
        (
            "As in 1713, it was won. He came in May. In 1849 he left.",
            ["1713", "1848-05", "1849"],
        ),
        (
            "The siege had lasted from October to January. In April he came.",
            ["1847-10", "1848-01", "1848-04"],
        ),
        ("In August of that year he left; in October 1850 he died.", ["1848-08", "1850-10"]),
        (
            "The war of 1713 began in May of that year. In June he left.",
            ["1713", "1713-05", "1848-06"],
        ),
    ],
)
def test_history_shows_from_all_its_dates(told, expected):
    years = " ".join(f"In {year} there was peace." for year in range(1840, 1848))
    found = [value for _, value in values(f"{years} In March 1848 the king fell. {told}")]
    assert found[9:] == expected


def test_history_does_not_leave_the_calendar():
    years = " ".join(f"In {year} there was peace." for year in range(1840, 1849))
    text = f"{years} 8,000 years later he woke. 200 years later he slept. In May he rose."
    assert [value for _, value in values(text)][-3:] == ["XXXX", "XXXX", "1848-05"]


def test_a_history_may_name_a_few_weekdays():
    years = " ".join(f"In {year} there was peace." for year in range(1834, 1854))
    text = (
        f"{years} On May 3, 1854 he fell. On Friday he rose, on Saturday he left. In June he died."
    )
    assert [value for _, value in values(text)][-1] == "1854-06"
    few = text.partition("In 1847")[0] + text.partition("1853 there was peace.")[2]
    news = few.replace("In June", "On Monday it rained. In June")
    assert [value for _, value in values(news)][-1] == "2014-06"


def test_heading_begins_a_history_anew():
    years = "\n\n".join(f"In May {year} there was peace." for year in range(1840, 1848))
    text = f"{years}\n\nThe war at sea\n\nIn May 1842 the fleet sailed. In June it was lost.\n"
    assert [value for _, value in values(text)][-2:] == ["1842-05", "1842-06"]


def test_same_day_is_the_last_day_named():
    years = " ".join(f"In {year} there was peace." for year in range(1840, 1848))
    text = f"{years} On May 3, 1848 he fell. On March 9 he had fled, the next day he had been seen."
    assert [value for _, value in values(text)][-3:] == ["1848-05-03", "1848-03-09", "1848-03-10"]


def test_history_before_christ():
    text = "".join(f"In {year} BC there was peace. " for year in range(488, 480, -1))
    text += "In August 480 BC they fought. In September they fled. The following year they met. "
    text += "Nine years later they met again."
    found = [value for _, value in values(text)][-4:]
    assert found == ["BC0480-08", "BC0480-09", "BC0479", "BC0470"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What was told on Wednesday had happened before.
        (
            "A train burned on Monday evening, police said on Wednesday. It had left at 7:25 p.m.",
            ["2014-06-23TEV", "2014-06-25", "2014-06-23T19:25"],
        ),
        (
            "It burned on Monday night, and the next morning it was gone.",
            ["2014-06-23TNI", "2014-06-24TMO"],
        ),
        ("Shares fell yesterday. Earlier in the day they had risen.", ["2014-06-25", "2014-06-25"]),
        ("It began in May 2012 and ended the next month.", ["2012-05", "2012-06"]),
        (
            "It was the worst since May 2003. From January to March it rained.",
            ["2003-05", "2014-01", "2014-03"],
        ),
        ("It was held in 1908, and 106 years later was held again.", ["1908", "2014"]),
        ("It burned down in March 1979. He was questioned that April.", ["1979-03", "1979-04"]),
        (
            "The bonds fall due in May 2031. The previous Monday he had left.",
            ["2031-05", "2014-06-16"],
        ),
        ("Five houses burned overnight.", ["2014-06-25TNI"]),
        (
            "It opened on June first, nineteen sixty-one. Two days later it burned.",
            ["1961-06-01", "1961-06-03"],
        ),
    ],
)
def test_news_count_from_what_they_have_told(text, expected):
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Profit of the first half rose from the year-earlier period.", ["2014-H1", "2013-H1"]),
        ("Sales rose in the first half; in the 2012 period they fell.", ["2014-H1", "2012-H1"]),
        ("Sales fell in the first quarter, from a rise the year before.", ["2014-Q1", "2013-Q1"]),
        (
            "Sales fell in the first quarter. On Oct. 1, 2014 wages rise, and a year later again.",
            ["2014-Q1", "2014-10-01", "2015-10-01"],
        ),
    ],
)
def test_what_results_are_compared_with(text, expected):
    assert [value for _, value in values(text)] == expected


def test_winter_before_christ_comes_after_autumn():
    text = "".join(f"In {year} BC there was peace. " for year in range(488, 480, -1))
    text += "In the autumn of 480 BC they fought. They rested in the winter. In spring they fled."
    found = [value for _, value in values(text)][-3:]
    assert found == ["BC0480-FA", "BC0479-WI", "BC0479-SP"]


def test_results_stay_with_the_quarter_reported():
    text = (
        "Profit fell in the first quarter. The second quarter will be better. The quarter was bad."
    )
    assert [value for _, value in values(text)] == ["2014-Q1", "2014-Q2", "2014-Q1"]


def test_results_of_nine_months_are_those_of_the_year():
    text = "Profit fell in the third quarter. For the nine months it rose from a year earlier."
    assert values(text, dt.date(2014, 11, 3))[-1] == ("a year earlier", "2013")


def test_times_borrow_the_day_that_follows():
    assert values("It fell at 10:35 a.m. (0735 GMT) on Tuesday.") == [
        ("10:35 a.m.", "2014-06-24T10:35"),
        ("0735 GMT", "2014-06-24T07:35Z"),
        ("Tuesday", "2014-06-24"),
    ]


# --- no day of publication ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on June 26", "XXXX-06-26"),
        ("on Tuesday", "XXXX-WXX-2"),
        ("in September", "XXXX-09"),
        ("over the weekend", "XXXX-WXX-WE"),
        ("at noon", "XXXX-XX-XXT12:00"),
        ("yesterday", "XXXX-XX-XX"),
        ("last year", "XXXX"),
        ("for two days", "P2D"),
        ("now", "PRESENT_REF"),
    ],
)
def test_undated(text, value):
    date = only(text, on=None)
    assert (date.value, date.first_day, date.last_day) == (value, None, None)


def test_undated_knows_what_is_absolute():
    date = only("on 4 August 2015", on=None)
    assert (date.first_day, date.anchor) == (dt.date(2015, 8, 4), "absolute")


# --- no false alarms ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",
        "A second attack failed.",
        "She wrote it for the Sunday Times.",
        "The 19-year-old student fled; her brother is 7 years old.",
        "It won 92 out of 328 seats, or 28 percent.",
        "The paper costs $2000, or £5.",
        "It was on a 24-hour news channel.",
        "The team won 3-2, then 10-4.",
        "Call 555-1998 or 020 7946 0123.",
        "Some 2000 people fell in the sun.",
        "The MiG-1999 and the 1,998 men.",
        "We sat in a box with 44 of them.",
        "He told USA Today so.",
        "Bloody Sunday is remembered.",
        "The minister may march on; a split second decided.",
        "The players, aged 25 to 30, won 6-4, 7-5 and 21-19.",
        "Call (202) 555-0114 or 1-800-555-2014.",
        "He flew a Boeing 747-400, then a MiG-29.",
        "It costs $1,998, €2014 or £1999 a piece.",
        "Highway 1990 leads past room 1998 to Route 66.",
        "He is in his 40s; she is in her twenties.",
        "Temperatures rose into the 80s.",
        "A quarter of the voters and three quarters of the seats are his.",
        "Some 1998 people signed; 2014 voters stayed at home.",
        "Resolution 1701 and Law 2004 were passed.",
        "The Saturday Evening Post made her woman of the year.",
        "He read Nineteen Eighty-Four at 1600 Pennsylvania Avenue.",
        "A 2000-word essay by Ajmal Jan, a clerk.",
        "Jan Kavan met August Wilson of the China Daily.",
        "The address is 192.168.20.14 and the version 3.11.2.",
        "He scored in the second half; the coach was pleased with the fourth quarter.",
    ],
)
def test_no_date(text):
    assert values(text) == []


def test_name_of_a_person():
    text = "Theresa May met April Jones. In May President Barrow left; in April it rained."
    assert values(text) == [("May", "2014-05"), ("April", "2014-04")]


# --- the order of day and month ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Filed 5/3/2014.", "2014-05-03"),
        ("Filed 5/3/2014, heard 26/3/2014.", "2014-03-05"),
        ("Filed 5/3/2014, heard 3/26/2014.", "2014-05-03"),
        ("Filed 5/3/2014, heard on 26 March.", "2014-03-05"),
        ("Filed 26.3.2014.", "2014-03-26"),
    ],
)
def test_order_by_the_habit_of_the_article(text, value):
    assert values(text)[0][1] == value


# --- when it was published ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "published_at",
    [
        "2014-06-26",
        "2014-06-26T23:30:00-04:00",
        dt.datetime(2014, 6, 26, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-4))),
        DAY,
    ],
)
def test_published_at(published_at):
    (date,) = normalize("It fell yesterday.", published_at=published_at)
    assert date.value == "2014-06-25"


def test_published_at_is_no_date():
    with pytest.raises(ValueError, match=r"last week.*2014-06-26"):
        normalize("It fell.", published_at="last week")


# --- articles ----------------------------------------------------------------------------------


def test_article_is_read_where_it_is_worth_it():
    read = load_normalizer()(article("It fell on Tuesday."))
    (date,) = read.dates
    assert read.text[date.start : date.end] == "Tuesday"
    assert date.rule == "weekday.bare"
    assert load_normalizer()(article("Updated Tuesday.", kind="boilerplate")).dates == ()


@pytest.mark.parametrize(
    ("filed", "value", "anchor"),
    [
        (dt.date(2014, 6, 25), "2014-06-25", "dateline"),
        (DAY, "2014-06-26", "publication"),
        (dt.date(2014, 6, 1), "2014-06-26", "publication"),
    ],
)
def test_today_is_the_day_of_the_dateline(filed, value, anchor):
    given = article("It fell today, he said.")
    given = dataclasses.replace(given, dateline=Dateline(text="", start=0, end=0, day=filed))
    (date,) = load_normalizer()(given).dates
    assert (date.value, date.anchor) == (value, anchor)


def test_article_without_zones():
    with pytest.raises(MissingStepError, match="Segment"):
        load_normalizer()(new_article("On Tuesday."))


def test_sentences_are_read_one_by_one():
    assert [d.text for d in load_normalizer()(article("He left in March.", "5 stayed.")).dates] == [
        "March"
    ]


# --- any text ----------------------------------------------------------------------------------

_WORDS = sorted({word for rule in rule_entries() for word in rule["example"].split()})


@given(
    st.lists(st.sampled_from(_WORDS) | st.text(max_size=6), max_size=30),
    st.sampled_from([None, DAY, dt.date.min, dt.date.max]),
)
@example(["ﬁve", "weeKs", "İ", "²", "٣", "March", "٣", "days"], DAY)
def test_spans_slice_back_in_order(words, on):
    text, free = " ".join(words), 0
    for date in normalize(text, published_at=on):
        assert text[date.start : date.end] == date.text
        assert free <= date.start < date.end
        assert (date.first_day is None) == (date.last_day is None)
        assert date.first_day is None or date.first_day <= date.last_day
        free = date.end


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1/", ", ", "the ", "the end of ", "two-and-a-half-", "in, the, year, of, ", "\n "],
)
def test_time_is_linear(piece):
    def seconds(size):
        text = (piece * size)[:size]
        begin = time.process_time()
        normalize(text, published_at=DAY)
        return time.process_time() - begin

    seconds(1000)
    assert seconds(40_000) < 10 * seconds(10_000) + 0.05


# --- times that go on, days that are known by others -------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A time before dawn is of the day after the evening told of; minutes later are counted.
        ("They left at 11:50 p.m. on Monday. At 3:15 a.m. they fell.", "2014-06-24T03:15"),
        ("They left at 11:50 p.m. on Monday. Twenty minutes later they fell.", "2014-06-24T00:10"),
        ("They left on Monday. At 6:42 p.m. it fell. An hour later it rained.", "2014-06-23T19:42"),
        ("They met on Monday. At 11 o'clock that night he fled.", "2014-06-23T23:00"),
        ("They fled at 2 o'clock last night.", "2014-06-25T02:00"),
        ("The fort was shelled on Monday. By nightfall it was lost.", "2014-06-23TNI"),
        # What has been done was not on a day that is to come.
        (
            "The strike will begin on Sunday. The sides had bargained until 3 a.m.",
            "2014-06-26T03:00",
        ),
        ("It was signed at 21:45 in the office.", "2014-06-26T21:45"),
        ("Ahead of Sunday's vote troops were sent out.", "2014-06-29"),
        ("The fort fell 48 hours ago.", "2014-06-24"),
        ("They will meet on Eid.", "2014-07-28"),
        ("The April to June quarter of 2013 was bad.", "2013-Q2"),
        ("The fort fell a year ago to the day.", "2013-06-26"),
        ("They met again in the first days of the month.", "2014-06"),
    ],
)
def test_times_and_days_by_others(text, expected):
    assert values(text)[-1][1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The goal came at 14:22 of the second period.", []),
        ("It was the worst year to date in the war.", []),
        ("May 5 was marked by violence in Kiev.", ["2014-05-05"]),
        ("Last June 15 soldiers were killed in a raid.", ["2013-06"]),
        ("In the run-up to the April election riots broke out.", ["2014-04"]),
        ("She left the next day on the 6:15 a.m. train.", ["2014-06-27", "2014-06-26T06:15"]),
    ],
)
def test_what_only_looks_like_it(text, expected):
    found = [value for _, value in values(text)]
    assert found == expected


def test_news_with_old_years_is_no_history():
    """A page names the month of its publication; a weekday of a feast counts for nothing."""
    years = " ".join(f"In {year} there was peace." for year in range(1990, 1998))
    for near in ("Posted June 26, 2014.", "He came back yesterday, on Tuesday."):
        assert values(f"{near} {years} In May he fled.")[-1] == ("May", "2014-05")
    for far in ("On Good Friday they prayed.", "On Sunday, 22 June 1997 they met."):
        assert values(f"{years} {far} In May 1998 he rose. In July he fled.")[-1][1] == "1998-07"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # What the sentence has named, what had been done before, what a bracket tells.
        ("The port, annexed in 1840, was sold two years later.", "1842"),
        ("He had left in 1841. In May he fled.", "1848-05"),
        ("The fall of the port (20 October 1850) was a blow. In November he fled.", "1850-11"),
        ("Early 1850 was quiet. On 20 February he fled.", "1850-02-20"),
        ("The war in the north, 1850-1852\n\nThat summer he fled.", "1850-SU"),
        ("He was born on 5 May 1849. On the 9th Ortega fled.", "1849-05-09"),
        ("In 1850 he fled; in the second half of the year he was back.", "1850-H2"),
    ],
)
def test_history_by_its_sentences(told, expected):
    years = " ".join(f"In {year} there was peace." for year in range(1840, 1848))
    assert values(f"{years} In March 1848 the king fell. {told}")[-1][1] == expected
