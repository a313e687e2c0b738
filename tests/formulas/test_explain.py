"""The parts of a formula, each with what the evaluator gives for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formulas import Compiled, Evaluator, FormulaError, compile_formula
from formulas.explain import Explained, explain
from formulas.once import context_of, described

VALUES: dict[str, Any] = {
    "net": Decimal(10),
    "part": Decimal("0.1"),
    "none": Decimal(0),
    "word": "a)",
    "rows": [{"amount": Decimal(3), "kind": "a)"}, {"amount": Decimal(4), "kind": "b"}, {"amount": None, "kind": "b"}],
}


def explained(text: str, **changes: Any) -> Explained:
    scope, values = described({**VALUES, **changes})
    formula = compile_formula(text, scope)
    assert isinstance(formula, Compiled), formula
    found = explain(formula, context_of(), values)
    assert found.value == Evaluator(context_of()).value(formula.tree, values)
    return found


def drawn(found: Explained) -> list[Any]:
    """Text and value of a part, then its parts."""
    value = found.value.code if isinstance(found.value, FormulaError) else str(found.value)
    return [found.text, value if found.needed else "not needed", *map(drawn, found.parts)]


CASES: tuple[tuple[str, list[Any]], ...] = (
    ("net", ["net", "10"]),
    ("5", ["5", "5"]),
    ("= net + 2", ["net + 2", "12", ["net", "10"]]),
    (
        "ROUND(net * (1 - part); 2)",
        [
            "ROUND(net * (1 - part); 2)",
            "9.00",
            ["net * (1 - part)", "9.0", ["net", "10"], ["1 - part", "0.9", ["part", "0.1"]]],
        ],
    ),
    (
        'IF(net > 5; net; 1 / none)',
        ["IF(net > 5; net; 1 / none)", "10", ["net > 5", "True", ["net", "10"]], ["net", "10"], ["1 / none", "not needed"]],
    ),
    ("net + 1 / none", ["net + 1 / none", "#DIV/0!", ["net", "10"], ["1 / none", "#DIV/0!", ["none", "0"]]]),
    ('IFERROR(1 / none; LEN("a)"))', ['IFERROR(1 / none; LEN("a)"))', "2", ["1 / none", "#DIV/0!", ["none", "0"]], ['LEN("a)")', "2"]]),
    ("(net - (part))", ["net - (part)", "9.9", ["net", "10"], ["part", "0.1"]]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), CASES, ids=[text for text, _ in CASES])
def test_a_formula_comes_apart(text: str, parts: list[Any]) -> None:
    assert drawn(explained(text)) == parts


def test_a_list_says_which_rows_entered_and_with_what() -> None:
    found = explained("SUM(rows.amount * part; rows.kind = word) + net").parts[0].parts[0]
    assert (found.text, found.condition) == ("rows.amount * part", "rows.kind = word")
    assert [(row.entered, row.value) for row in found.rows] == [(True, Decimal("0.3")), (False, None), (False, None)]
    assert [part.text for part in found.parts] == ["part", "word"]


def test_a_row_with_an_error_has_it_alone() -> None:
    found = explained("SUM(1 / rows.amount)")
    assert isinstance(found.value, FormulaError)
    values = [row.value for row in found.parts[0].rows]
    assert [isinstance(value, FormulaError) for value in values] == [False, False, True]
    condition = explained("COUNT(rows; 1 / rows.amount > 0)").parts[0].rows
    assert [(row.entered, isinstance(row.value, FormulaError)) for row in condition][-1] == (True, True)


def test_rows_that_are_only_counted_contribute_nothing() -> None:
    assert [(row.entered, row.value) for row in explained("COUNT(rows; rows.kind = 'b')").parts[0].rows] == [
        (False, None),
        (True, None),
        (True, None),
    ]


@given(net=st.decimals(-1000, 1000, places=2), part=st.decimals(-2, 2, places=1))
def test_the_whole_is_what_the_evaluator_gives(net: Decimal, part: Decimal) -> None:
    for text in (
        "net / part",
        "IFS(net > 0; net / part; part = 0; 1; TRUE; -net)",
        "SUM(rows.amount; rows.amount > net)",
    ):
        explained(text, net=net, part=part)
