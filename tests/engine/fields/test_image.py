"""Attached pictures."""

from __future__ import annotations

from engine.fields.column import FILES, Links
from engine.fields.file import Attached
from tests.engine.fields.laws import assert_laws, loaded, make

PORTRAIT = make("image", max_files=1)


def test_pictures_only() -> None:
    assert isinstance(PORTRAIT, Attached)
    assert (PORTRAIT.links(), PORTRAIT.images_only) == (Links(FILES), True)


def test_as_many_as_allowed() -> None:
    assert loaded(PORTRAIT, [1, 2]) == "! too-many-items"
    assert_laws(PORTRAIT, (7,))
