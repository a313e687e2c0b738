"""The trials refuse what must not happen; those that need a server run with `python -m benchmarks`."""

from __future__ import annotations

from contextlib import closing

import pytest

from benchmarks import parties
from benchmarks.answers import Wrong
from benchmarks.caller import Caller
from benchmarks.data import Data
from benchmarks.facts import Facts
from benchmarks.floor import read
from benchmarks.trial import Trial
from benchmarks.trials import bulk, cascade, evaluator
from benchmarks.trials.first_list import compared
from benchmarks.trials.writers import check_chain


def test_changes_that_follow_each_other_are_right() -> None:
    check_chain([("b", "c"), ("", "a"), ("a", "b")], "c")
    check_chain([], "as it was")


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ([("", "a"), ("", "b")], "b"),
        ([("", "a"), ("a", "b")], "a"),
        ([("", "a"), ("x", "b")], "b"),
    ],
    ids=["two made to the same state", "the last one gone", "one made to a state that never was"],
)
def test_a_lost_change_is_found(changes: list[tuple[str, str]], last: str) -> None:
    with pytest.raises(Wrong):
        check_chain(changes, last)


def test_the_product_is_above_its_bar_when_slower_than_the_peer_or_larger_than_allowed() -> None:
    def over(ms: float, kilobytes: float) -> bool:
        told = {"product": {"ms": ms, "kB": kilobytes}, "Flask-Admin": {"ms": 300.0, "kB": 1000.0}}
        return compared(told)[0].over

    assert not over(299, 299)
    assert over(301, 299)
    assert over(299, 301)


def test_the_floor_serves_its_list_and_stops(data: Data, facts: Facts) -> None:
    with parties.floor(data) as server, closing(Caller(server.port)) as caller:
        facts.check_listed(read.listed(0, caller.get("/order")), "date", 0)
    assert server.process.poll() is not None


@pytest.mark.parametrize("trial", [bulk.TRIAL, cascade.TRIAL, evaluator.TRIAL], ids=lambda trial: trial.name)
def test_what_is_computed_is_right(trial: Trial, data: Data) -> None:
    """Each of these looks at every result; whatever they take is no matter here."""
    outcomes = trial.run(data)
    assert outcomes
    assert all(outcome.figures for outcome in outcomes)
