"""Groups of records as the database computes them are what counting by hand gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest

from engine.grouping import Amount, Grouping, Key, Tally
from engine.problems import Refused
from engine.records import Edit, LineEdit, Records
from engine.records.reporting import Reporting
from engine.rights import Principal, rights_of
from tests.guarded import fill, open_guarded


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_guarded(database_url)
    fill(records)
    records.create("client", Edit({"name": "Gamma"}))
    yield records
    records.database.close()


AMOUNTS = {
    Amount("sum", "price"): Decimal(20),
    Amount("count"): 2,
    Amount("average", "quantity"): Decimal("2.5"),
    Amount("median", "quantity"): Decimal("2.5"),
    Amount("distinct", "order"): 2,
    Amount("sum", expression="price * quantity"): Decimal(50),
    Amount("first", "quantity"): Decimal(2),
    Amount("last", "quantity"): Decimal(3),
    Amount("max", "order.total"): Decimal(30),
}


def test_amounts_by_what_lies_behind_references(trade: Records) -> None:
    keys = (Key("order.client.city"), Key("product"))
    asked = Grouping("order_line", keys, tuple(AMOUNTS), ((), (0,), (0, 1)))
    answer = Reporting(trade.database, trade.tables, trade.rights).answer(asked)
    assert answer.records == 2
    assert [tally.value for tally in answer.groups[()][()]] == list(AMOUNTS.values())
    assert set(answer.groups[0,]) == {("Oslo",), ("Turku",)}
    assert [tally.value for tally in answer.groups[0, 1]["Oslo", 1]][:3] == [Decimal(10), 1, Decimal(2)]


def test_an_amount_of_the_order_counts_once_however_many_lines_it_has(trade: Records) -> None:
    line = LineEdit(None, {"product": 2, "quantity": Decimal(1), "price": Decimal(20)}, key="b")
    trade.update("order", 1, Edit({}, lines={"lines": (line,)}))
    asked = Grouping("order_line", (Key("product"),), (Amount("sum", "order.total"), Amount("count")), ((), (0,)))
    groups = Reporting(trade.database, trade.tables, trade.rights).answer(asked).groups
    total = Decimal(30) + trade.get("order", 1).values["total"]
    assert groups[()][()] == (Tally(total), Tally(3))
    assert groups[0,][2,] == (Tally(trade.get("order", 1).values["total"]), Tally(1))


def test_an_amount_of_the_client_counts_once_however_many_days_orders_have(trade: Records) -> None:
    for day in (1, 2, 3):
        trade.create("order", Edit({"client": 1, "date": dt.date(2026, 5, day)}))
    asked = Grouping("order", (Key("client"),), (Amount("average", "client.turnover"), Amount("count")), ((), (0,)))
    groups = Reporting(trade.database, trade.tables, trade.rights).answer(asked).groups
    own = [trade.get("client", number).values["turnover"] for number in (1, 2)]
    assert groups[()][()] == (Tally(sum(own) / 2), Tally(5))
    assert groups[0,][1,] == (Tally(own[0]), Tally(4))


def test_nothing_is_there_for_whoever_may_make_no_report(trade: Records) -> None:
    asked = Grouping("order", (), (Amount("count"),), ((),))
    with pytest.raises(Refused):
        Reporting(
            trade.database,
            trade.tables,
            rights_of(trade.configuration, Principal(1, "Ann", roles=frozenset({"manager"}))),
        ).answer(asked)
    with pytest.raises(KeyError):
        Reporting(trade.database, trade.tables, rights_of(trade.configuration, Principal(5, "Eve"))).answer(asked)
    with pytest.raises(KeyError):
        Reporting(trade.database, trade.tables, trade.rights).answer(Grouping("ghost", (), (), ((),)))


def test_all_questions_of_a_report_see_one_state_of_the_data(trade: Records) -> None:
    asked = Grouping("client", (), (Amount("count"),), ((),))
    reporting = Reporting(trade.database, trade.tables, trade.rights)
    with reporting.asking() as ask:
        before = ask(asked)
        trade.create("client", Edit({"name": "Delta"}))
        assert ask(asked) == before
    assert reporting.answer(asked).records == before.records + 1
