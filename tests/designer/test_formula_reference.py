"""The pages about formulas name every function and every problem."""

from __future__ import annotations

from designer.reference import pages
from formulas import Compiled, compile_formula
from formulas.functions import FUNCTIONS
from formulas.scope import Member, Simple
from formulas.sentences import SENTENCES
from formulas.to_sql import obstacle
from formulas.types import NUMBER, list_of, record


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


def test_it_says_what_a_database_computes() -> None:
    named = pages()["functions.md"].rpartition("## Inside the database")[2]
    scope = Simple(
        "order",
        {"order": {"lines": Member(list_of(record("line")))}, "line": {"price": Member(NUMBER, digits=9, places=2)}},
    )
    for call in ("TODAY()", "NOW()", "AVERAGE(lines.price)", "COUNTIF(lines.price; 1)", "MEDIAN(lines.price)"):
        found = compile_formula(call, scope)
        assert isinstance(found, Compiled)
        name = call.partition("(")[0]
        assert (f"[{name}](#{name.lower()})" in named) == (obstacle(found.tree) is None), call
    assert [one.name for one in FUNCTIONS if one.sql and f"[{one.name}](" not in named] == []
