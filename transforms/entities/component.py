"""The linker as a component of a spaCy pipeline: `nlp.add_pipe("dateline_entities")`."""

import dataclasses

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from schemas import Article, Entity, NameSpan, Parse, Sentence, Zone, new_article
from transforms.entities.knowledge import KnowledgeBase
from transforms.entities.link import link_entities
from transforms.entities.mentions import LABEL_OF_KIND

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


def _first_word(span: Span) -> Token | None:
    return next((token for token in span if not token.is_space), None)


def article_of(doc: Doc) -> Article:
    """Return an article of a document that has been parsed, all of it body."""
    tokens = [token for token in doc if not token.is_space]
    numbers = {token.i: number for number, token in enumerate(tokens)}
    spans = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    firsts = [t for span in spans if (t := _first_word(span)) is not None]
    starts = [numbers[token.i] for token in firsts]
    ends = [tokens[end - 1] for end in (*starts[1:], len(tokens))] if tokens else []
    sentences = tuple(
        Sentence(start=first.idx, end=last.idx + len(last), zone=0)
        for first, last in zip(firsts, ends, strict=True)
    )
    zone = Zone(kind="body", start=0, end=len(doc.text))
    parse = Parse(
        starts=tuple(t.idx for t in tokens),
        ends=tuple(t.idx + len(t) for t in tokens),
        words=tuple(t.text for t in tokens),
        lemmas=tuple(t.lemma_ or t.lower_ for t in tokens),
        tags=tuple(t.tag_ for t in tokens),
        deps=tuple(t.dep_ for t in tokens),
        heads=tuple(numbers.get(t.head.i, number) for number, t in enumerate(tokens)),
        sentence_starts=tuple(starts),
        sentence_indexes=tuple(range(len(starts))),
        names=tuple(
            NameSpan(min(inside), max(inside) + 1, name.label_)
            for name in doc.ents
            if (inside := [numbers[t.i] for t in name if t.i in numbers])
        ),
    )
    article = new_article(doc.text)
    return dataclasses.replace(article, zones=(zone,), sentences=sentences, parse=parse)
