"""Every option of a run: declared once, validated once, before the graph is built."""

import argparse
import contextlib
import dataclasses
import difflib
import io
from collections.abc import Sequence
from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions, _BeamArgumentParser

from pipeline.sinks import check_batch_id
from pipeline.sources import FORMATS
from schemas import UsageError
from transforms.parsing import DEFAULT_MODEL

DEFAULT_BATCH = "default"


def _option(group: str, help_: str, *, default: Any = None, **argument: Any) -> Any:
    """Declare an option: the group of the help that it stands in, its text, its default."""
    metadata = {"group": group, "argument": {"help": help_, **argument}}
    return dataclasses.field(default=default, metadata=metadata)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What `dateline run` can be told; whatever else stands on its line goes to Beam."""

    input: tuple[str, ...] = _option(
        "input", "files, folders or globs, local or gs://, s3:// …", default=(), nargs="+",
        metavar="PATH",
    )  # fmt: skip
    sample: bool = _option("input", "read the bundled articles", default=False, action="store_true")
    format: str = _option(
        "input", "what the files are; auto goes by their names", default="auto",
        choices=("auto", *FORMATS),
    )  # fmt: skip
    limit: int | None = _option("input", "stop after N records", type=int, metavar="N")
    max_article_chars: int = _option(
        "input", "a longer article is set aside as too_long", default=200_000, type=int, metavar="N"
    )
    output: str = _option("output", "folder of the tables", metavar="DIR", default="")
    batch_id: str | None = _option(
        "output",
        "what this run delivers; running a batch again replaces exactly its rows "
        f"(default: {DEFAULT_BATCH})",
        metavar="ID",
    )
    replace: bool = _option(
        "output", "replace the batch even if it was made from other inputs", default=False,
        action="store_true",
    )  # fmt: skip
    keep_text: str = _option(
        "output", "all: the tables quote the text; none: offsets and hashes alone", default="all",
        choices=("all", "none"),
    )  # fmt: skip
    spacy_model: str = _option(
        "reading", "spaCy model: an installed package or a path", default=DEFAULT_MODEL,
        metavar="MODEL",
    )  # fmt: skip
    knowledge_base: str | None = _option(
        "reading", "knowledge base file (default: the one that ships)", metavar="FILE"
    )
    entities: str | None = _option(
        "reading", "CSV file with entities of your own, which go before the knowledge base's",
        metavar="FILE",
    )  # fmt: skip
    max_error_rate: float = _option(
        "failing", "commit nothing if more of the records than this are set aside (from 100 on)",
        default=0.05, type=float, metavar="RATE",
    )  # fmt: skip
    strict: bool = _option(
        "failing", "stop at the first bug of ours instead of setting the article aside",
        default=False, action="store_true",
    )  # fmt: skip
    dry_run: bool = _option(
        "running", "print the resolved options and the graph, and stop", default=False,
        action="store_true",
    )  # fmt: skip
    verbose: bool = _option(
        "running", "let Beam's own messages through", default=False, action="store_true"
    )

    @property
    def batch(self) -> str:
        """The batch that is written."""
        return DEFAULT_BATCH if self.batch_id is None else self.batch_id


_GROUPS = {
    "input": "What is read",
    "output": "What is written",
    "reading": "How it is read",
    "failing": "When something fails",
    "running": "How it runs",
}


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a run on a parser, in groups, with their defaults."""
    groups = {key: parser.add_argument_group(title) for key, title in _GROUPS.items()}
    for field in dataclasses.fields(RunOptions):
        argument = dict(field.metadata["argument"])
        if field.default not in (None, False, (), ""):
            argument["help"] += f" (default: {field.default})"
        group = groups[field.metadata["group"]]
        group.add_argument(f"--{field.name}", default=field.default, **argument)


def run_options(namespace: argparse.Namespace) -> RunOptions:
    """Take the options of a run from what was parsed.

    Raises:
        UsageError: a value is none that can be used.
    """
    values = {
        field.name: getattr(namespace, field.name) for field in dataclasses.fields(RunOptions)
    }
    options = RunOptions(**values | {"input": tuple(values["input"])})
    _require(bool(options.input) != options.sample, "give either --input PATH … or --sample")
    _require(bool(options.output), "give --output DIR, the folder for the tables")
    _require(options.limit is None or options.limit > 0, "--limit must be 1 or more")
    _require(options.max_article_chars > 0, "--max_article_chars must be 1 or more")
    _require(0 <= options.max_error_rate <= 1, "--max_error_rate must lie between 0 and 1")
    check_batch_id(options.batch)
    return options


def beam_options(flags: Sequence[str]) -> PipelineOptions:
    """Make Beam's options from what stands on the command line beside ours.

    Raises:
        UsageError: Beam knows no such option either.
    """
    _reject_unknown(flags)
    return PipelineOptions(list(flags))


_SECRETS = ("secret", "token", "password", "key", "credential", "connection_string")


def recorded(options: PipelineOptions) -> dict[str, Any]:
    """Return those of Beam's options that were given, as they may be shown: no secrets."""
    given = options.get_all_options(drop_default=True).items()
    return {
        name: "(hidden)" if any(word in name for word in _SECRETS) else value
        for name, value in given
    }


def _reject_unknown(flags: Sequence[str]) -> None:
    """Refuse what nobody knows: Beam would drop a misspelt option with a warning."""
    parser = _BeamArgumentParser(allow_abbrev=False, add_help=False, exit_on_error=False)
    for kind in PipelineOptions.__subclasses__():
        with contextlib.suppress(argparse.ArgumentError):
            kind._add_argparse_args(parser)  # noqa: SLF001 - as Beam's own get_all_options does
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            _, unknown = parser.parse_known_args(list(flags))
    except (argparse.ArgumentError, SystemExit) as error:
        raise UsageError(f"Beam does not take these options: {' '.join(flags)}: {error}") from error
    if unknown:
        ours = [f"--{field.name}" for field in dataclasses.fields(RunOptions)]
        near = difflib.get_close_matches(unknown[0].partition("=")[0], ours, n=1)
        hint = f"did you mean {near[0]}?" if near else "see dateline run --help"
        raise UsageError(f"no option {unknown[0]!r}, neither ours nor Beam's; {hint}")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise UsageError(message)
