"""What records are called where an expression says it: kept up to date like any computed field, and found by search."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator

import pytest

from engine.model import Configuration
from engine.query import Query
from engine.records import Edit, Records
from engine.rights import SYSTEM
from engine.schema import apply
from engine.storage.tables import describe_tables
from tests.computed import TRADE, trade_configuration
from tests.ready import ready_database


def titled() -> Configuration:
    tree = copy.deepcopy(TRADE)
    tree["entities"]["order"]["title"] = "number & ' ' & client.name"
    tree["entities"]["payment"]["title"] = "TEXT(date; \"yyyy-mm-dd\") & IF(ISBLANK(order); ''; ' for ' & order.number)"
    return Configuration.model_validate(tree)


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    configuration = titled()
    database = ready_database(database_url, configuration)
    yield Records(database, describe_tables(configuration), SYSTEM)
    database.close()


def test_a_title_follows_what_it_names(trade: Records) -> None:
    anna = trade.create("client", Edit({"name": "Anna"})).id
    order = trade.create("order", Edit({"client": anna, "date": dt.date(2026, 3, 1)}))
    assert order.title == "O-2026-001 Anna"
    payment = trade.create("payment", Edit({"date": dt.date(2026, 3, 2), "order": order.id}))
    assert payment.title == "2026-03-02 for O-2026-001"
    trade.update("client", anna, Edit({"name": "Änne"}))
    assert trade.titles("order", [order.id]) == {order.id: "O-2026-001 Änne"}
    assert trade.lookup("order", "anne") == [(order.id, "O-2026-001 Änne")]
    assert trade.page(Query("payment", ("order",))).titles["order"] == {order.id: "O-2026-001 Änne"}


def test_a_blank_title_is_the_number(trade: Records) -> None:
    payment = trade.create("payment", Edit({}))
    assert payment.title == f"#{payment.id}"


def test_a_new_expression_names_what_is_there(database_url: str) -> None:
    database = ready_database(database_url, trade_configuration())
    records = Records(database, describe_tables(trade_configuration()), SYSTEM)
    anna = records.create("client", Edit({"name": "Anna"})).id
    order = records.create("order", Edit({"client": anna, "date": dt.date(2026, 3, 1)})).id
    apply(database, titled(), "tests")
    records = Records(database, describe_tables(titled()), SYSTEM)
    assert records.titles("order", [order]) == {order: "O-2026-001 Anna"}
    apply(database, trade_configuration(), "tests")
    records = Records(database, describe_tables(trade_configuration()), SYSTEM)
    assert records.titles("order", [order]) == {order: "O-2026-001"}
    database.close()
