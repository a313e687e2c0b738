"""A colour that records have under a condition."""

from __future__ import annotations

from pydantic import Field as Key

from engine.fields.choice import Colour
from engine.fields.label import Expression, Frozen, Label


class Tint(Frozen):
    """A condition under which the rows of an entity have a colour."""

    where: Expression = Key(description="The condition that a record meets.")
    color: Colour = Key(description="The colour of its row.")
    label: Label | None = Key(None, description="What the colour means; it is said where one points at the row.")
