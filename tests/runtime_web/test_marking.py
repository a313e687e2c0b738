"""What was typed is marked where it stands, however it is spelled there."""

from __future__ import annotations

import pytest

from runtime_web.marking import marked


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Add order", "add ord", "<mark>Add</mark> <mark>ord</mark>er"),
        ("Anna Ёлкина", "елк", "Anna <mark>Ёлк</mark>ина"),
        ("Stefan Șef", "sef", "Stefan <mark>Șef</mark>"),
        ("Banana An", "an", "Banana <mark>An</mark>"),
        ("Banana", "an", "B<mark>an</mark>ana"),
        ("Ærø Straße", "aer strasse", "<mark>Ær</mark>ø <mark>Straße</mark>"),
        ("ORD-2026", "ord-2 2026", "<mark>ORD-2026</mark>"),
        ("Anna", "anna an", "<mark>Anna</mark>"),
        ("<b>&", "<b>", "<mark>&lt;b&gt;</mark>&amp;"),
        ("a.c abc", "a.c", "<mark>a.c</mark> abc"),
        ("<i>", "zebra", "&lt;i&gt;"),
        ("Anna", "", "Anna"),
    ],
)
def test_each_word_is_marked_once_at_the_beginning_of_one_where_there_is_such(
    text: str, typed: str, expected: str
) -> None:
    assert str(marked(text, typed)) == expected
