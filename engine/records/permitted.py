"""What people may do with a record, asked of the record itself: for whoever decides about rights.

Conditions are computed with the system's eyes and with the person in question as USER().
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine.records.values import Missing
from engine.rights import SYSTEM, Asked, Principal, Rights, Rule, Why, rights_of, sight_for, sight_of, why
from engine.rights.why import Meets, Verdict, verdict_of
from engine.storage import Database
from engine.storage.select import Reader
from engine.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether somebody may do something, and which of their roles allow it; with each record or with some."""

    verdict: Verdict
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Permitted:
    """What people may do with the records of one database."""

    database: Database
    tables: Tables

    def why(self, principal: Principal, asked: Asked, record_id: int | None = None) -> Why:
        """Why somebody may do something with a record, or with the records of an entity.

        Raises:
            KeyError: there is no such entity or field.
            Missing: there is no such record, not even in the trash.
        """
        configuration = self.tables.configuration
        if record_id is None:
            return why(configuration, principal, asked)
        with self._meeting(principal, asked.entity, record_id) as meets:
            return why(configuration, principal, asked, meets)

    def reach(
        self, principal: Principal, entity: str, actions: Iterable[str], record_id: int | None = None
    ) -> dict[str, Reach]:
        """What somebody may do, action by action.

        Raises:
            Missing: there is no such record, not even in the trash.
        """
        if record_id is None:
            return {action: self._reach(principal, entity, action, None) for action in actions}
        with self._meeting(principal, entity, record_id) as meets:
            return {action: self._reach(principal, entity, action, meets) for action in actions}

    def _reach(self, principal: Principal, entity: str, action: str, meets: Meets | None) -> Reach:
        configuration = self.tables.configuration
        verdict = verdict_of(sight_for(configuration, principal, entity).rows[action], meets)
        if principal.administrator or not configuration.roles or verdict == "no":
            return Reach(verdict)
        by_role = ((name, sight_of(configuration, [name], entity).rows[action]) for name in configuration.roles)
        own = tuple(name for name, rule in by_role if name in principal.roles and verdict_of(rule, meets) != "no")
        return Reach(verdict, own)

    @contextmanager
    def _meeting(self, principal: Principal, entity: str, record_id: int) -> Iterator[Meets]:
        everything = rights_of(self.tables.configuration, SYSTEM)
        reader = Reader(self.database, self.tables, Rights(everything.access, principal.id))
        with self.database.read() as connection:
            there = any(reader.records(connection, entity, [record_id], trashed=trashed) for trashed in (False, True))
            if not there:
                raise Missing(entity, record_id)

            def meets(rule: Rule) -> bool:
                return bool(reader.meeting(connection, entity, rule, [record_id]))

            yield meets
