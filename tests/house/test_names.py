"""Names say what a thing is, and files name neither a registry's host nor a place on somebody's machine."""

from __future__ import annotations

import re

from tests.house.sources import all_files, python_files, relative
from tests.surroundings import ROOT

SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "service",
    "services",
    "base",
    "misc",
    "core",
}
TOP_LEVEL = {
    "engine", "designer", "runtime_web", "formulas", "templates", "sample_configs", "tests", "benchmarks", "docs",
    "pyproject.toml", "run.py", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "Makefile", "constraints.txt",
    "package.json", "package-lock.json", "hatch_build.py",
}  # fmt: skip
DOTFILES = {".ci", ".editorconfig", ".gitattributes", ".gitignore", ".npmrc"}
HOSTS = re.compile(r"pypi\.(org|python)|pythonhosted\.org|npmjs\.(org|com)|registry\.(npm|yarn)|anaconda\.(org|com)")
MACHINE = re.compile(r"(?<![\w.~-])/(work|farm|root|home/[a-z]+|Users/[A-Za-z]+)/\w|[A-Z]:\\\\?Users")
BINARY = {
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".ico",
    ".xlsx",
    ".ods",
    ".docx",
    ".zip",
    ".heic",
    ".pdf",
    ".sqlite",
}


def texts() -> list[tuple[str, str]]:
    readable = [path for path in all_files() if path.suffix not in BINARY]
    return [(relative(path), path.read_text(encoding="utf-8", errors="replace")) for path in readable]


def test_no_module_or_package_has_a_name_that_says_nothing() -> None:
    parts = {part for path in python_files() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & SAYS_NOTHING == set()


def test_the_top_level_is_exactly_what_the_architecture_lists() -> None:
    there = {path.relative_to(ROOT).parts[0] for path in all_files()}
    assert there - TOP_LEVEL - DOTFILES == set()
    assert TOP_LEVEL - there == set()


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert [name for name, text in texts() if HOSTS.search(text)] == []


def test_no_file_carries_a_path_of_a_machine() -> None:
    assert [(name, found.group()) for name, text in texts() if (found := MACHINE.search(text))] == []


def test_the_lock_file_says_what_but_not_from_where() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_constraints_are_exact_and_name_no_place() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9_.-]+==[\w.+!-]+", line)] == []


def test_every_folder_of_modules_is_a_package() -> None:
    """Import contracts see packages only; tests and the folders of samples need none."""
    folders = {path.parent for path in python_files(("engine", "designer", "formulas", "runtime_web"))}
    assert [relative(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []
