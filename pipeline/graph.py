"""The whole flow.

read ─► Segment ─► ParseSentences ─► LinkEntities ─► NormalizeDates ─► ExtractEvents ─► write
  └────────┴─────────────┴────────────────┴───────────────┴────────────────┴──► rejects
"""

import dataclasses

import apache_beam as beam
from apache_beam.transforms.error_handling import ErrorHandler

from pipeline.progress import CountDone, CountPlanned
from pipeline.sinks import Commit, Outcome, Sink, WriteArticles, WriteRejects
from pipeline.sources import (
    FindDuplicates,
    InputFile,
    ListFiles,
    PlanSplits,
    ReadArticles,
    Redistribute,
    fitting_split_bytes,
)
from transforms.steps import (
    ExtractEvents,
    LinkEntities,
    NormalizeDates,
    ParseSentences,
    Segment,
    Step,
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the graph is built from: plain values, fixed before it is."""

    files: tuple[InputFile, ...]
    sink: Sink
    limit: int | None = None
    max_article_chars: int = 200_000
    spacy_model: str
    knowledge_base: str | None = None
    entities: str | None = None
    strict: bool = False
    progress_folder: str | None = None
    shuffle_between: bool = False  # tests: materialise every article between all steps


def build(pipeline: beam.Pipeline, job: Job) -> beam.PCollection[Outcome]:
    """Build the flow from files to a committed batch; no article is ever shuffled."""
    splits = (
        pipeline
        | "Files" >> ListFiles(job.files)
        | PlanSplits(
            limit=job.limit,
            max_article_chars=job.max_article_chars,
            split_bytes=fitting_split_bytes(job.files),
        )
        | "Count planned" >> beam.ParDo(CountPlanned(job.progress_folder))
    )
    duplicates = splits | FindDuplicates()
    with ErrorHandler(WriteRejects(job.sink)) as rejects:
        articles = (
            splits
            | Redistribute()
            | ReadArticles(duplicates, max_article_chars=job.max_article_chars).with_error_handler(
                rejects, strict=job.strict
            )
        )
        for step in _steps(job):
            articles = articles | step.with_error_handler(rejects, strict=job.strict)
            if job.shuffle_between:
                articles = articles | f"Shuffle after {step.label}" >> beam.Reshuffle()
        articles = articles | "Count done" >> beam.ParDo(CountDone(job.progress_folder))
    return (
        (articles | WriteArticles(job.sink), rejects.output())
        | "Written files" >> beam.Flatten()
        | Commit(job.sink, records=splits)
    )


def _steps(job: Job) -> tuple[Step, ...]:
    return (
        Segment(),
        ParseSentences(model=job.spacy_model),
        LinkEntities(knowledge_base=job.knowledge_base, entities=job.entities),
        NormalizeDates(),
        ExtractEvents(),
    )
