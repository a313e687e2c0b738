"""Defaults that are expressions: computed once, when a record is made."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.exchange import Import, read_sheet
from engine.fields.locale import locale_for
from engine.model import Configuration
from engine.records import Edit, LineEdit, Records
from engine.rights import Principal
from engine.storage.tables import describe_tables
from tests.computed import TRADE
from tests.ready import ready_database

BEN = Principal(2, "ben")


def defaulting() -> Configuration:
    tree = copy.deepcopy(TRADE)
    order, line = tree["entities"]["order"]["fields"], tree["entities"]["order_line"]["fields"]
    order["date"] |= {"required": True, "default": "=TODAY()"}
    order["taken_by"] = {"type": "text", "default": "=UPPER(USER().name)"}
    order["discount"] = {"type": "percent", "max": "0.4", "default": "=client.discount"}
    order["due"] = {"type": "date", "default": "=date + 14"}
    line["price"]["default"] = "=product.price * 2"
    return Configuration.model_validate(tree)


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    configuration = defaulting()
    database = ready_database(database_url, configuration)
    yield Records(database, describe_tables(configuration), BEN)
    database.close()


def today(trade: Records) -> dt.date:
    assert trade.configuration.timezone == "UTC"
    return dt.datetime.now(dt.UTC).date()


def test_they_open_a_form(trade: Records) -> None:
    blank = trade.blank("order").values
    assert (blank["date"], blank["taken_by"], blank["discount"]) == (today(trade), "BEN", None)
    assert blank["due"] == today(trade) + dt.timedelta(days=14)


def test_they_fill_what_is_blank_once(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
    saw = trade.create("product", Edit({"price": Decimal(10)})).id
    lines = (LineEdit(None, {"product": saw, "quantity": Decimal(1)}, key="a"),)
    order = trade.create("order", Edit({"client": client, "date": dt.date(2026, 1, 1)}, lines={"lines": lines})).id
    found = trade.get("order", order)
    assert (found.values["discount"], found.values["due"]) == (Decimal("0.1"), dt.date(2026, 1, 15))
    assert found.lines["lines"][0].values["price"] == 20
    # A copy of what was true then: it stays, and what somebody blanks stays blank.
    trade.update("client", client, Edit({"discount": Decimal("0.5")}))
    assert trade.get("order", order).values["discount"] == Decimal("0.1")
    trade.update("order", order, Edit({"discount": None}))
    assert trade.get("order", order).values["discount"] is None


def test_what_nobody_could_enter_fills_nothing(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.9")})).id
    order = trade.create("order", Edit({"client": client})).id
    assert trade.get("order", order).values["discount"] is None


def test_a_preview_shows_them(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
    found = trade.preview("order", None, Edit({"client": client}))
    assert found is not None
    assert found.record.values["discount"] == Decimal("0.1")


def test_an_import_gets_them(trade: Records, tmp_path: Path) -> None:
    client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
    file = tmp_path / "orders.csv"
    file.write_text("client,discount\nAnn,\nAnn,30%\n", encoding="utf-8")
    found = Import(trade, "order", read_sheet(file), locale_for("en")).run()
    assert found.bad == ()
    assert found.written
    orders = [trade.get("order", key).values for key in (1, 2)]
    assert [(one["client"], one["discount"], one["date"]) for one in orders] == [
        (client, Decimal("0.1"), today(trade)),
        (client, Decimal("0.3"), today(trade)),
    ]
