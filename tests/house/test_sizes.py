"""Small modules and small functions: a module is one noun, a function one verb phrase."""

from __future__ import annotations

import ast

from tests.house.sources import files, python_files, relative, tree

MODULE = 500
FUNCTION = 60
PAGE = 600


def test_no_module_is_longer_than_500_lines() -> None:
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > MODULE} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    lengths = {
        f"{relative(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION} == {}


def test_no_script_template_or_stylesheet_is_longer_than_600_lines() -> None:
    pages = files(".js", ".html", ".css")
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in pages}
    assert {name: length for name, length in lengths.items() if length > PAGE} == {}
