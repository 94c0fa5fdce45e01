"""The bounds of a reading process: its memory by the operating system, its time by the process that waits for it."""

import ctypes
import sys
from typing import Final

SECONDS: Final = 60
"""How long one file may take."""
MEMORY: Final = 1 << 30
"""Bytes a reading process may ask for, its own code included."""
ANSWER: Final = 400_000_000
"""Bytes of an answer; a roster of 5,000,000 cells stays below."""


def limit_memory() -> None:
    """Let this process ask for no more than `MEMORY`."""
    if sys.platform == "win32":
        _limit_on_windows()
    else:
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("per_process_time", ctypes.c_int64),
        ("per_job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


_EXTENDED_LIMIT: Final = 9
_PROCESS_MEMORY: Final = 0x100
_DIE_WITH_JOB: Final = 0x2000


def _limit_on_windows() -> None:
    """A job object of this process alone. Where Windows refuses one, the time stays bounded by who waits."""
    kernel = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009 - unknown to checkers elsewhere
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = kernel.CreateJobObjectW(None, None)
    limits = _Extended()
    limits.basic.flags = _PROCESS_MEMORY | _DIE_WITH_JOB
    limits.process_memory = MEMORY
    kernel.SetInformationJobObject(
        ctypes.c_void_p(job), _EXTENDED_LIMIT, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    kernel.AssignProcessToJobObject(ctypes.c_void_p(job), ctypes.c_void_p(kernel.GetCurrentProcess()))
