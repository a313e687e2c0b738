"""What the pages about rights show: roles against actions and fields, and the conditions as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Extent = Literal["all", "some", "none"]
Condition = tuple[tuple[tuple[str, ...], ...], ...]
"""What must hold: all of several, each one of several alternatives, each of texts that all hold."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a role comes to for an action or a field.

    Attributes:
        extent: for every record, for some, or for none.
        said: the word for it.
        conditions: when it holds; empty for always.
        note: what else is to be known, such as why a field vanishes.
    """

    extent: Extent
    said: str
    conditions: Condition = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An action or a field, with a cell for each role."""

    name: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Actions, fields, or the fields of lines, under a heading."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RoleHead:
    """A role at the head of a column."""

    name: str
    label: str
    help: str
    edit_url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several to choose from, such as an entity."""

    name: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Roles against what may be done with one entity; without roles everything is open."""

    entities: tuple[Choice, ...]
    entity: str
    label: str
    roles: tuple[RoleHead, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FieldForm:
    """What a grant does to a field: nothing, hidden, readonly, or either under a condition."""

    name: str
    label: str
    right: str
    hidden_if: str
    readonly_if: str
    computed: bool
    published: bool
    error: str = ""

    @property
    def says(self) -> bool:
        """Whether it says anything about the field."""
        return bool(self.right or self.hidden_if or self.readonly_if or self.published)


@dataclass(frozen=True, slots=True)
class GrantForm:
    """One grant to be changed; `key` is its number, or "new"."""

    key: str
    actions: tuple[Option, ...]
    where: str
    fields: tuple[FieldForm, ...]
    error: str = ""
    where_error: str = ""


@dataclass(frozen=True, slots=True)
class EditPage:
    """The grants of a role for an entity, to be changed.

    Attributes:
        state: what was shown, so that nothing else is changed.
        file: where it will be written.
        trouble: why nothing can be changed here, or what is wrong with all of it.
        general: whether the role grants something for every entity besides.
    """

    role: str
    role_label: str
    entity: str
    label: str
    grants: tuple[GrantForm, ...]
    state: str = ""
    trouble: str = ""
    general: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A condition, and whether the record meets it; None where no record is named."""

    text: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation: what a role says, and its condition.

    Attributes:
        said: what is granted or asked, in words.
        holds: whether it speaks for it; None where that depends on the record.
        terms: the conditions, all of which must hold; alternatives are lines of their own.
    """

    said: str
    holds: bool | None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why somebody may do something, or may not.

    Attributes:
        extent: yes, for some records, or no.
        verdict: the answer in one sentence.
        reason: what decided it, in one sentence.
        reasons: what the roles say.
        others: roles that would allow it, in words; "" for none.
    """

    extent: Extent
    verdict: str
    reason: str
    reasons: tuple[Reason, ...] = ()
    others: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a choice in a form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WhyPage:
    """The form that asks why, and the answer to what was asked; `missing` says that there is no such record."""

    users: tuple[Option, ...]
    entities: tuple[Option, ...]
    actions: tuple[Option, ...]
    fields: tuple[Option, ...]
    record: str
    title: str = ""
    record_url: str = ""
    missing: bool = False
    found: WhyView | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What somebody may do, action by action."""

    id: int
    name: str
    roles: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WhoPage:
    """Who may do what with an entity, or with one record of it."""

    entities: tuple[Choice, ...]
    entity: str
    label: str
    actions: tuple[str, ...]
    people: tuple[PersonLine, ...]
    record: str = ""
    title: str = ""
    record_url: str = ""


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What one user may and another may not, entity by entity."""

    left: tuple[Option, ...]
    right: tuple[Option, ...]
    names: tuple[str, str] = ("", "")
    parts: tuple[Part, ...] = ()
    chosen: bool = False
