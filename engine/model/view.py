"""A view: a saved grid of an entity."""

from __future__ import annotations

from pydantic import Field as Key

from engine.fields.label import Expression, Frozen, Label


class View(Frozen):
    """Which columns a list shows, and in which order its records stand."""

    label: Label | None = Key(None, description="The title of its tab.")
    columns: tuple[str, ...] = Key(min_length=1, description="The fields shown, from left to right.")
    where: Expression | None = Key(None, description="A condition that the records shown meet.")
    sort: tuple[str, ...] = Key((), description="Fields to sort by; a leading minus sorts downwards.")
