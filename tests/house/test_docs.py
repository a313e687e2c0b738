"""What the pages say is true: their links lead somewhere, the tests they name exist, their configurations load."""

from __future__ import annotations

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


def test_every_promise_names_its_test_and_its_state() -> None:
    page = (ROOT / "docs/coverage.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")
    ][1:]
    assert rows
    assert [row for row in rows if len(row) != 3 or row[2] not in STATES] == []
    assert [row for row in rows if row[2] == "works" and not row[1].startswith("tests/")] == []


def test_every_invariant_names_its_test() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Invariants")[1]
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert rows
    assert [row for row in rows if "tests/" not in row] == []
