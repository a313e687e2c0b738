"""Colours by rules over what is shown, and how large a number is beside the others."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from designer.pivot import Pivot, Wording
from designer.pivot.xlsx import write_xlsx
from tests.designer.pivot.test_pivot import AMOUNT, CITIES, MONTHS, made

RED = {"where": "amount < 50", "color": "red", "label": "Small"}
GREEN = {"where": "amount >= 50 AND share > 0.7", "color": "green"}
SHARE = {"share": {"field": "amount", "show_as": "percent_of_column"}}


def colors(table: Pivot, value: str = "amount") -> dict[str, list[str]]:
    """The colours of a value by the texts of each line."""
    return {
        "/".join(item.texts) or "total": [
            table.marks.cells[row, column, value].color if (row, column, value) in table.marks.cells else ""
            for column in range(len(table.columns))
        ]
        for row, item in enumerate(table.rows)
    }


def ruled(*rules: dict[str, Any], **more: Any) -> Pivot:
    return made(rows=CITIES, values={"amount": {"field": "amount", "colors": rules}, **SHARE}, **more)


def test_the_first_rule_that_is_met_counts() -> None:
    assert colors(ruled(RED, GREEN)) == {"Oulu": ["green"], "Turku": ["red"], "blank": ["red"], "total": ["green"]}
    assert colors(ruled({"where": "amount > 0", "color": "blue"}, RED))["Turku"] == ["blue"]


def test_rules_see_what_is_shown_and_where_nothing_is_nothing_is_met() -> None:
    table = ruled({"where": "share > 0.5", "color": "red"}, columns=MONTHS)
    assert colors(table) == {
        "Oulu": ["red", "", "", "red"],
        "Turku": ["", "red", "", ""],
        "blank": ["", "", "", ""],
        "total": ["red", "red", "", "red"],
    }


def test_a_rule_may_name_a_hidden_value() -> None:
    values = {
        "amount": {"field": "amount", "colors": [{"where": "amount < cost * 2", "color": "red"}]},
        "cost": {"field": "cost", "hidden": True, "show_as": "percent_of_total"},
    }
    assert colors(made(rows=CITIES, values=values)) == {"Oulu": [""], "Turku": [""], "blank": ["red"], "total": [""]}


def test_scales_compare_all_but_totals() -> None:
    for scale, strengths in (("shades", [10, 3, 0]), ("bars", [10, 4, 0])):
        table = made(rows=CITIES, values={"amount": {"field": "amount", "scale": scale}})
        assert [table.marks.cells[row, 0, "amount"].strength for row in range(3)] == strengths
        assert (3, 0, "amount") not in table.marks.cells


def test_a_table_without_rules_has_no_marks() -> None:
    assert made(rows=CITIES, values=AMOUNT).marks.cells == {}


def test_a_workbook_follows_the_rules_itself() -> None:
    hidden = {"where": "amount < 2 * n", "color": "blue"}
    values = {
        "amount": {"field": "amount", "colors": [RED, hidden], "scale": "shades"},
        "n": {"aggregate": "count", "hidden": True},
    }
    table, out = made(rows=CITIES, values=values), BytesIO()
    write_xlsx(out, table, Wording("", ("City",), {}, colors=("Amount: Small", "Amount: low")), {})
    sheet = load_workbook(out).worksheets[0]
    found = {str(place.sqref): place.rules for place in sheet.conditional_formatting}
    said = {place: [rule.formula or rule.type for rule in rules] for place, rules in found.items()}
    assert said["B2:B5"][0] == ['AND($B2<>"",AND(ISNUMBER($B2),ISNUMBER(50),$B2<50))']
    assert said["B2:B4"] == ["colorScale"]
    assert [sheet.cell(row, 1).value for row in (7, 8)] == ["Amount: Small", "Amount: low"]
