"""One run: from options to a committed batch."""

import dataclasses
import datetime as dt
import importlib.metadata
import platform
import shutil
import uuid
from collections.abc import Mapping
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from rich.console import Console

from pipeline import sinks, sources
from pipeline.graph import Job, build
from pipeline.local import local_runner
from pipeline.options import RunOptions, recorded
from pipeline.progress import progress
from schemas import SCHEMA_VERSION, RunFailedError, UsageError
from seeds import seed
from transforms.entities import KnowledgeBase
from transforms.events import clusters_of, happenings
from transforms.parsing import model_version


def job_of(options: RunOptions, beam_options: PipelineOptions) -> Job:
    """Resolve options to a job: match the inputs, name the versions.

    Raises:
        UsageError: an input matches nothing; a model or knowledge base is not there; a row of
            the user's own entities is wrong.
    """
    patterns = options.input or (str(seed("articles")),)
    files = sources.match(patterns, format=options.format)
    versions = _versions(options)
    sink = sinks.Sink(
        output=options.output,
        batch_id=options.batch,
        run_id=uuid.uuid4().hex,
        started_at=dt.datetime.now(dt.UTC),
        keep_text=options.keep_text == "all",
        max_error_rate=options.max_error_rate,
        produced_by="; ".join(f"{name} {versions[name]}" for name in _PRODUCERS),
        versions=versions,
        options=dataclasses.asdict(options) | {"beam": recorded(beam_options)},
        strict=options.strict,
        inputs=_inputs(patterns, files, options.limit),
        clustering=sinks.Clustering(happenings, clusters_of),
    )
    return Job(
        files=files,
        sink=sink,
        limit=options.limit,
        max_article_chars=options.max_article_chars,
        spacy_model=options.spacy_model,
        knowledge_base=options.knowledge_base,
        entities=options.entities,
        strict=options.strict,
    )


def check_batch(options: RunOptions, job: Job) -> None:
    """Refuse to replace, unasked, a batch that was made from other inputs.

    A batch that was named is meant to be replaced; `default` may be somebody else's.

    Raises:
        UsageError: it would be replaced.
    """
    sinks.check_output(options.output)
    if options.batch_id is not None or options.replace:
        return
    manifest = sinks.read_manifest(options.output, options.batch)
    if manifest and _same(manifest["inputs"]) != _same(job.sink.inputs):
        raise UsageError(
            f"{options.output} holds batch {options.batch!r} made from other inputs "
            f"({', '.join(manifest['inputs']['patterns'])}): say --batch_id ID to write another "
            "batch beside it, or --replace to replace it"
        )


def run(
    job: Job, beam_options: PipelineOptions, console: Console, *, quiet: bool = True
) -> sinks.Outcome:
    """Run the job to its end and return its outcome, committed or not.

    Raises:
        RunFailedError: the runner ended without one.
    """
    sink = job.sink
    with progress(console) as folder:
        job = dataclasses.replace(job, progress_folder=folder if is_local(beam_options) else None)
        pipeline = _pipeline(job, beam_options, quiet=quiet)
        for line in sinks.prepare(sink.output, sink.batch_id):
            console.print(line)
        try:
            pipeline.run().wait_until_finish()
        except RuntimeError as error:
            if KeyboardInterrupt.__name__ in str(error):  # Beam wraps what a step was stopped by
                raise KeyboardInterrupt from None
            raise
    outcome = sinks.find_outcome(sink.output, sink.batch_id, sink.run_id)
    if outcome is None:
        raise RunFailedError(
            f"the run ended without a manifest in {sink.output}/_runs; the runner's log says why"
        )
    return outcome


def is_local(beam_options: PipelineOptions) -> bool:
    """Return whether the run stays on this machine, with our own choice of runner."""
    return beam_options.view_as(StandardOptions).runner is None


def describe_graph(job: Job, beam_options: PipelineOptions) -> list[str]:
    """Return the labels of the graph's steps, in order, without running anything."""
    visitor = _Labels()
    pipeline = _pipeline(job, beam_options)
    pipeline.visit(visitor)
    shutil.rmtree(pipeline.local_tempdir, ignore_errors=True)  # Beam does so only after a run
    return visitor.labels


class _Labels(beam.pipeline.PipelineVisitor):
    """Collects the labels of the outermost transforms."""

    def __init__(self) -> None:
        self.labels: list[str] = []

    def enter_composite_transform(self, transform_node: Any) -> None:
        self._visit(transform_node)

    def visit_transform(self, transform_node: Any) -> None:
        self._visit(transform_node)

    def _visit(self, node: Any) -> None:
        if node.full_label and "/" not in node.full_label:
            self.labels.append(node.full_label)


_PRODUCERS = ("dateline", "model", "knowledge")


def _versions(options: RunOptions) -> dict[str, str]:
    packages = ("dateline", "apache-beam", "spacy", "pyarrow", "dateparser")
    return {
        **{name: importlib.metadata.version(name) for name in packages},
        "model": model_version(options.spacy_model),
        "knowledge": KnowledgeBase(options.knowledge_base, options.entities).version,
        "schema": SCHEMA_VERSION,
        "python": platform.python_version(),
    }


def _same(inputs: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return what tells inputs apart."""
    return inputs["fingerprint"], inputs["limit"]


def _inputs(
    patterns: tuple[str, ...], files: tuple[sources.InputFile, ...], limit: int | None
) -> dict[str, Any]:
    return {
        "patterns": list(patterns),
        "files": len(files),
        "bytes": sum(file.size for file in files),
        "fingerprint": sources.fingerprint(files),
        "limit": limit,
    }


def _pipeline(job: Job, beam_options: PipelineOptions, *, quiet: bool = True) -> beam.Pipeline:
    runner = local_runner(beam_options, quiet=quiet) if is_local(beam_options) else None
    try:
        pipeline = beam.Pipeline(runner=runner, options=beam_options)
    except ValueError as error:
        raise UsageError(f"Beam refuses these options: {error}") from error
    build(pipeline, job)
    return pipeline
