"""What the pages say is true: their links lead somewhere, the tests they name exist, their configurations load."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

from tests.house.sources import all_files, relative
from tests.surroundings import ROOT

PAGES = [path for path in all_files() if path.suffix == ".md"]
SAMPLES = [
    pytest.param(block, id=f"{relative(page)}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL))
    if block.startswith("kartoteka:")
]
STATES = {"works", "not yet"}
BEHAVIOURS = "## The thirty behaviours of lists and cards"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"```.*?```|<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_the_tests_that_a_page_names_exist(page: Path) -> None:
    named = re.findall(r"\btests/[\w/.-]*\.py\b", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.skipif(not (ROOT / "engine/config/load.py").is_file(), reason="Configurations cannot be loaded yet.")
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_configuration_in_a_page_loads(sample: str, tmp_path: Path) -> None:
    load = importlib.import_module("engine.config.load").load
    path = tmp_path / "kartoteka.yaml"
    path.write_text(sample, encoding="utf-8")
    configuration, problems = load(path)
    assert [found.sentence for found in problems] == []
    assert configuration is not None


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_the_functions_that_a_page_names_exist(page: Path) -> None:
    named = re.findall(r"\b(tests/[\w/.-]*\.py)::(\w+)", page.read_text(encoding="utf-8"))
    assert [f"{path}::{name}" for path, name in named if name not in functions(ROOT / path)] == []


def functions(path: Path) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def rows_of(table: str) -> list[list[str]]:
    """The rows of a table on a page, without its heading."""
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines][1:]


def test_every_behaviour_of_lists_and_cards_names_its_test_and_its_state() -> None:
    rows = rows_of((ROOT / "docs/coverage.md").read_text(encoding="utf-8").split(BEHAVIOURS)[1])
    assert [row[0] for row in rows if row[0]] == [str(number) for number in range(1, 31)]
    named = [row for row in rows if len(row) == 4 and row[1] and row[3]]
    assert named == rows
    assert [row for row in rows if not re.fullmatch(r"(tests/browser/\w+\.py::\w+(, )?)+", row[2])] == []


def test_every_promise_names_its_test_and_its_state() -> None:
    rows = rows_of((ROOT / "docs/coverage.md").read_text(encoding="utf-8").split(BEHAVIOURS)[0])
    assert rows
    assert [row for row in rows if len(row) != 3 or row[2] not in STATES] == []
    assert [row for row in rows if row[2] == "works" and not row[1].startswith("tests/")] == []


def test_every_invariant_names_its_test() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Invariants")[1]
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert rows
    assert [row for row in rows if "tests/" not in row] == []
