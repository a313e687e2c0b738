"""The one door to records: whoever reads or writes them does it here, as somebody, and gets what that person may see."""

from engine.records.batch import Batch
from engine.records.door import CATCHING_UP, Records
from engine.records.explanation import Explanation
from engine.records.values import (
    Clash,
    Conflict,
    Draft,
    Edit,
    Found,
    LineEdit,
    Looks,
    Missing,
    Page,
    Preview,
    Record,
    RowEdit,
    Saved,
)
from engine.storage.select import Neighbours

__all__ = [
    "CATCHING_UP",
    "Batch",
    "Clash",
    "Conflict",
    "Draft",
    "Edit",
    "Explanation",
    "Found",
    "LineEdit",
    "Looks",
    "Missing",
    "Neighbours",
    "Page",
    "Preview",
    "Record",
    "Records",
    "RowEdit",
    "Saved",
]
