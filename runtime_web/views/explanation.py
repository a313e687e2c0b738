"""What the page says that explains a computed value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["value", "blank", "error", "hidden", "unneeded"]


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value as people read it. `note` says more about it: why it is an error, what a blank counts as."""

    text: str
    kind: Kind = "value"
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a list and what it contributed."""

    title: str
    url: str
    value: ShownValue | None
    explain_url: str = ""


@dataclass(frozen=True, slots=True)
class ShownRows:
    """The rows that entered a list. `counted` says how many, `notes` what is not listed."""

    label: str
    counted: str
    condition: str
    listed: tuple[ShownRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the formula: a field by its `label`, anything else by its `text`."""

    label: str
    text: str
    value: ShownValue | None
    source: str = ""
    source_url: str = ""
    explain_url: str = ""
    parts: tuple[ShownPart, ...] = ()
    rows: ShownRows | None = None


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """Why a computed field of a record has its value. `kept` says what became of the result when it was stored."""

    label: str
    title: str
    value: ShownValue
    formula: str
    parts: tuple[ShownPart, ...]
    card_url: str
    card_label: str
    kept: str = ""
