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
from engine.rates import Entry, ExchangeRates
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM
from engine.schema import apply
from engine.storage import Database
from engine.storage.tables import describe_tables
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
        database = Database(database_url)
        request.addfinalizer(database.close)
        apply(database, configuration, "tests")
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
