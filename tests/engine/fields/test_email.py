"""An e-mail address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems import Unfit
from tests.engine.fields.laws import assert_laws, make, typed

EMAIL = make("email")

TYPED = [
    ("anna@example.com", "anna@example.com"),
    (" Anna@Example.COM ", "Anna@example.com"),
    ("mailto:anna@example.com", "anna@example.com"),
    ("anna+news@mail.example.com", "anna+news@mail.example.com"),
    ("анна@пример.рф", "анна@пример.рф"),
    ("anna@xn--e1afmkfd.xn--p1ai", "anna@пример.рф"),
    ("me@MÜNCHEN.de", "me@münchen.de"),
    ("anna", "! not-an-email"),
    ("anna@", "! not-an-email"),
    ("anna@localhost", "! not-an-email"),
    ("anna@example", "! not-an-email"),
    ("anna@example.com, eva@example.com", "! not-an-email"),
    ("Anna <anna@example.com>", "! not-an-email"),
    ("anna@exa mple.com", "! not-an-email"),
    ("anna..b@example.com", "! not-an-email"),
    ("a" * 500 + "@example.com", "! too-long"),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: str) -> None:
    assert typed(EMAIL, text) == value


@given(st.emails())
def test_laws(address: str) -> None:
    try:
        value = EMAIL.accept(address)
    except Unfit:
        return
    assert_laws(EMAIL, value)
