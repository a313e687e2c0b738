"""Handing over: what names somebody who leaves names a colleague from now on, in one act that can be undone.

That is every field that holds the user, and every one that leads to the record that stands for them: the record that
they are linked to by `user_links`, or the one whose `user` field holds them, where no two records may hold the same
user: an employee with an account. The record itself stays whose it is. So does what no two records may name alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.audit import Audit
from engine.fields import Field
from engine.fields.column import USERS
from engine.fields.user import UserField
from engine.problems import Refused, problem
from engine.query import Condition, Query
from engine.records.door import Records
from engine.records.ruling import Ruling
from engine.records.values import Missing
from engine.storage import Connection
from engine.storage.reach import portions
from engine.storage.recording import Undoes
from engine.storage.select import Reader
from engine.storage.visible import links_of
from engine.storage.write import Writer

KIND = "hand-over"
"""What history and the audit log call it."""
ACTION = "hand_over"
"""What roles call it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field that names the leaver: what it holds, and what it would hold.

    Args:
        target: the users, or the entity of the record that stands for the leaver.
        receiving: None where no record of that entity stands for the receiver.
    """

    entity: str
    field: str
    target: str
    leaving: int
    receiving: int | None

    @property
    def key(self) -> tuple[str, str]:
        return self.entity, self.field

    @property
    def query(self) -> Query:
        """The records in question."""
        return Query(self.entity, (), (Condition(self.field, "any_of", (self.leaving,)),))


@dataclass(frozen=True, slots=True)
class Holding:
    """How many live records name the leaver in one field, as far as they are to be seen.

    Args:
        count: those that may be handed over.
        barred: those that this principal may not hand over.
        fixed: those in which a condition keeps the field as it is.
    """

    place: Place
    count: int
    barred: int = 0
    fixed: int = 0

    @property
    def found(self) -> bool:
        return bool(self.count or self.barred or self.fixed)

    @property
    def possible(self) -> bool:
        """Whether there is anything to hand over, and a record to hand it over to."""
        return bool(self.count) and self.place.receiving is not None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was done: the act by which it can be undone, None where there was nothing to do, and what of each field."""

    action: int | None
    holdings: tuple[Holding, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.holdings)

    @property
    def stayed(self) -> int:
        return sum(one.barred + one.fixed for one in self.holdings)


class HandingOver(Records):
    """The door to records, for handing them over."""

    @classmethod
    def through(cls, records: Records) -> HandingOver:
        """The same door, for the same principal."""
        return cls(records.database, records.tables, records.principal, records.origin)

    @property
    def is_open(self) -> bool:
        """Whether this principal may hand over anything at all."""
        return self.rights.may_anywhere(ACTION)

    def holdings(self, leaver: int, receiver: int) -> tuple[Holding, ...]:
        """What there is to hand over, field by field; nothing is changed.

        Raises:
            Missing: there is no such user, or the receiver is disabled or the leaver themselves.
        """
        with self.database.read() as connection:
            ruling = self._ruling(connection)
            places = self._places(connection, leaver, receiver)
            found = [self._sorted_out(connection, ruling, place)[1] for place in places]
        return tuple(holding for holding in found if holding.found)

    def hand_over(self, leaver: int, receiver: int, chosen: Collection[tuple[str, str]]) -> HandedOver:
        """Let the chosen fields, each an entity and a name, name the receiver wherever they name the leaver.

        Raises:
            Missing: there is no such user, or the receiver is disabled or the leaver themselves.
            Refused: a record would not meet its conditions, its number begins the path; nothing was changed.
        """
        return self._retried(lambda connection: self._done(connection, leaver, receiver, chosen))

    def _done(
        self, connection: Connection, leaver: int, receiver: int, chosen: Collection[tuple[str, str]]
    ) -> HandedOver:
        writer = self._writer()
        ruling = replace(self._ruling(connection, writer), reader=self._whole)
        places = [place for place in self._places(connection, leaver, receiver) if place.key in chosen]
        sorted_out = [self._sorted_out(connection, ruling, place) for place in places if place.receiving is not None]
        before: dict[str, dict[int, Mapping[str, Any]]] = {}
        for ids, holding in sorted_out:
            before.setdefault(holding.place.entity, {}).update(ruling.before(holding.place.entity, ids))
        writer.recording.kind = KIND
        given = tuple(
            replace(holding, count=self._given(connection, writer, holding.place, ids)) for ids, holding in sorted_out
        )
        written = writer.changes.records()
        action = self._recompute(connection, writer)
        ruling.rule(written, before)
        handed = HandedOver(action, given)
        if handed.count:
            self._note(connection, handed, leaver, receiver)
        return handed

    def fields(self, entity: str) -> tuple[str, ...]:
        """The fields of an entity that name one person, and may be handed over at least in some records."""
        if not self.rights.may(ACTION, entity) or self.configuration.parent_of(entity):
            return ()
        people = {USERS, *self.configuration.user_links, *self._with_one_user()}
        described = self.configuration.entities[entity].fields
        return tuple(
            name
            for name, field in described.items()
            if not field.links() and _target(field) in people and field.editable and not field.unique
        )

    def give(
        self, entity: str, name: str, ids: Collection[int], to: int, *, job: int | None = None
    ) -> tuple[int, int, Undoes | None]:
        """Let a field of records name somebody, whomever it names now: how many have changed, how many stay, and the act.

        Raises:
            KeyError: no such field is handed over.
            Refused: a record would not meet its conditions, or there is nobody of that number.
        """
        if name not in self.fields(entity):
            raise KeyError(name)
        return self._retried(lambda connection: self._gave(connection, (entity, name), ids, to, job))

    def _gave(
        self, connection: Connection, of: tuple[str, str], ids: Collection[int], to: int, job: int | None
    ) -> tuple[int, int, Undoes | None]:
        entity, name = of
        target = _target(self.configuration.entities[entity].fields[name])
        active = target != USERS or to in self._reader.having(connection, USERS, "active", [True]).get(True, ())
        if not active or not self._reader.titles(connection, target, [to]):
            raise Refused([problem("reference-unknown", path=(name,), entity=target)])
        writer = self._writer()
        ruling = replace(self._ruling(connection, writer), reader=self._whole)
        seen = set(self._reader.titles(connection, entity, ids))
        narrowed = replace(self._reader, rights=self.rights.for_action(ACTION, entity))
        allowed = set(narrowed.titles(connection, entity, ids))
        # Nobody becomes their own superior.
        allowed -= {to} if target == entity else set()
        open_ones = sorted(allowed - _fixed(ruling, Place(entity, name, target, 0, to), allowed))
        before = {entity: ruling.before(entity, open_ones)}
        writer.recording.kind, writer.recording.job = KIND, job
        holding: dict[int | None, list[int]] = {}
        for record_id, row in self._whole.records(connection, entity, open_ones).items():
            if row[name] != to:
                holding.setdefault(row[name], []).append(record_id)
        count = sum(
            len(writer.point_elsewhere(connection, entity, name, held, (holder, to)))
            for holder, held in holding.items()
        )
        written = writer.changes.records()
        action = self._recompute(connection, writer)
        ruling.rule(written, before)
        return count, len(seen) - len(open_ones), Undoes(action=action) if action is not None else None

    def _with_one_user(self) -> Iterator[str]:
        """The entities of which one record stands for a user: an employee with an account."""
        for entity, described in self.configuration.entities.items():
            if any(isinstance(field, UserField) and field.unique for field in described.fields.values()):
                yield entity

    def _note(self, connection: Connection, handed: HandedOver, leaver: int, receiver: int) -> None:
        name = self._reader.titles(connection, USERS, [receiver])[receiver]
        details = {"to": name, "count": str(handed.count), "undo": f"action:{handed.action}"}
        by = self.principal.id
        Audit(self.database).note(KIND, by=by, subject=leaver, details=details, connection=connection)

    # Where the leaver is named

    def _places(self, connection: Connection, leaver: int, receiver: int) -> list[Place]:
        self._check(connection, leaver, receiver)
        leaving, receiving = self._stand_ins(connection, leaver), self._stand_ins(connection, receiver)
        return [
            Place(entity, name, target, leaving[target], receiving.get(target))
            for entity, described in self.configuration.entities.items()
            for name, field in described.fields.items()
            if (target := _target(field)) in leaving and field.editable and not field.unique
        ]

    def _check(self, connection: Connection, leaver: int, receiver: int) -> None:
        if not self._reader.titles(connection, USERS, [leaver]):
            raise Missing(USERS, leaver)
        active = self._reader.having(connection, USERS, "active", [True]).get(True, ())
        if receiver == leaver or receiver not in active:
            raise Missing(USERS, receiver)

    def _stand_ins(self, connection: Connection, user: int) -> dict[str, int]:
        """The records that stand for a user and may be seen, by entity; the user among them."""
        found = dict(self._with_accounts(connection, user))
        linked = links_of(connection, self.tables, user)
        found |= {entity: linked[entity] for entity in self.configuration.user_links if entity in linked}
        seen = {entity: one for entity, one in found.items() if self._reader.titles(connection, entity, [one])}
        return {USERS: user, **seen}

    def _with_accounts(self, connection: Connection, user: int) -> Iterator[tuple[str, int]]:
        for entity, described in self.configuration.entities.items():
            for name, field in described.fields.items():
                if isinstance(field, UserField) and field.unique:
                    holding = self._reader.having(connection, entity, name, [user])
                    yield from ((entity, record_id) for record_id in holding.get(user, ()))

    # Which records

    def _sorted_out(self, connection: Connection, ruling: Ruling, place: Place) -> tuple[list[int], Holding]:
        """The records to hand over, and how many there are of these and of the others."""
        seen = self._naming(connection, self._reader, place)
        allowed = self._allowed(connection, place) if seen else set()
        fixed = _fixed(ruling, place, allowed)
        return sorted(allowed - fixed), Holding(place, len(allowed - fixed), len(seen - allowed), len(fixed))

    def _allowed(self, connection: Connection, place: Place) -> set[int]:
        if not self.rights.may(ACTION, place.entity):
            return set()
        narrowed = replace(self._reader, rights=self.rights.for_action(ACTION, place.entity))
        return self._naming(connection, narrowed, place)

    def _naming(self, connection: Connection, reader: Reader, place: Place) -> set[int]:
        found = {row[0] for rows in reader.stream(connection, place.query) for row in rows.rows}
        # Nobody becomes their own superior.
        return found - {place.receiving} if place.entity == place.target else found

    # Handing over

    def _given(self, connection: Connection, writer: Writer, place: Place, ids: list[int]) -> int:
        """Write it; how many records have changed."""
        assert place.receiving is not None
        described = self.configuration.entities[place.entity].fields[place.field]
        if described.links():
            return self._relinked(connection, writer, place, ids)
        change = (place.leaving, place.receiving)
        return sum(
            len(writer.point_elsewhere(connection, place.entity, place.field, portion, change))
            for portion in portions(ids)
        )

    def _relinked(self, connection: Connection, writer: Writer, place: Place, ids: list[int]) -> int:
        for record_id in ids:
            writer.lock(connection, place.entity, record_id)
        held = self._whole.links(connection, place.entity, place.field, ids)
        naming = {record_id: targets for record_id, targets in held.items() if place.leaving in targets}
        for record_id, targets in naming.items():
            changed = tuple(dict.fromkeys(place.receiving if one == place.leaving else one for one in targets))
            writer.link(connection, place.entity, place.field, record_id, [one for one in changed if one is not None])
            writer.update(connection, place.entity, record_id, {})
            writer.recording.changed(place.entity, record_id, {place.field: (targets, changed)}, watch=False)
        return len(naming)


def _target(field: Field) -> str:
    """Where a field leads that holds references; "" for other fields."""
    links, column = field.links(), field.column()
    if links:
        return links.target
    return column.target if column and column.kind == "reference" else ""


def _fixed(ruling: Ruling, place: Place, ids: set[int]) -> set[int]:
    """Those of the records in which the field is to stay as it is."""
    if not ruling.may_lock(place.entity, place.field):
        return set()
    return {
        record_id
        for portion in portions(ids)
        for record_id, looks in ruling.looks(place.entity, portion).items()
        if place.field in looks.locked
    }
