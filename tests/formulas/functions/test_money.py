"""Exchange, and amounts whose currency is known only in the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from formulas import Compiled, Context, Evaluator, FormulaError, Money, compile_formula, evaluate
from formulas.scope import Member, Simple
from formulas.types import DATE, MONEY, TEXT, money
from formulas.values import Value
from tests.formulas.given import TODAY

SCOPE = Simple("", {"": {"net": Member(MONEY), "fee": Member(money("USD")), "day": Member(DATE), "to": Member(TEXT)}})
RATES = {("MDL", "EUR"): Decimal("0.0512"), ("USD", "EUR"): Decimal("0.92")}
CONTEXT = Context(TODAY, dt.datetime(2024, 5, 15, tzinfo=dt.UTC), rate=lambda one, other, day: RATES.get((one, other)))
RECORD = {"net": Money(Decimal(200), "MDL"), "fee": Decimal(50), "day": TODAY, "to": "EUR"}


def computed(formula: str, context: Context = CONTEXT, **changes: Value) -> Value:
    compiled = compile_formula(formula, SCOPE)
    assert isinstance(compiled, Compiled), compiled
    return Evaluator(context).value(compiled.tree, {**RECORD, **changes})


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ('CONVERT(net; "EUR"; day)', Money(Decimal("10.24"), "EUR")),
        ('CONVERT(net; "eur"; day)', Money(Decimal("10.24"), "EUR")),
        ('CONVERT(net; "MDL"; day)', Money(Decimal(200), "MDL")),
        ("CONVERT(fee; to; day)", Money(Decimal(46), "EUR")),
        ('CONVERT(net; "EUR"; day) + CONVERT(fee; "EUR"; day)', Money(Decimal("56.24"), "EUR")),
        ("VAT(net; 20%)", Money(Decimal(40), "MDL")),
        ("MAX(net; 500)", Money(Decimal(500), "MDL")),
        ("TIER(net; 0; 0%; 100; 5%)", Decimal("0.05")),
        ("PRODUCT(net; 3)", Money(Decimal(600), "MDL")),
        ("QUOTIENT(net; 3)", Decimal(66)),
    ],
)
def test_money_goes_through_functions_with_its_currency(formula: str, result: Value) -> None:
    assert computed(formula) == result


def test_an_unknown_rate_is_said() -> None:
    found = computed('CONVERT(net; "RUB"; day)')
    assert found == FormulaError(
        "#N/A", "No rate from MDL to RUB is known on 2024-05-15 or before. Enter one among the exchange rates."
    )
    assert evaluate('CONVERT(net; "EUR"; TODAY())', {"net": Money(Decimal(1), "MDL")}, today=TODAY) == FormulaError(
        "#N/A", "No rate from MDL to EUR is known on 2024-05-15 or before. Enter one among the exchange rates."
    )


def test_nothing_and_zero_need_no_rate() -> None:
    without = replace(CONTEXT, rate=None)
    assert computed('CONVERT(net; "EUR"; day)', without, net=None) is None
    assert computed('CONVERT(net; "EUR"; day)', without, net=Money(Decimal(0), "MDL")) == Money(Decimal(0), "EUR")
    assert computed('CONVERT(net; "EUR"; day)', day=None) is None


def test_money_is_not_multiplied_by_money() -> None:
    problems = compile_formula("PRODUCT(net; fee)", SCOPE)
    assert not isinstance(problems, Compiled)
    assert [one.code for one in problems] == ["formula-money-multiplied"]
