"""kartoteka explain: the formula, its parts and the records behind them, for people and for programs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM
from engine.storage import Database
from engine.storage.tables import describe_tables
from runtime_web.cli.place import Place
from tests.runtime_web.cli.conftest import Terminal


@pytest.fixture
def order(shop: Terminal) -> int:
    """An order of two lines in the starter's business."""
    place = Place(shop.folder)
    configuration = place.configuration()
    database = Database(place.database_url)
    records = Records(database, describe_tables(configuration), SYSTEM)
    client = records.create("client", Edit({"name": "Ann"})).id
    lines = tuple(
        LineEdit(None, {"goods": name, "quantity": Decimal(2), "price": Decimal(price)}, key=name)
        for name, price in (("Saw", "10"), ("Axe", "2.5"))
    )
    edit = Edit({"client": client, "date": dt.date(2026, 3, 1)}, lines={"lines": lines})
    made = records.create("order", edit).id
    database.close()
    return made


def test_a_person_reads_a_tree(shop: Terminal, order: int) -> None:
    said = shop.run("explain", "order", str(order), "total").stdout
    assert "Total = 25.00\u00a0€" in said
    assert "SUM(lines.amount)" in said
    assert "Saw = 20.00\u00a0€" in said


def test_a_program_reads_one_document(shop: Terminal, order: int) -> None:
    found = shop.read("explain", "order", str(order), "total", "--json")
    assert found["value"] == "25.00\u00a0€"
    assert found["parts"][0]["rows"]["counted"] == "2 rows"
    assert [row["title"] for row in found["parts"][0]["rows"]["listed"]] == ["Saw", "Axe"]


def test_what_is_not_there_is_told(shop: Terminal, order: int) -> None:
    assert "There is no record 77 of order." in shop.run("explain", "order", "77", "total", code=1).stderr
    assert "Did you mean total?" in shop.run("explain", "order", "1", "totl", code=2).stderr
    assert "no entity" in shop.run("explain", "nobody", "1", "total", code=2).stderr
