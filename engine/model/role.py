"""Roles: what the people who have them may see and do. Who has which role stands in the database, not here."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from engine.fields.label import Expression, Frozen, Label, text_in

Action = Literal["read", "create", "update", "delete", "export", "import", "print", "report", "mail", "hand_over"]
ACTIONS: tuple[Action, ...] = (
    "read",
    "create",
    "update",
    "delete",
    "export",
    "import",
    "print",
    "report",
    "mail",
    "hand_over",
)
WRITING: frozenset[Action] = frozenset({"create", "update", "delete", "import", "hand_over"})
"""What changes something."""
Function = Literal["administer", "design", "rates"]
EVERYONE = "everyone"
"""The role that every signed-in person has."""
EVERY_ENTITY = "*"


class FieldRight(Frozen):
    """What may not be done with a field of some records."""

    hidden_if: Expression | None = Key(None, description="A condition of the record under which it is not there.")
    readonly_if: Expression | None = Key(None, description="A condition under which it may be read only.")


class Grant(Frozen):
    """What a role allows with the records of an entity. Several grants add up; nothing else is allowed."""

    entity: str = Key(description="The entity, or * for all of them.")
    can: tuple[Action | Literal["all"], ...] = Key(min_length=1, description="What may be done; all is everything.")
    where: Expression | None = Key(None, description="A condition that these records meet.")
    fields: dict[str, Literal["hidden", "readonly"] | FieldRight] = Key(
        default_factory=dict,
        description="Fields with less than that: hidden, readonly, or either under a condition. "
        "lines.price is a field of the lines.",
    )
    publish: tuple[str, ...] = Key((), description="Computed fields that are shown although what they read is hidden.")

    def allows(self, action: str) -> bool:
        return action in self.can or "all" in self.can


class Restriction(Frozen):
    """What records must meet whatever grants say: all restrictions of all roles of a person hold."""

    entity: str = Key(description="The entity.")
    where: Expression = Key(description="A condition that the records meet.")
    can: tuple[Action, ...] = Key((), description="For which actions it holds; by default for all.")

    def holds_for(self, action: str) -> bool:
        return not self.can or action in self.can


class Role(Frozen):
    """One role."""

    label: Label | None = Key(None, description="What people call it.")
    help: Label | None = Key(None, description="One sentence for whoever gives it to people.")
    menu: tuple[str, ...] | None = Key(None, description="The entities in the menu; by default all that may be read.")
    can: tuple[Function, ...] = Key(
        (),
        description="administer: users and rights; design: the configuration; rates: exchange rates.",
    )
    grants: tuple[Grant, ...] = Key((), description="What is allowed.")
    restrictions: tuple[Restriction, ...] = Key((), description="What holds whatever is allowed.")

    def label_in(self, language: str, name: str) -> str:
        return text_in(self.label, language, name)
