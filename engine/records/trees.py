"""What is wrong with the records of a tree, as its reader may see them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.query import Condition, Query
from engine.records.circles import circles
from engine.records.door import Records
from engine.storage.select import Reader


@dataclass(frozen=True)
class Trees:
    """The door to trees, for the principal of these records."""

    records: Records

    def circles(self, query: Query, by: str, most: int) -> tuple[tuple[int, ...], ...]:
        """The circles among the records of a query, each from its lowest number on; of more records than `most`, none.

        They are from before a view showed them as a tree: no save closes one.
        """
        records = self.records
        below = (*query.conditions, Condition(by, "filled"))
        wanted = replace(query, columns=(by,), conditions=below, sort=(), limit=most + 1, offset=0, edge=None)
        with records.database.read() as connection:
            rows = Reader(records.database, records.tables, records.rights).some(connection, wanted).rows
        return circles(dict(rows)) if len(rows) <= most else ()
