"""The examples in docs/dates.md are what the code prints."""

from pathlib import Path

from transforms.dates.examples import value_table

PAGE = Path(__file__).parents[2] / "docs" / "dates.md"


def test_table_of_values_is_in_step():
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("<!-- values -->\n")[2].partition("<!-- end of values -->")[0]
    assert table == value_table(), "put the output of python -m transforms.dates.examples there"
