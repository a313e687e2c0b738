"""What the `clients` sample computes and what it refuses, as its comments tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.config.load import load
from engine.problems import Refused
from engine.query import Query, Sort
from engine.records import Draft, Edit, LineEdit, Records
from engine.rights import SYSTEM, Principal
from engine.storage.tables import describe_tables
from tests.ready import ready_database

SAMPLE = Path(__file__).parents[2] / "sample_configs" / "clients"
MONDAY = dt.date(2026, 3, 2)
MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)


def today() -> dt.date:
    """The day of the business, which may be another when the tests have run for a while."""
    return dt.datetime.now(ZoneInfo("Europe/Helsinki")).date()


def years_ago(years: int) -> dt.date:
    """The same day in another year; the last of February on a leap day."""
    try:
        return today().replace(year=today().year - years)
    except ValueError:
        return today().replace(year=today().year - years, day=28)


@pytest.fixture
def shop(database_url: str) -> Iterator[Shop]:
    configuration, _ = load(SAMPLE)
    assert configuration is not None
    database = ready_database(database_url, configuration)
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

    def listed(self, entity: str, view: str, records: Records | None = None) -> list[int]:
        """The records that a view shows, in its order."""
        shown = self.records.configuration.view(entity, view)[1]
        query = Query(entity, shown.columns, sort=tuple(map(Sort.parse, shown.sort)), where=shown.where or "")
        return [row[0] for row in (records or self.records).page(query).rows]

    def offered(self, entity: str, name: str, **values: Any) -> list[str]:
        """What a reference of a new record offers."""
        target = self.records.configuration.entities[entity].fields[name].column()
        assert target
        offer = self.records.offer(entity, name, Draft(entity, None, Edit(values)))
        return [title for _, title in self.records.lookup(str(target.target), "", 20, offer)]


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
    assert_refused(refused, "choice-not-offered", "order")
    payment = shop.pay(order, "1")
    with pytest.raises(Refused) as refused:
        shop.change("payment", payment, client=other)
    assert_refused(refused, "choice-not-offered", "order")
    shop.add("payment", client=other, date=MONDAY, kind="cash", amount=Decimal(5))


def test_a_payment_takes_its_client_from_the_order(shop: Shop) -> None:
    order = shop.order(("1", "100"))
    payment = shop.pay(order, "1", client=None)
    assert shop.values("payment", payment, "client") == [shop.client]
    own = shop.offered("payment", "order", client=shop.client)
    other = shop.add("client", name="Kuusi", kind="company")
    assert own == shop.offered("payment", "order") == ["ORD-2026-00001"]
    assert shop.offered("payment", "order", client=other) == []


def test_orders_fall_due_and_become_overdue(shop: Shop) -> None:
    """Thirty days after the order when the client has thirty days to pay, and overdue from the day after that."""
    shop.change("client", shop.client, payment_days=30)
    orders = [
        shop.order(("1", "100"), date=today() - dt.timedelta(days), status="shipped", invoice_number=f"I-{days}")
        for days in (29, 30, 31, 40)
    ]
    names = ("payment_days", "due", "overdue", "days_overdue")
    seen = [shop.values("order", order, *names) for order in orders]
    assert [one[0] for one in seen] == [30] * 4
    assert [one[1] for one in seen] == [today() - dt.timedelta(days) for days in (-1, 0, 1, 10)]
    assert [one[2:] for one in seen] == [[False, None], [False, None], [True, 1], [True, 10]]
    assert shop.listed("order", "overdue") == [orders[3], orders[2]]
    assert shop.values("client", shop.client, "debt", "overdue") == [Decimal(502), Decimal(251)]
    shop.pay(orders[3], "125.50")
    assert shop.listed("order", "overdue") == [orders[2]]
    assert shop.listed("order", "debts") == [orders[2], orders[1], orders[0]]
    assert shop.values("client", shop.client, "overdue") == [Decimal("125.50")]
    shop.change("order", orders[2], status="cancelled")
    assert shop.values("order", orders[2], "overdue", "days_overdue") == [False, None]


def test_an_order_keeps_its_terms_when_those_of_the_client_change(shop: Shop) -> None:
    order = shop.order(("1", "100"))
    shop.change("client", shop.client, payment_days=60)
    assert shop.values("order", order, "payment_days", "due") == [14, dt.date(2026, 3, 16)]


def test_debtors_are_those_who_owe(shop: Shop) -> None:
    other = shop.add("client", name="Kuusi", kind="company")
    assert shop.listed("client", "debtors") == []
    shop.order(("1", "300"), client=other, status="shipped", invoice_number="I-1", date=today())
    shop.order(("1", "100"), status="shipped", invoice_number="I-2", date=today() - dt.timedelta(100))
    assert shop.listed("client", "debtors") == [shop.client, other], "what is overdue comes first"


def test_age_and_years_of_service(shop: Shop) -> None:
    born, hired = years_ago(40), years_ago(5) + dt.timedelta(1)
    employee = shop.add("employee", name="Aino", birthday=born, hired=hired)
    assert shop.values("employee", employee, "age", "years_here") == [40, 4]
    client = shop.add("client", name="Otto", kind="person", birthday=born + dt.timedelta(1))
    assert shop.values("client", client, "age") == [39]
    later = shop.add("employee", name="Ilmari", hired=today() + dt.timedelta(1))
    assert shop.values("employee", later, "age", "years_here") == [None, None]


def test_orders_offer_the_clients_own_persons_and_goods_that_are_sold(shop: Shop) -> None:
    persons = (LineEdit(None, {"name": "Liisa"}, key="n1"),)
    other = shop.records.create("client", Edit({"name": "Kuusi", "kind": "company"}, lines={"contacts": persons})).id
    (liisa,) = shop.records.get("client", other).lines["contacts"]
    for entity, name in (("order", "contact"), ("contact_event", "person")):
        assert shop.offered(entity, name, client=other) == ["Liisa"]
        assert shop.offered(entity, name, client=shop.client) == []
    with pytest.raises(Refused) as refused:
        shop.order(("1", "100"), contact=liisa.id)
    assert_refused(refused, "choice-not-offered", "contact")
    order = shop.order(("1", "100"))
    shop.change("product", shop.product, active=False)
    assert shop.offered("order_line", "product") == []
    shop.change("order", order, comment="It keeps what it has")
    with pytest.raises(Refused) as refused:
        shop.order(("1", "100"))
    assert_refused(refused, "choice-not-offered", "lines", "n0", "product")


def test_everybody_sees_their_own(shop: Shop) -> None:
    with shop.records.database.write() as connection:
        people = shop.records.tables.system("_user")
        values = {"id": 1, "login": "ann", "name": "Ann", "password": "", "created_at": dt.datetime.now(dt.UTC)}
        connection.execute(people.insert().values(values))
    seller = shop.add("employee", name="Ann", account=1)
    client = shop.add("client", name="Kuusi", kind="company", manager=seller)
    shop.order(("1", "100"))
    order = shop.order(("1", "100"), client=client, employee=seller)
    wage = shop.add("wage", employee=seller, month=MARCH)
    ann = Records(shop.records.database, shop.records.tables, Principal(1, "ann", roles=frozenset({"senior_manager"})))
    own = [shop.listed(entity, "mine", ann) for entity in ("client", "order", "wage")]
    assert own == [[client], [order], [wage]]


def test_a_wage_is_salary_and_a_share_of_what_was_paid_in_that_month(shop: Shop) -> None:
    """2,000 and 1.5 % of 100.00 + 33.40, which is 2.001, and 50 on top."""
    seller = shop.add("employee", name="Aino", salary=Decimal(2000), commission_rate=Decimal("0.015"))
    march = shop.add("wage", employee=seller, month=MARCH, bonus=Decimal(50))
    april = shop.add("wage", employee=seller, month=APRIL)
    assert shop.records.get("wage", march).title == "2026-03 Aino"
    for number, (net, paid) in enumerate((("100", 31), ("33.40", 1), ("1000", 32))):
        order = shop.order(("1", net), employee=seller, vat_rate=Decimal(0), date=dt.date(2026, 2, 27))
        day = MARCH + dt.timedelta(paid - 1)
        shop.pay(order, net, date=day)
        shop.change("order", order, status="paid", invoice_number=f"I-{number}")
        assert shop.values("order", order, "paid_on") == [day]
    shop.pay(shop.order(("1", "7"), employee=seller), "7")
    names = ("salary", "sold", "commission", "total")
    assert shop.values("wage", march, *names) == [Decimal(text) for text in ("2000", "133.40", "2", "2052")]
    assert shop.values("wage", april, *names) == [Decimal(text) for text in ("2000", "1000", "15", "2015")]
    shop.change("employee", seller, salary=Decimal(2500), commission_rate=Decimal("0.05"))
    assert shop.values("wage", march, "total") == [Decimal(2052)]


def test_there_is_one_wage_for_each_month_from_its_first_day(shop: Shop) -> None:
    seller = shop.add("employee", name="Aino")
    wage = shop.add("wage", employee=seller, month=MARCH)
    with pytest.raises(Refused) as refused:
        shop.add("wage", employee=seller, month=MARCH)
    assert_refused(refused, "check-failed")
    with pytest.raises(Refused) as refused:
        shop.add("wage", employee=seller, month=MONDAY)
    assert_refused(refused, "check-failed", "month")
    shop.add("wage", employee=shop.add("employee", name="Otto"), month=MARCH)
    shop.change("wage", wage, paid_on=APRIL)
    assert len(shop.listed("wage", "unpaid")) == 1
