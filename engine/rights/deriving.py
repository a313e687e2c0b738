"""From the roles of a person to what they may see and do, entity by entity and field by field.

Grants add up, restrictions all hold. What somebody may read of a field is decided record by record, by the grant that
lets them see the record: two grants never lend each other their fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from engine.expressions import Computation
from engine.expressions.defaults import Default
from engine.expressions.needs import needs_of, with_user
from engine.expressions.plan import TITLE
from engine.expressions.routes import EXISTS, Hop, Input, inputs_of
from engine.fields import Field
from engine.fields.column import FILES, USERS
from engine.fields.lines import LinesField
from engine.fields.related import RelatedField
from engine.model import Configuration, Grant, Restriction, Role
from engine.model.role import ACTIONS, EVERY_ENTITY, FieldRight
from engine.rights.rights import EntityRights
from engine.rights.rule import ALWAYS, NEVER, Rule, any_of, not_if

Cell = frozenset[str] | None
"""Under which conditions a grant leaves a field open; None for never."""
_Closed = Callable[[Grant, str], Cell]


@dataclass(frozen=True, eq=False)
class Derivation:
    """The grants and restrictions of some roles, over one configuration."""

    configuration: Configuration
    computation: Computation
    roles: tuple[Role, ...]
    absent: frozenset[str] = frozenset()
    """Entities that are not there, because no field of theirs may be read."""

    def entities(self) -> dict[str, EntityRights]:
        """The rights to each entity of which anything may be read."""
        found = {name: self._entity(name) for name in self.configuration.entities}
        there = {name: rights for name, rights in found.items() if rights is not None}
        empty = {name for name, rights in there.items() if not rights.readable}
        # What leads to an entity that is not there goes with it.
        return replace(self, absent=self.absent | empty).entities() if empty else there

    def _entity(self, name: str) -> EntityRights | None:
        """The rights to one entity; None where it may not be read."""
        rows: dict[str, Rule] = {action: rule for action in ACTIONS if not (rule := self.rows(name, action)).never}
        if "read" not in rows:
            return None
        described = self.configuration.entities[name]
        readable = {key: rule for key in described.fields if not (rule := self.readable(name, key)).never}
        writable = {
            action: {key: rule for key in readable if not (rule := self._writable(name, key, action)).never}
            for action in ("create", "update")
        }
        explained = {
            key: rule for key in readable if described.fields[key].formula and not (rule := self._read(name, key)).never
        }
        return EntityRights(
            self._head(name),
            rows,
            readable,
            writable,
            explained,
            self._title(name),
            next((key for key in readable if described.fields[key].kind == "sequence" and readable[key].always), ""),
            len(readable) == len(described.fields) and all(map(self._is_open, self._children(name))),
        )

    def _children(self, entity: str) -> Iterator[str]:
        """The entities of its lines, whose changes are changes of the record."""
        for field in self.configuration.entities[entity].fields.values():
            if isinstance(field, LinesField):
                yield field.of

    def _is_open(self, entity: str) -> bool:
        """Whether every field may be read wherever the record may be seen."""
        return all(self.readable(entity, name).always for name in self.configuration.entities[entity].fields)

    # Rows

    def rows(self, entity: str, action: str = "read") -> Rule:
        """With which records an action is allowed: read is part of each."""
        if (entity, action) not in self._rows:
            self._rows[entity, action] = self._found_rows(entity, action)
        return self._rows[entity, action]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Rule]:
        return {}

    def _found_rows(self, entity: str, action: str) -> Rule:
        head = self._head(entity)
        if entity in self.absent or head in self.absent:
            return NEVER
        found = any_of(self._alternatives(entity, action))
        for restriction in self._restrictions(head):
            if restriction.holds_for(action):
                found &= any_of([[restriction.where]])
        return found if action == "read" else found & self.rows(entity, "read")

    def _alternatives(self, entity: str, action: str) -> Iterator[frozenset[str]]:
        """The conditions of each grant under which it allows an action; lines can be hidden by themselves."""
        for grant in self._grants(self._head(entity), action):
            cells = [_hidden(grant, name) for name in self._lines(entity)]
            yield from (_terms(grant) | cell for cell in cells or [frozenset()] if cell is not None)

    # Fields

    def readable(self, entity: str, name: str) -> Rule:
        """In which of the visible records a field may be read; what is computed, where all that it is made of may."""
        key = (entity, name)
        if key not in self._readable:
            self._readable[key] = self._granted(entity, name) & self._made_of(entity, name)
        return self._readable[key]

    @cached_property
    def _readable(self) -> dict[tuple[str, str], Rule]:
        return {}

    def _granted(self, entity: str, name: str) -> Rule:
        described = self.configuration.entities[entity].fields[name]
        if any(self.rows(target).never for target in _targets(described)):
            return NEVER
        if isinstance(described, RelatedField) and self.readable(described.of, described.by).never:
            return NEVER
        return self._open(entity, name, "read", _hidden)

    def _writable(self, entity: str, name: str, action: str) -> Rule:
        described = self.configuration.entities[entity].fields[name]
        if not described.editable and not isinstance(described, LinesField):
            return NEVER
        return self._open(entity, name, action, _closed) & self.readable(entity, name)

    def _open(self, entity: str, name: str, action: str, closed: _Closed) -> Rule:
        """In which records with which an action is allowed no grant that allows it there closes a field."""
        lines = self._lines(entity)
        alternatives: list[frozenset[str]] = []
        untouched = True
        for grant in self._grants(self._head(entity), action):
            found: list[tuple[str, ...]] = [(f"{of}.{name}", of) for of in lines]
            for ways in found or [(name,)]:
                untouched &= not (set(ways) & grant.fields.keys())
                cells = [closed(grant, way) for way in ways]
                opened = [cell for cell in cells if cell is not None]
                if len(opened) == len(cells):
                    alternatives.append(_terms(grant).union(*opened))
        return ALWAYS if untouched and alternatives else any_of(alternatives)

    def _made_of(self, entity: str, name: str) -> Rule:
        """In which records all may be read that a field is made of, unless a grant publishes it."""
        published = [
            _terms(grant)
            for grant in self._grants(self._head(entity), "read")
            if any(f"{of}.{name}" in grant.publish for of in self._lines(entity)) or name in grant.publish
        ]
        made = self._read(entity, name)
        if not published or made.always:
            return made
        rule = ALWAYS
        for clause in made.clauses:
            rule &= any_of([*clause, *published])
        return rule

    def _read(self, entity: str, name: str) -> Rule:
        """In which records all may be read that a computed value, or a computed default, is made of."""
        return self._all(entity, self._inputs(entity, name))

    def lacking(self, entity: str, name: str) -> tuple[str, str] | None:
        """What a computed field reads that may not be read, so that it vanishes; None where it does not."""
        if self._granted(entity, name).never or not self.readable(entity, name).never:
            return None
        inputs = sorted(self._inputs(entity, name), key=lambda one: (one.key[1] == EXISTS, one.key))
        return next((one.key for one in inputs if self._input(entity, one).never), None)

    def _title(self, entity: str) -> Rule:
        described = self.configuration.entities[entity]
        if described.title_field:
            return self.readable(entity, described.title_field)
        return self._read(entity, TITLE) if described.title_formula else ALWAYS

    # What values are made of

    def _inputs(self, entity: str, name: str) -> frozenset[Input]:
        for stage in self.computation.stages:
            for computed in stage.fields if stage.entity == entity else ():
                if computed.name == name:
                    return computed.inputs
        virtual = self.computation.virtual.get((entity, name))
        if virtual:
            return virtual.inputs
        trees = [one.formula.tree for one in self._begun_with(entity, name)]
        return inputs_of(self.configuration, entity, with_user(needs_of(trees))) if trees else frozenset()

    def _begun_with(self, entity: str, name: str) -> Iterator[Default]:
        """What computes a field once, when a record is made: its default, and the expressions in the mask of a number."""
        defaults = self.computation.defaults.get(entity)
        yield from (one for one in (defaults.defaults if defaults else ()) if one.name == name)
        mask = self.computation.masks.get(entity, {}).get(name)
        yield from mask.defaults if mask else ()

    def _all(self, entity: str, inputs: Iterable[Input]) -> Rule:
        rule = ALWAYS
        for one in inputs:
            rule &= self._input(entity, one)
        return rule

    def _input(self, entity: str, one: Input) -> Rule:
        """In which records an input may be read: of the record and its lines as their rules say, elsewhere always."""
        holder, name = one.key
        if holder == USERS:
            return ALWAYS
        near = all(self._is_near(hop) for hop in one.way)
        if name == EXISTS:
            return self._existence(holder, near=near)
        if self.configuration.parent_of(holder) == name:
            return ALWAYS if near else _if_always(self.rows(holder))
        rule = self.readable(holder, name)
        if near and self._head(holder) == self._head(entity):
            return rule
        return _if_always(rule & self.rows(holder))

    def _existence(self, holder: str, *, near: bool) -> Rule:
        if not near:
            return _if_always(self.rows(holder))
        parent = self.configuration.parent_of(holder)
        rule = ALWAYS
        for name in self._lines(holder):
            rule &= self.readable(str(parent), name)
        return rule

    def _is_near(self, hop: Hop) -> bool:
        """Whether a step leads from a record to its lines, or back."""
        if hop.kind == "from":
            return self.configuration.parent_of(hop.far) == hop.near == hop.field
        return hop.kind == "to" and self.configuration.parent_of(hop.near) == hop.far == hop.field

    # Grants

    def _head(self, entity: str) -> str:
        return self.configuration.parent_of(entity) or entity

    def _lines(self, entity: str) -> Sequence[str]:
        """The fields of the parent that show the lines of an entity."""
        return [name for _, name in self.configuration.lines_of(entity)]

    def _grants(self, head: str, action: str) -> Iterator[Grant]:
        for role in self.roles:
            for grant in role.grants:
                if grant.entity in (head, EVERY_ENTITY) and grant.allows(action):
                    yield grant

    def _restrictions(self, head: str) -> Iterator[Restriction]:
        for role in self.roles:
            yield from (found for found in role.restrictions if found.entity == head)


def _terms(grant: Grant) -> frozenset[str]:
    return frozenset([grant.where]) if grant.where else frozenset()


def _hidden(grant: Grant, name: str) -> Cell:
    right = grant.fields.get(name)
    if right == "hidden":
        return None
    return frozenset([not_if(right.hidden_if)]) if isinstance(right, FieldRight) and right.hidden_if else frozenset()


def _closed(grant: Grant, name: str) -> Cell:
    right = grant.fields.get(name)
    if right == "readonly":
        return None
    hidden = _hidden(grant, name)
    if hidden is not None and isinstance(right, FieldRight) and right.readonly_if:
        return hidden | {not_if(right.readonly_if)}
    return hidden


def _targets(described: Field) -> Iterator[str]:
    """The entities that a field leads to."""
    if isinstance(described, LinesField | RelatedField):
        yield described.of
        return
    column, links = described.column(), described.links()
    target = column.target if column else links.target if links else ""
    if target and target not in (USERS, FILES):
        yield target


def _if_always(rule: Rule) -> Rule:
    return ALWAYS if rule.always else NEVER
