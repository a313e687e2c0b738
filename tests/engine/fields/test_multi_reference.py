"""Links to several records."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.column import Links
from tests.engine.fields.laws import assert_laws, loaded, make, reader, shown, typed

PEOPLE = make("multi_reference", to="employee")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,1,3", (3, 1)),
        ("3 1\n2;4", (3, 1, 2, 4)),
        (",", None),
        ("3,x", "! reference-unknown"),
        ("0", "! value-wrong-kind"),
    ],
)
def test_typed(text: str, value: Any) -> None:
    assert typed(PEOPLE, text) == value


@pytest.mark.parametrize(
    ("json", "value"),
    [([2, 1], (2, 1)), ([], None), ("2,1", (2, 1)), (3, "! value-wrong-kind"), (["2"], "! value-wrong-kind")],
)
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(PEOPLE, json) == value


def test_there_is_an_end_to_it() -> None:
    assert loaded(PEOPLE, list(range(1, 1002))) == "! too-many-items"


def test_stored_beside_the_record() -> None:
    assert (PEOPLE.links(), PEOPLE.column(), PEOPLE.sortable) == (Links("employee", "clear"), None, False)
    assert PEOPLE.operand(" 7 ", reader("en")) == 7


@given(st.lists(st.integers(1, 2**63 - 1), min_size=1, unique=True))
def test_laws(ids: list[int]) -> None:
    assert_laws(PEOPLE, tuple(ids))
    assert shown(PEOPLE, tuple(ids))
