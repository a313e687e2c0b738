"""A condition on records with what is said where it does not hold."""

from __future__ import annotations

from pydantic import ConfigDict
from pydantic import Field as Key

from engine.fields.label import Expression, Frozen, Label


class Check(Frozen):
    """What must hold when a record is saved.

    A comparison by less or more with a blank is left open: what must be filled in, `required` says. A condition that
    cannot be computed stops nobody.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    that: Expression = Key(description="The condition; OLD(field) is the value before the change.")
    otherwise: Label = Key(alias="else", description="What people are told where it does not hold.")
