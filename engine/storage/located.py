"""Where the values stand that a formula names, for its translation into SQL: columns, and subqueries along references.

Whatever is looked up elsewhere comes from what `visible` gives of it. A field that is computed when it is asked for has
no column; its formula's SQL stands wherever it is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    SmallInteger,
    Subquery,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    null,
    select,
    type_coerce,
)

from engine.expressions.plan import Computed
from engine.expressions.routes import Hop, Way, hop_from, walked
from engine.fields.choice import ChoiceField
from engine.fields.column import USERS
from engine.fields.decimal import Exact
from engine.model import Configuration
from engine.storage.tables import ERROR, Tables, column_type
from formulas import Context, FormulaError
from formulas.scope import USER
from formulas.to_sql import Rows, System, condition, value
from formulas.tree import Node

Sql = ColumnElement[Any]
DIGITS = 15
ASKER = "formula_user"
"""The parameter of who asks."""


class Readable(Protocol):
    """What may be seen of the tables: see `Visible`."""

    @property
    def tables(self) -> Tables: ...

    @property
    def configuration(self) -> Configuration: ...

    @property
    def system(self) -> System: ...

    @property
    def whole(self) -> Readable: ...

    @property
    def unlimited(self) -> bool: ...

    def __call__(self, entity: str) -> Subquery: ...

    def shown(self, entity: str, name: str, rows: FromClause, value: ColumnElement[Any]) -> ColumnElement[Any]: ...


@dataclass(frozen=True, eq=False)
class Located:
    """The values of the records of an entity that stand in `base`, as `formulas.to_sql` asks for them.

    `given` are values that are known beforehand by their paths, as parameters. `masked`: in `base` there is also what may
    not be read.
    """

    visible: Readable
    entity: str
    base: FromClause
    given: Mapping[str, Sql] = field(default_factory=lambda: MappingProxyType({}))
    masked: bool = False

    def column(self, path: str) -> Sql:
        return self.given[path] if path in self.given else self.found(path)[0]

    def error(self, path: str) -> Sql | None:
        return None if path in self.given else self.found(path)[1]

    def rows(self, root: str) -> Rows:
        """The rows of a list, which may lie behind references and further lists."""
        way, _ = walked(self.visible.configuration, self.entity, root)
        straight = next(number for number, hop in enumerate(way) if hop.kind != "to")
        owner = self.column(".".join(hop.field for hop in way[:straight])) if straight else self.base.c.id
        source, far, belongs = self._joined(way[straight:], owner)
        near = Located(self.visible, way[-1].far, far)
        order = [*([far.c._position] if "_position" in far.c else []), far.c.id]
        return Rows(source, belongs, near.column, near.error, tuple(order))

    def _joined(self, way: Way, owner: Sql) -> tuple[FromClause, FromClause, ColumnElement[bool]]:
        """The rows at the end of a way, where they stand, and which of them belong to the owner of its beginning."""
        source: FromClause | None = None
        belongs: ColumnElement[bool] | None = None
        near_id = owner
        far: FromClause = self.base
        for hop in way:
            before = far
            far = self.visible(hop.far).alias()
            link, where = self._hop(hop, before, far, near_id)
            if source is None:
                source, belongs = (far, where[0]) if link is None else (link.join(far, where[1]), where[0])
            else:
                source = source.join(far, where[0]) if link is None else source.join(link, where[0]).join(far, where[1])
            near_id = far.c.id
        assert source is not None
        assert belongs is not None
        return source, far, belongs

    def _hop(
        self, hop: Hop, near: FromClause, far: FromClause, near_id: Sql
    ) -> tuple[FromClause | None, list[ColumnElement[bool]]]:
        """The table of links between, if there is one, and the conditions from the near side to the far one."""
        if hop.kind == "to":
            return None, [far.c.id == near.c[hop.field]]
        if hop.kind == "from":
            return None, [far.c[hop.field] == near_id]
        link = self.visible.tables.links[hop.link].alias()
        mine, theirs = (link.c.record_id, link.c.target_id)[:: 1 if hop.kind == "links" else -1]
        return link, [mine == near_id, theirs == far.c.id]

    def found(self, path: str) -> tuple[Sql, Sql | None]:
        """The value at a path, and its error if it can have any."""
        step, _, rest = path.partition(".")
        if step == USER:
            return self._asker(rest), None
        if not rest:
            return self._own(step)
        hop = hop_from(self.visible.configuration, self.entity, step)
        assert hop is not None
        far = self.visible(hop.far).alias()
        found, error = Located(self.visible, hop.far, far).found(rest)
        here = far.c.id == self._own(step)[0]
        return _looked_up(found, far, here), None if error is None else _looked_up(error, far, here)

    def _asker(self, rest: str) -> Sql:
        user: Sql = bindparam(ASKER, None, BigInteger())
        if not rest:
            return user
        people = self.visible(USERS).alias()
        return _looked_up(Located(self.visible, USERS, people).found(rest)[0], people, people.c.id == user)

    def _own(self, name: str) -> tuple[Sql, Sql | None]:
        if not name:
            return self.base.c.id, None
        if self.entity == USERS:
            return self.base.c[name], None
        virtual = self.visible.tables.computation.virtual.get((self.entity, name))
        if virtual is not None:
            return self._virtual(name, virtual)
        value, error = self.base.c[name], self.base.c.get(name + ERROR)
        return (
            (self._shown(name, value), None if error is None else self._shown(name, error))
            if self.masked
            else (value, error)
        )

    def _virtual(self, name: str, virtual: Computed) -> tuple[Sql, Sql]:
        """What is computed is the same for every reader; who may not read what it is made of still gets it from there."""
        if self.visible.unlimited:
            return computed(self, virtual)
        row = self.visible.tables.entities[self.entity].alias()
        found, error = computed(Located(self.visible.whole, self.entity, row), virtual)
        here = row.c.id == self.base.c.id
        return self._shown(name, _looked_up(found, row, here)), self._shown(name, _looked_up(error, row, here))

    def _shown(self, name: str, value: Sql) -> Sql:
        return self.visible.shown(self.entity, name, self.base, value)


def computed(located: Located, virtual: Computed, row: FromClause | None = None) -> tuple[Sql, Sql]:
    """The value of a field that is computed when it is asked for, as its column would hold it, and its error.

    `row` is the table whose many rows are computed, if they are.
    """
    described = virtual.field
    places, digits = (described.places, described.places + DIGITS) if isinstance(described, Exact) else (0, DIGITS)
    context = Context.beginning()
    system, tree = located.visible.system, virtual.formula.tree
    found = value(tree, system, located, context, places=places, digits=digits, row=row)
    error: Sql = null() if found.error is None else found.error
    shown = found.value
    if isinstance(described, ChoiceField):
        options = [option.value for option in described.options]
        wrong = and_(shown.is_not(None), *(shown != option for option in options))
        error = func.coalesce(error, case((wrong, literal(FormulaError("#VALUE!").number)), else_=null()))
        shown = case((wrong, null()), else_=shown)
    stored = described.column()
    assert stored is not None
    if stored.kind == "boolean":
        shown = func.coalesce(shown, false())
    return type_coerce(shown, column_type(stored)), type_coerce(error, SmallInteger())


def met(located: Located, tree: Node) -> ColumnElement[bool]:
    """A condition that was checked, for WHERE: met, without an error."""
    return condition(tree, located.visible.system, located, Context.beginning()).value


def _looked_up(found: Sql, far: FromClause, here: ColumnElement[bool]) -> Sql:
    return select(found).select_from(far).where(here).correlate_except(far).scalar_subquery()
