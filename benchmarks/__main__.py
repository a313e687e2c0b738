"""`python -m benchmarks [names] [--small] [--rounds N] [--json FILE]`: measure and print; exit 1 on a failure."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.answers import Wrong
from benchmarks.data import FULL, SMALL, Data, prepare
from benchmarks.measure import Result, measure
from benchmarks.product import load
from benchmarks.row import Row
from benchmarks.side import Failed
from benchmarks.table import ROWS, TRIALS
from benchmarks.trial import Outcome, Trial

NAMES = [row.name for row in ROWS] + [trial.name for trial in TRIALS]


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """The command line; `names` holds all names when none is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The product beside the floor.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"what to measure, all by default: {', '.join(NAMES)}")
    parser.add_argument("--small", action="store_true", help="a fiftieth of the data, for a quick look")
    parser.add_argument("--rounds", type=int, help="rounds of each side instead of the row's own number")
    parser.add_argument("--json", type=Path, help="write every figure to this file")
    chosen = parser.parse_args(words)
    unknown = [name for name in chosen.names if name not in NAMES]
    if unknown:
        parser.error(f"nothing is named {', '.join(unknown)}; there are {', '.join(NAMES)}")
    chosen.names = chosen.names or NAMES
    return chosen


class Sitting:
    """What was measured so far. Something that fails does not stop the rest."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.results: list[Result] = []
        self.trials: dict[str, list[Outcome]] = {}
        self.failures: dict[str, str] = {}

    def attempt(self, name: str, take: Callable[[], str]) -> None:
        """Print the lines that this gives, or why there are none."""
        try:
            print(take(), flush=True)
        except (Wrong, Failed) as failure:
            self.failures[name] = str(failure)
            print(f"\n{name} failed. {failure}\n", file=sys.stderr, flush=True)

    def row(self, row: Row[Any], rounds: int | None) -> str:
        """Measure a row: its line."""
        self.results.append(measure(row, self.data, rounds))
        return report.line(self.results[-1])

    def trial(self, trial: Trial) -> str:
        """Run a trial: its lines."""
        self.trials[trial.name] = trial.run(self.data)
        return report.trial_lines(trial, self.trials[trial.name])

    def json(self) -> str:
        """Everything."""
        return report.as_json(self.data.size, self.results, self.trials, self.failures)


def main(words: Sequence[str]) -> int:
    """Measure what was chosen, one after the other."""
    chosen = arguments(words)
    sitting = Sitting(load.prepare(prepare(SMALL if chosen.small else FULL)))
    print(report.heading(sitting.data.size), flush=True)
    rows = [row for row in ROWS if row.name in chosen.names]
    trials = [trial for trial in TRIALS if trial.name in chosen.names]
    print(report.HEADER if rows else "", flush=True)
    for row in rows:
        sitting.attempt(row.name, partial(sitting.row, row, chosen.rounds))
    print(report.TRIALS if trials else "", flush=True)
    for trial in trials:
        sitting.attempt(trial.name, partial(sitting.trial, trial))
    if chosen.json:
        chosen.json.write_text(sitting.json(), encoding="utf-8")
    return 1 if sitting.failures else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
