"""Whether somebody may do what they are about to do: with these records, and with these fields of them.

Rules are asked in the transaction that writes, before and after: nobody changes a record that is not theirs to change,
nor makes it one that is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.problems import Problem, Refused, problem
from engine.rights import Rights, Rule
from engine.storage import Connection
from engine.storage.select import Reader


@dataclass(frozen=True)
class Entitled:
    """What one principal may do within one transaction."""

    reader: Reader
    connection: Connection

    @property
    def rights(self) -> Rights:
        return self.reader.rights

    def need(self, action: str, entity: str) -> None:
        """
        Raises:
            Refused: `right-missing`, where an action is allowed with no record of an entity at all.
        """
        if not self.rights.may(action, entity):
            raise Refused([problem("right-missing", action=action, entity=entity)])

    def need_each(self, action: str, entity: str, ids: Collection[int], *, trashed: bool = False) -> None:
        """
        Raises:
            Refused: `right-missing-here`, where an action is not allowed with each of these records.
        """
        self.need(action, entity)
        allowed = self.reader.allowed(self.connection, entity, action, ids, trashed=trashed)
        count = len(set(ids) - allowed)
        if count:
            raise Refused([problem("right-missing-here", action=action, entity=entity, count=count)])

    def outside(self, action: str, entity: str, ids: Collection[int]) -> list[Problem]:
        """A Problem where records that were just written are none with which this is allowed."""
        allowed = self.reader.allowed(self.connection, entity, action, ids)
        return [] if set(ids) <= allowed else [problem("right-missing-after", action=action, entity=entity)]

    def closed(
        self, action: str, entity: str, changed: Mapping[int, Iterable[str]], at: tuple[str, ...] = ()
    ) -> list[Problem]:
        """A Problem for each field among those `changed`, by record, that this principal may not change there."""
        names = dict.fromkeys(one.path[0] for _, one in self.closed_each(action, entity, changed))
        return [problem("field-closed", path=(*at, name), field=name) for name in names]

    def closed_each(
        self, action: str, entity: str, changed: Mapping[int, Iterable[str]]
    ) -> Iterator[tuple[int, Problem]]:
        """The same for each record by itself."""
        if self.rights.unhindered:
            return
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for record_id, names in changed.items():
            for name in names:
                ids[name].add(record_id)
        for name, wanted in ids.items():
            rule = self.rights.writable(entity, name, action)
            for record_id in sorted(wanted - self.reader.meeting(self.connection, entity, rule, wanted)):
                yield record_id, problem("field-closed", path=(name,), field=name)

    def hidden(self, entity: str, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """The fields that may be read in some records but not in these."""
        rules = {name: rule for name, rule in self.rights.of(entity).readable.items() if not rule.always}
        return self._failing(entity, ids, rules)

    def hidden_of_lines(self, entity: str, parent: str, record_id: int) -> frozenset[str]:
        """The fields of lines that may not be read in those of this record."""
        return frozenset(
            name
            for name, rule in self.rights.of(entity).readable.items()
            if not rule.always and not self.reader.meeting(self.connection, parent, rule, [record_id])
        )

    def locked(self, action: str, entity: str, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """The fields of these records that may be read and are filled in by people, but not by this principal."""
        fields = self.rights.configuration.entities[entity].fields
        open_ones = {name for name, field in fields.items() if field.editable or field.kind == "lines"}
        rules = {name: self.rights.writable(entity, name, action) for name in open_ones}
        listed = list(ids)
        may = self.reader.allowed(self.connection, entity, action, listed)
        found = self._failing(entity, may, {name: rule for name, rule in rules.items() if not rule.always})
        return {**found, **{record_id: frozenset(open_ones) for record_id in listed if record_id not in may}}

    def _failing(self, entity: str, ids: Iterable[int], rules: Mapping[str, Rule]) -> dict[int, frozenset[str]]:
        found: defaultdict[int, set[str]] = defaultdict(set)
        by_rule: defaultdict[Rule, list[str]] = defaultdict(list)
        for name, rule in rules.items():
            by_rule[rule].append(name)
        listed = set(ids)
        for rule, names in by_rule.items():
            for record_id in listed - self.reader.meeting(self.connection, entity, rule, listed):
                found[record_id].update(names)
        return {record_id: frozenset(names) for record_id, names in found.items()}
