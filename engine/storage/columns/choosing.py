"""Whether a question is answered from columns in memory: where they are there, or many records are asked for."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from engine.grouping import Answer, Grouping
from engine.storage.columns.answering import Columnar
from engine.storage.columns.keeping import Sight, bytes_of, kept_of
from engine.storage.columns.reading import Unkept
from engine.storage.columns.wanted import Wanted
from engine.storage.grouped import Grouper
from engine.storage.select import Reader
from engine.storage.touched import Mark


def from_memory(reader: Reader, connection: Connection, mark: Mark, asked: Grouping, large: int) -> Answer | None:
    """The answer to a question; None where the database had better be asked.

    Loading columns costs as much as asking the database about all records. It is not done for less than `large` ones.
    """
    kept = kept_of(reader.database)
    kept.begin(reader.tables)
    sight = Sight(kept, reader.database, reader.tables, connection, mark)
    try:
        lacking = [spec for spec in Wanted(reader, asked).specs if not sight.has(spec)]
        if sum(bytes_of(spec, reader.most_records(connection, spec.entity)) for spec in lacking) > kept.most_bytes:
            return None
        if lacking and Grouper(reader, connection, asked).is_narrow(large):
            return None
        answer = Columnar(reader, sight, asked).answer()
    except Unkept:
        return None
    return replace(answer, memory=kept.bytes)
