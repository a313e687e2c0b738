"""The catalogue of problems: each code is used, each has one reproducer, and nobody uses a code that it lacks."""

from __future__ import annotations

import ast
import re
import string
from functools import cache

import pytest

from engine.problems.catalogue import CATALOGUE
from tests.house.sources import PRODUCT, python_files, relative, tree
from tests.surroundings import ROOT

TEXTS = {"engine/problems/calling.py", "engine/problems/configuring.py", "engine/problems/entering.py"}
ERRORS = ROOT / "tests/errors"
MAKES_PROBLEMS = {"problem", "Problem", "Unfit"}


@cache
def literals() -> frozenset[str]:
    """Every text that stands in product code, outside the catalogue."""
    modules = [path for path in python_files(PRODUCT) if relative(path) not in TEXTS]
    nodes = [node for path in modules for node in ast.walk(tree(path))]
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def reproduced() -> frozenset[str]:
    """Codes that a file or folder below tests/errors is named after, or that a case in a YAML file there names.

    What can be wrong with the text of a formula is shown one by one in the golden file of formulas.
    """
    names = {path.stem for path in ERRORS.rglob("*")}
    cases = (path.read_text(encoding="utf-8") for path in ERRORS.rglob("*.yaml"))
    golden = ROOT / "tests/formulas"
    formulas = "".join((golden / name).read_text(encoding="utf-8") for name in ("problems.txt", "test_golden.py"))
    named = {code for text in cases for code in re.findall(r"\bcode: ([a-z0-9-]+)", text)}
    return frozenset(names | named | set(re.findall(r"formula-[a-z-]+", formulas)))


def test_a_code_is_a_kebab_case_sentence() -> None:
    assert [code for code in CATALOGUE if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", code)] == []


def test_a_text_is_a_calm_sentence() -> None:
    texts = [text for entry in CATALOGUE.values() for text in (entry.text, entry.hint) if text]
    assert [text for text in texts if not text.endswith((".", "?", "}")) or "!" in text.replace("!=", "")] == []


def test_braces_in_a_text_are_params() -> None:
    texts = [text for entry in CATALOGUE.values() for text in (entry.text, entry.hint)]
    names = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    assert [name for name in names if not name.isidentifier()] == []


def test_each_code_is_used() -> None:
    assert sorted(set(CATALOGUE) - literals()) == []


@pytest.mark.skipif(not ERRORS.is_dir(), reason="There are no reproducers yet.")
def test_each_code_has_a_reproducer() -> None:
    assert sorted(set(CATALOGUE) - reproduced()) == []


def test_no_code_outside_the_catalogue_is_raised() -> None:
    unknown = [
        f"{relative(path)}:{node.lineno} {node.args[0].value!r}"
        for path in python_files(PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", None)) in MAKES_PROBLEMS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value not in CATALOGUE
    ]
    assert unknown == []
