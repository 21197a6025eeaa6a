import pytest

from transforms.segmentation.quotes import find_quotes


def quotes(*paragraphs):
    text = "\n\n".join(paragraphs)
    spans, position = [], 0
    for paragraph in paragraphs:
        spans.append((position, position + len(paragraph)))
        position += len(paragraph) + 2
    return [
        (
            text[q.start : q.end],
            None if q.speaker_start is None else text[q.speaker_start : q.speaker_end],
        )
        for q in find_quotes(text, spans)
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We stay,” he said.", "he"),
        ("“We stay,” said Jane Doe, a nurse.", "Jane Doe"),
        ("“We stay,” said Jane Doe.", "Jane Doe"),
        ("“We stay,” the mayor’s office said on Monday.", "the mayor’s office"),
        ("“We stay,” Doe, who is 40, told reporters.", "Doe"),
        ("“We stay?” asked the minister.", "the minister"),
        ("“We stay,” company spokesman Max Roe wrote.", "Max Roe"),
        ("“We stay,” according to Jane Doe.", "Jane Doe"),
        ("Mr. Roe said: “We stay.”", "Mr. Roe"),
        ("The cleric Omar al-Hadi told the BBC that “we stay”.", "The cleric Omar al-Hadi"),
        ('Jane Doe added, "We stay."', "Jane Doe"),
        ("According to Jane Doe, “we stay”.", "Jane Doe"),
        ("They call it “the stay”.", None),
    ],
)
def test_speaker_is_named_by_the_cue(text, speaker):
    ((_, found),) = quotes(text)
    assert found == speaker


def test_speaker_speaks_on_after_the_cue():
    assert quotes("“We stay,” Doe said in Lima. “They go.”") == [
        ("We stay,", "Doe"),
        ("They go.", "Doe"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "no" and "never".', ["no", "never"]),
        ("‘It’s late,’ she said. The boys’ house.", ["It’s late,"]),
        ("'It isn't late,' she said.", ["It isn't late,"]),
        ("It isn't the boys' house.", []),
        ("``We stay,'' he said.", ["We stay,"]),
        ("“We ‘stay’ here,” he said.", ["We ‘stay’ here,"]),
        ("He is 6' 2\" tall.", []),
        ("“We never end", []),
    ],
)
def test_marks_are_paired_and_apostrophes_left_alone(text, found):
    assert [quote for quote, _ in quotes(text)] == found


def test_quotation_of_two_paragraphs_goes_on():
    assert quotes("“One.", "“Two,” he said.") == [("One.", None), ("Two,", "he")]


def test_speaker_of_a_quotation_speaks_its_next_paragraph_too():
    assert quotes("“One,” he said. “Two.", "“Three.”") == [
        ("One,", "he"),
        ("Two.", "he"),
        ("Three.", "he"),
    ]
