"""Both sides of each row give right answers, and each row's check refuses wrong ones. Nothing here looks at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.answers import Card, Listed, Sheet, Wrong
from benchmarks.data import Data
from benchmarks.facts import Facts
from benchmarks.row import Row, Stage
from benchmarks.table import ROWS

NUMBERED = {"create", "save-order"}
SIDES = [(row, which) for row in ROWS for which in ("floor", "product") if getattr(row, which)]


def answer(row: Row[Any], data: Data, folder: Path, index: int, which: str = "floor") -> Any:
    stage = Stage(data, folder)
    with stage.exits:
        work = getattr(row, which)(stage)
        work.before(index)
        return work.read(index, work.do(index))


@pytest.mark.parametrize(("row", "which"), SIDES, ids=lambda value: getattr(value, "name", value))
def test_both_sides_answer_rightly(row: Row[Any], which: str, data: Data, facts: Facts, folder: Path) -> None:
    index = 0 if row.name in NUMBERED else 1  # numbers follow each other, so the first request must be the first
    row.check(facts, index, answer(row, data, folder, index, which))


def without_a_row(said: Any) -> Any:
    return replace(said, rows=said.rows[1:]) if isinstance(said, Listed) else replace(said, rows=said.rows - 1)


def with_another_amount(said: Any) -> Any:
    if isinstance(said, Listed):
        first = said.rows[0]
        return replace(said, rows=((*first[:4], first[4] + 1), *said.rows[1:]))
    return replace(said, sum=said.sum + 1)


def with_a_row_twice(said: Listed) -> Listed:
    return replace(said, rows=(said.rows[1], *said.rows[1:]))


def with_another_total(said: Listed) -> Listed:
    return replace(said, total=said.total - 1)


def without_a_line(said: Card) -> Card:
    return replace(said, lines=said.lines[1:])


def with_another_last(said: Sheet) -> Sheet:
    return replace(said, last=said.first)


LISTS = [(name, spoil) for name in ("list", "search", "deep", "deep-date") for spoil in (
    without_a_row, with_another_amount, with_a_row_twice, with_another_total)]  # fmt: skip
SHEETS = [(name, spoil) for name in ("csv", "xlsx", "import") for spoil in (
    without_a_row, with_another_amount, with_another_last)]  # fmt: skip
OTHERS = [
    ("card", without_a_line),
    ("create", lambda said: said[:-1]),
    ("update", lambda said: said[1:]),
    ("computed", lambda said: said[1:]),
    ("computed", lambda said: ((*said[0][:-1], "0"), *said[1:])),
    ("save-order", lambda said: (*said[:-1], False)),
    ("save-order", lambda said: (*said[:4], said[4][1:], said[5])),
    ("large-sum", lambda said: (said[0] + 1, said[1])),
    ("recompute", lambda said: (*said[:-1], said[-1] + 1)),
]


@pytest.mark.parametrize(("name", "spoil"), [*LISTS, *SHEETS, *OTHERS])
def test_the_check_refuses(name: str, spoil: Callable[[Any], Any], data: Data, facts: Facts, folder: Path) -> None:
    row = next(row for row in ROWS if row.name == name)
    said = answer(row, data, folder, 0)
    with pytest.raises(Wrong):
        row.check(facts, 0, spoil(said))
