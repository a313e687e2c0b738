"""A view: a saved grid of an entity."""

from __future__ import annotations

from pydantic import Field as Key

from engine.fields.choice import Colour
from engine.fields.label import Expression, Frozen, Label


class Tint(Frozen):
    """A condition under which the rows of an entity have a colour."""

    where: Expression = Key(description="The condition that a record meets.")
    color: Colour = Key(description="The colour of its row.")
    label: Label | None = Key(None, description="What the colour means; it is said where one points at the row.")


class View(Frozen):
    """Which columns a list shows, and in which order its records stand."""

    label: Label | None = Key(None, description="The title of its tab.")
    columns: tuple[str, ...] = Key(min_length=1, description="The fields shown, from left to right.")
    where: Expression | None = Key(None, description="A condition that the records shown meet.")
    sort: tuple[str, ...] = Key((), description="Fields to sort by; a leading minus sorts downwards.")
