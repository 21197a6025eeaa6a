"""The linker as a component of a spaCy pipeline: `nlp.add_pipe("dateline_entities")`."""

import dataclasses

from spacy.language import Language
from spacy.tokens import Doc, Span

from schemas import Article, Entity, Sentence, Zone, new_article
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.link import link_entities
from transforms.entities.mentions import LABEL_OF_KIND
from transforms.parsing import parse_of

# The label of what the model did not find itself and is none of the usual kinds.
_OTHER = "PRODUCT"


@Language.factory(
    "dateline_entities",
    default_config={"knowledge_base": None, "entities": None},
    requires=["doc.ents", "token.tag", "token.dep"],
    assigns=["doc.ents"],
)
def make_component(
    nlp: Language,  # noqa: ARG001 - spaCy gives both
    name: str,  # noqa: ARG001
    knowledge_base: str | None,
    entities: str | None,
) -> "EntityLinker":
    """Make the component; the options are those of `load_linker`."""
    return EntityLinker(KnowledgeBase(knowledge_base, entities))


class EntityLinker:
    """Replaces `doc.ents` by the names that the linker finds, with `kb_id_` where one is known."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def __call__(self, doc: Doc) -> Doc:
        """Link the names of a document; offsets and labels stay as spaCy has them."""
        found = link_entities(article_of(doc), kb=self._kb).entities or ()
        doc.ents = tuple(span for entity in found if (span := _span(doc, entity)) is not None)
        return doc


def _span(doc: Doc, entity: Entity) -> Span | None:
    label = entity.label or LABEL_OF_KIND.get(entity.kind, _OTHER)
    return doc.char_span(entity.start, entity.end, label=label, kb_id=entity.entity_id or "")


def article_of(doc: Doc) -> Article:
    """Return an article of a document that has been parsed, all of it body."""
    parse = parse_of(doc)
    lasts = [end - 1 for end in (*parse.sentence_starts[1:], len(parse.words))]
    sentences = tuple(
        Sentence(start=parse.starts[first], end=parse.ends[last], zone=0)
        for first, last in zip(parse.sentence_starts, lasts, strict=False)  # none in an empty text
    )
    zone = Zone(kind="body", start=0, end=len(doc.text))
    article = new_article(doc.text)
    return dataclasses.replace(article, zones=(zone,), sentences=sentences, parse=parse)
