"""Memory that is held for the merge and given back."""

from pathlib import Path

import pytest

from pipeline.sinks._memory import Reserve, give_back

STATM = Path("/proc/self/statm")
PAGE = 4096
MB = 1024 * 1024

needs_proc = pytest.mark.skipif(not STATM.exists(), reason="resident memory is read from /proc")


def resident():
    return int(STATM.read_text().split()[1]) * PAGE


@needs_proc
def test_a_reserve_is_there_until_it_is_released():
    give_back()
    before = resident()
    reserve = Reserve(64 * MB)
    held = resident() - before
    reserve.release()
    assert held > 56 * MB
    assert resident() - before < 8 * MB


@needs_proc
def test_scattered_blocks_go_back_to_the_system():
    kept = []
    for _ in range(50_000):
        bytes_of_a_row = bytes(1000)
        kept.append(bytes(600))
        kept.append(bytes_of_a_row)
    full = resident()
    del kept, bytes_of_a_row
    give_back()
    assert full - resident() > 40 * MB
