"""What was exported and is imported again is the same: into the same records, and into an empty database."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.exchange import Import, export_csv, export_xlsx, read_sheet
from engine.fields.locale import LANGUAGES, Locale, locale_for
from engine.problems import Unfit
from engine.query import Query, Sort
from engine.records import Records
from engine.storage import Database
from tests.engine.exchange.everything import CONFIGURATION, FIELDS, RECORDS, open_everything

COLUMNS = ("number", *FIELDS)
EVERYTHING = Query("thing", COLUMNS, sort=(Sort("number"),))
ANYTHING = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """A database that each example fills anew."""
    path = tmp_path_factory.mktemp("things") / "things.sqlite"
    records = open_everything(f"sqlite:///{path.as_posix()}")
    yield records
    records.database.close()


def fill(records: Records, drawn: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Replace all records by these; what was stored, without what no field takes."""
    empty(records.database)
    fields = CONFIGURATION.entities["thing"].fields
    rows = [{name: accepted(fields[name], value) for name, value in row.items()} for row in drawn]
    rows = [{"code": f"c{number}"} | row for number, row in enumerate(rows, 1)]
    with records.batch() as batch:
        batch.add("thing", ("code", "yes"), [("c1", False), ("c2", False), ("c3", False)])
        for number, row in enumerate(rows, 1):
            if number > 3:
                batch.add("thing", ("code", "yes"), [(row["code"], False)])
            batch.update("thing", number, row)
    return values(records)


def empty(database: Database) -> None:
    """Remove every record, counters too."""
    with database.write() as connection:
        for table in ("thing__others", "thing", "_counter", "sqlite_sequence"):
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql(f'DELETE FROM "{table}"')


def accepted(field: Any, value: Any) -> Any:
    try:
        return field.accept(value)
    except Unfit:
        return field.accept(None)


def values(records: Records) -> list[dict[str, Any]]:
    found = [row[0] for row in records.page(Query("thing", (), limit=100)).rows]
    return [dict(records.get("thing", key).values) for key in sorted(found)]


def exported(records: Records, kind: str, locale: Locale, folder: Path) -> Path:
    path = folder / f"things.{kind}"
    if kind == "csv":
        text = io.StringIO(newline="")
        export_csv(records, EVERYTHING, locale, text)
        path.write_bytes(text.getvalue().encode())
    else:
        export_xlsx(records, EVERYTHING, locale, path)
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@given(st.lists(RECORDS, min_size=1, max_size=6), st.sampled_from(LANGUAGES))
@ANYTHING
def test_an_export_that_is_imported_again_changes_nothing(
    kind: str, things: Records, tmp_path: Path, drawn: list[dict[str, Any]], language: str
) -> None:
    before = fill(things, drawn)
    locale = locale_for(language, "Europe/Helsinki")
    path = exported(things, kind, locale, tmp_path)
    result = Import(things, "thing", read_sheet(path), locale, match="code").run()
    assert ([str(cell) for cell in result.bad], result.added, result.updated) == ([], 0, 0)
    assert values(things) == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@given(st.lists(RECORDS, min_size=3, max_size=6), st.sampled_from(LANGUAGES))
@ANYTHING
def test_an_export_fills_an_empty_database_with_the_same(
    kind: str, things: Records, tmp_path: Path, drawn: list[dict[str, Any]], language: str
) -> None:
    before = fill(things, drawn)
    locale = locale_for(language, "Europe/Helsinki")
    path = exported(things, kind, locale, tmp_path)
    empty(things.database)
    result = Import(things, "thing", read_sheet(path), locale).run()
    assert ([str(cell) for cell in result.bad], result.added) == ([], len(before))
    assert values(things) == before
