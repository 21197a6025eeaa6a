"""Names in an article, linked to who and what they mean in a knowledge base."""

from transforms.entities.entry import Office
from transforms.entities.explain import Explanation, explain, points
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.link import in_office, link_entities, load_linker
from transforms.entities.locate import locate, resolve
from transforms.entities.offices import office_on

__all__ = [
    "Explanation",
    "KnowledgeBase",
    "Office",
    "explain",
    "in_office",
    "link_entities",
    "load_linker",
    "locate",
    "office_on",
    "points",
    "resolve",
]
