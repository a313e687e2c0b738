"""Several of a few named values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fields.laws import assert_laws, loaded, make, reader, shown, typed

VALUES = ("retail", "export", "a;b", "c,d")
TAGS = make("multi_choice", options=["retail", {"value": "export", "label": {"ru": "Экспорт, ВЭД"}}, "a;b", "c,d"])

TYPED: list[tuple[str, Any]] = [
    ("export, retail", ("retail", "export")),
    ("retail; Экспорт, ВЭД", ("retail", "export")),
    ("Экспорт, ВЭД", ("export",)),
    ("a;b", ("a;b",)),
    ("c,d\nretail\n", ("retail", "c,d")),
    ("retail, retail", ("retail",)),
    (";", None),
    ("retail, other", "! choice-unknown"),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: Any) -> None:
    assert typed(TAGS, text) == value


@pytest.mark.parametrize(
    ("json", "value"),
    [
        (["export", "retail"], ("retail", "export")),
        ([], None),
        ("retail", "! value-wrong-kind"),
        ([1], "! value-wrong-kind"),
        (["other"], "! choice-unknown"),
    ],
)
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(TAGS, json) == value


def test_shown_and_filtered() -> None:
    assert shown(TAGS, ("retail", "export"), "ru") == "Retail, Экспорт, ВЭД"
    assert TAGS.operand("export", reader("en")) == "export"


@given(st.sets(st.sampled_from(VALUES), min_size=1))
def test_laws(values: set[str]) -> None:
    assert_laws(TAGS, TAGS.accept(list(values)))
