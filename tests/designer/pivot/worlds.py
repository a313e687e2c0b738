"""Random records and random reports of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from engine.model import Configuration
from engine.model.report import Report
from formulas import FormulaError

CONFIGURATION = Configuration.model_validate(
    {
        "kartoteka": 1,
        "name": "shop",
        "entities": {
            "order": {"fields": {"paid": {"type": "money", "currency": "EUR"}}},
            "sale": {
                "fields": {
                    "order": {"type": "reference", "to": "order"},
                    "city": {"type": "text"},
                    "client": {"type": "text"},
                    "grade": {"type": "text", "formula": "client & city"},
                    "date": {"type": "date"},
                    "amount": {"type": "money", "currency": "EUR"},
                    "quantity": {"type": "integer"},
                    "ratio": {"type": "decimal", "scale": 4, "formula": "amount / quantity"},
                }
            },
        },
    }
)
MONEY = st.decimals(-1000, 1000, places=2)
ERROR = FormulaError("#DIV/0!")
PAID: dict[Any, Any] = {1: Decimal("1.25"), 2: Decimal("1.25"), 3: None, 4: ERROR, 5: Decimal(-7)}
"""What was paid for the orders that sales are of."""
SALE = st.fixed_dictionaries(
    {
        "city": st.sampled_from(["Turku", "Oulu", "Espoo", None]),
        "client": st.sampled_from(["Acme", "Birch", "Cedar", "Dune"]),
        "grade": st.sampled_from(["A", "B", None, ERROR, FormulaError("#VALUE!")]),
        "date": st.none() | st.dates(dt.date(2025, 10, 1), dt.date(2026, 3, 31)),
        "amount": st.none() | MONEY,
        "quantity": st.none() | st.integers(0, 30),
        "ratio": st.sampled_from([None, ERROR]) | st.decimals(-3, 3, places=4),
        "amount * 2": st.none() | MONEY,
        "order": st.sampled_from([None, *PAID]),
    }
).map(lambda row: {**row, "order.paid": PAID.get(row["order"])})
SALES = st.integers(0, 25).flatmap(lambda least: st.lists(SALE, min_size=least, max_size=25))

_PARTS = ["year", "half_year", "quarter", "month", "ten_days", "week", "day", "weekday", "month_of_year", "fiscal_year"]
_FIELDS = st.one_of(
    st.fixed_dictionaries({"field": st.sampled_from(["city", "client", "grade"])}),
    st.fixed_dictionaries({"field": st.just("date"), "by": st.sampled_from(_PARTS), "fill": st.booleans()}),
    st.fixed_dictionaries(
        {"field": st.just("quantity"), "ranges": st.just((Decimal(5), Decimal(10))), "fill": st.booleans()}
    ),
)
_EXACT = ["sum", "count", "distinct", "average", "min", "max", "median", "first", "last"]
SHOWN = [
    "percent_of_row",
    "percent_of_column",
    "percent_of_parent_row",
    "percent_of_parent_column",
    "percent_of_total",
    "running_total",
    "difference",
    "percent_difference",
    "rank",
]
_READ = st.one_of(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(["amount", "quantity", "ratio", "order.paid"]),
            "aggregate": st.none() | st.sampled_from(_EXACT),
        }
    ),
    st.fixed_dictionaries({"field": st.just("date"), "aggregate": st.sampled_from(["min", "max", "count", "last"])}),
    st.fixed_dictionaries({"field": st.just("client"), "aggregate": st.sampled_from(["distinct", "count", "first"])}),
    st.fixed_dictionaries({"expression": st.just("amount * 2"), "aggregate": st.sampled_from(["sum", "median"])}),
    st.just({"aggregate": "count"}),
)
FORMULAS = ["money / records", "money - 2 * records", "IF(records > 2; money; 0)", "share * 100"]


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report with any of what reports have."""
    values: dict[str, Any] = {
        "money": {"field": "amount"},
        "records": {"aggregate": "count"},
        "share": {"formula": "money / (records - 1)"},
    }
    for number in range(draw(st.integers(0, 3))):
        values[f"read_{number}"] = dict(draw(_READ))
    for number in range(draw(st.integers(0, 1))):
        values[f"made_{number}"] = {"formula": draw(st.sampled_from(FORMULAS))}
    for name, value in values.items():
        # Shown as they are, numbers are compared with those of the records most directly.
        value["show_as"] = draw(st.none() | st.sampled_from(SHOWN))
        if value["show_as"] == "running_total" and not _adds_up(value):
            value["show_as"] = None
        value["hidden"] = draw(st.booleans()) if name != "records" else False
    names = list(values)
    rows = [draw(_dimension(names)) for _ in range(draw(st.integers(0, 3)))]
    columns = [draw(_dimension(names)) for _ in range(draw(st.integers(0, 2)))]
    totals = {"rows": draw(st.booleans()), "columns": draw(st.booleans())}
    return Report.model_validate({"of": "sale", "rows": rows, "columns": columns, "values": values, "totals": totals})


def _adds_up(value: dict[str, Any]) -> bool:
    """Whether a running total of it is one; the configuration's check refuses all others."""
    return "formula" in value or (
        value.get("aggregate") in (None, "sum", "count") and "." not in value.get("field", "")
    )


@st.composite
def _dimension(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    found = dict(draw(_FIELDS))
    found["subtotals"] = draw(st.booleans())
    found["sort"] = draw(st.none() | st.sampled_from(["label", "-label", *names, *(f"-{name}" for name in names)]))
    if draw(st.integers(0, 2)) == 0:
        by = draw(st.none() | st.sampled_from(names))
        n, bottom, others = draw(st.integers(1, 3)), draw(st.booleans()), draw(st.booleans())
        found["top"] = {"n": n, "by": by, "bottom": bottom, "others": others}
    return found


@st.composite
def reports_with_others(draw: st.DrawFn) -> Report:
    """A report that leaves out much, of which every kind of number is asked."""
    values: dict[str, Any] = {
        "money": {"field": "amount"},
        "records": {"aggregate": "count"},
        "share": {"formula": "money / (records - 1)"},
        **{
            f"as_{kind}": {"field": draw(st.sampled_from(["amount", "ratio", "order.paid"])), "aggregate": kind}
            for kind in _EXACT
        },
    }
    rows, columns = (
        [
            {
                "field": draw(st.sampled_from(["city", "client", "quantity"])),
                "sort": draw(st.none() | st.sampled_from(["-label", "share", "-share"])),
                "top": draw(st.none() | st.just({"n": 1}) | st.just({"n": 2, "by": "share", "bottom": True})),
            }
            for _ in range(depth)
        ]
        for depth in draw(st.sampled_from([(1, 0), (0, 1), (1, 1), (2, 1), (2, 2)]))
    )
    return Report.model_validate({"of": "sale", "rows": rows, "columns": columns, "values": values})
