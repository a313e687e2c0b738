"""The worked examples of docs/formulas.md compute and refuse what the page says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.config import load
from engine.fields.locale import locale_for
from engine.problems import Refused
from engine.query import Query, Sort
from engine.rates import Entry, ExchangeRates
from engine.records import Draft, Edit, LineEdit, Records
from engine.rights import SYSTEM, Principal
from engine.storage.tables import describe_tables
from tests.ready import ready_database
from tests.surroundings import ROOT

PAGE = (ROOT / "docs/formulas.md").read_text(encoding="utf-8")
EXAMPLES = {
    text.split("name: ")[1].split("\n")[0]: text
    for text in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
}
DAY = dt.date(2026, 3, 2)
Open = Callable[[str], Records]


@pytest.fixture
def example(tmp_path: Path, database_url: str, request: pytest.FixtureRequest) -> Open:
    """Opens an empty database of the example of that name."""

    def opened(name: str) -> Records:
        path = tmp_path / "kartoteka.yaml"
        path.write_text(EXAMPLES[name], encoding="utf-8")
        configuration, problems = load(path)
        assert configuration is not None, problems
        database = ready_database(database_url, configuration)
        request.addfinalizer(database.close)
        return Records(database, describe_tables(configuration), SYSTEM)

    return opened


def add(records: Records, entity: str, **values: Any) -> int:
    return records.create(entity, Edit(values)).id


def texts(records: Records, entity: str, record_id: int, *names: str) -> list[str]:
    values = records.get(entity, record_id).values
    return [str(values[name]) for name in names]


def test_vat(example: Open) -> None:
    records = example("vat")
    invoice = add(records, "invoice", net=Decimal("10.05"), vat_rate=Decimal("0.255"))
    assert texts(records, "invoice", invoice, "vat", "total") == ["2.56", "12.61"]


@pytest.mark.parametrize(
    ("price", "total"), [("999.99", "999.99"), ("1000", "950.00"), ("4999.99", "4749.99"), ("5000", "4500.00")]
)
def test_discounts(example: Open, price: str, total: str) -> None:
    records = example("discounts")
    line = LineEdit(None, {"quantity": Decimal(1), "price": Decimal(price)}, key="n1")
    order = records.create("order", Edit({}, lines={"lines": (line,)})).id
    assert texts(records, "order", order, "total") == [total]


def test_debts(example: Open) -> None:
    records = example("debts")
    order = add(records, "order", status="shipped", total=Decimal(100))
    add(records, "payment", order=order, amount=Decimal(40))
    assert texts(records, "order", order, "paid", "debt") == ["40.00", "60.00"]
    records.update("order", order, Edit({"status": "cancelled"}))
    assert texts(records, "order", order, "debt") == ["-40.00"]


def test_turnover(example: Open) -> None:
    records = example("turnover")
    client = add(records, "client", name="Tammi")
    names = ("turnover", "order_count", "last_order", "tier")
    assert texts(records, "client", client, *names) == ["0.00", "0", "None", "basic"]
    add(records, "order", client=client, date=DAY, status="paid", total=Decimal(10_000))
    add(records, "order", client=client, date=DAY + dt.timedelta(1), status="cancelled", total=Decimal(90_000))
    assert texts(records, "client", client, *names) == ["10000.00", "1", "2026-03-02", "silver"]


def test_bonus(example: Open) -> None:
    records = example("bonus")
    seller = add(records, "employee", name="Aino", wage=Decimal(3000))
    add(records, "order", seller=seller, total=Decimal(51_000), paid=True)
    add(records, "order", seller=seller, total=Decimal(9000), paid=False)
    assert texts(records, "employee", seller, "sold", "bonus", "pay") == ["51000.00", "520.00", "3520.00"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"delivery": DAY - dt.timedelta(1)}, "check-failed"),
        ({"shipped": True, "total": Decimal(1)}, "required"),
        ({"shipped": True, "total": Decimal(0), "invoice_number": "1"}, "check-failed"),
    ],
)
def test_conditions(example: Open, values: dict[str, Any], code: str) -> None:
    records = example("conditions")
    with pytest.raises(Refused) as refused:
        add(records, "order", date=DAY, **values)
    assert [found.code for found in refused.value.problems] == [code]


def test_what_was_shipped_keeps_its_total(example: Open) -> None:
    records = example("conditions")
    order = add(records, "order", date=DAY, shipped=True, total=Decimal(1), invoice_number="1")
    with pytest.raises(Refused) as refused:
        records.update("order", order, Edit({"total": Decimal(2)}))
    assert [found.code for found in refused.value.problems] == ["readonly-now"]


def test_currencies(example: Open) -> None:
    records = example("currencies")
    rates = ExchangeRates(records.database, records.tables, SYSTEM)
    supplier = add(records, "supplier", name="Acme")
    bill = add(records, "invoice", date=DAY, supplier=supplier, invoiced_in="USD", amount=Decimal(100))
    add(records, "invoice", date=DAY, supplier=supplier, invoiced_in="EUR", amount=Decimal(10))
    assert records.get("supplier", supplier).errors == {"bought": "#N/A"}
    rates.set(Entry("USD", DAY.isoformat(), "0.92"), locale_for("en"))
    assert texts(records, "invoice", bill, "in_euro") == ["92.00"]
    assert texts(records, "supplier", supplier, "bought") == ["102.00"]


def listed(records: Records, entity: str, view: str) -> list[int]:
    shown = records.configuration.view(entity, view)[1]
    query = Query(entity, shown.columns, sort=tuple(map(Sort.parse, shown.sort)), where=shown.where or "")
    return [row[0] for row in records.page(query).rows]


def offered(records: Records, entity: str, name: str, target: str, draft: Draft) -> list[str]:
    return [title for _, title in records.lookup(target, "", 20, records.offer(entity, name, draft))]


def test_overdue(example: Open) -> None:
    records = example("overdue")
    today = dt.datetime.now(dt.UTC).date()
    client = add(records, "client", name="Tammi", birthday=today.replace(day=1, year=today.year - 30))
    bills = [
        add(records, "bill", client=client, date=today - dt.timedelta(days), amount=Decimal(amount), paid=paid)
        for days, amount, paid in ((14, 1, False), (15, 10, False), (34, 100, False), (34, 1000, True))
    ]
    assert texts(records, "client", client, "age", "overdue") == ["30", "110.00"]
    assert texts(records, "bill", bills[0], "late", "days_late") == ["False", "None"]
    assert texts(records, "bill", bills[2], "late", "days_late") == ["True", "20"]
    assert listed(records, "bill", "late") == [bills[2], bills[1]]


def test_choices(example: Open) -> None:
    records = example("choices")
    anna, bert = (
        records.create("client", Edit({"name": name}, lines={"persons": (LineEdit(None, {"name": f"{name}'s"}),)})).id
        for name in ("Anna", "Bert")
    )
    for name, values in (("Tea", {}), ("Cake", {"only_for": anna}), ("Old", {"sold": False})):
        add(records, "product", name=name, **values)
    for client, person, goods in ((anna, "Anna's", ["Cake", "Tea"]), (bert, "Bert's", ["Tea"])):
        draft = Draft("order", None, Edit({"client": client}))
        assert offered(records, "order", "contact", "person", draft) == [person]
        line = LineEdit(None, {}, key="n1")
        draft = Draft("order", None, Edit({"client": client}, lines={"lines": (line,)}), ("lines", "n1"))
        assert offered(records, "order_line", "product", "product", draft) == goods
    with pytest.raises(Refused) as refused:
        add(records, "order", client=anna, contact=2)
    assert [(found.code, found.path) for found in refused.value.problems] == [("choice-not-offered", ("contact",))]
    with records.database.write() as connection:
        ann_herself = {"id": 1, "login": "ann", "name": "Ann", "password": "", "created_at": dt.datetime.now(dt.UTC)}
        connection.execute(records.tables.system("_user").insert().values(ann_herself))
    ann = Records(records.database, records.tables, Principal(1, "ann"))
    order = add(ann, "order", client=anna)
    add(records, "order", client=anna)
    add(ann, "order", client=anna, closed=True)
    assert listed(ann, "order", "mine") == [order]


def test_companies(example: Open) -> None:
    records = example("companies")
    person = add(records, "client", name="Otto", city="Oulu")
    company = add(records, "client", name="Tammi", company=True, tax_number="1")
    assert records.titles("client", [person, company]) == {person: "Otto, Oulu", company: "Tammi"}
    with pytest.raises(Refused) as refused:
        records.update("client", company, Edit({"tax_number": None}))
    assert [found.path for found in refused.value.problems] == [("tax_number",)]


def test_wages(example: Open) -> None:
    """1 % of 100 + 50 on top of 2,000; what was paid before and after the month is another month's."""
    records = example("wages")
    aino = add(records, "employee", name="Aino", salary=Decimal(2000), rate=Decimal("0.01"))
    wage = add(records, "wage", employee=aino, month=dt.date(2026, 3, 1))
    for month, day, total in ((2, 28, 9), (3, 1, 100), (3, 31, 50), (4, 1, 9)):
        add(records, "order", seller=aino, total=Decimal(total), paid_on=dt.date(2026, month, day))
    assert texts(records, "wage", wage, "sold", "pay") == ["150.00", "2001.50"]
    assert records.get("wage", wage).title == "2026-03 Aino"
    with pytest.raises(Refused):
        add(records, "wage", employee=aino, month=dt.date(2026, 3, 1))
