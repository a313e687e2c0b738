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
