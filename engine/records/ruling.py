"""Whether saved records meet the conditions of their entity: looked at once everything is written and computed.

What does not hold ends the transaction, so that nothing of the save remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from engine.expressions.rules import Rule, Rules
from engine.fields.label import text_in
from engine.fields.rule import Check
from engine.model import Configuration
from engine.problems import Problem, Refused, problem
from engine.records.asking import asker_of
from engine.records.circles import circles
from engine.records.values import Looks
from engine.rights import Principal
from engine.storage import Connection, Database
from engine.storage.above import above
from engine.storage.changes import Changes
from engine.storage.given import given_of
from engine.storage.moments import moment_of
from engine.storage.offers import Offer
from engine.storage.reach import portions
from engine.storage.select import Reader
from engine.storage.tables import Tables
from formulas import Evaluator
from formulas.tree import Compared, Node, Read, walk
from formulas.values import Reference

Seen = Mapping[int, Mapping[str, Any]]
"""The values that conditions read, by record."""
MOST = 50
"""So many refusals of rows are told at once."""
NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Ruling:
    """The conditions of a configuration, for one principal, within one transaction."""

    database: Database
    tables: Tables
    principal: Principal
    connection: Connection
    reader: Reader
    whole: Reader
    """What is there at all: rules hold for everybody alike, whatever they may see."""
    changes: Changes = field(default_factory=Changes)
    """What the transaction writes."""

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(moment_of(self.configuration, self.connection))

    @cached_property
    def _asker(self) -> dict[str, Any]:
        return asker_of(self.principal, self.database, self.tables, self.connection)

    def before(self, entity: str, ids: Iterable[int]) -> Seen:
        """The records as they are before a change; nothing where no condition looks back."""
        rules = self.tables.computation.rules.get(entity)
        return self._seen(rules, ids) if rules and rules.looks_back else NOTHING

    def broken(self, entity: str, ids: Iterable[int], before: Seen = NOTHING) -> Iterator[tuple[int, Problem]]:
        """A Problem for each condition that a record does not meet, at its field where it belongs to one."""
        rules = self.tables.computation.rules.get(entity)
        yield from self._circling(entity, ids)
        if rules is None:
            return
        evaluator = self._evaluator
        seen = self._seen(rules, ids)
        for record_id, values in seen.items():
            old = before.get(record_id, {})
            for rule in rules.rules:
                found = self._broken(entity, rule, evaluator, values, old)
                if found:
                    yield record_id, found
        yield from self._unoffered(rules, seen, before)

    def upright(self) -> None:
        """Refuse that a record would stand below itself, wherever references were written by nobody: put back.

        Raises:
            Refused: one would.
        """
        problems = [
            found
            for entity, name in self.changes.fields
            if name in self.configuration.trees.get(entity, ())
            for _, found in self._circling(entity, self.changes.fields[entity, name])
        ]
        if problems:
            raise Refused(problems)

    def _circling(self, entity: str, ids: Iterable[int]) -> Iterator[tuple[int, Problem]]:
        """A Problem at each reference of a tree that leads back to its record; one that nothing has touched may stay."""
        for name in self.configuration.trees.get(entity, ()):
            moved = self.changes.fields.get((entity, name), set()).intersection(ids)
            if moved:
                ways = circles(above(self.database, self.connection, self.tables, (entity, name), moved))
                # Whoever puts records back may not know of the field.
                path = (name,) if self.reader.rights.may_read(entity, name) else ()
                for record_id in sorted(moved.intersection(chain(*ways))):
                    yield record_id, problem("above-itself", path=path)

    def looks(self, entity: str, ids: Iterable[int]) -> dict[int, Looks]:
        """How the cards of records look as they are now; those absent whose entity has no condition on that."""
        rules = self.reader.rights.looks(self.tables.computation).get(entity)
        return {key: self._looks(rules, values) for key, values in self._seen(rules, ids).items()} if rules else {}

    def may_lock(self, entity: str, name: str) -> bool:
        """Whether there is a condition under which a field stays as it is."""
        rules = self.reader.rights.looks(self.tables.computation).get(entity)
        written = (rule.written for rule in (rules.rules if rules else ()))
        return any(one.kind == "readonly" and one.field == name for one in written)

    def _looks(self, rules: Rules, values: Mapping[str, Any]) -> Looks:
        found: dict[str, set[str]] = {"readonly": set(), "visible": set(), "required": set()}
        for rule in rules.rules:
            result = self._evaluator.value(rule.formula.tree, values)
            # What cannot be computed hides nothing.
            if result in (False, None) if rule.written.kind == "visible" else result is True:
                found[rule.written.kind].add(rule.written.field)
        return Looks(frozenset(found["readonly"]), frozenset(found["visible"]), frozenset(found["required"]))

    def said(self, entity: str, record_id: int) -> Mapping[str, Any]:
        """What the conditions of an entity read of a record, "" being its id."""
        rules = self.tables.computation.rules[entity]
        return {**self._seen(rules, [record_id]).get(record_id, {}), "": record_id}

    def rule(self, written: Mapping[str, set[int]], before: Mapping[str, Seen] = NOTHING) -> None:
        """Refuse what was written together where a record does not meet a condition.

        Args:
            before: by entity, what the records were before.

        Raises:
            Refused: with the conditions that are not met, each with the number of a record.
        """
        problems: list[Problem] = []
        for entity, ids in written.items():
            for portion in portions(ids):
                found = self.broken(entity, portion, before.get(entity, NOTHING))
                problems += [replace(one, path=(str(record_id), *one.path)) for record_id, one in islice(found, MOST)]
        if problems:
            raise Refused(problems[:MOST])

    def _unoffered(self, rules: Rules, seen: Seen, before: Seen) -> Iterator[tuple[int, Problem]]:
        """A Problem where a reference leads to what it does not offer; one that nothing has touched may stay."""
        for choice in rules.choices:
            looked_at = (choice.name, *choice.paths)
            asked: dict[tuple[Any, ...], dict[int, set[int]]] = {}
            for record_id, values in seen.items():
                old = before.get(record_id)
                held = _held(values.get(choice.name))
                if held and (old is None or any(values.get(path) != old.get(path) for path in looked_at)):
                    said = tuple(values.get(path) if path else record_id for path in choice.paths)
                    asked.setdefault(said, {})[record_id] = held
            for said, holding in asked.items():
                wanted = set().union(*holding.values())
                offer = Offer(choice, dict(zip(choice.paths, said, strict=True)))
                offered = self.whole.offered(self.connection, offer, wanted)
                for record_id, held in holding.items():
                    if held - offered:
                        named = self._named(choice.target, sorted(held - offered))
                        yield record_id, problem("choice-not-offered", path=(choice.name,), value=named)

    def _named(self, target: str, ids: Iterable[int]) -> str:
        """What records are called, as far as the principal may see them."""
        listed = list(ids)
        titles = self.reader.titles(self.connection, target, listed)
        return ", ".join(titles.get(key, f"#{key}") for key in listed)

    def _broken(
        self, entity: str, rule: Rule, evaluator: Evaluator, values: Mapping[str, Any], old: Mapping[str, Any]
    ) -> Problem | None:
        name, tree = rule.written.field, rule.formula.tree
        if rule.written.kind == "check":
            failed = evaluator.value(tree, values, old) in (False, None)
            return self._failed(entity, rule) if failed and not _is_open(evaluator, tree, values, old) else None
        field = self.configuration.entities[entity].fields[name]
        if rule.written.kind == "required":
            blank = values.get(name) in (None, (), [])
            return problem("required", path=(name,)) if blank and evaluator.value(tree, values) is True else None
        if not old or values.get(name) == old.get(name) or evaluator.value(tree, old) is not True:
            return None
        return problem("readonly-now", path=(name,), value=None if field.links() else str(old.get(name) or "") or None)

    def _failed(self, entity: str, rule: Rule) -> Problem:
        name, number = rule.written.field, rule.written.number
        check = check_of(self.configuration, entity, name, number)
        text = text_in(check.otherwise, self.configuration.language, "")
        return problem(
            "check-failed", path=(name,) if name else (), text=text, entity=entity, field=name, number=number
        )

    @property
    def configuration(self) -> Configuration:
        return self.tables.configuration

    def _seen(self, rules: Rules, ids: Iterable[int]) -> Seen:
        given = given_of(self.database, self.tables, rules)
        asker = self._asker
        found = given.read(self.connection, list(ids), self.principal.id)
        return {record_id: {**values, **asker} for record_id, (values, _) in found.items()}


def _held(value: Any) -> set[int]:
    """The ids that a reference, or several, lead to."""
    if value is None:
        return set()
    return {value.id} if isinstance(value, Reference) else {row[""].id for row in value}


def _is_open(evaluator: Evaluator, tree: Node, values: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether a check compares with a blank what is less or more: what must be filled in is for `required` to say."""
    sides = (side for node in walk(tree) if isinstance(node, Compared) for side in _ordered(node))
    return any(evaluator.value(side, values, old) is None for side in sides)


def _ordered(node: Compared) -> tuple[Node, ...]:
    sides = (node.left, node.right) if node.sign in ("<", "<=", ">", ">=") else ()
    return tuple(side for side in sides if not any(isinstance(one, Read) and one.row for one in walk(side)))


def check_of(configuration: Configuration, entity: str, field: str, number: int) -> Check:
    """A check by the place that a Problem names."""
    described = configuration.entities[entity]
    own = described.fields[field].check if field else None
    return own or described.checks[number]
