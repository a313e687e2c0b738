"""SQL gives what the evaluator gives: for every function and operator of the SQL-safe subset, on both databases, for
random typed formulas over rows of edge cases, ties and bounds and blanks among them."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from formulas import Evaluator
from formulas.calls import item_type
from formulas.functions import BY_NAME, FUNCTIONS
from formulas.operators import OPERATORS
from formulas.to_sql import condition as condition_of
from formulas.to_sql import obstacle, value
from formulas.to_sql.build import System
from formulas.to_sql.forms import FORMS, MOMENTS
from formulas.tree import Call, Constant
from formulas.types import NUMBER
from tests.formulas.stored import CONTEXT, Company, compiled, evaluated, filled

LITERALS = (
    "0",
    "1",
    "2",
    "3",
    "-1",
    "0.5",
    "0.21",
    "20%",
    "100",
    "0.005",
    "1.5",
    "-0.0000000001",
    "999999999999999999",
)


@pytest.fixture
def company(request: pytest.FixtureRequest) -> Iterator[Company]:
    system: System = request.param
    url: str = request.getfixturevalue(f"{system}_url")
    # One failed statement must not hide itself behind a transaction that takes no more of them.
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield filled(connection, system)
    engine.dispose()


both = pytest.mark.parametrize(
    "company", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


@cache
def number(depth: int) -> st.SearchStrategy[str]:
    """The text of a formula that gives a number; money stays out of products with money."""
    leaf = st.sampled_from(
        ("quantity", "count", "discount", *LITERALS, "YEAR(date)", "MONTH(due)", "DAY(date)", "(date - due)")
    )
    if not depth:
        return leaf
    below = number(depth - 1)
    money = amount(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(below, st.sampled_from("+-*/"), below).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(money, money).map(lambda parts: f"({parts[0]} / {parts[1]})"),
        functions(below, depth),
        st.sampled_from(("ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC")).flatmap(
            lambda name: st.tuples(below, st.integers(-3, 8)).map(lambda parts: f"{name}({parts[0]}; {parts[1]})")
        ),
        st.tuples(below, below).map(lambda parts: f"MOD({parts[0]}; {parts[1]})"),
        below.map(lambda one: f"-{one}"),
        st.tuples(day(depth - 1), day(depth - 1)).map(lambda parts: f"DAYS({parts[0]}; {parts[1]})"),
        st.tuples(st.sampled_from(("YEAR", "QUARTER", "WEEKDAY")), day(depth - 1)).map(
            lambda parts: f"{parts[0]}({parts[1]})"
        ),
        st.tuples(day(depth - 1), day(depth - 1), st.sampled_from(("Y", "M", "D", "YM"))).map(
            lambda parts: f'DATEDIF({parts[0]}; {parts[1]}; "{parts[2]}")'
        ),
        st.sampled_from(
            (
                "COUNT(lines)",
                'COUNT(lines; lines.kind = "new")',
                "SUM(lines.weight)",
                "AVERAGE(lines.weight)",
                "MAX(lines.weight)",
                "SUM(lines.share)",
                "MIN(lines.weight; lines.share > 1)",
                "COUNT(lines.share; lines.weight > 0)",
            )
        ),
    )


@cache
def amount(depth: int) -> st.SearchStrategy[str]:
    """The text of a formula that gives money."""
    leaf = st.sampled_from(("net", "price", "margin", "SUM(lines.amount)", "MIN(lines.amount; lines.weight > 0)"))
    if not depth:
        return leaf
    below = amount(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(below, st.sampled_from("+-"), below).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(below, st.sampled_from("*/"), number(depth - 1)).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        functions(below, depth),
        st.tuples(below, number(depth - 1)).map(lambda parts: f"VAT({parts[0]}; {parts[1]})"),
        st.sampled_from(
            (
                "AVERAGE(lines.amount)",
                "SUM(lines.amount * 1.21; lines.day <= TODAY())",
                "SUM(net; lines.amount; 5)",
            )
        ),
    )


def functions(below: st.SearchStrategy[str], depth: int) -> st.SearchStrategy[str]:
    """Functions that give what they are given."""
    met = condition(depth - 1)
    return st.one_of(
        st.tuples(met, below, below).map(lambda parts: f"IF({parts[0]}; {parts[1]}; {parts[2]})"),
        st.tuples(met, below).map(lambda parts: f"IF({parts[0]}; {parts[1]})"),
        st.tuples(met, below, met, below).map(lambda parts: f"IFS({'; '.join(parts)})"),
        st.tuples(below, below, below, below).map(lambda parts: f"SWITCH({'; '.join(parts)})"),
        st.tuples(below, below).map(lambda parts: f"COALESCE({parts[0]}; {parts[1]})"),
        st.tuples(below, below).map(lambda parts: f"IFERROR({parts[0]}; {parts[1]})"),
        st.tuples(st.sampled_from(("MIN", "MAX", "SUM")), below, below).map(
            lambda parts: f"{parts[0]}({parts[1]}; {parts[2]})"
        ),
        st.tuples(st.sampled_from(("ABS", "INT")), below).map(lambda parts: f"{parts[0]}({parts[1]})"),
    )


@cache
def day(depth: int) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(("date", "due", "TODAY()", "MAX(lines.day)"))
    if not depth:
        return leaf
    below = day(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(below, st.sampled_from("+-"), number(depth - 1)).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        st.tuples(number(depth - 1), number(depth - 1), number(depth - 1)).map(
            lambda parts: f"DATE({parts[0]}; {parts[1]}; {parts[2]})"
        ),
        st.tuples(st.sampled_from(("EDATE", "EOMONTH")), below, number(depth - 1)).map(
            lambda parts: f"{parts[0]}({parts[1]}; {parts[2]})"
        ),
        st.tuples(condition(depth - 1), below, below).map(lambda parts: f"IF({parts[0]}; {parts[1]}; {parts[2]})"),
        st.tuples(st.sampled_from(("MIN", "MAX", "COALESCE", "IFERROR")), below, below).map(
            lambda parts: f"{parts[0]}({parts[1]}; {parts[2]})"
        ),
    )


@cache
def text(depth: int) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(("note", "status", '"new"', '"NEW"', '""', '" new"', '"new\u00a0"', '"\t"', '"Ёж"', '"é"'))
    if not depth:
        return leaf
    below = text(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(below, below).map(lambda parts: f"({parts[0]} & {parts[1]})"),
        st.tuples(condition(depth - 1), below, below).map(lambda parts: f"IF({parts[0]}; {parts[1]}; {parts[2]})"),
        st.tuples(below, below).map(lambda parts: f"COALESCE({parts[0]}; {parts[1]})"),
    )


@cache
def condition(depth: int) -> st.SearchStrategy[str]:
    """The text of a formula that is yes or no."""
    leaf = st.sampled_from(
        ("archived", "paid", "TRUE", "client = other", "ISBLANK(client)", 'note = "new"', "date < due", 'due = ""')
    )
    if depth <= 0:
        return leaf
    signs = st.sampled_from(("=", "<>", "<", "<=", ">", ">="))
    below = condition(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(number(depth - 1), signs, number(depth - 1)).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(amount(depth - 1), signs, amount(depth - 1)).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(day(depth - 1), signs, day(depth - 1)).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(text(depth - 1), st.sampled_from(("=", "<>")), text(depth - 1)).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        st.tuples(below, st.sampled_from(("and", "or")), below).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        below.map(lambda one: f"NOT({one})"),
        st.tuples(below, below).map(lambda parts: f"XOR({parts[0]}; {parts[1]})"),
        st.one_of(number(depth - 1), day(depth - 1), text(depth - 1)).map(lambda one: f"ISBLANK({one})"),
        st.one_of(number(depth - 1), day(depth - 1), amount(depth - 1)).map(lambda one: f"ISERROR({one})"),
    )


anything = st.integers(1, 3).flatmap(
    lambda depth: st.one_of(number(depth), amount(depth), day(depth), text(depth), condition(depth))
)


def agree(company: Company, formula: str) -> None:
    """The database says for each row what the evaluator says."""
    found = compiled(formula)
    said, wanted = company.computed(found), evaluated(found, company.records)
    differing = [
        (index + 1, one, other) for index, (one, other) in enumerate(zip(said, wanted, strict=True)) if one != other
    ]
    assert differing == [], f"{formula}: row, {company.system}, evaluator"
    if company.system == "sqlite":
        assert company.computed(found, many=True) == said, formula
    if found.type.kind == "boolean":
        assert company.met(found) == [index for index, one in enumerate(wanted, 1) if one is True]


@both
def test_random_formulas_agree(company: Company) -> None:
    @settings(max_examples=200, suppress_health_check=list(HealthCheck))
    @given(anything)
    def check(formula: str) -> None:
        agree(company, formula)

    check()


SUM = BY_NAME["SUM"]
DIRECTED = (
    # Ties of rounding and of division, which random numbers hardly ever meet.
    "ROUND(discount; 9)",
    "ROUND(net / 1000; 4)",
    "ROUND(quantity; 2)",
    "ROUND(net * 0.5; 2)",
    "ROUND(-net; 1)",
    "ROUND(net; -2)",
    "ROUNDUP(net; -3)",
    "TRUNC(price; -9)",
    "VAT(net; 0.5)",
    "discount / 2",
    "discount / -2",
    "discount / 8 * 10000000000",
    "(discount / 2) / 2 * 10000000000",
    "net / 3 - net / 3",
    "ROUND(net / 3; 2) * 3 = net",
    "count / 7 * 7 = count",
    # Bounds.
    "price * 10 * quantity / quantity",
    "price * quantity * quantity > 0",
    "(price * quantity) * (price / net) / 1000000000",
    "price * 1000 * 1000 * 1000 * 1000 * 1000",
    "IFERROR(price * 1000 * 1000 * 1000 * 1000 * 1000 * quantity; -1)",
    "999999999999999999 * price > 0",
    "ISERROR(999999999999999999 * 999999999999 * count)",
    "SUM(lines.amount) * SUM(lines.weight)",
    "AVERAGE(lines.amount) / 7",
    # Blanks.
    "net + quantity = 0",
    "net = price",
    "net <> price",
    "net < price",
    "NOT(net < price)",
    'net = ""',
    'NOT(net <> "")',
    "MIN(net; price)",
    "MAX(date; due)",
    "COALESCE(net; price; 5)",
    "COALESCE(quantity; -0.0000000001)",
    "IF(archived; count; 0.00005)",
    "MAX(count; 0.00005)",
    "SUM(net; price; quantity)",
    "COUNT(net; price; quantity)",
    "date + quantity",
    "date - due",
    "archived = paid",
    "archived and not paid or archived",
    "IF(archived; net)",
    "SWITCH(net; price; 1; 0; 2; 3)",
    # Texts that only some systems take for equal.
    "note = status",
    'note = "new"',
    'note & status = "newnew"',
    'note & "" = ""',
    'note & status & note & "-"',
    'IF(note = "é"; note; status)',
    # Signs.
    "MOD(net; quantity)",
    "MOD(-net; 7)",
    "MOD(net; -0.7)",
    "INT(net)",
    "INT(-net / 2)",
    "ABS(net) + SIGN(net)",
    # Dates at the ends of months and of time.
    "EDATE(date; 1)",
    "EDATE(date; -1)",
    "EDATE(date; 12)",
    "EDATE(date; 999999999999999999)",
    "EOMONTH(date; count)",
    "EOMONTH(date; 0)",
    "TODAY()",
    "DATE(YEAR(date); 1; 1)",
    "DATE(count; quantity; discount * 100)",
    "DATE(2024; count; count)",
    "DATE(2024; 2; 30)",
    "DATE(0; 1; 1)",
    "date >= DATE(2024; 1; 1)",
    "QUARTER(date) + QUARTER(due)",
    "WEEKDAY(date)",
    "WEEKDAY(date; 2)",
    "WEEKDAY(date; 13)",
    'DATEDIF(date; due; "Y")',
    'DATEDIF(date; TODAY(); "m")',
    'DATEDIF(MIN(date; due); MAX(date; due); "YM")',
    'DATEDIF(date; due; "D")',
    'LEN("four") + SQRT(4) + count',
    "SQRT(-1) + count",
    "date + 1",
    "date - 1",
    "date + 999999999999999999",
    "date + discount",
    "YEAR(date) * 10000 + MONTH(date) * 100 + DAY(date)",
    # Errors: which of several, and those that nothing asks for.
    "1 / 0",
    "1 / count",
    "IF(count = 0; 0; 1 / count)",
    "count <> 0 and 1 / count > 0",
    "count = 0 or 1 / count > 0",
    "1 / count + NA()",
    "NA() + 1 / count",
    "IFERROR(1 / count; 1 / quantity)",
    "COALESCE(1 / count; net)",
    "ISERROR(1 / count) and ISERROR(NA())",
    "IFS(1 / count > 0; 1; net > 0; 2)",
    "SWITCH(1 / count; 1; 2)",
    # Rows.
    "SUM(lines.amount; lines.weight > 1)",
    "SUM(lines.amount; lines.amount > MAX(lines.weight))",
    "SUM(lines.amount; net; 5)",
    "COUNT(lines)",
    "COUNT(lines; lines.day < date)",
    'COUNTA(lines.kind; lines.kind <> "new")',
    "MAX(lines.day) - MIN(lines.day)",
    "AVERAGE(lines.amount; lines.amount > 999999999)",
    "SUM(lines.amount - lines.weight)",
    "SUM(IF(lines.weight > 0; lines.amount; 0))",
)


@both
def test_directed_formulas_agree(company: Company) -> None:
    for formula in DIRECTED:
        agree(company, formula)


# The formula, the part that SQL cannot compute, and why.
REFUSED = (
    ("UPPER(note) = note", "UPPER(note)", "UPPER()"),
    ("net > 0 and SQRT(quantity) > 2", "SQRT(quantity)", "SQRT()"),
    ("quantity ^ 2", "quantity ^ 2", "“^” between such values"),
    ('note & net = "x"', "note & net", "A number or date as a text"),
    ("ROUND(net; count)", "ROUND(net; count)", "Rounding to digits that are not written as a number"),
    ("SUM(lines.amount / lines.weight)", "SUM(lines.amount / lines.weight)", "A product of fields in each row"),
    ("SUM(lines.amount * lines.weight)", "SUM(lines.amount * lines.weight)", "A product of fields in each row"),
    ("MEDIAN(lines.amount)", "MEDIAN(lines.amount)", "MEDIAN() of a list"),
)


@pytest.mark.parametrize(("formula", "part", "why"), REFUSED)
def test_what_is_not_sql_safe_is_refused_with_its_place(formula: str, part: str, why: str) -> None:
    found = obstacle(compiled(formula).tree)
    assert found is not None
    assert found.code == "formula-not-sql"
    assert formula[found.start : found.end] == part
    assert found.sentence.startswith(why)


def test_what_is_sql_safe_is_not_refused() -> None:
    found = {formula: obstacle(compiled(formula).tree) for formula in DIRECTED}
    assert {formula: problem.sentence for formula, problem in found.items() if problem} == {}


def test_a_formula_that_would_become_too_large_is_refused_at_once() -> None:
    deep = "net"
    for _ in range(12):
        deep = f"MOD(({deep}) / quantity; 7)"
    assert measured_problem(deep) == "formula-sql-too-large"


def measured_problem(formula: str) -> str:
    """The obstacle of a formula, which must be found before the text is written: it would have gigabytes."""
    tree = compiled(formula).tree
    start = time.thread_time()
    found = obstacle(tree)
    assert time.thread_time() - start < 5
    return found.code if found else ""


def test_functions_with_a_form_are_those_that_say_so() -> None:
    rolled = {"AVERAGE", *MOMENTS}
    assert {one.name for one in FUNCTIONS if one.sql} == set(FORMS)
    assert rolled & set(FORMS) == set()


def test_a_plain_condition_can_use_an_index() -> None:
    """Without a function around the column, and compared at the column's own scale."""
    with create_engine("sqlite://").connect() as connection:
        company = filled(connection, "sqlite")
        built = condition_of(compiled("net > 100 and count = 5").tree, "sqlite", company, CONTEXT)
        written = str(built.value.compile(compile_kwargs={"literal_binds": True}))
    assert written == "orders.net > 10000 AND orders.count = 5"


@both
def test_today_is_a_parameter(company: Company) -> None:
    built = value(compiled("TODAY() - 1").tree, company.system, company, CONTEXT)
    names = {parameter.key for parameter in built.value.compile().binds.values()}
    assert "formula_today" in names


MUTATIONS = (
    (
        "formulas.functions.rounding",
        "rounded",
        lambda number, places, *_: number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN),
    ),
    (
        "formulas.operators",
        "quotient",
        lambda left, right: (left / right).quantize(Decimal("1E-10"), ROUND_HALF_EVEN) if right else left,
    ),
    ("formulas.functions.maths", "floor", lambda number: number.to_integral_value(ROUND_DOWN)),
    ("formulas.functions.dates", "month_length", lambda year, month: 30),
)
"""Faults put into the evaluator, where it looks the name up: a module, a name, something that is nearly right."""


@pytest.mark.parametrize(("module", "name", "wrong"), MUTATIONS, ids=lambda one: one if isinstance(one, str) else "")
@pytest.mark.parametrize("company", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_the_directed_formulas_see_a_wrong_evaluator(
    company: Company, module: str, name: str, wrong: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not on SQLite, where some of them are computed by the evaluator itself.
    monkeypatch.setattr(importlib.import_module(module), name, wrong)
    if name == "quotient":
        patched = replace(OPERATORS["/", "number", "number"], python=lambda left, right: wrong(left or 0, right or 0))
        monkeypatch.setattr(
            importlib.import_module("formulas.computing"),
            "OPERATORS",
            {**OPERATORS, ("/", "number", "number"): patched},
        )
    assert [formula for formula in DIRECTED if _differs(company, formula)] != []


@both
def test_the_directed_formulas_see_a_blank_taken_for_zero(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    right = vars(Evaluator)["_compared"]

    def wrong(self: Evaluator, node: Any) -> bool:
        """As Excel has it: a blank is 0."""
        zero = Constant(NUMBER, 0, 0, Decimal(0))
        if item_type(node.left).kind not in {"number", "money"} or item_type(node.right).kind == "blank":
            return bool(right(self, node))
        return bool(right(self, replace(node, left=Call(NUMBER, 0, 0, SUM, (node.left, zero), SUM.parameters * 2))))

    monkeypatch.setattr(Evaluator, "_compared", wrong)
    assert [formula for formula in DIRECTED if _differs(company, formula)] != []


def test_a_long_chain_is_written_or_refused_but_never_too_deep() -> None:
    for sign, name in (("+", "net"), ("-", "net"), ("&", "note"), ("/", "count"), ("*", "count")):
        for count in (20, 100, 240):
            found = obstacle(compiled(sign.join([name] * count)).tree)
            assert found is None or found.code == "formula-sql-too-large"


def _differs(company: Company, formula: str) -> bool:
    found = compiled(formula)
    try:
        return company.computed(found) != evaluated(found, company.records)
    except ArithmeticError:
        return True
