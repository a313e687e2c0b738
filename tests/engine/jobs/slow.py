"""A kind of job that takes its time, and a worker process that does it: what tests kill in the middle."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from engine.jobs import Crew, Kind, Made, Outcome, Work
from engine.storage import Database


def count(work: Work) -> Outcome:
    """Count to `params["to"]`, a hundredth of a second each; nobody asks for more than an hour."""
    to = int(work.params["to"])
    for number in range(to):
        work.progress(number, to)
        time.sleep(0.01)
    return Outcome("counted", {"count": to})


def write(work: Work) -> Outcome:
    """Make a file with one line."""
    path = work.new_file(".txt")
    path.write_text("made\n", encoding="utf-8")
    count(work)
    return Outcome("written", file=path.name, name="Made.txt")


def fail(work: Work) -> Outcome:
    """Do what no program should."""
    raise RuntimeError(f"secret of {work.id}")


KINDS = {"count": Kind(count), "write": Kind(write), "fail": Kind(fail)}


def crew(url: str, folder: Path, name: str = "tests") -> Crew:
    return Crew(Database(url), KINDS, Made(folder), name)


if __name__ == "__main__":
    running = crew(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    running.start()
    time.sleep(600)
