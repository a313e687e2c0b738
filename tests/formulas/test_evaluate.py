"""What formulas over records give: paths, rows, money of variable currency, errors that are stored, the state before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from formulas import Compiled, Context, Evaluator, FormulaError, Money, compile_formula
from formulas.decimals import stored
from formulas.scope import USER
from formulas.text import literal
from formulas.values import ERROR_CODES, Fault, Reference, Value
from tests.formulas.company import CHECKS, RECORD, SCOPE, USD

TODAY = dt.date(2024, 5, 15)
RATES = {("USD", "EUR"): Decimal("0.9")}
CONTEXT = Context(
    TODAY, dt.datetime(2024, 5, 15, 12, tzinfo=dt.UTC), rate=lambda have, want, day: RATES.get((have, want))
)
EUR_5, USD_5, NOBODY_5 = Money(Decimal(5), "EUR"), Money(Decimal(5), "USD"), Money(Decimal(5), "")
ANNA, BORIS = Reference("_user", 1), Reference("_user", 2)


def computed(formula: str, record: Mapping[str, Any] | None = None, **changed: Any) -> Value:
    """The value of a formula for the company's record, with something changed."""
    compiled = compile_formula(formula, SCOPE)
    assert isinstance(compiled, Compiled), [found.sentence for found in compiled]
    return Evaluator(CONTEXT).value(compiled.tree, {**RECORD, **(record or {}), **changed})


RECORDS = (
    ("net + total", "22.21"),
    ("net * quantity", "25.125"),
    ("client.name & ', ' & client.city.name", '"Anna, Rīga"'),
    ("{Total price} - {net amount}", "2.11"),
    ("count / 2", "1.5"),
    ("date + 14", "2024-02-14"),
    ("due + 14", "blank"),
    ("due - date", "blank"),
    ("due < date or due > date or due = date", "FALSE"),
    ("not archived and status = 'paid'", "TRUE"),
    ("status = 'paid' and note = ''", "TRUE"),
    ("SUM(lines.amount)", "4"),
    ("SUM(lines.amount * lines.quantity)", "11"),
    ("SUM(lines.amount; lines.kind = 'sale')", "2.5"),
    ("SUM(lines.amount; lines.kind = '')", "0"),
    ("COUNT(lines)", "3"),
    ("COUNT(lines.amount)", "2"),
    ("COUNT(lines; lines.quantity > 1)", "2"),
    ("AVERAGE(lines.amount)", "2"),
    ("MAX(lines.amount; lines.quantity > 100)", "blank"),
    ("TEXTJOIN(', '; TRUE; lines.product.name)", '"Tea, Cup"'),
    ("TEXTJOIN('+'; TRUE; lines.product.name; lines.kind = 'gift')", '"Cup"'),
    ("SUM(lines.amount; lines.amount = MAX(lines.amount))", "2.5"),
    ("SUM(lines.amount / SUM(lines.amount))", "1"),
    ("SUM(lines.amount; lines.quantity > count)", "1.5"),
    ("SUM(lines.amount) + COUNT(lines; lines.kind = 'sale') * 100", "104"),
    ("COUNTA(tags; tags = 'vip')", "1"),
    ("ISBLANK(payments)", "TRUE"),
    ("ISBLANK(lines)", "FALSE"),
    ("SUM(payments.amount)", "0"),
    ("FIRST(lines.amount)", "2.5"),
    ("LAST(lines.product.name)", "blank"),
    ("IF(net > 10; 'large'; 'small')", '"large"'),
    ("IF(note = ''; 1)", "1"),
    ("'' & note", "blank"),
    ("1 / (count - 3)", "#DIV/0!"),
    ("IFERROR(1 / (count - 3); 0)", "0"),
)


@pytest.mark.parametrize(("formula", "expected"), RECORDS)
def test_a_record(formula: str, expected: str) -> None:
    assert literal(computed(formula)) == expected


VARIABLE = (
    ("paid + paid", {"paid": EUR_5}, Money(Decimal(10), "EUR")),
    ("paid + 1", {"paid": USD_5}, Money(Decimal(6), "USD")),
    ("price + paid", {"price": Decimal(1), "paid": EUR_5}, Money(Decimal(6), "EUR")),
    ("price + paid", {"price": Decimal(1), "paid": USD_5}, "#CURRENCY!"),
    ("price + paid", {"price": None, "paid": USD_5}, USD_5),
    ("price + paid", {"price": Decimal(1), "paid": None}, Money(Decimal(1), "EUR")),
    ("price > paid", {"price": Decimal(9), "paid": EUR_5}, True),
    ("price > paid", {"price": Decimal(9), "paid": USD_5}, "#CURRENCY!"),
    ("price = paid", {"price": Decimal(5), "paid": EUR_5}, True),
    ("paid = ''", {"paid": None}, True),
    ("paid > 4", {"paid": USD_5}, True),
    ("paid * 2 / 4", {"paid": USD_5}, Money(Decimal("2.5"), "USD")),
    ("price / paid", {"price": Decimal(10), "paid": EUR_5}, Decimal(2)),
    ("price / paid", {"price": Decimal(10), "paid": USD_5}, "#CURRENCY!"),
    ("-paid", {"paid": USD_5}, Money(Decimal(-5), "USD")),
    ("ROUND(paid / 3; 2)", {"paid": USD_5}, Money(Decimal("1.67"), "USD")),
    ("MAX(price; paid)", {"price": Decimal(7), "paid": EUR_5}, Money(Decimal(7), "EUR")),
    ("MAX(price; paid)", {"price": Decimal(7), "paid": USD_5}, "#CURRENCY!"),
    ("MAX(paid; 0)", {"paid": NOBODY_5}, NOBODY_5),
    ("paid & ''", {"paid": USD_5}, "5"),
    ("IFERROR(price + paid; 0)", {"price": Decimal(1), "paid": USD_5}, Money(Decimal(0), "")),
    ("SUM(payments.amount)", {"payments": ({"amount": EUR_5}, {"amount": EUR_5})}, Money(Decimal(10), "EUR")),
    ("SUM(payments.amount)", {"payments": ({"amount": EUR_5}, {"amount": USD_5})}, "#CURRENCY!"),
    ("SUM(payments.amount) - price", {"payments": ({"amount": EUR_5},), "price": 1}, Money(Decimal(4), "EUR")),
    ("CONVERT(price_usd; 'EUR'; date)", {"price_usd": Decimal(10)}, Money(Decimal(9), "EUR")),
    ("CONVERT(paid; 'EUR'; date) + price", {"paid": USD_5, "price": Decimal(1)}, Money(Decimal("5.5"), "EUR")),
    ("CONVERT(price; 'USD'; date)", {"price": Decimal(10)}, "#N/A"),
    ("SUM(payments.amount; payments.kind = 'cash')", {"payments": ({"amount": USD_5, "kind": "cash"},)}, USD_5),
)


@pytest.mark.parametrize(("formula", "record", "expected"), VARIABLE)
def test_money_whose_currency_stands_in_the_record(formula: str, record: dict[str, Any], expected: object) -> None:
    found = computed(formula, record)
    assert (found.code if isinstance(found, FormulaError) else found) == expected


def test_who_asks_is_a_record() -> None:
    assert computed("manager = USER()", {"manager": ANNA, USER: ANNA}) is True
    assert computed("manager = USER()", {"manager": BORIS, USER: ANNA}) is False
    assert computed("manager = USER()", {"manager": None, USER: ANNA}) is False
    assert computed("USER().employee.branch = 'Riga'", {"USER().employee.branch": "Riga"}) is True


def test_a_check_sees_the_state_before() -> None:
    compiled = compile_formula("OLD(net) < net and OLD(status) <> status", CHECKS)
    assert isinstance(compiled, Compiled)
    evaluator = Evaluator(CONTEXT)
    assert evaluator.value(compiled.tree, RECORD, {"net": Decimal(1), "status": "new"}) is True
    assert evaluator.value(compiled.tree, RECORD, RECORD) is False
    before = compile_formula("OLD(net) = ''", CHECKS)
    assert isinstance(before, Compiled)
    assert evaluator.value(before.tree, RECORD) is True, "a new record was blank before"


def test_an_error_that_is_stored_spreads_and_is_caught() -> None:
    broken = FormulaError("#NUM!", "stored")
    assert computed("net + 1", net=broken) == broken
    assert computed("IF(archived; net; 1)", net=broken) == 1
    assert computed("IFERROR(net; 7)", net=broken) == 7
    assert computed("SUM(lines.amount)", lines=({"amount": broken},)) == broken
    assert computed("net = ''", net=broken) == broken


def test_the_first_error_in_reading_order_is_the_result() -> None:
    one, other = FormulaError("#NUM!"), FormulaError("#REF!")
    assert computed("net + total", net=one, total=other) == one
    assert computed("total + net", net=one, total=other) == other
    assert computed("MAX(1 / 0; net)", net=one) == computed("1 / 0")


def test_many_records_at_once() -> None:
    compiled = compile_formula("count * 2", SCOPE)
    assert isinstance(compiled, Compiled)
    records = [{"count": number} for number in (1, 2, None)]
    assert list(Evaluator(CONTEXT).values(compiled.tree, records)) == [2, 4, 0]


def test_a_moment_is_a_date_in_the_workspaces_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=3))
    compiled = compile_formula("DAY(created)", SCOPE)
    assert isinstance(compiled, Compiled)
    late = {"created": dt.datetime(2024, 1, 31, 22, 30, tzinfo=dt.UTC)}
    assert Evaluator(CONTEXT).value(compiled.tree, late) == 31
    assert Evaluator(Context(TODAY, CONTEXT.now, zone)).value(compiled.tree, late) == 1


@pytest.mark.parametrize(
    ("formula", "wanted", "problem"),
    [
        ("net + 1", SCOPE.members("order")["net"].type, None),
        ("5", USD, None),
        ("net", USD, "formula-two-currencies"),
        ("paid", USD, None),
        ("number", USD, "formula-result-type"),
        ("net", SCOPE.members("order")["count"].type, "formula-result-type"),
        ("''", SCOPE.members("order")["date"].type, None),
        ("manager", SCOPE.members("order")["client"].type, "formula-result-type"),
        ("SUM(lines.amount) & lines.kind", SCOPE.members("order")["number"].type, "formula-list-bare"),
    ],
)
def test_a_result_has_the_type_that_is_needed(formula: str, wanted: Any, problem: str | None) -> None:
    found = compile_formula(formula, SCOPE, result=wanted)
    assert (None if isinstance(found, Compiled) else found[0].code) == problem


@pytest.mark.parametrize(
    ("value", "places", "digits", "kept"),
    [
        ("2.345", 2, 15, "2.35"),
        ("-2.345", 2, 15, "-2.35"),
        ("-0.001", 2, 15, "0"),
        ("9999999999999.99", 2, 15, "9999999999999.99"),
        ("9999999999999.995", 2, 15, "#NUM!"),
        ("10000000000000", 2, 15, "#NUM!"),
        ("1e29", 2, 0, "1e29"),
    ],
)
def test_a_result_is_stored_at_the_places_of_its_field(value: str, places: int, digits: int, kept: str) -> None:
    found = stored(Decimal(value), places, digits)
    assert found.code == kept if isinstance(found, FormulaError) else found == Decimal(kept)


def test_the_numbers_of_stored_errors_never_change() -> None:
    assert ERROR_CODES == ("#DIV/0!", "#VALUE!", "#NUM!", "#REF!", "#CURRENCY!", "#N/A", "#CYCLE!", "#NAME?")
    assert FormulaError("#DIV/0!").number == 1
    assert Fault("#N/A", "why").error == FormulaError("#N/A", "why")
