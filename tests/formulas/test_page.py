"""What docs/formulas.md says of differences from Excel is what formulas give."""

from __future__ import annotations

import re

import pytest

from formulas import evaluate
from formulas.text import literal
from tests.surroundings import ROOT

PAGE = (ROOT / "docs/formulas.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| `(.+?)` \| `(.+?)` \| ", PAGE, re.MULTILINE)
VALUES = {"blank": None, "nothing": [None, None]}


def test_the_table_is_there() -> None:
    assert len(LINES) > 20


@pytest.mark.parametrize(("formula", "result"), LINES)
def test_a_line_of_the_table(formula: str, result: str) -> None:
    assert literal(evaluate(formula, VALUES)) == result
