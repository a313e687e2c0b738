"""Running a plan: all of it in one transaction, or nothing."""

from __future__ import annotations

from engine.audit import Audit
from engine.model import Configuration
from engine.problems import Refused, problem
from engine.schema.plan import plan
from engine.schema.steps import Step
from engine.storage import Connection, Database, ddl, touched
from engine.storage import applied as kept
from engine.storage.tables import describe_tables


def applied(database: Database) -> Configuration | None:
    """The configuration in force in this database, or None when it is empty."""
    with database.read() as connection:
        content = kept.newest(connection)
    return Configuration.model_validate_json(content) if content else None


def complete(database: Database, configuration: Configuration) -> None:
    """Give a database that an earlier version has set up what is new since of the program's own tables."""
    tables = describe_tables(configuration)
    with database.read() as connection:
        lacking = ddl.lacks_system(connection, tables)
    if lacking:
        with database.write() as connection:
            ddl.complete_system(connection, tables)


def applications(database: Database) -> int:
    """A number that grows each time a configuration is applied, so that a server notices."""
    with database.read() as connection:
        return applications_within(connection)


def applications_within(connection: Connection) -> int:
    """The same inside a transaction that is under way."""
    return kept.count(connection)


def apply(database: Database, wanted: Configuration, by: str) -> tuple[Step, ...]:
    """Bring the database to the wanted configuration; the steps taken.

    The plan is made again inside the transaction, so that two people who apply at once cannot cross.

    Raises:
        Refused: the change is one that this version cannot make, or the database belongs to something else.
    """
    tables = describe_tables(wanted)
    with database.write() as connection:
        content = kept.newest(connection)
        before = Configuration.model_validate_json(content) if content else None
        planned = plan(before, wanted)
        if planned.problems:
            raise Refused(planned.problems)
        if before is None:
            _refuse_strangers(ddl.table_names(connection), tuple(wanted.entities))
        elif ddl.lacks_system(connection, tables):
            ddl.complete_system(connection, tables)
        for step in planned.steps:
            step.run(connection, database, tables)
        if planned.steps:
            touched.tell_all(database, connection, wanted.entities)
            kept.keep(connection, wanted.model_dump_json(), by)
            told = {"by": by, "steps": str(len(planned.steps))}
            Audit(database).note("configuration-applied", by=None, details=told, connection=connection)
    return planned.steps


def row_counts(database: Database, configuration: Configuration) -> dict[str, int]:
    """How many records each entity of the configuration in force has, the trash included."""
    tables = describe_tables(configuration)
    with database.read() as connection:
        return {name: ddl.row_count(connection, tables, name) for name in configuration.entities}


def _refuse_strangers(present: frozenset[str], wanted: tuple[str, ...]) -> None:
    taken = [name for name in wanted if name in present]
    if taken:
        raise Refused([problem("plan-table-exists", table=name) for name in taken])
