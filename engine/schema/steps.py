"""The steps of a plan: frozen values that say what they do, and do it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from engine.storage import Connection, Database, ddl
from engine.storage.recompute import Recompute
from engine.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Step(ABC):
    """One change of the database. `entity` is "" for what concerns no single one."""

    entity: str = ""

    destroys = False
    """Whether it removes something that people entered; no step of this version does."""

    @abstractmethod
    def describe(self) -> str:
        """What it does, as the rest of a sentence that begins with "This": "adds the field …"."""

    @abstractmethod
    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        """Do it, inside the transaction of the whole plan."""


@dataclass(frozen=True, slots=True)
class CreateSystem(Step):
    """The program's own tables."""

    def describe(self) -> str:
        return "sets up users, log-ins, counters, files and jobs"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        ddl.create_system(connection, tables)


@dataclass(frozen=True, slots=True)
class CreateEntities(Step):
    """New entities, together, since they may refer to each other in a circle."""

    names: tuple[str, ...] = ()

    def describe(self) -> str:
        return f"creates {', '.join(self.names)}"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        links = [table.name for (entity, _), table in tables.links.items() if entity in self.names]
        ddl.create_tables(connection, tables, [*self.names, *links])


@dataclass(frozen=True, slots=True)
class AddField(Step):
    """A new field of an entity that is there; it is blank in every record."""

    field: str = ""

    def describe(self) -> str:
        return f"adds the field {self.field} to {self.entity}, blank in every record"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        ddl.add_field(connection, tables, self.entity, self.field)


@dataclass(frozen=True, slots=True)
class Compute(Step):
    """Formulas that are new or different: every record gets their results, and what depends on them follows."""

    fields: tuple[str, ...] = ()

    def describe(self) -> str:
        return f"computes {', '.join(self.fields)} of every record of {self.entity}"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        Recompute(database, tables).everything(connection, [self.entity])


@dataclass(frozen=True, slots=True)
class CreateIndexOn(Step):
    """An index that sorting or uniqueness now needs."""

    index: str = ""

    def describe(self) -> str:
        return f"adds an index to {self.entity} ({self.index})"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        ddl.create_index(connection, tables, self.index)


@dataclass(frozen=True, slots=True)
class DropIndexOn(Step):
    """An index that nothing needs any more; it held no data of its own."""

    index: str = ""
    before: Tables | None = None

    def describe(self) -> str:
        return f"removes an index from {self.entity} ({self.index})"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        assert self.before is not None
        ddl.drop_index(connection, self.before, self.index)


@dataclass(frozen=True, slots=True)
class Retitle(Step):
    """Another field, or an expression, names the records now."""

    def describe(self) -> str:
        return f"names every record of {self.entity} by its new title"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        if tables.configuration.entities[self.entity].title_formula:
            Recompute(database, tables).everything(connection, [self.entity])
            return
        ddl.retitle(connection, database, tables, self.entity)


@dataclass(frozen=True, slots=True)
class Redescribe(Step):
    """Labels, cards, views, options: nothing that the tables know of."""

    def describe(self) -> str:
        what = f"of {self.entity}" if self.entity else "of the whole"
        return f"changes labels, layout or rules {what}; no table changes"

    def run(self, connection: Connection, database: Database, tables: Tables) -> None:
        """The configuration itself is kept by `apply`."""
