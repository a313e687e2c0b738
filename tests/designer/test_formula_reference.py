"""The pages about formulas name every function and every problem."""

from __future__ import annotations

from designer.reference import pages
from formulas.functions import FUNCTIONS
from formulas.sentences import SENTENCES


def test_every_function_has_its_heading_sentence_and_names() -> None:
    page = pages()["functions.md"]
    headings = [line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(one.name for one in FUNCTIONS)
    assert [one.name for one in FUNCTIONS if one.doc not in page] == []
    assert [name for one in FUNCTIONS for _, name in one.aliases if name not in page] == []


def test_every_problem_has_its_heading() -> None:
    page = pages()["formula-problems.md"]
    headings = [line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")]
    assert headings == list(SENTENCES)
    assert "‹instead›" not in page.replace("Write ‹instead›", "")
