"""Who answers a question about many records: the database, or columns of them that are kept in memory."""

from __future__ import annotations

from sqlalchemy import Connection

from engine.grouping import Answer, Grouping
from engine.storage.grouped import Grouper
from engine.storage.select import Reader
from engine.storage.touched import Mark

LARGE = 50_000
"""Of fewer records the database answers as fast."""


def answered(reader: Reader, connection: Connection, mark: Mark, asked: Grouping, large: int = LARGE) -> Answer:
    """The answer to a question; `mark` was asked for first in its transaction.

    Raises:
        KeyError: the entity or a field does not exist, or not for these rights.
        Refused: there are too many groups.
    """
    if reader.most_records(connection, asked.entity) >= large:
        # What columns need takes a tenth of a second to import, and memory: small databases never do.
        from engine.storage.columns.choosing import from_memory  # noqa: PLC0415

        found = from_memory(reader, connection, mark, asked, large)
        if found is not None:
            return found
    return Grouper(reader, connection, asked).answer()
