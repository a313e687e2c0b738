"""A finished table, by examples that a person can check."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from designer.pivot import Pivot, run
from engine.model import Configuration
from engine.model.report import Report
from tests.designer.pivot.brute import groups_of
from tests.designer.pivot.plainly import Plainly
from tests.shop import SHOP

CONFIGURATION = Configuration.model_validate(
    {
        **SHOP,
        "entities": {
            "sale": {
                "fields": {
                    "city": {"type": "text"},
                    "client": {"type": "text"},
                    "date": {"type": "date"},
                    "amount": {"type": "money", "currency": "EUR"},
                    "cost": {"type": "money", "currency": "EUR"},
                }
            }
        },
    }
)


def sale(city: str | None, client: str, month: int, amount: str | None, cost: str = "0") -> dict[str, Any]:
    return {
        "city": city,
        "client": client,
        "date": dt.date(2026, month, 15),
        "amount": None if amount is None else Decimal(amount),
        "cost": Decimal(cost),
    }


SALES = [
    sale("Turku", "Acme", 1, "10.10", "4"),
    sale("Turku", "Acme", 1, "20.20", "6"),
    sale("Turku", "Birch", 3, "5", "5"),
    sale("Oulu", "Cedar", 1, "100", "50"),
    sale("Oulu", "Cedar", 4, None),
    sale(None, "Dune", 3, "1", "2"),
]


def made(**written: Any) -> Pivot:
    report = Report.model_validate({"of": "sale", **written})
    return run(report, CONFIGURATION, Plainly(), lambda grouping: groups_of(SALES, grouping))


def lines(pivot: Pivot, value: str = "amount") -> dict[str, list[str]]:
    """What is shown, by the texts of each line."""
    found = {}
    for row, item in enumerate(pivot.rows):
        cells = [pivot.cell(row, column, value) for column in range(len(pivot.columns))]
        found["/".join(item.texts) or "total"] = ["-" if cell is None else str(cell.shown) for cell in cells]
    return found


AMOUNT = {"amount": {"field": "amount"}}
CITIES = [{"field": "city"}]
MONTHS = [{"field": "date", "by": "month"}]


def test_cities_by_months_with_totals() -> None:
    pivot = made(rows=CITIES, columns=MONTHS, values=AMOUNT)
    assert [item.text for item in pivot.columns] == [str(2026 * 12), str(2026 * 12 + 2), str(2026 * 12 + 3), ""]
    assert lines(pivot) == {
        "Oulu": ["100", "-", "None", "100"],
        "Turku": ["30.30", "5", "-", "35.30"],
        "blank": ["-", "1", "-", "1"],
        "total": ["130.30", "6", "None", "136.30"],
    }


def test_a_report_without_anything_counts_the_records() -> None:
    pivot = made()
    assert pivot.values == ("records",)
    cell = pivot.cell(0, 0, "records")
    assert cell is not None
    assert cell.value == 6
