"""CPU time, wall time and peak memory of this process, as far as the system tells them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Spent:
    """Seconds of CPU (with finished child processes) and of wall time; the highest resident memory in bytes."""

    cpu: float = 0.0
    wall: float = 0.0
    peak: int | None = field(default=None)


@contextmanager
def timed() -> Iterator[Spent]:
    """Measure the body; the figures stand when it is left."""
    forget_peak()
    spent = Spent()
    children, cpu, wall = _children(), time.process_time(), time.perf_counter()
    yield spent
    spent.wall = time.perf_counter() - wall
    spent.cpu = time.process_time() - cpu + _children() - children
    spent.peak = peak()


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def forget_peak() -> None:
    """Begin to watch the peak anew, where the system can (Linux)."""
    if sys.platform == "linux":
        try:
            CLEAR.write_text("5")
        except OSError:  # a container may forbid it; the peak is then that of the whole process
            return


def peak() -> int | None:
    """The highest resident memory; elsewhere than on Linux it counts from the start of the process, or is not told."""
    return resident("VmHWM") if sys.platform == "linux" else None


def resident(line: str = "VmRSS", status: Path = STATUS) -> int | None:
    """One line of a process's status, in bytes. `getrusage` would not do: its peak includes the parent's memory."""
    for text in status.read_text().splitlines():
        if text.startswith(f"{line}:"):
            return int(text.split()[1]) * 1024
    return None
