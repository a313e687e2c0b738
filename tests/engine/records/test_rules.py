"""Conditions of a configuration hold for whoever saves, and however."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.exchange import Import, read_sheet
from engine.fields.locale import locale_for
from engine.model import Configuration
from engine.problems import Refused
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM, Principal
from engine.schema import applied
from engine.storage.tables import describe_tables
from tests.computed import TRADE
from tests.ready import ready_database

BEN = Principal(2, "ben")


def ruled() -> Configuration:
    """The business, with conditions of each kind."""
    tree = copy.deepcopy(TRADE)
    client, order = tree["entities"]["client"], tree["entities"]["order"]
    client["fields"]["discount"] |= {
        "check": {"that": "discount <= 30%", "else": {"en": "Too much.", "fi": "Liikaa."}},
    }
    client["fields"]["note"] = {"type": "text", "required_if": "discount > 10%"}
    client["fields"]["owner"] = {"type": "text", "readonly_if": 'owner <> "" AND owner <> USER().name'}
    client["checks"] = [{"that": "debt <= 1000 OR debt < OLD(debt)", "else": "The debt is too high."}]
    order["checks"] = [
        {"that": "ISBLANK(date) OR date <= TODAY() + 30", "else": "That is too far away."},
        {"that": "COUNT(lines.quantity; lines.quantity < 0) = 0", "else": "No line takes anything back."},
    ]
    line = tree["entities"]["order_line"]["fields"]
    line["quantity"]["required_if"] = "ISBLANK(product) = FALSE"
    return Configuration.model_validate(tree)


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    configuration = ruled()
    database = ready_database(database_url, configuration)
    assert applied(database) == configuration
    yield Records(database, describe_tables(configuration), SYSTEM)
    database.close()


def refusals(error: pytest.ExceptionInfo[Refused]) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.code, found.path) for found in error.value.problems]


def count(records: Records, entity: str) -> int:
    with records.database.read() as connection:
        found: int = connection.exec_driver_sql(f'SELECT count(*) FROM "{entity}"').scalar() or 0
    return found


def line(quantity: str | None, product: int | None = None, key: str = "a") -> LineEdit:
    return LineEdit(None, {"quantity": quantity and Decimal(quantity), "product": product}, key=key)


def test_a_check_of_a_field_is_told_at_it_and_nothing_is_saved(trade: Records) -> None:
    with pytest.raises(Refused) as error:
        trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.4"), "note": "x"}))
    assert refusals(error) == [("check-failed", ("discount",))]
    assert error.value.problems[0].sentence == "Too much."
    assert count(trade, "client") == 0
    kept = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.3"), "note": "x"})).id
    with pytest.raises(Refused):
        trade.update("client", kept, Edit({"discount": Decimal("0.5")}))
    assert trade.get("client", kept).values["discount"] == Decimal("0.3")


def test_a_field_is_required_where_its_condition_holds(trade: Records) -> None:
    with pytest.raises(Refused) as error:
        trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.2")}))
    assert refusals(error) == [("required", ("note",))]
    trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")}))


def test_a_field_stays_where_its_condition_held_before(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann", "owner": "ann"})).id
    ben = Records(trade.database, trade.tables, BEN)
    ben.update("client", client, Edit({"name": "Anna"}))
    with pytest.raises(Refused) as error:
        ben.update("client", client, Edit({"owner": "ben"}))
    assert refusals(error) == [("readonly-now", ("owner",))]
    assert error.value.problems[0].hint == "Leave it as it was: ann."


def test_a_check_sees_today_lines_and_what_was_before(trade: Records) -> None:
    far = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=40)
    with pytest.raises(Refused) as error:
        trade.create("order", Edit({"date": far}, lines={"lines": (line("-1"),)}))
    assert [found.sentence for found in error.value.problems] == [
        "That is too far away.",
        "No line takes anything back.",
    ]
    client = trade.create("client", Edit({"name": "Ann"})).id
    saw = trade.create("product", Edit({"price": Decimal(2000)})).id
    order = trade.create("order", Edit({"client": client}, lines={"lines": (line("1", saw),)})).id
    with pytest.raises(Refused) as error:
        trade.update("client", client, Edit({"name": "Anna"}))
    assert refusals(error) == [("check-failed", ())]
    trade.delete("order", [order])
    trade.update("client", client, Edit({"name": "Anna"}))


def test_a_line_is_told_by_its_key(trade: Records) -> None:
    saw = trade.create("product", Edit({})).id
    edits = (line("1", saw), line(None, saw, "b"))
    with pytest.raises(Refused) as error:
        trade.create("order", Edit({}, lines={"lines": edits}))
    assert refusals(error) == [("required", ("lines", "b", "quantity"))]


def test_what_is_blank_or_cannot_be_computed_is_left_open(trade: Records) -> None:
    assert trade.create("client", Edit({"name": "Ann", "discount": None})).id
    assert trade.create("order", Edit({"date": None})).id


def test_rows_added_in_bulk_meet_them_too(trade: Records) -> None:
    rows: list[list[Any]] = [["Ann", Decimal("0.1")], ["Bob", Decimal("0.9")]]
    with pytest.raises(Refused) as error, trade.batch() as batch:
        batch.add("client", ["name", "discount"], rows)
    assert sorted(found.code for found in error.value.problems) == ["check-failed", "required"]
    assert count(trade, "client") == 0


def test_an_import_tells_them_by_row_and_column(trade: Records, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("name,discount,note\nAnn,10%,\nBob,20%,\nEve,90%,yes\n", encoding="utf-8")
    for dry_run in (True, False):
        found = Import(trade, "client", read_sheet(file), locale_for("en")).run(dry_run=dry_run)
        assert [str(bad) for bad in found.bad] == [
            "row 3, column C (note): This field must be filled in.",
            "row 4, column B (discount): Too much.",
        ]
        assert not found.written
    file.write_text("date\n2020-01-01\n2999-01-01\n", encoding="utf-8")
    found = Import(trade, "order", read_sheet(file), locale_for("en")).run()
    assert [str(bad) for bad in found.bad] == ["row 3: That is too far away."]
    assert (count(trade, "client"), count(trade, "order")) == (0, 0)
