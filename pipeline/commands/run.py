"""`dateline run`: articles in, event records out."""

import argparse
import dataclasses
import time
from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions
from rich.console import Console

from pipeline import log, sinks
from pipeline import run as runs
from pipeline.commands._command import Command
from pipeline.graph import Job
from pipeline.options import RunOptions, add_run_options, recorded, run_options

EXIT_COMMITTED, EXIT_FAILED, EXIT_BUGS = 0, 1, 3


def _run(arguments: argparse.Namespace, beam: PipelineOptions) -> int:
    options = run_options(arguments)
    quiet = not options.verbose and runs.is_local(beam)
    log.set_up_logging(quiet_beam=quiet)
    job = runs.job_of(options, beam)
    runs.check_batch(options, job)
    if options.dry_run:
        _print_plan(options, job, beam)
        return EXIT_COMMITTED
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    started = time.monotonic()
    outcome = runs.run(job, beam, console, quiet=quiet)
    if not outcome.committed:
        _print_failure(console, outcome)
        return EXIT_FAILED
    assert outcome.manifest is not None
    print(_summary(outcome.manifest, options.output, time.monotonic() - started))
    return (
        EXIT_BUGS if outcome.manifest["counts"]["rejects_by_error"].get("bug") else EXIT_COMMITTED
    )


def _print_plan(options: RunOptions, job: Job, beam: PipelineOptions) -> None:
    for name, value in dataclasses.asdict(options).items():
        print(f"{name}: {value}")
    for name, value in recorded(beam).items():
        print(f"beam {name}: {value}")
    inputs = job.sink.inputs
    print(f"inputs: {inputs['files']} files, {inputs['bytes']:,} bytes")
    print(f"produced_by: {job.sink.produced_by}")
    print("graph: " + " → ".join(runs.describe_graph(job, beam)))


def _print_failure(console: Console, outcome: sinks.Outcome) -> None:
    failure = outcome.failure or {}
    console.print(f"dateline: nothing was committed: {failure.get('message')}", markup=False)
    for sample in failure.get("samples", ()):
        place = f"{sample['input_path']}:{sample['input_line'] or ''}".rstrip(":")
        console.print(f"  {place}: {sample['error']}: {sample['message']}", markup=False)


def _summary(manifest: dict[str, Any], output: str, seconds: float) -> str:
    """Say what was delivered; the last line is the books."""
    counts = manifest["counts"]
    head = (
        f"batch {manifest['batch_id']} in {output}: {counts['events']:,} events in "
        f"{counts['documents']:,} articles, {counts['words']:,} words "
        f"({counts['words'] / seconds:,.0f} a second)"
    )
    lines = [head]
    lines += [
        f"set aside: {number:,} {error}"
        for error, number in sorted(counts["rejects_by_error"].items())
    ]
    if counts["rejects"]:
        lines.append(f"why: the columns error and message of {output}/rejects")
    lines.append(
        f"{counts['records']:,} records read = {counts['documents']:,} documents + "
        f"{counts['rejects']:,} rejects"
    )
    return "\n".join(lines)


RUN_COMMAND = Command(
    "run",
    "read articles and write event records",
    "Reads news articles and writes documents, events, clusters and rejects as Parquet.\n"
    "\n"
    "exit codes: 0 committed; 1 nothing was committed; 2 the command is wrong;\n"
    "            3 committed, with rejects of kind bug\n"
    "\n"
    "Options that are not listed here go to Beam, as --runner, --direct_num_workers=2 (two\n"
    "processes on this machine; 0 = one a core) or --s3_endpoint_url.",
    add_run_options,
    _run,
)
