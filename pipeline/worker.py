"""A local worker process, which `pipeline.local` starts: Beam's own, as quiet as we are."""

import sys

from pipeline import log

VERBOSE = "--verbose"

if __name__ == "__main__":
    log.set_up_logging(quiet_beam=VERBOSE not in sys.argv)

    from apache_beam.runners.worker import sdk_worker_main  # importing Beam has to wait for quiet

    sdk_worker_main.main(sys.argv)
