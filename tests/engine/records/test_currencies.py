"""Amounts in several currencies: each group says its own, and two are never added."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.grouping import Amount, Grouping, Groups, Key, Tally
from engine.model import Configuration
from engine.records import Edit, Records
from engine.records.reporting import Reporting
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from formulas import FormulaError, Money
from tests.ready import ready_database

TRADE: dict[str, Any] = {
    "kartoteka": 1,
    "name": "trade",
    "entities": {
        "payment": {
            "fields": {
                "place": {"type": "text"},
                "currency": {"type": "currency"},
                "amount": {"type": "money", "currency": "currency"},
            }
        },
        "part": {"fields": {"payment": {"type": "reference", "to": "payment"}, "kind": {"type": "text"}}},
    },
}
PAID = [
    ("Oslo", "NOK", "10"),
    ("Oslo", "NOK", "5.5"),
    ("Oslo", "EUR", None),
    ("Turku", "EUR", "1.25"),
    ("Turku", "USD", "2"),
    ("Rome", None, "3"),
    ("Rome", "EUR", "4"),
]
MIXED = FormulaError("#CURRENCY!", "EUR and USD are not taken together.")


@pytest.fixture(scope="module")
def trade(lasting_url: str) -> Iterator[Records]:
    configuration = Configuration.model_validate(TRADE)
    records = Records(ready_database(lasting_url, configuration), describe_tables(configuration), SYSTEM)
    for place, currency, amount in PAID:
        values = {"place": place, "currency": currency, "amount": None if amount is None else Decimal(amount)}
        paid = records.create("payment", Edit(values)).id
        for kind in ("a", "b"):
            records.create("part", Edit({"payment": paid, "kind": kind}))
    yield records
    records.database.close()


def answered(trade: Records, asked: Grouping) -> Groups:
    return Reporting(trade.database, trade.tables, trade.rights).answer(asked).groups


def test_a_sum_is_in_the_currency_of_its_group_or_an_error(trade: Records) -> None:
    asked = Grouping("payment", (Key("place"),), (Amount("sum", "amount"), Amount("count", "amount")), ((0,),))
    assert answered(trade, asked)[(0,)] == {
        ("Oslo",): (Tally(Money(Decimal("15.5"), "NOK"), blanks=1), Tally(2, blanks=1)),
        ("Turku",): (Tally(MIXED), Tally(2)),
        ("Rome",): (Tally(Money(Decimal(7), "EUR")), Tally(2)),
    }


@pytest.mark.parametrize("aggregate", ["average", "median"])
def test_what_does_not_add_up_is_in_it_too(trade: Records, aggregate: Any) -> None:
    asked = Grouping("payment", (Key("place"),), (Amount(aggregate, "amount"),), ((0,), ()))
    groups = answered(trade, asked)
    assert groups[(0,)]["Oslo",][0].value == Money(Decimal("7.75"), "NOK")
    assert groups[()][()][0].value == FormulaError("#CURRENCY!", "EUR and USD are not taken together.")


def test_an_amount_behind_a_reference_has_the_currency_that_stands_beside_it(trade: Records) -> None:
    asked = Grouping("part", (Key("payment.place"),), (Amount("sum", "payment.amount"),), ((0,),))
    found = {keys: tallies[0].value for keys, tallies in answered(trade, asked)[(0,)].items()}
    assert found == {("Oslo",): Money(Decimal("15.5"), "NOK"), ("Turku",): MIXED, ("Rome",): Money(Decimal(7), "EUR")}
