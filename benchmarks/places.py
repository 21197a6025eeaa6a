"""How many names of places are found and put on the map, on articles with coordinates.

Data `places`: LGL (local papers; GeoNames' coordinates) and GeoVirus (Wikinews on epidemics;
Wikipedia's coordinates, which for large countries lie up to 1,000 km from those of GeoNames). A place
is right within 161 km. `given`: the names are given, and one for which there is no candidate is
wrong; `given, by reach`: a country or continent is right within 1,200 km, a division within 400. `found`: names have to be found as well, with exact spans; a people's name (Iraqi) counts where
the data mark it and nowhere else, and so does a name that they mark without coordinates. Half of
each set, by a hash of the article, is for development; `--held-out` measures the other.
"""

import dataclasses
import datetime as dt
import hashlib
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from body import published_on
from chain import Chain
from report import parser, report
from score import Row, Score, Span, row, share

from schemas import Article, Entity, new_article
from transforms.entities import KnowledgeBase, link_entities, locate
from transforms.entities.entry import Entry
from transforms.parsing import load_parser
from transforms.segmentation import load_segmenter

_NEAR_KM = 161.0
_EARTH_KM = 6371.0
_REACH_KM = {"country": 1200.0, "region": 1200.0, "admin1": 400.0}
Point = tuple[float, float]


@dataclasses.dataclass(frozen=True)
class PlaceText:
    """An article with the names of places in it; None for those without coordinates."""

    article: Article
    places: dict[Span, Point | None]


def main() -> None:
    """Measure and print."""
    options = parser(__doc__, held_out="the half kept for the end")
    options.add_argument("--knowledge-base", help="another one than that which ships")
    options.add_argument("--errors", type=Path, help="write what went wrong there, a line a name")
    options = options.parse_args()
    kb, rows = KnowledgeBase(options.knowledge_base), []
    for name, read in SETS.items():
        chain = Chain(
            segment=load_segmenter(),
            parse=load_parser(),
            entities=lambda article: link_entities(article, kb=kb),
        )
        tally = Tally(kb)
        for text in read(options.data / "places", options.held_out):
            tally.add(text, chain(text.article))
        rows += [*tally.rows(name), row("time: entities", name, tally.articles, _time(chain))]
        if options.errors:
            options.errors.mkdir(exist_ok=True)
            (options.errors / f"{name}.txt").write_text("\n".join(tally.errors) + "\n")
    half = "the half kept for the end" if options.held_out else "the half to tune on"
    report(f"Places: {half}; knowledge base {kb.version}", rows, options.json)


def _time(chain: Chain) -> dict[str, float]:
    return {"time/parse": chain.beside_parse("entities")}


def lgl(folder: Path, held_out: bool) -> Iterator[PlaceText]:
    """Yield the articles of LGL, with publisher, title and day."""
    for element in ET.parse(folder / "lgl.xml").getroot():
        if is_held_out(element.get("docid", "")) == held_out:
            yield PlaceText(_lgl_article(element), dict(map(_toponym, element.iter("toponym"))))


def _lgl_article(element: ET.Element) -> Article:
    day = re.match(r"\d{4}-\d\d-\d\d", element.findtext("dltime") or "")
    return new_article(
        element.findtext("text") or "",
        url=element.findtext("url"),
        source=element.findtext("domain"),
        title=element.findtext("title"),
        published=published_on(dt.date.fromisoformat(day[0])) if day else None,
    )


def _toponym(element: ET.Element) -> tuple[Span, Point | None]:
    tag = element.find("gaztag")
    return _span(element), None if tag is None else _point(tag)


def geovirus(folder: Path, held_out: bool) -> Iterator[PlaceText]:
    """Yield the articles of GeoVirus, of which only the text is known."""
    for element in ET.parse(folder / "GeoVirus.xml").getroot():
        if is_held_out(element.findtext("source") or "") == held_out:
            places = {_span(e, first=1): _point(e) for e in element.iter("location")}
            yield PlaceText(new_article(element.findtext("text") or ""), places)


def _span(element: ET.Element, *, first: int = 0) -> Span:
    return int(element.findtext("start") or 0) - first, int(element.findtext("end") or 0) - first


def _point(element: ET.Element) -> Point:
    return float(element.findtext("lat") or 0), float(element.findtext("lon") or 0)


SETS = {"lgl": lgl, "GeoVirus": geovirus}


def is_held_out(key: str) -> bool:
    """Tell whether an article is of the half that is kept for the end."""
    return hashlib.sha256(key.encode()).digest()[-1] % 2 == 1


def kilometres(one: Point, other: Point) -> float:
    """Return the distance between two points, latitude and longitude in degrees."""
    (north, east), (north_2, east_2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = (
        math.sin((north_2 - north) / 2) ** 2
        + math.cos(north) * math.cos(north_2) * math.sin((east_2 - east) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


class Tally:
    """What was right over the articles of a set, and a line for each name that was not."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.articles = 0
        self.errors: list[str] = []
        self._kb = kb
        self._given = self._right = self._right_area = 0
        self._found = Score()

    def add(self, text: PlaceText, article: Article) -> None:
        """Compare what was found in an article, and what is found for its names, with the truth."""
        self.articles += 1
        self.errors.append(f"# {article.id}")
        self._add_given(article, text.places)
        self._add_found(article.entities or (), text.places)

    def _add_given(self, article: Article, places: dict[Span, Point | None]) -> None:
        located = locate(article, places, kb=self._kb)
        for span, point in places.items():
            if point is not None:
                entry = located.get(span)
                mine = _coordinates(entry.latitude, entry.longitude) if entry else None
                is_right = _is_near(mine, point)
                self._given += 1
                self._right += is_right
                self._right_area += is_right or _is_in_reach(entry, mine, point)
                if not is_right:
                    name = article.text[slice(*span)]
                    what = (entry.name, entry.country, entry.admin1, mine) if entry else None
                    self.errors.append(f"GIVEN\t{name}\t{point}\t{what}")

    def _add_found(self, entities: tuple[Entity, ...], places: dict[Span, Point | None]) -> None:
        mine = {(e.start, e.end): e for e in entities if e.kind == "place"}
        points = {span: _coordinates(e.latitude, e.longitude) for span, e in mine.items()}
        counted = {
            span: point
            for span, point in points.items()
            if point is not None
            and (mine[span].label != "NORP" or span in places)
            and places.get(span, point) is not None
        }
        wanted = {span: point for span, point in places.items() if point is not None}
        right = {s for s, p in counted.items() if s in wanted and _is_near(p, wanted[s])}
        self._found.add(found=len(counted), wanted=len(wanted), right=len(right))
        for span in sorted(counted.keys() - right):
            entity, truth = mine[span], wanted.get(span, "no place of the data")
            self.errors.append(f"FALSE\t{entity.text}\t{truth}\t{entity.name}, {entity.admin1}")

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the figures of a set."""
        yield row("given", name, self._given, {"right": share(self._right, self._given)})
        yield row(
            "given, by reach", name, self._given, {"right": share(self._right_area, self._given)}
        )
        yield self._found.row("found", name)


def _coordinates(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def _is_in_reach(entry: Entry | None, mine: Point | None, truth: Point) -> bool:
    """Tell whether a large area is meant, of which two gazetteers have different middles."""
    reach = _REACH_KM.get(entry.place_kind or "") if entry else None
    return reach is not None and mine is not None and kilometres(mine, truth) <= reach


def _is_near(mine: Point | None, truth: Point) -> bool:
    return mine is not None and kilometres(mine, truth) <= _NEAR_KM


if __name__ == "__main__":
    main()
