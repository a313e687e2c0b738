"""What the `clients` sample computes and what it refuses, as its comments tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.config.load import load
from engine.problems import Refused
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM
from engine.schema import apply
from engine.storage import Database
from engine.storage.tables import describe_tables

SAMPLE = Path(__file__).parents[2] / "sample_configs" / "clients"
MONDAY = dt.date(2026, 3, 2)


@pytest.fixture
def shop(database_url: str) -> Iterator[Shop]:
    configuration, _ = load(SAMPLE)
    assert configuration is not None
    database = Database(database_url)
    apply(database, configuration, "tests")
    yield Shop(Records(database, describe_tables(configuration), SYSTEM))
    database.close()


class Shop:
    """A client and a product, and orders of them."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.client = self.add("client", name="Tammi", kind="company")
        self.product = self.add("product", sku="A-1", name="Board", unit="m", price=Decimal(10))

    def add(self, entity: str, **values: Any) -> int:
        return self.records.create(entity, Edit(values)).id

    def order(self, *lines: tuple[str, str], **values: Any) -> int:
        """An order of so much at such a price each; by default new, and with the VAT of the sample."""
        bought = tuple(
            LineEdit(
                None, {"product": self.product, "quantity": Decimal(quantity), "price": Decimal(price)}, key=f"n{at}"
            )
            for at, (quantity, price) in enumerate(lines)
        )
        given = {"client": self.client, "date": MONDAY, "status": "new", "vat_rate": Decimal("0.255"), **values}
        return self.records.create("order", Edit(given, lines={"lines": bought})).id

    def pay(self, order: int, amount: str, **values: Any) -> int:
        given = {"client": self.client, "order": order, "date": MONDAY, "kind": "bank", "amount": Decimal(amount)}
        return self.add("payment", **{**given, **values})

    def change(self, entity: str, record_id: int, **values: Any) -> None:
        self.records.update(entity, record_id, Edit(values))

    def values(self, entity: str, record_id: int, *names: str) -> list[Any]:
        found = self.records.get(entity, record_id).values
        return [found[name] for name in names]


def assert_refused(refused: pytest.ExceptionInfo[Refused], code: str, *path: str) -> None:
    assert [(found.code, found.path) for found in refused.value.problems] == [(code, path)]


def test_an_order_adds_up_to_the_cent(shop: Shop) -> None:
    order = shop.order(("2", "10.30"), ("1", "99"), ("0.5", "8.21"), discount=Decimal("0.05"))
    assert [line.values["amount"] for line in shop.records.get("order", order).lines["lines"]] == [
        Decimal("20.60"),
        Decimal("99.00"),
        Decimal("4.11"),
    ]
    # 123.71 less 5 % is 117.5245, and of 117.52 the tax 29.9676.
    sums = [Decimal(text) for text in ("117.52", "29.97", "147.49", "0", "147.49")]
    assert shop.values("order", order, "net", "vat", "total", "paid", "debt") == sums


def test_payments_lower_the_debt_and_what_goes_back_raises_it(shop: Shop) -> None:
    order = shop.order(("1", "100"), status="shipped", invoice_number="I-1")
    shop.pay(order, "125.50")
    shop.pay(order, "-25.50")
    assert shop.values("order", order, "paid", "debt") == [Decimal(100), Decimal("25.50")]
    assert shop.values("client", shop.client, "debt") == [Decimal("25.50")]
    shop.change("order", order, status="cancelled")
    assert shop.values("order", order, "debt") == [Decimal(-100)]
    assert shop.values("client", shop.client, "debt", "turnover", "order_count") == [0, 0, 0]


def test_turnover_raises_the_tier(shop: Shop) -> None:
    names = ("turnover", "tier", "order_count", "last_order")
    assert shop.values("client", shop.client, *names) == [0, "basic", 0, None]
    shop.order(("1", "9999.99"))
    assert shop.values("client", shop.client, "tier") == ["basic"]
    shop.order(("1", "0.01"), date=dt.date(2026, 3, 9))
    assert shop.values("client", shop.client, *names) == [10000, "silver", 2, dt.date(2026, 3, 9)]
    shop.order(("1", "40000"))
    assert shop.values("client", shop.client, "tier") == ["gold"]


def test_commission_comes_of_orders_that_are_paid(shop: Shop) -> None:
    seller = shop.add("employee", name="Aino", commission_rate=Decimal("0.015"))
    order = shop.order(("1", "100"), employee=seller)
    assert shop.values("employee", seller, "sold", "commission") == [100, 0]
    shop.pay(order, "125.50")
    shop.change("order", order, status="paid", invoice_number="I-1")
    assert shop.values("employee", seller, "sold", "commission") == [100, Decimal("1.50")]


def test_an_order_is_paid_when_its_payments_cover_it(shop: Shop) -> None:
    order = shop.order(("1", "100"), status="shipped", invoice_number="I-1")
    shop.pay(order, "125.49")
    with pytest.raises(Refused) as refused:
        shop.change("order", order, status="paid")
    assert_refused(refused, "check-failed")
    shop.pay(order, "0.01")
    shop.change("order", order, status="paid")


def test_goods_leave_with_an_invoice(shop: Shop) -> None:
    order = shop.order(("1", "100"), status="confirmed")
    with pytest.raises(Refused) as refused:
        shop.change("order", order, status="shipped")
    assert_refused(refused, "required", "invoice_number")


def test_the_discount_stays_once_the_goods_have_left(shop: Shop) -> None:
    order = shop.order(("1", "100"))
    shop.change("order", order, status="shipped", invoice_number="I-1", discount=Decimal("0.1"))
    with pytest.raises(Refused) as refused:
        shop.change("order", order, discount=Decimal("0.2"))
    assert_refused(refused, "readonly-now", "discount")


def test_nothing_is_delivered_before_it_was_ordered(shop: Shop) -> None:
    with pytest.raises(Refused) as refused:
        shop.order(delivery=dt.date(2026, 3, 1))
    assert_refused(refused, "check-failed", "delivery")
    shop.order(delivery=MONDAY)


def test_a_payment_is_for_an_order_of_its_client(shop: Shop) -> None:
    order = shop.order(("1", "100"))
    other = shop.add("client", name="Kuusi", kind="company")
    with pytest.raises(Refused) as refused:
        shop.pay(order, "1", client=other)
    assert_refused(refused, "check-failed")
    shop.add("payment", client=other, date=MONDAY, kind="cash", amount=Decimal(5))
