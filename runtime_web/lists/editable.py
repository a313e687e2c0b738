"""Which columns of a list are edited in their cells."""

from __future__ import annotations

from engine.records import Records

UNFIT = frozenset({"lines", "related", "file", "image"})
"""Types that are edited on the card only."""


def edits_cells(records: Records, entity: str, name: str) -> bool:
    """Whether this reader may edit a field in the cells of a list, at least in some records."""
    described = records.configuration.entities[entity].fields.get(name)
    if described is None or not described.editable or described.kind in UNFIT:
        return False
    own = records.configuration.parent_of(entity) is None
    return own and records.rights.may("update", entity) and records.rights.may_write(entity, name, "update")
