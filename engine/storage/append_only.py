"""Tables that are only ever added to: the database itself refuses to change or remove their rows, whoever asks."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

SQLITE = (
    "CREATE TRIGGER %(table)s__no_update BEFORE UPDATE ON %(fullname)s {refuse}",
    "CREATE TRIGGER %(table)s__no_delete BEFORE DELETE ON %(fullname)s {refuse}",
    # INSERT OR REPLACE removes a row without asking the trigger above.
    "CREATE TRIGGER %(table)s__no_replace BEFORE INSERT ON %(fullname)s WHEN EXISTS (SELECT 1 FROM %(table)s WHERE id = NEW.id) {refuse}",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION %(table)s__refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER %(table)s__no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %(fullname)s
    FOR EACH STATEMENT EXECUTE FUNCTION %(table)s__refuse()""",
)


def only_added_to(table: Table) -> None:
    """Let the database create the triggers that protect a table together with it."""
    refusal = f"rows of {table.name} are only added, never changed or removed"
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            text = statement.format(refusal=refusal, refuse=f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END")
            trigger = DDL(text)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", trigger.execute_if(dialect=dialect))
