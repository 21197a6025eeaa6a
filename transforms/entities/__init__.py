"""Names in an article, linked to who and what they mean in a knowledge base."""

from transforms.entities.knowledge import KnowledgeBase, Office
from transforms.entities.link import in_office, link_entities, load_linker
from transforms.entities.locate import locate
from transforms.entities.offices import office_on

__all__ = [
    "KnowledgeBase",
    "Office",
    "in_office",
    "link_entities",
    "load_linker",
    "locate",
    "office_on",
]
