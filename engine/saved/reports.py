"""The door to saved reports, for one principal: one's own, and those that others share with one's roles.

Whoever may make reports of an entity may save them and share them: with everyone, or with roles that they have
themselves; administrators with any. Sharing shows nobody more than they see anyway: a report is there only for those
who see all that it names, and each gets their own numbers. Only the owner changes a report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.audit import Audit
from engine.model import Configuration, Report
from engine.model.role import EVERYONE
from engine.problems import Problem, Refused, problem
from engine.rights import Principal, Rights, rights_of
from engine.rights.seen import may_make
from engine.saved.mending import wrong_with
from engine.saved.report import LONGEST, Described, SavedReport, called, content_of, opened, tidied, wrong_words
from engine.storage import Connection, Database
from engine.storage import saved as storage

MOST = 500
"""So many reports one person may have."""


@dataclass(frozen=True)
class SavedReports:
    """The saved reports of one database, as one principal sees them."""

    database: Database
    configuration: Configuration
    principal: Principal

    @property
    def rights(self) -> Rights:
        return rights_of(self.configuration, self.principal)

    # Which there are

    def mine(self) -> tuple[SavedReport, ...]:
        """One's own, by name; those too that name what is gone, so that they can be mended."""
        if self.principal.id is None:
            return ()
        with self.database.read() as connection:
            return tuple(map(opened, storage.owned(connection, self.principal.id)))

    def shared(self) -> tuple[SavedReport, ...]:
        """Those of others that are shared with one's roles, by name; only those all of which one may see."""
        with self.database.read() as connection:
            kept = storage.shared(connection, self.principal.id, self.reached)
        return tuple(one for one in map(opened, kept) if self.is_seen(one))

    def deleted(self) -> tuple[SavedReport, ...]:
        """What lies in one's trash, the last deleted first."""
        if self.principal.id is None:
            return ()
        with self.database.read() as connection:
            return tuple(map(opened, storage.owned(connection, self.principal.id, trashed=True)))

    def get(self, number: int) -> SavedReport | None:
        """One's own report, or one that is shared; None where there is none for this principal."""
        with self.database.read() as connection:
            kept = storage.report(connection, number, self.principal.id, self.reached)
        if kept is None or kept.trashed_at is not None:
            return None
        found = opened(kept)
        return found if self.owns(found) or self.is_seen(found) else None

    def owns(self, saved: SavedReport) -> bool:
        return saved.owner == self.principal.id

    def roles_to_share_with(self) -> frozenset[str]:
        """The roles that one may share with, besides everyone."""
        own = frozenset(self.configuration.roles) if self.principal.administrator else self.principal.roles
        return own & self.configuration.roles.keys() - {EVERYONE}

    @property
    def reached(self) -> frozenset[str] | None:
        """The roles by which others share with this principal; None for all there are."""
        return None if self.principal.administrator else self.principal.roles | {EVERYONE}

    def is_seen(self, saved: SavedReport) -> bool:
        """Whether everything that a saved report names is there for this principal."""
        return saved.report is not None and may_make(self.rights, saved.report)

    # Keeping them

    def add(self, report: Report, described: Described) -> SavedReport:
        """Save a report under a name.

        Raises:
            Refused: it cannot be made, its name cannot be, there are too many, or it may not be shared like this.
        """
        owner, tidy = self._owner(), tidied(described)
        found = [*self._faults(report), *wrong_words(tidy), *self.unshared(tidy.roles)]
        if found:
            raise Refused(found)
        with self.database.write() as connection:
            if storage.count_owned(connection, owner) >= MOST:
                raise Refused([problem("reports-too-many", maximum=MOST)])
            now = _now()
            values = {"name": tidy.name, "help": tidy.help, "content": content_of(report), "changed_at": now}
            number = storage.add_report(connection, {"owner_id": owner, **values})
            self._told("report-saved", number, tidy, connection)
            self._share(number, tidy, frozenset(), connection)
        return SavedReport(number, owner, self.principal.name, tidy, called(report, tidy), now)

    def change(self, number: int, report: Report) -> SavedReport | None:
        """Save a report in the place of one's own; None where one has none of this number.

        Raises:
            Refused: it cannot be made.
        """
        found = tuple(self._faults(report))
        if found:
            raise Refused(found)
        return self._changed(number, {"content": content_of(report), "changed_at": _now()}, "report-saved")

    def describe(self, number: int, described: Described) -> SavedReport | None:
        """Rename one's own report, and share it or keep it to oneself; None where one has none of this number.

        Raises:
            Refused: its name cannot be, or it may not be shared like this.
        """
        self._owner()
        tidy, before = tidied(described), self.get(number)
        if before is None or not self.owns(before):
            return None
        found = [*wrong_words(tidy), *self.unshared(tidy.roles - before.described.roles)]
        if found:
            raise Refused(found)
        with self.database.write() as connection:
            storage.change_report(connection, number, {"name": tidy.name, "help": tidy.help, "changed_at": _now()})
            self._share(number, tidy, before.described.roles, connection)
        return replace(before, described=tidy)

    def delete(self, number: int) -> SavedReport | None:
        """Put one's own report into the trash; None where one has none of this number."""
        return self._changed(number, {"trashed_at": _now()}, "report-deleted")

    def restore(self, number: int) -> SavedReport | None:
        """Bring one's own report back from the trash, shared as it was; None where it is not there."""
        return self._changed(number, {"trashed_at": None}, "report-restored", trashed=True)

    def _changed(self, number: int, values: dict[str, Any], event: str, *, trashed: bool = False) -> SavedReport | None:
        owner = self._owner()
        with self.database.write() as connection:
            kept = storage.report(connection, number, owner, frozenset())
            if kept is None or (kept.trashed_at is not None) != trashed:
                return None
            storage.change_report(connection, number, values)
            self._told(event, number, opened(kept).described, connection)
            changed = storage.report(connection, number, owner, frozenset())
            assert changed is not None
        return opened(changed)

    def _owner(self) -> int:
        """Whoever keeps something is a person, who does not merely look with another's eyes."""
        if self.principal.id is None or self.principal.looking:
            raise Refused([problem("right-missing", action="report", entity="")])
        return self.principal.id

    def _faults(self, report: Report) -> Iterator[Problem]:
        """What is wrong with a report that is to be kept; like everywhere, what one may not see is not there."""
        if not self.rights.may("report", report.of):
            yield problem("right-missing", action="report", entity=report.of)
        else:
            yield from wrong_with(self.rights.configuration, report)
        length = len(content_of(report))
        if length > LONGEST:
            yield problem("too-long", length=length, maximum=LONGEST)

    def unshared(self, roles: frozenset[str]) -> Iterator[Problem]:
        """What is wrong with sharing something with these roles."""
        for role in sorted(roles - self.roles_to_share_with() - {EVERYONE}):
            yield problem("share-role-unknown", path=("roles",), role=role)

    def _share(self, number: int, described: Described, before: frozenset[str], connection: Connection) -> None:
        if described.roles == before:
            return
        storage.share_report(connection, number, described.roles)
        self._told("report-shared", number, described, connection)

    def _told(self, event: str, number: int, described: Described, connection: Connection) -> None:
        details = {"name": described.name, "number": str(number), "roles": " ".join(sorted(described.roles))}
        told = {key: text for key, text in details.items() if text}
        Audit(self.database).note(event, by=self.principal.id, details=told, connection=connection)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
