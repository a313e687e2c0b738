"""What Excel's formulas give here: `cases.csv`, whose answers a second engine gave, or we decided."""

from __future__ import annotations

import shutil

import pytest

from tests.formulas.calc import BY_CALC, OURS, Case, agree, by_calc, ours, read_cases
from tests.surroundings import absent

ALL_CASES = read_cases()


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.formula)
def test_case(case: Case) -> None:
    if case.source == BY_CALC:
        assert agree(ours(case.formula), case.expected)
    else:
        assert ours(case.formula) == case.expected


def test_there_are_many_and_no_two_are_the_same() -> None:
    formulas = [case.formula for case in ALL_CASES]
    assert len(set(formulas)) == len(formulas)
    assert sum(case.source == BY_CALC for case in ALL_CASES) >= 400


def test_each_case_says_where_its_answer_comes_from_and_each_of_ours_why() -> None:
    assert {case.source for case in ALL_CASES} == {BY_CALC, OURS}
    assert [case.formula for case in ALL_CASES if case.source == OURS and not case.note.endswith(".")] == []


@pytest.mark.calc
def test_calc_still_says_the_same() -> None:
    if not shutil.which("soffice"):
        absent("LibreOffice Calc is not installed")
    cases = [case for case in ALL_CASES if case.source == BY_CALC]
    said = by_calc([case.formula for case in cases])
    changed = {
        case.formula: (case.expected, now)
        for case, now in zip(cases, said, strict=True)
        if not agree(case.expected, now)
    }
    assert changed == {}
