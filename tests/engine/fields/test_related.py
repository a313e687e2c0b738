"""The other side of a reference has no value of its own."""

from __future__ import annotations

from tests.engine.fields.laws import make

PAYMENTS = make("related", of="payment", by="order")


def test_nothing_is_stored_sorted_or_filtered() -> None:
    assert (PAYMENTS.column(), PAYMENTS.links(), PAYMENTS.sortable, PAYMENTS.operators) == (None, None, False, ())


def test_the_form_treats_them_apart() -> None:
    assert (PAYMENTS.editable, PAYMENTS.takes_default, PAYMENTS.initial()) == (False, False, None)
