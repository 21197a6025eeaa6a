"""Rows as people see them."""

import io

from rich.console import Console

from pipeline import show


def rendered(text, start, end):
    """The article as printed, and the words that are marked as an entity."""
    document = {
        "doc_id": "1",
        "title": "Bomb [/watch] kills [b]3[/b]",
        "text": text,
        "zones": [{"kind": "body", "start": 0, "end": len(text)}],
        "entities": [
            {
                "kind": "place",
                "start": start,
                "end": end,
                "text": text[start:end],
                "entity_id": None,
                "name": None,
                "place_kind": None,
                "country": None,
                "role": None,
                "sector": None,
            }
        ],
        "dates": [],
    }
    empty = ("title_basis", "authors", "source", "published_at", "published_on")
    document |= dict.fromkeys((*empty, "published_basis", "dateline", "url"))
    console = Console(file=io.StringIO(), width=160, markup=False, record=True)
    console.print(show.article(document, []))
    return console.export_text(styles=True)


def test_brackets_are_text():
    assert "Bomb [/watch] kills [b]3[/b]" in rendered("In Lima.", 3, 7)


def test_marks_stay_in_place_after_control_characters():
    text = "One\r\nTwo\r\nIn Lima\x07 it rained."
    start = text.index("Lima")
    assert "\x1b[1;32mLima\x1b[0m" in rendered(text, start, start + 4)
