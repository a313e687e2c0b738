"""The pages under docs/reference are exactly what `python -m designer.reference` (make docs) writes.

`designer.reference.pages()` gives the text of each page by its file name.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import pytest

from tests.surroundings import ROOT

FOLDER = ROOT / "docs/reference"
GENERATOR = ROOT / "designer/reference"


@pytest.mark.skipif(
    not (GENERATOR.is_dir() or GENERATOR.with_suffix(".py").is_file() or any(FOLDER.glob("*.md"))),
    reason="Neither the generator nor a generated page is there yet.",
)
def test_generated_pages_are_fresh() -> None:
    wanted: Mapping[str, str] = importlib.import_module("designer.reference").pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert sorted(there) == sorted(wanted), "run: make docs"
    assert [name for name in wanted if wanted[name] != there[name]] == [], "run: make docs"
