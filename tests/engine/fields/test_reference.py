"""A link to one record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.column import Column
from tests.engine.fields.laws import assert_laws, loaded, make, typed

CLIENT = make("reference", to="client", on_delete="clear")

IDS: list[tuple[str, Any]] = [
    ("12", 12),
    ("0", "! value-wrong-kind"),
    ("-1", "! reference-unknown"),
    ("1.0", "! reference-unknown"),
    ("²", "! reference-unknown"),
    ("9223372036854775807", 2**63 - 1),
    ("9223372036854775808", "! value-wrong-kind"),
    ("Anna", "! reference-unknown"),
]


@pytest.mark.parametrize(("text", "value"), IDS)
def test_typed(text: str, value: Any) -> None:
    assert typed(CLIENT, text) == value


@pytest.mark.parametrize(
    ("json", "value"), [(5, 5), ("5", 5), (True, "! value-wrong-kind"), (5.0, "! value-wrong-kind")]
)
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(CLIENT, json) == value


def test_column() -> None:
    assert CLIENT.column() == Column("reference", target="client", on_delete="clear")


@given(st.integers(1, 2**63 - 1))
def test_laws(value: int) -> None:
    assert_laws(CLIENT, value)
