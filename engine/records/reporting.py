"""The door to what many records amount to: what reports ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from engine.grouping import Answer, Grouping
from engine.problems import Refused, problem
from engine.rights import Rights
from engine.storage import Connection, Database
from engine.storage.currencies import told_apart, with_currencies
from engine.storage.grouped import Grouper
from engine.storage.select import Reader
from engine.storage.tables import Tables

Ask = Callable[[Grouping], Answer]


class Reporting:
    """Answers questions about the records with which reports may be made under these rights."""

    def __init__(self, database: Database, tables: Tables, rights: Rights) -> None:
        self.database = database
        self.tables = tables
        self.rights = rights

    def answer(self, asked: Grouping) -> Answer:
        """
        Raises:
            KeyError: the entity or a field does not exist, or not for these rights.
            Refused: no report may be made of these records.
        """
        with self.asking() as ask:
            return ask(asked)

    @contextmanager
    def asking(self) -> Iterator[Ask]:
        """Whatever is asked inside is answered from one state of the data; each answer raises as `answer` does."""
        with self.database.read() as connection:
            yield partial(self._answered, connection)

    def _answered(self, connection: Connection, asked: Grouping) -> Answer:
        self.rights.of(asked.entity)
        if not self.rights.may("report", asked.entity):
            raise Refused([problem("right-missing", action="report", entity=asked.entity)])
        reader = Reader(self.database, self.tables, self.rights.for_action("report", asked.entity))
        whole, marks = with_currencies(self.rights.configuration, asked)
        return told_apart(Grouper(reader, connection, whole).answer(), asked, marks)
