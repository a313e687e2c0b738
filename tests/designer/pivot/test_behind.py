"""What a cell counts is what the list behind it shows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from designer.pivot.behind import behind, behind_others
from engine.grouping import OTHERS, Amount, Grouping, Key
from engine.query import Condition, Query
from engine.records import Records
from engine.records.reporting import Reporting
from tests.engine.records.test_groups import questions, trade

__all__ = ["trade"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(questions())
def test_the_list_behind_a_group_has_its_records(trade: Records, asked: Grouping) -> None:
    asked = Grouping(asked.entity, asked.keys, (Amount("count"),), asked.levels)
    answer = Reporting(trade.database, trade.tables, trade.rights).answer(asked)
    for level, groups in answer.groups.items():
        keys = [asked.keys[place] for place in level]
        for values, (count,) in groups.items():
            conditions = behind(trade.configuration, asked.entity, keys, values)
            assert conditions is not None
            assert trade.count(Query(asked.entity, conditions=conditions)).number == count.value, (keys, values)


def test_bounds_between_two_values_of_a_field_are_the_next_one(trade: Records) -> None:
    key = Key("total", bounds=(Decimal("-0.005"), Decimal(7)))
    assert behind(trade.configuration, "order", [key], (1,)) == (
        Condition("total", "ge", (Decimal("0.00"),)),
        Condition("total", "lt", (Decimal("7.00"),)),
    )


def test_some_groups_have_no_list(trade: Records) -> None:
    assert behind(trade.configuration, "order", [Key("client"), Key("paid")], (OTHERS, True)) is None
    with pytest.raises(KeyError):
        behind(trade.configuration, "order", [Key("client.nothing")], (None,))


@pytest.mark.parametrize("path", ["client", "client.tier", "client.chief", "client.chief.tier"])
@pytest.mark.parametrize("shown", [1, 2, 3])
def test_the_list_behind_others_has_the_records_behind_the_rest(trade: Records, path: str, shown: int) -> None:
    keys = (Key("date", "year"), Key(path))
    asked = Grouping("order", keys, (Amount("count"),), ((0, 1),))
    groups = Reporting(trade.database, trade.tables, trade.rights).answer(asked).groups[0, 1]
    for year in {year for year, _ in groups}:
        counts = {own: count.value for (other, own), (count,) in groups.items() if other == year}
        for kept in (list(counts)[:shown], list(counts)[-shown:]):
            rest = sum(count for own, count in counts.items() if own not in kept)
            conditions = behind_others(trade.configuration, "order", keys, (year,), kept)
            assert conditions is not None
            assert trade.count(Query("order", conditions=conditions)).number == rest, (year, kept)


def test_some_others_have_no_list(trade: Records) -> None:
    for path in ("client.city", "pieces"):
        assert behind_others(trade.configuration, "order", (Key(path),), (), [None]) is None
    assert behind_others(trade.configuration, "order", (Key("client"),), (), range(60)) is None
