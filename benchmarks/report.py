"""Figures as a Markdown table and as JSON."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from benchmarks.data import Size
from benchmarks.measure import Figures, Result
from benchmarks.trial import Outcome, Trial

HEADER = """| what | floor CPU ms | product CPU ms | ratio (lowest to highest) | bar | wall ms | product's peak MiB |
|---|---|---|---|---|---|---|"""
TRIALS = """
| what | who | figures | bar |
|---|---|---|---|"""


def line(result: Result) -> str:
    """One row of the table; where there are two figures, the floor's stands first."""
    sides = [result.sides.get(which) for which in ("floor", "product")]
    cells = (
        result.row.title,
        *(f"{side.cpu * 1000:.2f}" if side else "" for side in sides),
        ratio(result),
        bars(result),
        ", ".join(f"{side.wall * 1000:.2f}" for side in sides if side),
        "" if result.peak is None else f"{result.peak:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def bars(result: Result) -> str:
    """The bars of a row, and whether the product is above one of them."""
    row = result.row
    told = [f"{row.bar:g}"] if row.bar is not None else []
    told += [f"{row.memory:g} MiB"] if row.memory is not None else []
    return ", ".join(told) + (" (above)" if result.over else "")


def trial_lines(trial: Trial, outcomes: Sequence[Outcome]) -> str:
    """A trial's rows of the second table, one a party."""
    return "\n".join(
        f"| {trial.title} | {outcome.party} | {_told(outcome)} | {trial.bar}{' (above)' if outcome.over else ''} |"
        for outcome in outcomes
    )


def _told(outcome: Outcome) -> str:
    return ", ".join(f"{value:,.4g} {name}" for name, value in outcome.figures.items())


def ratio(result: Result) -> str:
    """The median ratio with its spread."""
    if result.ratio is None:
        return ""
    return f"{result.ratio:.2f} ({min(result.ratios):.2f} to {max(result.ratios):.2f})"


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    load = os.getloadavg() if hasattr(os, "getloadavg") else None
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load": load,
    }


def heading(size: Size) -> str:
    """The lines above the table."""
    facts = machine()
    load = facts.pop("load")
    told = ", ".join(f"{key} {value}" for key, value in facts.items())
    busy = f", load {load[0]:.1f} at the start" if isinstance(load, tuple) else ""
    return f"{size.orders:,} orders, {size.orders * 5:,} lines, {size.clients:,} clients; {told}{busy}\n"


def as_json(
    size: Size,
    results: Sequence[Result],
    trials: Mapping[str, Sequence[Outcome]],
    failures: Mapping[str, str],
) -> str:
    """Every round of every side."""
    document = {
        "machine": machine(),
        "size": asdict(size),
        "rows": {
            result.row.name: {
                "title": result.row.title,
                "bar": result.row.bar,
                "ratio": result.ratio,
                "ratios": result.ratios,
                "peak": result.peak,
                "sides": {which: _figures(side) for which, side in result.sides.items()},
            }
            for result in results
        },
        "trials": {name: [asdict(outcome) for outcome in outcomes] for name, outcomes in trials.items()},
        "failures": dict(failures),
    }
    return json.dumps(document, indent=2)


def _figures(side: Figures) -> dict[str, object]:
    rounds = [asdict(spent) for spent in side.rounds]
    return {"cpu": side.cpu, "wall": side.wall, "peak": side.peak, "requests": side.requests, "rounds": rounds}
