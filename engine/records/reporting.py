"""The door to what many records amount to: what reports ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from engine.grouping import Answer, Grouping
from engine.problems import Refused, problem
from engine.rights import Rights
from engine.storage import Connection, Database
from engine.storage.answering import LARGE, answered
from engine.storage.currencies import told_apart, with_currencies
from engine.storage.select import Reader
from engine.storage.tables import Tables
from engine.storage.touched import Mark, mark

Ask = Callable[[Grouping], Answer]


class Reporting:
    """Answers questions about the records with which reports may be made under these rights."""

    def __init__(self, database: Database, tables: Tables, rights: Rights, large: int = LARGE) -> None:
        self.database = database
        self.tables = tables
        self.rights = rights
        self.large = large
        """From so many records on what is asked is answered from memory."""

    def answer(self, asked: Grouping) -> Answer:
        """
        Raises:
            KeyError: the entity or a field does not exist, or not for these rights.
            Refused: no report may be made of these records, or there are too many groups.
        """
        with self.asking() as ask:
            return ask(asked)

    @contextmanager
    def asking(self) -> Iterator[Ask]:
        """Whatever is asked inside is answered from one state of the data; each answer raises as `answer` does."""
        with self.database.read() as connection:
            yield partial(self._answered, connection, mark(self.database, connection))

    def _answered(self, connection: Connection, seen: Mark, asked: Grouping) -> Answer:
        self.rights.of(asked.entity)
        reader = Reader(self.database, self.tables, self._counting(asked.entity))
        whole, marks = with_currencies(self.rights.configuration, asked)
        return told_apart(answered(reader, connection, seen, whole, self.large), asked, marks)

    def _counting(self, entity: str) -> Rights:
        """The rights to the records that count."""
        if not self.rights.may("report", entity):
            raise Refused([problem("right-missing", action="report", entity=entity)])
        return self.rights.for_action("report", entity)


class Adding(Reporting):
    """The same about whatever may be read: what lists group and add up, which shows nothing that they do not."""

    def _counting(self, entity: str) -> Rights:
        del entity
        return self.rights
