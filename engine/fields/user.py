"""A person who uses the program."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.fields.column import USERS, Column
from engine.fields.reference import Pointing


class UserField(Pointing):
    """The id of a user; users are disabled, not deleted, so the link stays whole."""

    type: Literal["user"]

    summary: ClassVar[str] = "A person who uses the program: the manager of an order."
    example: ClassVar[str] = "{type: user, label: Manager}"

    @property
    def target(self) -> str:
        return USERS

    def column(self) -> Column:
        return Column("reference", target=USERS)
