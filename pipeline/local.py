"""The local runner: this process, or worker processes of this machine."""

import shlex
import sys
from typing import Any

from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions
from apache_beam.portability.api import beam_provision_api_pb2
from apache_beam.runners.job import utils as job_utils
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.runners.portability.fn_api_runner.fn_runner import ExtendedProvisionInfo
from apache_beam.transforms.environments import SubprocessSDKEnvironment

from pipeline import worker


def local_runner(options: PipelineOptions, *, quiet: bool) -> FnApiRunner:
    """Return Beam's FnApiRunner, by name: `DirectRunner` may turn into others.

    Several workers (`--direct_num_workers`) are processes: the work is Python's, and threads would
    wait for each other. They are ours to start, so that they are told Beam's options (where an
    object store is) and are as quiet as this process.
    """
    direct = options.view_as(DirectOptions)
    if direct.direct_num_workers == 1 or direct.direct_running_mode == "multi_threading":
        return FnApiRunner()
    direct.direct_running_mode = "in_memory"  # else the runner puts Beam's worker in ours' place
    command = (
        f"{shlex.quote(sys.executable)} -m {worker.__name__} {'' if quiet else worker.VERBOSE}"
    )
    provision = beam_provision_api_pb2.ProvisionInfo(
        retrieval_token="unused",  # noqa: S106 - as the runner's own default
        pipeline_options=job_utils.dict_to_struct(_as_strings(options)),
    )
    return FnApiRunner(
        default_environment=SubprocessSDKEnvironment.from_command_string(command),
        provision_info=ExtendedProvisionInfo(provision),
    )


def _as_strings(options: PipelineOptions) -> dict[str, Any]:
    """Return what differs from the defaults; a number would arrive as 2.0."""
    given = options.get_all_options(drop_default=True).items()
    return {name: str(value) if type(value) is int else value for name, value in given}
