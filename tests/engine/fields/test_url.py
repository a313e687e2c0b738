"""A web address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import urls

from engine.problems import Unfit
from tests.engine.fields.laws import assert_laws, make, typed

SITE = make("url")

TYPED = [
    ("example.com", "https://example.com"),
    ("EXAMPLE.com/Path?q=1#top", "https://example.com/Path?q=1#top"),
    ("HTTP://Example.com", "http://example.com"),
    ("//example.com", "https://example.com"),
    ("https://example.com:8443/a b", "https://example.com:8443/a%20b"),
    ("http://localhost:8000/x", "http://localhost:8000/x"),
    ("https://[::1]:80/", "https://[::1]:80/"),
    ("https://пример.рф/путь", "https://пример.рф/путь"),
    ("http://192.168.0.1", "http://192.168.0.1"),
    ("javascript:alert(1)", "! url-scheme"),
    ("JavaScript:alert(1)", "! url-scheme"),
    ("java\nscript:alert(1)", "! not-a-url"),
    ("javascript://example.com/%0aalert(1)", "! url-scheme"),
    ("data:text/html,x", "! url-scheme"),
    ("ftp://example.com", "! url-scheme"),
    ("mailto:anna@example.com", "! url-scheme"),
    ("https://user:secret@example.com", "! not-a-url"),
    ("https://example.com\\@evil.example", "! not-a-url"),
    ("https://", "! not-a-url"),
    ("https:example.com", "! not-a-url"),
    ("https://exa mple.com", "! not-a-url"),
    ("https://example.com:99999", "! not-a-url"),
    ("https://[::1", "! not-a-url"),
    ("https://-x-.com", "! not-a-url"),
    ("intranet", "! not-a-url"),
    ("https://example.com/" + "x" * 2000, "! too-long"),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: str) -> None:
    assert typed(SITE, text) == value


@given(urls() | st.text())
def test_laws(text: str) -> None:
    try:
        value = SITE.accept(text)
    except Unfit:
        return
    assert_laws(SITE, value)
    assert value is None or value.startswith(("http://", "https://"))
