"""One of a few named values."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.engine.fields.laws import assert_laws, faults, loaded, make, reader, shown, typed

STATUS = make(
    "choice",
    options=[
        "new",
        {"value": "paid", "label": {"en": "Paid", "ru": "Оплачен"}, "color": "green"},
        {"value": "on_hold", "label": "New"},
        "VIP",
    ],
)

TYPED = [
    ("new", "new"),
    (" PAID ", "paid"),
    ("оплачен", "paid"),
    ("on_hold", "on_hold"),
    ("On hold", "! choice-unknown"),
    ("New", "new"),
    ("vip", "VIP"),
    ("payd", "! choice-unknown"),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: str) -> None:
    assert typed(STATUS, text) == value


@pytest.mark.parametrize(("json", "value"), [("paid", "paid"), ("Paid", "! choice-unknown"), (1, "! value-wrong-kind")])
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(STATUS, json) == value


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("paid", "ru", "Оплачен"),
        ("paid", "fi", "Paid"),
        ("new", "ru", "New"),
        ("VIP", "en", "VIP"),
        ("gone", "en", "gone"),
    ],
)
def test_shown(value: str, language: str, text: str) -> None:
    assert shown(STATUS, value, language) == text


@pytest.mark.parametrize("value", ["", " a", "a ", "a|b", "a\nb", "x" * 61])
def test_a_value_is_one_plain_line(value: str) -> None:
    with pytest.raises(ValidationError):
        make("choice", options=[value])


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"options": ["a", "A"]}, [("options", "option-twice")]),
        ({"options": ["a"], "default": "b"}, [("default", "choice-unknown")]),
    ],
)
def test_faults(keys: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(make("choice", **keys)) == found


def test_laws() -> None:
    for value in ("new", "paid", "on_hold", "VIP"):
        assert_laws(STATUS, value)
        assert STATUS.operand(value, reader("fi")) == value
