"""The bundled articles with what readers saw in them: seeds/articles beside seeds/gold."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from schemas import Article, Published, new_article
from seeds import seed

Truth = dict[str, Any]


def gold_articles() -> Iterator[tuple[Article, Truth]]:
    """Yield each article as it goes into the program, with its gold; offsets are of its text.

    Its id is the name of the gold file, without the ending.
    """
    for file in sorted(seed("gold").iterdir(), key=lambda file: file.name):
        truth = json.loads(file.read_text(encoding="utf-8"))
        source = seed(f"articles/{truth['article']}").read_bytes().decode("utf-8")
        if "id" in truth:
            yield _of_record(source, truth["id"]), truth
        else:
            yield new_article(source, id=file.name.removesuffix(".json")), truth


def _of_record(lines: str, article_id: str) -> Article:
    """Make an article of its line of JSON, with what the line tells of it."""
    records = (json.loads(line) for line in lines.split("\n") if line)
    record = next(record for record in records if record["id"] == article_id)
    at = dt.datetime.fromisoformat(record["published_at"])
    return new_article(
        record["text"],
        id=article_id,
        title=record["title"],
        published=Published(at=at.astimezone(dt.UTC), on=at.date(), precision="second"),
        published_basis="given",
    )
