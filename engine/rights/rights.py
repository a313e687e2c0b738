"""What one principal may see and do: a frozen value that storage takes, never a flag that skips it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.expressions import Computation
from engine.expressions.rules import Rules
from engine.model import Configuration
from engine.model.role import WRITING
from engine.rights.rule import ALWAYS, NEVER, Rule

ByName = Mapping[str, Rule]


@dataclass(frozen=True, eq=False)
class EntityRights:
    """What may be seen and done of one entity: by action and by field, under which rule. What is absent may not be.

    Args:
        head: the entity whose records the rules are about: itself, or the one whose lines it is.
        explained: the fields that may be read although what they are computed from may not; the rule under which
            it may.
        title: under which rule a record's own title is shown; the field `called` is shown in its place.
        complete: whether every field may be read in some record at least.
    """

    head: str
    rows: ByName
    readable: ByName
    writable: Mapping[str, ByName]
    explained: ByName
    title: Rule = ALWAYS
    called: str = ""
    complete: bool = True

    @property
    def whole(self) -> bool:
        """Whether every field of every record that may be seen may be read."""
        return self.complete and all(rule.always for rule in self.readable.values())


@dataclass(frozen=True, eq=False)
class Access:
    """What people with the same roles may see and do.

    `configuration` is what there is for them: without what they may not read, as if nobody had ever written it.
    """

    key: Hashable
    configuration: Configuration
    entities: Mapping[str, EntityRights]
    functions: frozenset[str]
    looks: Mapping[str, Rules] = field(default_factory=dict)
    menu: tuple[str, ...] | None = None
    unlimited: bool = False

    def for_action(self, action: str, entity: str) -> Access:
        """The same, but of an entity those records only with which an action is allowed."""
        if (action, entity) not in self._for_actions:
            rights = self.entities[entity]
            narrowed = replace(rights, rows={**rights.rows, "read": rights.rows["read"] & rights.rows[action]})
            entities = {**self.entities, entity: narrowed}
            self._for_actions[action, entity] = replace(self, key=(action, entity, self.key), entities=entities)
        return self._for_actions[action, entity]

    @cached_property
    def _for_actions(self) -> dict[tuple[str, str], Access]:
        return {}

    @cached_property
    def among_all(self) -> Access:
        """The same fields, of whatever record and without conditions."""
        entities = {
            name: replace(rights, rows={**rights.rows, "read": ALWAYS}, readable=dict.fromkeys(rights.readable, ALWAYS))
            for name, rights in self.entities.items()
        }
        return replace(self, key=("all", self.key), entities=entities)


@dataclass(frozen=True, eq=False)
class Rights:
    """What a principal may see and do. `user` is who asks, for USER() in expressions; None for the system.

    `looking` changes nothing, whatever it might.
    """

    access: Access
    user: int | None = None
    looking: bool = False
    readable: Mapping[str, frozenset[str]] = field(init=False)
    """The names of the fields of each entity that may be read, in some record at least."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "readable", self.access.configuration.field_names)

    @property
    def key(self) -> Hashable:
        """What tells these rights from others wherever something is kept per rights."""
        return self.access.key, self.looking

    def among_all(self) -> Rights:
        """The same fields of whatever record."""
        return self if self.unlimited else Rights(self.access.among_all, self.user, self.looking)

    def for_action(self, action: str, entity: str) -> Rights:
        """The same, but of an entity those records only with which an action is allowed.

        Raises:
            KeyError: it is allowed with none.
        """
        return self if self.unlimited else Rights(self.access.for_action(action, entity), self.user, self.looking)

    @property
    def unlimited(self) -> bool:
        """Whether everything may be seen."""
        return self.access.unlimited

    @property
    def unhindered(self) -> bool:
        """Whether everything may be seen and changed."""
        return self.unlimited and not self.looking

    @property
    def configuration(self) -> Configuration:
        """What there is for this principal."""
        return self.access.configuration

    @property
    def may_administer(self) -> bool:
        """Whether users and what they may do are this principal's business."""
        return self.may_use("administer")

    @property
    def may_design(self) -> bool:
        """Whether the configuration is this principal's business."""
        return self.may_use("design")

    def looks(self, computation: Computation) -> Mapping[str, Rules]:
        """The conditions on how cards look, by entity, of which nothing is hidden."""
        return computation.looks if self.unlimited else self.access.looks

    def may_use(self, function: str) -> bool:
        return function in self.access.functions

    def of(self, entity: str) -> EntityRights:
        """
        Raises:
            KeyError: there is no such entity, or not for this principal.
        """
        return self.access.entities[entity]

    def may_read(self, entity: str, name: str) -> bool:
        """Whether there is such a field, in some record at least."""
        return name in self.readable.get(entity, ())

    def may(self, action: str, entity: str) -> bool:
        """Whether an action is allowed with some record at least."""
        return not self.rows(entity, action).never

    def may_anywhere(self, action: str) -> bool:
        """Whether an action is allowed with some record of some entity."""
        return any(self.may(action, entity) for entity in self.access.entities)

    def rows(self, entity: str, action: str = "read") -> Rule:
        """With which records an action is allowed."""
        described = self.access.entities.get(entity)
        if described is None or (self.looking and action in WRITING):
            return NEVER
        return described.rows.get(action, NEVER)

    def shown(self, entity: str, name: str) -> Rule:
        """In which of the records that may be seen a field may be read."""
        described = self.access.entities.get(entity)
        return described.readable.get(name, NEVER) if described else NEVER

    def writable(self, entity: str, name: str, action: str) -> Rule:
        """In which of the records with which an action is allowed it may say what a field holds."""
        described = self.access.entities.get(entity)
        return described.writable[action].get(name, NEVER) if described and not self.looking else NEVER

    def may_write(self, entity: str, name: str, action: str) -> bool:
        """Whether an action may say what a field holds, in some record at least."""
        return not self.writable(entity, name, action).never
