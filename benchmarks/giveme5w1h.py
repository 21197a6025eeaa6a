"""Who, where and when of what an article is about, as the readers of Giveme5W1H marked them.

Token F1 of our words for the main event with the closest of the marked phrases, 0 where one side
has none. Two of three articles are to tune on.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chain import whole_chain
from report import parser, report
from score import Row, row, share

from schemas import Article, Event, Participant, Published, new_article

_QUESTIONS = ("who", "where", "when")
_STOP = frozenset({"the", "a", "an", "on", "in", "at", "of"})


def main() -> None:
    """Measure and print."""
    options = parser(__doc__, held_out="the third of the articles kept for the end").parse_args()
    folder, chain = options.data / "events/giveme5w1h", whole_chain()
    scores: dict[str, list[float]] = {question: [] for question in _QUESTIONS}
    silent = 0
    for raw in _read(folder, held_out=options.held_out):
        article = chain(_article(raw))
        main_event = next((event for event in article.events or () if event.is_main), None)
        silent += main_event is None
        for question in _QUESTIONS:
            if phrases := _phrases(raw, question):
                told = _told(article, main_event, question) if main_event else ()
                scores[question].append(_best(" ".join(told), phrases))
    title = "Main events: the part kept for the end" if options.held_out else "Main events"
    report(title, list(_rows(scores, silent)), options.json)


def _read(folder: Path, *, held_out: bool) -> Iterator[dict[str, Any]]:
    for index, path in enumerate(sorted(folder.glob("*.json"))):
        if (index % 3 == 2) == held_out:
            raw = json.loads(path.read_text(encoding="utf-8"))
            if "fiveWoneH" in raw:
                yield raw


def _article(raw: dict[str, Any]) -> Article:
    at = dt.datetime.fromisoformat(raw["date_publish"]).replace(tzinfo=dt.UTC)
    published = Published(at=at, on=at.date(), precision="day")
    text = f"{raw['title']}\n\n{raw['text']}"
    return new_article(text, title=raw["title"], published=published)


def _phrases(raw: dict[str, Any], question: str) -> list[str]:
    marked = raw["fiveWoneH"].get(question, {}).get("annotated", [])
    return [each["text"] for each in marked if each.get("text")]


def _told(article: Article, event: Event, question: str) -> Iterable[str]:
    if question == "who":
        return [_words(article, each) for each in event.actors or event.recipients]
    if question == "where":
        return [event.place.text or ""] if event.place else []
    return [event.date_expression.text or ""] if event.date_expression else []


def _words(article: Article, participant: Participant) -> str:
    """Return the words of a participant; of a pronoun the words that it stands for."""
    if participant.antecedent_start is None:
        return participant.text or ""
    return article.text[participant.antecedent_start : participant.antecedent_end]


def _best(text: str, phrases: list[str]) -> float:
    return max(_token_f1(_tokens(text), _tokens(phrase)) for phrase in phrases)


def _tokens(text: str) -> list[str]:
    words = ("".join(c for c in word if c.isalnum()) for word in text.lower().split())
    return [word for word in words if word and word not in _STOP]


def _token_f1(one: list[str], other: list[str]) -> float:
    both = len(set(one) & set(other))
    precision, recall = share(both, len(set(one))), share(both, len(set(other)))
    return share(2 * precision * recall, precision + recall)


def _rows(scores: dict[str, list[float]], silent: int) -> Iterator[Row]:
    for question, found in scores.items():
        yield row(question, "giveme5w1h", len(found), {"f1": share(sum(found), len(found))})
    yield row("articles without an event", "giveme5w1h", silent, {})


if __name__ == "__main__":
    main()
