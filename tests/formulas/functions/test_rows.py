"""Functions over the rows of a list: lines of an order, payments of a client."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from formulas import evaluate
from formulas.text import literal
from tests.formulas.given import TODAY

LINES = [
    {"product": "tea", "amount": Decimal(5), "paid": True, "day": dt.date(2024, 5, 1)},
    {"product": None, "amount": Decimal(7), "paid": False, "day": dt.date(2024, 4, 1)},
    {"product": "cake", "amount": None, "paid": True, "day": None},
    {"product": "tea", "amount": Decimal(-2), "paid": False, "day": dt.date(2024, 5, 9)},
]
ROWS = [
    ("SUM(lines.amount)", "10"),
    ('SUM(lines.amount; lines.product = "tea")', "3"),
    ('SUM(lines.amount; lines.product = "milk")', "0"),
    ("SUM(lines.amount; ISBLANK(lines.product))", "7"),
    ("SUM(lines.amount; not lines.paid and lines.amount > 0)", "7"),
    ("SUM(lines.amount * 2; lines.paid)", "10"),
    ("SUM(lines.amount; lines.amount = MAX(lines.amount))", "7"),
    ("AVERAGE(lines.amount)", "3.3333333333"),
    ("COUNT(lines)", "4"),
    ("COUNT(lines; lines.paid)", "2"),
    ("COUNT(lines.amount)", "3"),
    ("COUNTA(lines.product)", "3"),
    ("COUNTBLANK(lines.product)", "1"),
    ("MIN(lines.day)", "2024-04-01"),
    ("MAX(lines.day; lines.paid)", "2024-05-01"),
    ('MAX(lines.day; lines.product = "milk")', "blank"),
    ("FIRST(lines.product)", '"tea"'),
    ("LAST(lines.amount)", "-2"),
    ("LAST(lines.amount; lines.paid)", "blank"),
    ('FIRST(lines.amount; lines.product = "cake")', "blank"),
    ("LARGE(lines.amount; 2)", "5"),
    ("SMALL(lines.day; 1)", "2024-04-01"),
    ("MEDIAN(lines.amount)", "5"),
    ('TEXTJOIN(", "; TRUE; lines.product)', '"tea, cake, tea"'),
    ('TEXTJOIN("/"; FALSE; lines.product)', '"tea//cake/tea"'),
    ("SUMPRODUCT(lines.amount; lines.amount)", "78"),
    ('SUMIF(lines.product; "t*"; lines.amount)', "3"),
    ('SUMIFS(lines.amount; lines.product; "tea"; lines.amount; ">0")', "5"),
    ('COUNTIF(lines.product; "")', "1"),
    ("COUNTIF(lines.paid; TRUE)", "2"),
    ('AVERAGEIF(lines.product; "tea"; lines.amount)', "1.5"),
    ('MAXIFS(lines.day; lines.product; "tea")', "2024-05-09"),
    ("NPV(0; lines.amount)", "10"),
    ("NETWORKDAYS(DATE(2024; 5; 1); TODAY(); lines.day)", "9"),
    ("ISBLANK(lines)", "FALSE"),
]


@pytest.mark.parametrize(("formula", "result"), ROWS)
def test_rows(formula: str, result: str) -> None:
    assert literal(evaluate(formula, {"lines": LINES}, today=TODAY)) == result


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(x)", "0"),
        ("COUNT(x)", "0"),
        ("MAX(x)", "blank"),
        ("FIRST(x)", "blank"),
        ("PRODUCT(x)", "0"),
        ("GCD(x)", "0"),
    ],
)
def test_of_nothing(formula: str, result: str) -> None:
    assert literal(evaluate(formula, {"x": []})) == result
