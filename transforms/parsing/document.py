"""A spaCy Doc that others have made, as the `Parse` that the steps read."""

from spacy.tokens import Doc, Span, Token

from schemas import NameSpan, Parse


def parse_of(doc: Doc) -> Parse:
    """Return the parse of a Doc; white space is no token, as in the pipeline's own."""
    tokens = [token for token in doc if not token.is_space]
    numbers = {token.i: number for number, token in enumerate(tokens)}
    spans = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    starts = tuple(numbers[t.i] for span in spans if (t := _first_word(span)) is not None)
    return Parse(
        starts=tuple(t.idx for t in tokens),
        ends=tuple(t.idx + len(t) for t in tokens),
        words=tuple(t.text for t in tokens),
        lemmas=tuple(t.lemma_ or t.lower_ for t in tokens),
        tags=tuple(t.tag_ for t in tokens),
        deps=tuple(t.dep_ for t in tokens),
        heads=tuple(numbers.get(t.head.i, number) for number, t in enumerate(tokens)),
        sentence_starts=starts,
        sentence_indexes=tuple(range(len(starts))),
        names=tuple(
            NameSpan(min(inside), max(inside) + 1, name.label_)
            for name in doc.ents
            if (inside := [numbers[t.i] for t in name if t.i in numbers])
        ),
    )


def _first_word(span: Span) -> Token | None:
    return next((token for token in span if not token.is_space), None)
