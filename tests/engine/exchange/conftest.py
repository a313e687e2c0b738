"""A shop to import into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.exchange import Import, ImportResult, read_sheet
from engine.fields.locale import locale_for
from engine.problems import Refused
from engine.query import Query
from engine.records import Edit, Records
from tests.engine.exchange.sheets import write_csv, write_xlsx
from tests.shop import open_shop

Rows = Sequence[Sequence[Any]]
Load = Callable[..., ImportResult]


@pytest.fixture
def shop(database_url: str) -> Iterator[Records]:
    """An empty shop on each database."""
    records = open_shop(database_url)
    yield records
    records.database.close()


@pytest.fixture
def small(sqlite_url: str) -> Iterator[Records]:
    """An empty shop on SQLite, for what does not depend on the database."""
    records = open_shop(sqlite_url)
    yield records
    records.database.close()


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Import rows, of which the first is the header, as a workbook or, with `csv`, as a text file."""

    def run(
        records: Records,
        entity: str,
        rows: Rows,
        *,
        csv: bool = False,
        language: str = "en",
        match: str = "",
        dry_run: bool = False,
    ) -> ImportResult:
        path = write_csv(tmp_path / "rows.csv", rows) if csv else write_xlsx(tmp_path / "rows.xlsx", rows)
        return Import(records, entity, read_sheet(path), locale_for(language), match=match).run(dry_run=dry_run)

    return run


def add_client(records: Records, name: str, **fields: Any) -> int:
    """A new client's id."""
    return records.create("client", Edit({"name": name, **fields})).id


def count(records: Records, entity: str) -> int:
    """How many records there are."""
    return records.count(Query(entity)).number


def stored(records: Records, entity: str, *fields: str) -> list[Any]:
    """These fields of every record by their ids; a list of values where it is one field."""
    page = records.page(Query(entity, (), limit=1000))
    found = [records.get(entity, row[0]) for row in sorted(page.rows)]
    rows = [tuple(record.values[name] for name in fields) for record in found]
    return [row[0] for row in rows] if len(fields) == 1 else rows


def bad(result: ImportResult) -> list[tuple[int, str, str]]:
    """Each bad cell as row, column and code."""
    return [(cell.row, cell.letters, cell.problem.code) for cell in result.bad]


def codes(act: Callable[[], object]) -> list[str]:
    """The codes with which something is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return [found.code for found in refused.value.problems]
