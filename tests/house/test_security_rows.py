"""Each kind of attack has tests, and the tests that are named are there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.surroundings import ROOT

ROWS: dict[int, dict[str, Any]] = YAML(typ="safe").load(ROOT / "tests/security/rows.yaml")
WANTED = {*range(1, 18), *range(20, 25), *range(29, 36)}
OPEN: set[int] = set()
"""Rows of which something is left."""


def test_no_row_is_missing() -> None:
    assert set(ROWS) == WANTED


def test_only_these_rows_leave_something() -> None:
    assert {number for number, row in ROWS.items() if "left" in row} <= OPEN


@pytest.mark.parametrize("number", ROWS)
def test_the_tests_of_a_row_are_there(number: int) -> None:
    row = ROWS[number]
    assert row["tried"]
    assert row.get("tests") or row.get("left")
    for named in row.get("tests", ()):
        path, _, function = named.partition("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^def {function}\(" if function else "^def test_", text, re.MULTILINE), named


def test_every_test_against_attacks_belongs_to_a_row() -> None:
    named = {test.partition("::")[2] for row in ROWS.values() for test in row.get("tests", ())}
    for path in (ROOT / "tests/security").glob("test_*.py"):
        here = re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(here) & named, path.name
