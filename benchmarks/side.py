"""One side of a row in a process of its own, told round by round what to do."""

from __future__ import annotations

import gc
import multiprocessing
import tempfile
import traceback
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.answers import Wrong
from benchmarks.clock import Spent, timed
from benchmarks.data import Data
from benchmarks.facts import Facts
from benchmarks.row import Row, Stage, Work


class Failed(Exception):
    """The side's process could not do its work; the text is its traceback."""


class Side:
    """Starts the process, runs rounds in it, ends it. `which` is "floor" or "product"."""

    def __init__(self, row: Row[Any], which: str, data: Data) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, row, which, data), daemon=True)
        self.process.start()
        theirs.close()
        self.done = 0
        self._receive()

    def run(self, requests: int) -> Spent:
        """So many requests, each answer checked. The indexes go on from round to round."""
        self.pipe.send((self.done, requests))
        self.done += requests
        spent = self._receive()
        if not isinstance(spent, Spent):
            raise Failed(f"expected figures, got {spent!r}")
        return spent

    def close(self) -> None:
        """End the process, which removes its folder."""
        self.pipe.close()
        self.process.join(timeout=30)
        if self.process.is_alive():
            self.process.kill()

    def _receive(self) -> object:
        try:
            answer = self.pipe.recv()
        except EOFError:
            raise Failed("the process ended without a word") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


def serve(pipe: Connection, row: Row[Any], which: str, data: Data) -> None:
    """The process: open the side, then run rounds until the other end is closed."""
    make = row.floor if which == "floor" else row.product
    if make is None:
        raise Failed(f"{row.name} has no {which}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stage = Stage(data, Path(folder))
        try:
            with stage.exits, closing(Facts(data)) as facts:
                work = make(stage)
                pipe.send("ready")
                while True:
                    first, requests = pipe.recv()
                    pipe.send(run(row, work, facts, range(first, first + requests)))
        except EOFError:
            return
        except Wrong as wrong:
            pipe.send(Wrong(f"{which}: {wrong}"))
        except Exception:  # noqa: BLE001 - whatever it is, the person at the other end must read it
            pipe.send(Failed(traceback.format_exc()))


def run(row: Row[Any], work: Work[Any, Any], facts: Facts, indexes: range) -> Spent:
    """One round: do everything under the clock, then check every answer."""
    for index in indexes:
        work.before(index)
    gc.collect()
    with timed() as spent:
        done = [work.do(index) for index in indexes]
    for index, one in zip(indexes, done, strict=True):
        row.check(facts, index, work.read(index, one))
    return spent
