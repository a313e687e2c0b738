"""Imports point one way, and what is dangerous or replaceable has one home each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

import grimp
import pytest

from tests.house.sources import HOUSE, imported, python_files, relative
from tests.surroundings import ROOT

# What may import a package: modules, or packages with all below them. Tests and benchmarks are free.
HOMES = {
    "flask": ("runtime_web",),
    "flask_babel": ("runtime_web",),
    "flask_login": ("runtime_web",),
    "flask_wtf": ("runtime_web",),
    "jinja2": ("runtime_web",),
    "werkzeug": ("runtime_web",),
    "waitress": ("runtime_web",),
    "huey": ("engine.jobs.broker",),
    "click": ("runtime_web.cli",),
    "sqlalchemy": ("engine.storage", "formulas.to_sql"),
    "sqlite3": ("engine.storage",),
    "psycopg": ("engine.storage",),
    "ruamel": ("engine.config.read", "engine.config.syntax", "engine.config.write"),
    "simpleeval": ("formulas.evaluate",),
}
PACKAGES = ("engine", "designer", "formulas", "runtime_web")


def test_the_contracts_of_the_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", HOMES)
def test_a_package_is_imported_only_at_home(package: str) -> None:
    strangers = [
        f"{relative(path)} imports {package}"
        for path in python_files(PACKAGES)
        if package in {name.split(".")[0] for name in imported(path)}
        and not within(module_of(relative(path)), HOMES[package])
    ]
    assert strangers == []


def test_no_module_is_part_of_an_import_circle() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    circles = [sorted(circle) for circle in strongly_connected(graph)]
    assert circles == []


def test_product_code_does_not_import_tests_or_benchmarks() -> None:
    outside = {"tests", "benchmarks"}
    product = tuple(name for name in HOUSE if name not in outside)
    wrong = [
        relative(path) for path in python_files(product) if outside & {name.split(".")[0] for name in imported(path)}
    ]
    assert wrong == []


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def within(module: str, homes: Iterable[str]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def strongly_connected(graph: grimp.ImportGraph) -> list[set[str]]:
    """Sets of modules in which each can be reached from each; a module alone is none."""
    found: list[set[str]] = []
    left = set(graph.modules)
    while left:
        start = left.pop()
        circle = graph.find_upstream_modules(start) & graph.find_downstream_modules(start)
        if circle:
            found.append({start, *circle})
            left -= circle
    return found
