"""A finished table, by examples that a person can check."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from designer.pivot import Pivot, pivot, question, run
from engine.grouping import Amount, Tally
from engine.model import Configuration
from engine.model.report import Report, Totals
from engine.problems import Refused
from formulas import FormulaError, Money
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


def lines(table: Pivot, value: str = "amount") -> dict[str, list[str]]:
    """What is shown, by the texts of each line."""
    found = {}
    for row, item in enumerate(table.rows):
        cells = [table.cell(row, column, value) for column in range(len(table.columns))]
        found["others" if item.kind == "others" else "/".join(item.texts) or "total"] = [
            "-" if cell is None else str(cell.shown) for cell in cells
        ]
    return found


AMOUNT = {"amount": {"field": "amount"}}
CITIES = [{"field": "city"}]
MONTHS = [{"field": "date", "by": "month"}]


def test_cities_by_months_with_totals() -> None:
    table = made(rows=CITIES, columns=MONTHS, values=AMOUNT)
    assert [item.text for item in table.columns] == [str(2026 * 12), str(2026 * 12 + 2), str(2026 * 12 + 3), ""]
    assert lines(table) == {
        "Oulu": ["100", "-", "None", "100"],
        "Turku": ["30.30", "5", "-", "35.30"],
        "blank": ["-", "1", "-", "1"],
        "total": ["130.30", "6", "None", "136.30"],
    }


def test_a_report_without_anything_counts_the_records() -> None:
    table = made()
    assert table.values == ("records",)
    cell = table.cell(0, 0, "records")
    assert cell is not None
    assert cell.value == 6


def shown(show_as: str, **written: Any) -> dict[str, list[str]]:
    return lines(made(values={"amount": {"field": "amount", "show_as": show_as}}, **written))


def test_shares_are_of_what_the_records_give_at_each_level() -> None:
    both = [*CITIES, {"field": "client"}]
    assert shown("percent_of_parent_row", rows=both)["Turku/Birch"] == ["0.1416430595"]
    assert shown("percent_of_total", rows=both)["Oulu"] == ["0.7336757153"]
    assert shown("percent_of_row", rows=CITIES, columns=MONTHS)["Turku"] == [
        "0.8583569405",
        "0.1416430595",
        "-",
        "1.0000000000",
    ]
    assert shown("percent_of_column", rows=CITIES)["total"] == ["1.0000000000"]


def test_a_sum_runs_on_over_months_without_records() -> None:
    found = shown("running_total", rows=[{**MONTHS[0], "fill": True}], columns=CITIES)
    assert list(found) == [*(str(2026 * 12 + month) for month in range(4)), "total"]
    assert [line[1] for line in found.values()] == ["30.30", "30.30", "35.30", "35.30", "35.30"]


def test_a_formula_runs_on_over_the_sums_of_what_it_is_made_of() -> None:
    values = {
        **AMOUNT,
        "cost": {"field": "cost", "hidden": True},
        "margin": {"formula": "(amount - cost) / amount", "show_as": "running_total"},
    }
    found = lines(made(rows=MONTHS, values=values), "margin")
    assert [line[0][:6] for line in found.values()] == ["0.5395", "0.5084", "0.5084", "0.5084"]


def test_who_bought_nothing_bought_less_than_before() -> None:
    found = shown("difference", rows=MONTHS, columns=CITIES)
    assert [line[1] for line in found.values()] == ["None", "-25.30", "-5", "None"]
    found = shown("percent_difference", rows=MONTHS, columns=CITIES)
    assert [line[1] for line in found.values()] == ["None", "-0.8349834983", "-1.0000000000", "None"]


def test_without_rows_columns_are_compared_with_each_other() -> None:
    assert shown("rank", columns=CITIES) == {"total": ["1", "2", "3", "None"]}


def test_others_are_computed_of_their_records() -> None:
    top = [{"field": "client", "top": {"n": 1, "by": "amount"}, "sort": "-amount"}]
    values = {
        **AMOUNT,
        "mean": {"field": "amount", "aggregate": "average"},
        "middle": {"field": "amount", "aggregate": "median"},
        "cities": {"field": "city", "aggregate": "distinct"},
        "share": {"formula": "amount / mean"},
    }
    table = made(rows=top, values=values)
    found = {name: lines(table, name) for name in values}
    assert found["amount"] == {"Cedar": ["100"], "others": ["36.30"], "total": ["136.30"]}
    assert found["mean"]["others"] == ["9.0750000000"]
    assert found["middle"]["others"] == ["7.5500000000"]
    assert found["cities"] == {"Cedar": ["1"], "others": ["1"], "total": ["2"]}
    assert found["share"]["others"] == ["4.0000000000"]


def test_others_that_nobody_asked_for_are_no_number() -> None:
    written = {
        "rows": [{"field": "client", "top": {"n": 1}}],
        "values": {"m": {"field": "amount", "aggregate": "median"}},
    }
    report = Report.model_validate({"of": "sale", **written})
    found = pivot(report, groups_of(SALES, question(report, CONFIGURATION)), Plainly())
    cell = found.cell(1, 0, "m")
    assert cell is not None
    assert cell.value == FormulaError("#N/A", "What is left out was not asked for.")


def test_a_formula_that_is_none_is_an_error_and_disturbs_nothing() -> None:
    values = {
        **AMOUNT,
        "round": {"formula": "about + 1"},
        "about": {"formula": "round"},
        "after": {"formula": "round + amount"},
        "typo": {"formula": "amuont"},
        "wrong": {"formula": "amount & 1 > DATE(2026, 1, 1)"},
    }
    table = made(values=values)
    assert lines(table) == {"total": ["136.30"]}
    codes = {name: cell.value.code for name in list(values)[1:] if (cell := table.cell(0, 0, name))}
    assert codes == {"round": "#CYCLE!", "about": "#CYCLE!", "after": "#CYCLE!", "typo": "#NAME?", "wrong": "#VALUE!"}


def test_amounts_in_two_currencies_are_not_added() -> None:
    report = Report.model_validate({"of": "sale", "rows": [{"field": "city", "top": {"n": 1}}], "values": AMOUNT})
    euros, dollars, many = (
        (Tally(Money(Decimal(amount), code)),) for amount, code in ((9, "EUR"), (5, "USD"), (7, "SEK"))
    )
    mixed = (Tally(FormulaError("#CURRENCY!")),)
    found = pivot(report, {(0,): {("a",): euros, ("b",): dollars, ("c",): many}, (): {(): mixed}}, Plainly())
    others = found.cell(1, 0, "amount")
    assert others is not None
    assert others.value == FormulaError("#CURRENCY!", "EUR and SEK are not taken together.")


def test_only_the_levels_that_are_needed_are_asked_for() -> None:
    written = {"rows": [*CITIES, {"field": "client"}], "columns": MONTHS, "values": AMOUNT}
    plain = Report.model_validate({"of": "sale", **written})
    assert set(question(plain, CONFIGURATION).levels) == {(), (0,), (0, 1), (2,), (0, 2), (0, 1, 2)}
    bare = plain.model_copy(
        update={
            "rows": (plain.rows[0].model_copy(update={"subtotals": False}), plain.rows[1]),
            "totals": Totals(rows=False, columns=False),
        }
    )
    assert question(bare, CONFIGURATION).levels == ((0, 1, 2),)


def test_what_is_asked_twice_is_asked_once() -> None:
    values = {**AMOUNT, "share": {"field": "amount", "show_as": "percent_of_total"}, "names": {"field": "client"}}
    asked = question(Report.model_validate({"of": "sale", "values": values}), CONFIGURATION)
    assert asked.amounts == (Amount("sum", "amount"), Amount("count", "client"))


def test_years_of_days_without_records_are_refused_before_they_are_made() -> None:
    days = [{"field": "date", "by": "day", "fill": True}]
    far = [sale("Turku", "Acme", 1, "1") | {"date": day} for day in (dt.date(1, 1, 1), dt.date(9999, 12, 31))]
    report = Report.model_validate({"of": "sale", "rows": days})
    with pytest.raises(Refused, match="more than 200000 cells"):
        run(report, CONFIGURATION, Plainly(), lambda grouping: groups_of(far, grouping))
