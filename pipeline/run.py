"""One run: from options to a committed batch."""

import datetime as dt
import uuid

from pipeline import sinks, sources
from pipeline.graph import Job
from pipeline.options import RunOptions
from seeds import seed
from transforms.events import clusters


def job_of(options: RunOptions) -> Job:
    """Resolve options to a job: match the inputs, name the versions.

    Raises:
        UsageError: an input matches nothing; a model or knowledge base is not there.
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
        produced_by=_produced_by(versions),
        versions=versions,
        options=_recorded(options),
        inputs=_inputs(patterns, files),
        clusters=clusters,
    )
    return Job(
        files=files,
        sink=sink,
        limit=options.limit,
        max_article_chars=options.max_article_chars,
        spacy_model=options.spacy_model,
        knowledge_base=options.knowledge_base,
        strict=options.strict,
    )
