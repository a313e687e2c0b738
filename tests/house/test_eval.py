"""Nothing that a person typed is ever run as code, and nothing is unpickled."""

from __future__ import annotations

import ast

from tests.house.sources import PRODUCT, imported, python_files, relative, tree

RUNS_CODE = {"eval", "exec", "compile", "__import__"}
UNSAFE_MODULES = {"pickle", "cPickle", "shelve", "marshal", "dill", "joblib", "code", "codeop"}


def test_no_product_module_runs_text_as_code() -> None:
    calls = [
        f"{relative(path)}:{node.lineno} {node.func.id}"
        for path in python_files(PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_CODE
    ]
    assert calls == []


def test_no_product_module_unpickles() -> None:
    wrong = [
        relative(path)
        for path in python_files(PRODUCT)
        if UNSAFE_MODULES & {name.split(".")[0] for name in imported(path)}
    ]
    assert wrong == []


def test_no_product_module_starts_a_shell() -> None:
    shells = [
        f"{relative(path)}:{node.lineno}"
        for path in python_files(PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg == "shell"
    ]
    assert shells == []
