"""A person who uses the program."""

from __future__ import annotations

from engine.fields.column import USERS, Column
from tests.engine.fields.laws import assert_laws, make, typed

MANAGER = make("user")


def test_it_points_at_users() -> None:
    assert MANAGER.column() == Column("reference", target=USERS)
    assert typed(MANAGER, "anna") == "! reference-unknown"


def test_laws() -> None:
    assert_laws(MANAGER, 1)
