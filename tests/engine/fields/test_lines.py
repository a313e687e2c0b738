"""Lines have no value of their own."""

from __future__ import annotations

from tests.engine.fields.laws import make

LINES = make("lines", of="order_line")


def test_nothing_is_stored_sorted_or_filtered() -> None:
    assert (LINES.column(), LINES.links(), LINES.sortable, LINES.operators) == (None, None, False, ())


def test_the_form_treats_them_apart() -> None:
    assert (LINES.editable, LINES.takes_default, LINES.initial()) == (False, False, None)
