"""Memory of a writer: Arrow's pool, what merging will need, and what others have left behind."""

import ctypes
import mmap

import pyarrow as pa


def memory_pool() -> pa.MemoryPool:
    """Return the pool for Arrow's memory: the system's, where the rows' memory has been freed.

    Arrow's own default takes as much again, and a run's peak is a third higher.
    """
    return pa.system_memory_pool()


def give_back() -> None:
    """Give freed memory back to the system, where the C library can (glibc's).

    Small blocks that articles and buffered rows have freed lie scattered, and large ones do not fit
    in: kept, they would add up with those to a peak that grows with the input.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


class Reserve:
    """Memory taken while articles are read, for the merge that follows when they have been.

    So the peak of a run is reached with its first megabyte, whatever the size of the input, and a
    run that has begun does not end for want of memory after its work is done. What can go beyond
    are happenings: those of one group, a family of types in a month, are compared in memory.
    """

    def __init__(self, size: int) -> None:
        self._area = mmap.mmap(-1, size)
        self._area.write(bytes(size))  # a page that was not touched is not yet ours

    def release(self) -> None:
        """Give it back to the system, with all else that has been freed."""
        self._area.close()
        give_back()
