"""Attached files."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.column import FILES, Links
from engine.fields.file import Attached
from tests.engine.fields.laws import assert_laws, loaded, make

CONTRACT = make("file", max_files=3, max_size=2)


def test_ids_of_files_in_order() -> None:
    assert isinstance(CONTRACT, Attached)
    assert (CONTRACT.links(), CONTRACT.max_bytes, CONTRACT.images_only) == (Links(FILES), 2_097_152, False)
    assert (CONTRACT.takes_default, CONTRACT.sortable, CONTRACT.operators) == (False, False, ("filled", "blank"))


@pytest.mark.parametrize(
    ("json", "value"), [([3, 1], (3, 1)), ([1, 2, 3, 4], "! too-many-items"), ([], None), ("x", "! reference-unknown")]
)
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(CONTRACT, json) == value


@given(st.lists(st.integers(1, 2**63 - 1), min_size=1, max_size=3, unique=True))
def test_laws(ids: list[int]) -> None:
    assert_laws(CONTRACT, tuple(ids))
