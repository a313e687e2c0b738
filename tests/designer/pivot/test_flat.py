"""A table as plain lines: labels in every line, subtotals named, nothing without a number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from designer.pivot import Wording, flat
from tests.designer.pivot.test_pivot import AMOUNT, CITIES, MONTHS, made

WORDING = Wording("Sales", ("City", "Client"), {"amount": "Amount"}, "In all", "Rest")
CLIENTS = [{"field": "client", "top": {"n": 1}}]
JANUARY, MARCH, APRIL = (str(2026 * 12 + month) for month in (0, 2, 3))


def rows(**written: Any) -> list[list[Any]]:
    return flat(made(values=AMOUNT, **written), WORDING).rows


def test_every_line_says_what_it_is_of() -> None:
    assert rows(rows=[*CITIES, *CLIENTS]) == [
        ["City", "Client", "Amount"],
        ["Oulu", "In all", Decimal(100)],
        ["Oulu", "Cedar", Decimal(100)],
        ["Turku", "In all", Decimal("35.30")],
        ["Turku", "Acme", Decimal("30.30")],
        ["Turku", "Rest", Decimal(5)],
        ["blank", "In all", Decimal(1)],
        ["blank", "Dune", Decimal(1)],
        ["In all", "", Decimal("136.30")],
    ]


def test_a_line_that_has_no_numbers_is_none() -> None:
    found = rows(rows=[{"field": "city", "subtotals": False}, {"field": "client"}], totals={"rows": False})
    assert [line[:2] for line in found[1:]] == [
        ["Oulu", "Cedar"],
        ["Turku", "Acme"],
        ["Turku", "Birch"],
        ["blank", "Dune"],
    ]


def test_columns_are_headed_by_each_level_and_by_the_value() -> None:
    found = rows(rows=CITIES, columns=[{"field": "date", "by": "year"}, *MONTHS])
    assert found[:3] == [
        ["", "", "2026", "2026", "2026", "2026", "In all"],
        ["", "", "In all", JANUARY, MARCH, APRIL, ""],
        ["City", "Client", *["Amount"] * 5],
    ]
    assert found[3] == ["Oulu", "", Decimal(100), Decimal(100), None, None, Decimal(100)]


def test_an_error_is_its_code() -> None:
    measures = {"amount": {"field": "amount", "hidden": True}, "share": {"formula": "amount / (amount - amount)"}}
    assert flat(made(values=measures), WORDING).rows == [["City", "Client", "share"], ["In all", "", "#DIV/0!"]]
