"""Whom a text names."""

from __future__ import annotations

import pytest

from engine.notes import mentions, named
from engine.notes.mentions import MOST

PEOPLE = {1: "Anna", 2: "Anna Popa", 3: "Иван Петров", 4: "Ben", 5: "ben"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Anna, look", {1}),
        ("@anna popa and @ANNA", {1, 2}),
        ("(@Иван петров)", {3}),
        ("@Ben", {4, 5}),
        ("@Bent @Annabel anna@Ben.example", set()),
        ("@ Anna @", set()),
        ("", set()),
    ],
)
def test_a_name_after_a_sign(text: str, found: set[int]) -> None:
    assert named(text, PEOPLE) == found


def test_where_it_stands() -> None:
    text = "Ask @anna popa!"
    (one,) = mentions(text, PEOPLE.values())
    assert (text[one.start : one.end], one.name) == ("@anna popa", "Anna Popa")


def test_a_text_of_signs_is_no_work() -> None:
    names = [f"Person {number}" for number in range(50)]
    assert len(list(mentions("@Person 7 " * (MOST + 5), names))) == MOST
