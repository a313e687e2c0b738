"""What a grid sends: rows of records that are there and of new ones, each with the texts of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_ROWS = 5000
"""So many rows are written at once."""
Key = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^\w+$")]
Id = Annotated[int, Field(gt=0, lt=2**63, strict=True)]
Word = Annotated[str, Field(max_length=8)]
Text = Annotated[str, Field(max_length=100_000)] | tuple[Annotated[str, Field(max_length=1000)], ...]


class SentRow(BaseModel):
    """One row: `values` are texts by field, several where a field has several controls; `base` is what was seen there,
    as values, and `seen` the same as the words that rows of lists have for them.

    `like` is a record whose values it gets, in the fields that are named for all rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    id: Id | None = None
    values: Annotated[dict[str, Text], Field(max_length=200)]
    base: dict[str, Any] | None = None
    seen: Annotated[dict[str, Word], Field(max_length=200)] = {}
    like: Id | None = None

    @property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        return {name: (text,) if isinstance(text, str) else text for name, text in self.values.items()}


class SentCells(BaseModel):
    """What is to be written. `typed` says whether texts are those of a form's controls or such as people read.

    `fields` are those that rows get which are to be like others. `check` only asks what would be refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: Annotated[tuple[SentRow, ...], Field(min_length=1, max_length=MOST_ROWS)]
    kind: Literal["edit", "paste", "fill", "clear"] = "edit"
    typed: Literal["inputs", "words"] = "inputs"
    fields: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    check: bool = False

    @property
    def named(self) -> frozenset[str]:
        """Every field that is to be written."""
        return frozenset((*self.fields, *(name for row in self.rows for name in row.values)))

    @model_validator(mode="after")
    def _once(self) -> SentCells:
        """Each row, and each record, stands there once."""
        ids = [row.id for row in self.rows if row.id is not None]
        if len({row.key for row in self.rows}) < len(self.rows) or len(set(ids)) < len(ids):
            raise ValueError("a row stands there twice")
        return self
