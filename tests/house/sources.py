"""The files that are ours, as every house rule sees them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.surroundings import ROOT

PRODUCT = ("engine", "designer", "formulas", "runtime_web", "templates", "sample_configs")
HOUSE = (*PRODUCT, "tests", "benchmarks")
# Made by builds, tools and tests; git ignores them.
MADE = {
    ".git", ".venv", ".hypothesis", ".idea", ".vscode", ".DS_Store", "__pycache__", "node_modules", "dist", "build",
    "vendor", "vendor.new", "uv.lock", "kartoteka-demo",
}  # fmt: skip


@cache
def all_files() -> tuple[Path, ...]:
    """Every file of the repository that could be committed."""
    return tuple(sorted(walk(ROOT)))


def walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in MADE or path.name.endswith(("_cache", ".egg-info", ".mo", ".pyc")):
            continue
        if path.is_dir():
            yield from walk(path)
        else:
            yield path


def files(*suffixes: str, below: tuple[str, ...] = HOUSE) -> list[Path]:
    """Our files with one of these suffixes, in the given top-level folders."""
    return [path for path in all_files() if path.suffix in suffixes and path.relative_to(ROOT).parts[0] in below]


def python_files(below: tuple[str, ...] = HOUSE) -> list[Path]:
    """Our modules; with the default also the scripts of the top level."""
    scripts = [path for path in all_files() if path.suffix == ".py" and path.parent == ROOT] if below == HOUSE else []
    return [*files(".py", below=below), *scripts]


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def relative(path: Path) -> str:
    """How a finding names a file."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Full names of all modules that a file imports, wherever in the file it does so."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names
