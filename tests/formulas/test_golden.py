"""How formulas are read, and what is told about those that are none: the golden files say it."""

from __future__ import annotations

import pytest

from formulas import Compiled, compile_formula
from formulas.problems import FormulaProblem
from formulas.sentences import SENTENCES
from tests.formulas.company import SCOPE
from tests.formulas.golden import blocks, read_as, told

# Told by tests of their own: a text that no line of a file can hold, and what `to_sql` demands.
ELSEWHERE = {
    "formula-too-long",
    "formula-too-large",
    "formula-result-type",
    "formula-result-list",
    "formula-not-sql",
    "formula-sql-too-large",
}


@pytest.mark.parametrize(("formula", "expected"), blocks("parsing.txt"))
def test_a_formula_is_read_as_the_golden_file_says(formula: str, expected: str) -> None:
    assert read_as(formula) == expected


@pytest.mark.parametrize(("formula", "expected"), blocks("problems.txt"))
def test_problems_are_told_as_the_golden_file_says(formula: str, expected: str) -> None:
    assert told(formula) == expected


def test_every_problem_is_in_the_golden_file() -> None:
    text = "\n".join(expected for _, expected in blocks("problems.txt"))
    assert {code for code in SENTENCES if f"{code}: " not in text} == ELSEWHERE


def test_sentences_are_calm() -> None:
    texts = [text for pair in SENTENCES.values() for text in pair if text]
    assert [text for text in texts if not text.endswith((".", "?", "}")) or "!" in text] == []


def test_the_place_of_a_problem_is_the_authors_text() -> None:
    text = '  "é" & {Total price} & (1 + (2 ^ unknown)) '
    compiled = compile_formula(text, SCOPE)
    assert isinstance(compiled, tuple)
    assert [text[found.start : found.end] for found in compiled] == ["unknown"]


def test_a_name_keeps_its_place_for_renames() -> None:
    text = "{Total price} + client.discount * SUM(lines.amount)"
    compiled = compile_formula(text, SCOPE)
    assert isinstance(compiled, Compiled)
    assert [(use.entity, use.name, text[use.start : use.end]) for use in compiled.uses] == [
        ("order", "total", "{Total price}"),
        ("order", "client", "client"),
        ("client", "discount", "discount"),
        ("order", "lines", "lines"),
        ("line", "amount", "amount"),
    ]
    assert compiled.paths == {"total", "client.discount", "lines", "lines.amount"}


def test_a_problem_has_a_place_a_sentence_and_a_hint() -> None:
    found = compile_formula("nett + 1", SCOPE)
    assert isinstance(found, tuple)
    assert isinstance(found[0], FormulaProblem)
    assert (found[0].start, found[0].end, found[0].candidates) == (0, 4, ("net",))
    assert found[0].hint == "Did you mean net?"
