"""Computed fields that change with the day or with who asks: computed when they are read, and filtered and sorted by."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.model import Configuration
from engine.problems import Refused
from engine.query import TINT, Condition, Query, Sort
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM, Principal
from engine.storage.tables import ERROR, describe_tables
from tests.computed import TRADE
from tests.ready import ready_database

BEN = Principal(2, "ben")


def today() -> dt.date:
    """The day of that business."""
    return dt.datetime.now(dt.UTC).date()


def dated() -> Configuration:
    """The business, with fields that change with the day and with who asks."""
    tree = copy.deepcopy(TRADE)
    tree["timezone"] = "UTC"
    client, order = tree["entities"]["client"]["fields"], tree["entities"]["order"]["fields"]
    client["overdue"] = {"type": "money", "currency": "EUR", "formula": "SUM(orders.debt; orders.late)"}
    client["born"] = {"type": "date"}
    client["age"] = {"type": "integer", "formula": 'DATEDIF(born; TODAY(); "Y")'}
    client["owner"] = {"type": "user"}
    client["mine"] = {"type": "boolean", "formula": "owner = USER()"}
    order["due"] = {"type": "date"}
    order["late"] = {"type": "boolean", "formula": "debt > 0 AND due < TODAY()"}
    order["days_late"] = {"type": "integer", "formula": "IF(late; TODAY() - due)"}
    order["fine"] = {"type": "money", "currency": "EUR", "formula": "debt * days_late / 365"}
    order["pace"] = {"type": "decimal", "scale": 2, "formula": "100 / days_late"}
    order["state"] = {
        "type": "choice",
        "options": ["paid", "open", "late"],
        "formula": 'IFS(debt <= 0; "paid"; late; "late"; TRUE; "open")',
    }
    order["bad_client"] = {"type": "boolean", "formula": "client.overdue > 100"}
    order["checks_on"] = {"type": "date", "formula": "TODAY() + 7"}
    tree["entities"]["order"]["views"] |= {
        "late": {"columns": ["number", "days_late", "fine"], "where": "late", "sort": ["-days_late"]},
        "mine": {"columns": ["number"], "where": "client.owner = USER()"},
    }
    tree["entities"]["order"]["colors"] = [
        {"where": "days_late > 10", "color": "red", "label": {"en": "Very late", "fi": "Hyvin myöhässä"}},
        {"where": "late", "color": "yellow"},
    ]
    tree["entities"]["order"]["checks"] = [{"that": "ISBLANK(days_late) OR days_late < 1000", "else": "Too late."}]
    return Configuration.model_validate(tree)


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    configuration = dated()
    database = ready_database(database_url, configuration)
    yield Records(database, describe_tables(configuration), SYSTEM)
    database.close()


def ordered(trade: Records, client: int | None, days: int | None, price: str) -> int:
    """An order that was due so many days ago."""
    due = None if days is None else today() - dt.timedelta(days)
    lines = (LineEdit(None, {"quantity": Decimal(1), "price": Decimal(price)}),)
    return trade.create("order", Edit({"client": client, "due": due}, None, {"lines": lines})).id


def read(trade: Records, record_id: int, *names: str) -> list[Any]:
    values = trade.get("order", record_id).values
    return [values[name] for name in names]


def test_fields_follow_the_day(trade: Records) -> None:
    late, early, undated = (
        ordered(trade, None, 10, "100"),
        ordered(trade, None, -3, "100"),
        ordered(trade, None, None, "100"),
    )

    assert read(trade, late, "late", "days_late", "fine", "state") == [True, 10, Decimal("3.32"), "late"]
    assert read(trade, early, "late", "days_late", "fine", "state") == [False, None, Decimal("0.00"), "open"]
    assert read(trade, undated, "late", "days_late", "state") == [False, None, "open"]
    assert read(trade, late, "checks_on") == [today() + dt.timedelta(7)]


def test_an_age_grows_on_the_birthday(trade: Records) -> None:
    for days, age in ((-1, 29), (0, 30), (1, 30)):
        born = (today() - dt.timedelta(days)).replace(year=today().year - 30)
        client = trade.create("client", Edit({"name": "Anna", "born": born})).id
        assert trade.get("client", client).values["age"] == age
    unborn = trade.create("client", Edit({"name": "Max", "born": today() + dt.timedelta(1)})).id
    assert trade.get("client", unborn).errors["age"] == "#NUM!"
    asked = Query("client", (), (Condition("age", "ge", (30,)),))
    assert trade.count(asked).number == 2


def test_what_cannot_be_computed_is_an_error_value(trade: Records) -> None:
    late, early = ordered(trade, None, 10, "1"), ordered(trade, None, -3, "1")

    assert read(trade, late, "pace") == [Decimal("10.00")]
    record = trade.get("order", early)
    assert record.values["pace"] is None
    assert record.errors["pace"] == "#DIV/0!"


def test_they_go_through_references_and_lists(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Anna"})).id
    first, second = ordered(trade, client, 5, "100"), ordered(trade, client, -5, "50")

    assert trade.get("client", client).values["overdue"] == Decimal("121.00")
    assert read(trade, first, "bad_client") == [True]
    assert read(trade, second, "bad_client") == [True]


def test_lists_filter_and_sort_by_them(trade: Records) -> None:
    orders = [ordered(trade, None, days, "10") for days in (3, 20, -4, 7)]
    query = Query(
        "order", ("days_late", f"pace{ERROR}"), (Condition("late", "is", (True,)),), sort=(Sort("days_late", True),)
    )

    page = trade.page(query)
    assert [(row[0], row[1]) for row in page.rows] == [(orders[1], 20), (orders[3], 7), (orders[0], 3)]
    assert page.count.number == 3
    between = Query("order", (), (Condition("days_late", "between", (5, 30)),), sort=(Sort("days_late"),))
    assert [row[0] for row in trade.page(between).rows] == [orders[3], orders[1]]
    chosen = Query("order", (), (Condition("state", "any_of", ("open",)),))
    assert [row[0] for row in trade.page(chosen).rows] == [orders[2]]


def test_a_sorted_list_is_turned_page_by_page(trade: Records) -> None:
    orders = [ordered(trade, None, days, "10") for days in range(1, 8)]
    query = Query("order", ("days_late",), sort=(Sort("days_late"),), limit=3)
    first = trade.page(query)
    assert first.next
    second = trade.page(query.turned(first.next))
    assert [row[0] for row in (*first.rows, *second.rows)] == orders[:6]


def test_views_show_what_meets_their_condition(trade: Records) -> None:
    orders = [ordered(trade, None, days, "10") for days in (3, 20, -4)]
    view = trade.configuration.view("order", "late")[1]
    query = Query("order", view.columns, sort=tuple(map(Sort.parse, view.sort)), where=view.where or "")

    page = trade.page(query)
    assert [row[0] for row in page.rows] == [orders[1], orders[0]]
    assert page.count.number == 2
    assert [row[0] for batch in trade.stream(query) for row in batch.rows] == [orders[1], orders[0]]


def test_a_view_asks_who_asks(trade: Records, database_url: str) -> None:
    with trade.database.write() as connection:
        people = trade.tables.system("_user")
        for number, login in ((1, "ann"), (2, "ben")):
            connection.execute(
                people.insert().values(
                    id=number, login=login, name=login, password="", created_at=dt.datetime.now(dt.UTC)
                )
            )
    mine = trade.create("client", Edit({"name": "Anna", "owner": 2})).id
    other = trade.create("client", Edit({"name": "Bert", "owner": 1})).id
    order = ordered(trade, mine, 1, "10")
    ordered(trade, other, 1, "10")
    query = Query("order", (), where="client.owner = USER()")

    ben = Records(trade.database, trade.tables, BEN)
    assert [row[0] for row in ben.page(query).rows] == [order]
    assert not trade.page(query).rows, "nobody asks"
    assert [ben.get("client", key).values["mine"] for key in (mine, other)] == [True, False]
    named = Query("client", (), where='owner.name = USER().name & ""')
    assert [row[0] for row in ben.page(named).rows] == [mine]


def test_checks_see_them(trade: Records) -> None:
    with pytest.raises(Refused) as error:
        ordered(trade, None, 2000, "10")
    assert error.value.problems[0].code == "check-failed"


def test_the_day_is_that_of_each_question(trade: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordered(trade, None, 10, "100")
    assert read(trade, order, "days_late") == [10]

    class Tomorrow(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Tomorrow:
            return super().now(tz) + dt.timedelta(1)

    monkeypatch.setattr("engine.storage.moments.dt.datetime", Tomorrow)
    assert read(Records(trade.database, trade.tables, SYSTEM), order, "days_late") == [11]


def test_rows_have_the_first_colour_whose_condition_they_meet(trade: Records) -> None:
    orders = [ordered(trade, None, days, "10") for days in (20, 5, -5)]
    page = trade.page(Query("order", ("number", TINT), sort=(Sort("id"),)))
    assert [(row[0], row[2]) for row in page.rows] == list(zip(orders, (0, 1, None), strict=True))
