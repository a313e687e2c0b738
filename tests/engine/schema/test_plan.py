"""Planning and applying a configuration."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.model import Configuration
from engine.problems import Refused
from engine.query import Query, Sort
from engine.records import Edit, Records
from engine.rights import SYSTEM
from engine.schema import applied, apply, plan, row_counts
from engine.storage import Database, Unavailable
from engine.storage.tables import describe_tables
from tests.shop import SHOP, open_shop, shop_configuration


def changed(*path: str, value: Any) -> Configuration:
    """The shop with one thing added or replaced; None removes it."""
    tree = copy.deepcopy(SHOP)
    place = tree["entities"]
    for name in path[:-1]:
        place = place[name]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return Configuration.model_validate(tree)


@pytest.fixture(autouse=True)
def _closing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close every database that a test opened, also where it failed."""
    opened: list[Database] = []
    begin = Database.__init__

    def noting(self: Database, url: str) -> None:
        begin(self, url)
        opened.append(self)

    monkeypatch.setattr(Database, "__init__", noting)
    yield
    for database in opened:
        database.close()


def test_nothing_to_do() -> None:
    assert plan(shop_configuration(), shop_configuration()).empty


def test_the_first_plan_creates_everything(database_url: str) -> None:
    database = Database(database_url)
    assert applied(database) is None
    steps = apply(database, shop_configuration(), "tests")
    assert [type(step).__name__ for step in steps] == ["CreateSystem", "CreateEntities"]
    assert applied(database) == shop_configuration()
    assert apply(database, shop_configuration(), "tests") == ()
    assert row_counts(database, shop_configuration()) == dict.fromkeys(SHOP["entities"], 0)
    database.close()


@pytest.mark.parametrize(
    "field",
    [
        {"type": "text", "index": True},
        {"type": "money", "currency": "EUR"},
        {"type": "boolean"},
        {"type": "reference", "to": "product"},
        {"type": "multi_reference", "to": "product"},
        {"type": "file"},
        {"type": "text", "unique": True},
    ],
    ids=lambda field: "-".join(map(str, field.values())),
)
def test_a_new_field_is_blank_in_old_records_and_works_in_new_ones(database_url: str, field: dict[str, Any]) -> None:
    shop = open_shop(database_url)
    old = shop.create("client", Edit({"name": "Ada"})).id
    wanted = changed("client", "fields", "extra", value=field)
    apply(shop.database, wanted, "tests")
    records = Records(shop.database, describe_tables(wanted), SYSTEM)
    assert not records.get("client", old).values["extra"]
    records.update("client", old, Edit({"name": "Bea"}))
    if field["type"] == "text":
        records.create("client", Edit({"name": "Eve", "extra": "Ё"}))
        page = records.page(Query("client", ("extra",), search="е", sort=(Sort("extra"),)))
        assert "Ё" in [row[1] for row in page.rows]


def test_a_new_entity_that_refers_to_itself_and_others(database_url: str) -> None:
    shop = open_shop(database_url)
    fields = {
        "name": {"type": "text"},
        "above": {"type": "reference", "to": "branch"},
        "boss": {"type": "reference", "to": "client"},
    }
    wanted = changed("branch", value={"fields": fields})
    apply(shop.database, wanted, "tests")
    records = Records(shop.database, describe_tables(wanted), SYSTEM)
    first = records.create("branch", Edit({"name": "Head"})).id
    assert (
        records.get("branch", records.create("branch", Edit({"name": "Sub", "above": first})).id).values["above"]
        == first
    )


def test_another_title_renames_old_records(database_url: str) -> None:
    shop = open_shop(database_url)
    record = shop.create("client", Edit({"name": "Ada", "city": "Ōsaka"})).id
    wanted = changed("client", "title", value="city")
    assert "Retitle" in [type(step).__name__ for step in apply(shop.database, wanted, "tests")]
    records = Records(shop.database, describe_tables(wanted), SYSTEM)
    assert records.get("client", record).title == "Ōsaka"
    assert records.lookup("client", "osa") == [(record, "Ōsaka")]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("product",), None, None),
        (("client", "fields", "city"), None, "plan-field-removed"),
        (("client", "fields", "city"), {"type": "integer"}, "plan-field-changed"),
        (("product", "fields", "weight"), {"type": "decimal", "scale": 4}, "plan-field-changed"),
        (("payment",), None, "plan-entity-removed"),
    ],
)
def test_what_is_not_supported_yet_is_refused_whole(path: tuple[str, ...], value: Any, code: str | None) -> None:
    planned = plan(shop_configuration(), changed(*path, value=value))
    assert planned.steps == ()
    assert code is None or code in [found.code for found in planned.problems]
    assert planned.problems


def test_layout_changes_touch_no_table() -> None:
    planned = plan(shop_configuration(), changed("client", "label", value={"en": "Customer"}))
    assert [step.describe() for step in planned.steps] == [
        "changes labels, layout or rules of client; no table changes"
    ]


def test_a_failed_application_leaves_nothing(database_url: str) -> None:
    """A table that somebody else made stands in the way of the last step; the first ones are undone."""
    database = Database(database_url)
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE payment (id INTEGER)")
    with pytest.raises(Refused) as error:
        apply(database, shop_configuration(), "tests")
    assert [found.code for found in error.value.problems] == ["plan-table-exists"]
    with database.write() as connection:
        connection.exec_driver_sql("DROP TABLE payment")
        connection.exec_driver_sql("CREATE TABLE _user (id INTEGER)")
        connection.exec_driver_sql("CREATE TABLE client__partners (id INTEGER)")
    with pytest.raises(Exception, match=r"client__partners|_user"):
        apply(database, shop_configuration(), "tests")
    assert applied(database) is None
    with database.write() as connection:
        connection.exec_driver_sql("DROP TABLE client__partners")
        connection.exec_driver_sql("DROP TABLE _user")
    apply(database, shop_configuration(), "tests")


def test_a_database_that_cannot_be_reached_says_so() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable), database.read():
        pass
    database.close()


def test_a_new_formula_and_a_changed_one_compute_every_record(database_url: str) -> None:
    shop = open_shop(database_url)
    order = shop.create("order", Edit({"client": shop.create("client", Edit({"name": "Ada"})).id})).id
    for amount in (2, 3):
        shop.create("payment", Edit({"order": order, "amount": amount}))
    for formula, paid in (("SUM(payments.amount)", 5), ("MAX(payments.amount) * 10", 30)):
        wanted = changed("order", "fields", "paid", value={"type": "money", "currency": "EUR", "formula": formula})
        described = [step.describe() for step in apply(shop.database, wanted, "tests")]
        assert "computes paid of every record of order" in described
        records = Records(shop.database, describe_tables(wanted), SYSTEM)
        assert records.get("order", order).values["paid"] == paid
    assert apply(shop.database, wanted, "tests") == ()


def test_what_people_filled_in_is_not_overwritten_by_a_formula() -> None:
    wanted = changed("order", "fields", "total", value={"type": "money", "currency": "EUR", "formula": "1 + 1"})
    assert [found.code for found in plan(shop_configuration(), wanted).problems] == ["plan-field-changed"]


def test_what_is_stored_again_is_computed_anew(database_url: str) -> None:
    """A field that reads one that changed with the day was not kept up to date meanwhile, though its formula stayed."""

    def described(late: str) -> Configuration:
        order = {"fields": {"due": {"type": "date"}, "late": {"type": "boolean", "formula": late}}}
        line = {
            "fields": {
                "order": {"type": "reference", "to": "order"},
                "price": {"type": "money", "currency": "EUR"},
                "fine": {"type": "money", "currency": "EUR", "formula": "IF(order.late; 0; price)"},
            }
        }
        return Configuration.model_validate(
            {"kartoteka": 1, "name": "shop", "currency": "EUR", "entities": {"order": order, "line": line}}
        )

    stored, virtual = described("ISBLANK(due)"), described("ISBLANK(due) OR due < TODAY() - 100000")
    database = Database(database_url)
    apply(database, stored, "tests")
    records = Records(database, describe_tables(stored), SYSTEM)
    order = records.create("order", Edit({"due": dt.date(2026, 1, 1)})).id
    line = records.create("line", Edit({"order": order, "price": Decimal(5)})).id
    for wanted in (virtual, stored):
        apply(database, wanted, "tests")
        records = Records(database, describe_tables(wanted), SYSTEM)
        assert records.get("line", line).values["fine"] == records.get("line", line).values["price"]
        records.update("line", line, Edit({"price": Decimal(7)}))
        assert records.get("line", line).values["fine"] == 7
        if wanted is virtual:
            records.update("line", line, Edit({"price": Decimal(9)}))
    database.close()
