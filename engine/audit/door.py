"""The door to the audit log: lines are added and read, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.audit.events import EVENTS
from engine.audit.texts import harmless
from engine.problems import Refused, problem
from engine.rights import Rights
from engine.storage import Connection, Database, audit
from engine.storage.audit import Line, Sought

NO_DETAILS: Mapping[str, str] = MappingProxyType({})
PAGE_SIZE = 50


@dataclass(frozen=True)
class Audit:
    """The audit log of one database. The database itself refuses to change or remove its lines."""

    database: Database

    def note(
        self,
        event: str,
        *,
        by: int | None,
        subject: int | None = None,
        details: Mapping[str, str] = NO_DETAILS,
        connection: Connection | None = None,
    ) -> None:
        """Write down what happened.

        Args:
            event: one of the catalogue.
            by: who did it; None for the system, and for somebody who has not signed in.
            subject: the person it was done to, where that is another.
            details: what else helps to understand it, such as an address or an entity; never a secret.
            connection: a transaction under way: the line then stands or falls with what it is about.
        """
        if event not in EVENTS:
            raise KeyError(event)
        told = {harmless(name): harmless(text) for name, text in details.items()}
        line = {
            "at": dt.datetime.now(dt.UTC),
            "event": event,
            "done_by": by,
            "subject": subject,
            "details": json.dumps(told, ensure_ascii=False, sort_keys=True),
        }
        if connection is not None:
            audit.add(connection, line)
            return
        with self.database.write() as own:
            audit.add(own, line)

    def lines(
        self, rights: Rights, sought: Sought, *, limit: int = PAGE_SIZE, before: int | None = None
    ) -> tuple[Line, ...]:
        """The lines that are sought, the newest first; `before` is the id of the last one of the page before.

        Raises:
            Refused: whoever asks administers nothing.
        """
        if not rights.may_administer:
            raise Refused([problem("administrators-only")])
        with self.database.read() as connection:
            return tuple(audit.lines(connection, sought, limit=limit, before=before))
