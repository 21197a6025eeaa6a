"""`dateline show`: an article with what was found in it."""

import argparse

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import show
from pipeline.commands._command import Command, add_output
from pipeline.commands._rows import rows
from schemas import DOCUMENTS, EVENTS, UsageError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    parser.add_argument(
        "doc_id", metavar="DOC_ID", nargs="?", help="the article; without it all are listed"
    )


def _run(arguments: argparse.Namespace, _: PipelineOptions) -> int:
    if arguments.doc_id is None:
        for row in rows(arguments.output, DOCUMENTS):
            print(row["doc_id"], row["published_on"] or "", row["title"] or "", sep="\t")
        return 0
    documents = rows(arguments.output, DOCUMENTS, [("doc_id", "==", arguments.doc_id)])
    if not documents:
        raise UsageError(
            f"no article {arguments.doc_id!r} in {arguments.output}; "
            f"`dateline show {arguments.output}` lists them, its rejects may name it"
        )
    events = rows(arguments.output, EVENTS, [("doc_id", "==", arguments.doc_id)])
    for document in documents:
        batch = [event for event in events if event["batch_id"] == document["batch_id"]]
        batch.sort(key=lambda event: event["trigger"]["start"])
        show.console().print(show.article(document, batch))
    return 0


SHOW_COMMAND = Command(
    "show",
    "print an article with its zones, names, dates and events marked",
    "Prints an article with its zones, names, dates and events marked in colour, then what they\n"
    "were resolved to. Without DOC_ID it lists the articles.",
    _add_arguments,
    _run,
)
