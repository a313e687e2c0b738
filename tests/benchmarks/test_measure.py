"""Rounds in turn, ratios by pair, and a wrong answer that has no figures."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from benchmarks.__main__ import arguments
from benchmarks.answers import Wrong
from benchmarks.clock import Spent
from benchmarks.data import Data
from benchmarks.measure import Figures, Result, measure
from benchmarks.report import as_json, line, trial_lines
from benchmarks.rows import card, list_page, search
from benchmarks.side import Failed
from benchmarks.trial import Outcome
from benchmarks.trials import start


def test_both_sides_run_in_turn_and_are_compared_pair_by_pair(data: Data) -> None:
    result = measure(replace(card.ROW, product=card.floor, requests=2), data, rounds=2)
    assert {which: len(side.rounds) for which, side in result.sides.items()} == {"floor": 2, "product": 2}
    assert len(result.ratios) == 2
    assert all(ratio > 0 for ratio in result.ratios)


def test_a_wrong_answer_has_no_figures(data: Data) -> None:
    """The whole list where a search was asked for."""
    with pytest.raises(Wrong, match="product: total: expected"):
        measure(replace(search.ROW, product=list_page.floor, requests=1), data, rounds=1)


def test_a_side_that_breaks_says_why(data: Data) -> None:
    missing = replace(data, database=data.database.with_name("missing.sqlite"))
    with pytest.raises(Failed, match="unable to open database file"):
        measure(replace(list_page.ROW, requests=1), missing, rounds=1)


def result(floor: tuple[float, ...], product: tuple[float, ...]) -> Result:
    sides = {
        which: Figures(10, tuple(Spent(cpu, cpu) for cpu in times), 2**20)
        for which, times in (("floor", floor), ("product", product))
    }
    return Result(list_page.ROW, sides)


def test_the_ratio_is_the_median_of_pairs_not_a_quotient_of_medians() -> None:
    assert result((1, 2, 4), (4, 4, 4)).ratios == (4, 2, 1)
    assert result((1, 2, 4), (4, 4, 4)).ratio == 2


def test_above_the_bar_is_said() -> None:
    assert result((1,), (3,)).over is False
    assert "3 (above)" in line(result((1,), (3.1,)))


def test_a_missing_side_leaves_its_cells_empty() -> None:
    alone = replace(result((1,), (1,)), sides={"floor": Figures(10, (Spent(1, 1),), None)})
    assert alone.ratio is None
    assert line(alone) == "| list page: 50 rows, sort, count | 100.00 |  |  | 3 | 100.00 |  |"


def test_the_json_holds_every_round(data: Data) -> None:
    told = json.loads(as_json(data.size, [result((1, 2), (3, 4))], {}, {"csv": "why"}))
    assert [spent["cpu"] for spent in told["rows"]["list"]["sides"]["product"]["rounds"]] == [3, 4]
    assert told["rows"]["list"]["ratio"] == 2.5
    assert told["failures"] == {"csv": "why"}


def test_a_trial_has_a_line_for_each_party() -> None:
    outcomes = [Outcome("floor", {"s": 0.25, "MiB": 33}), Outcome("product", {"s": 2.5}, over=True)]
    told = trial_lines(start.TRIAL, outcomes).splitlines()
    assert told[0] == "| start; idle memory | floor | 0.25 s, 33 MiB | 2 s; 120 MiB a process |"
    assert told[1].endswith("(above) |")


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["lists"])
    assert "nothing is named lists" in capsys.readouterr().err
