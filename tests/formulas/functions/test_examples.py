"""Each function's examples are what it gives, and its definition is complete."""

from __future__ import annotations

import pytest

from formulas import evaluate
from formulas.function import Function
from formulas.functions import ALIASES, BY_NAME, FUNCTIONS, find
from formulas.text import literal
from tests.formulas.given import TODAY

EXAMPLES = [example for function in FUNCTIONS for example in function.examples]
# Money has no literal: its examples stand in test_money.py.
WITHOUT_EXAMPLES = {"CONVERT"}


@pytest.mark.parametrize(("formula", "result"), EXAMPLES)
def test_example(formula: str, result: str) -> None:
    assert literal(evaluate(formula, today=TODAY)) == result


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.name)
def test_definition_is_complete(function: Function) -> None:
    assert function.doc.endswith(".")
    assert function.examples or function.name in WITHOUT_EXAMPLES
    assert all(function.name.casefold() in formula.casefold() for formula, _ in function.examples)


def test_no_two_functions_have_one_name() -> None:
    assert len(BY_NAME) == len(FUNCTIONS)


def test_a_name_in_another_language_means_one_function() -> None:
    assert len(ALIASES) == sum(len(function.aliases) for function in FUNCTIONS)
    assert ALIASES.keys() & BY_NAME.keys() == set()


def test_every_name_finds_its_function() -> None:
    for function in FUNCTIONS:
        assert {find(name) for name in (function.name, *(alias for _, alias in function.aliases))} == {function}


@pytest.mark.parametrize(
    ("name", "english"),
    [("сумм", "SUM"), ("Если", "IF"), ("СЧЕТ", "COUNT"), ("СЧЁТ", "COUNT"), ("jos", "IF"), ("pyöristä", "ROUND")],
)
def test_names_are_found_in_any_case_and_with_any_e(name: str, english: str) -> None:
    assert find(name) is BY_NAME[english]
