"""What a field type asks of the database, said without a word of SQL: `engine.storage` turns it into columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal[
    "text", "integer", "decimal", "boolean", "date", "time", "datetime", "duration", "reference", "codes"
]
OnDelete = Literal["restrict", "clear", "cascade"]


@dataclass(frozen=True, slots=True)
class Column:
    """One stored value.

    `folded` adds a shadow column of case-folded text for search, filter and sort. `digits` and `scale` belong to
    decimals: digits in all, of which `scale` after the point. A duration is stored as whole seconds. `target` names
    the entity of a reference.
    """

    kind: ColumnKind
    digits: int = 18
    scale: int = 0
    folded: bool = False
    target: str = ""
    on_delete: OnDelete = "restrict"


@dataclass(frozen=True, slots=True)
class Links:
    """Several ordered references to records of `target`, or to attached files where `target` is "_file"."""

    target: str
    on_delete: OnDelete = "clear"


USERS = "_user"
FILES = "_file"
