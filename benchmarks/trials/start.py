"""The start: from the start of the process to the first page, and the memory of the process that then waits."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from benchmarks import parties
from benchmarks.data import Data
from benchmarks.serving import Server
from benchmarks.trial import Outcome, Trial

STARTS = 5
SECONDS, MEBIBYTES = 2, 120


def run(data: Data) -> list[Outcome]:
    """Several starts on a database that is there."""
    return [outcome("floor", parties.floor, data), outcome("product", parties.product, data)]


def outcome(party: str, start: Callable[[Data], AbstractContextManager[Server]], data: Data) -> Outcome:
    """Median seconds, and resident memory a second later: of the largest process, and of all."""
    seconds: list[float] = []
    memory: list[int] = []
    for _ in range(STARTS):
        with start(data) as server:
            seconds.append(server.started)
            if not memory:
                time.sleep(1)
                memory = server.memory()
    figures = {"s": statistics.median(seconds)}
    if memory:
        figures |= {"MiB in a process": memory[0] / 2**20, f"MiB in {len(memory)}": sum(memory) / 2**20}
    over = figures["s"] > SECONDS or figures.get("MiB in a process", 0) > MEBIBYTES
    return Outcome(party, figures, party == "product" and over)


TRIAL = Trial("start", "start; idle memory", f"{SECONDS} s; {MEBIBYTES} MiB a process", run)
