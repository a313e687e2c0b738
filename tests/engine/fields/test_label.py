"""Texts in several languages, and the strictness of the configuration's booleans."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from engine.fields.label import Flag, Label, text_in

LABELS: TypeAdapter[Label] = TypeAdapter(Label)
FLAGS: TypeAdapter[bool] = TypeAdapter(Flag)


@pytest.mark.parametrize(
    ("label", "language", "text"),
    [
        ("Client", "ru", "Client"),
        ({"ru": "Клиент", "en": "Client"}, "ru", "Клиент"),
        ({"ru": "Клиент", "en": "Client"}, "fi", "Client"),
        ({"ru": "Клиент"}, "fi", "Клиент"),
        (None, "en", "Order line"),
    ],
)
def test_text_in(label: Any, language: str, text: str) -> None:
    assert text_in(label, language, "order_line") == text


@pytest.mark.parametrize("label", ["", {}, {"en": ""}, "x" * 501])
def test_a_label_says_something(label: Any) -> None:
    with pytest.raises(ValidationError):
        LABELS.validate_python(label)


@pytest.mark.parametrize(("value", "flag"), [(True, True), ("true", True), ("false", False)])
def test_flags(value: Any, flag: bool) -> None:
    assert FLAGS.validate_python(value) is flag


@pytest.mark.parametrize("value", ["yes", "no", "on", "1", 1, "True", None])
def test_what_merely_looks_like_a_flag_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        FLAGS.validate_python(value)
