"""Each code about imports and exports has a reproducer in sheets.yaml that is also its golden text."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from ruamel.yaml import YAML

from engine.exchange import Import, export_xlsx, exporting, read_sheet
from engine.fields.locale import locale_for
from engine.model import Configuration
from engine.problems import Refused
from engine.problems.entering import SHEETS
from engine.query import Query
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from tests.ready import ready_database
from tests.shop import SHOP

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("sheets.yaml"))
ENGLISH = locale_for("en")


@pytest.fixture
def shop(sqlite_url: str) -> Iterator[Records]:
    """The shop, with two fields of one label in its orders."""
    described = copy.deepcopy(SHOP)
    fields = described["entities"]["order"]["fields"]
    fields["total"]["label"] = "Sum"
    fields["weight"] = {"type": "decimal", "label": "Sum"}
    configuration = Configuration.model_validate(described)
    database = ready_database(sqlite_url, configuration)
    records = Records(database, describe_tables(configuration), SYSTEM)
    with records.batch() as batch:
        batch.add("client", ("name", "code", "vip"), [("Ann", "1", False), ("Ann", "2", False), ("Bob", "3", False)])
    yield records
    database.close()


def imported(shop: Records, case: dict[str, Any], folder: Path) -> list[tuple[str, str]]:
    """What an import says: codes and texts."""
    try:
        sheet = read_sheet(written(case, folder), sheet=case.get("sheet", ""), encoding=case.get("encoding", ""))
        result = Import(shop, case.get("entity", "client"), sheet, ENGLISH, match=case.get("match", "")).run()
    except Refused as refused:
        return [(found.code, f"{found.sentence} {found.hint}".strip()) for found in refused.problems]
    assert not result.written
    return [(cell.problem.code, str(cell)) for cell in result.bad]


def written(case: dict[str, Any], folder: Path) -> Path:
    """The file of a case."""
    path: Path = folder / case.get("file", "rows.xlsx")
    if "content" in case:
        content = "," * 1000 + "x" if case["content"] == "a long row of commas" else case["content"]
        path.write_text(content, encoding="utf-8")
    elif "rows" in case:
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet("Sheet1")
            for number, row in enumerate(case["rows"]):
                for column, cell in enumerate(row):
                    if str(cell).startswith("!"):
                        page.write_formula(number, column, "=1/0", None, cell[1:])
                    else:
                        page.write(number, column, cell)
    return path


def too_many_rows(shop: Records, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(exporting, "MOST_ROWS", 2)
    export_xlsx(shop, Query("client", ("name",)), ENGLISH, io.BytesIO())


def too_long_a_cell(shop: Records, patch: pytest.MonkeyPatch) -> None:
    with shop.batch() as batch:
        batch.update("client", 1, {"city": "x" * 32_768})
    export_xlsx(shop, Query("client", ("city",)), ENGLISH, io.BytesIO())


EXPORTS: dict[str, Callable[[Records, pytest.MonkeyPatch], None]] = {
    "more rows than a workbook has": too_many_rows,
    "a text longer than a cell": too_long_a_cell,
}


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_fault_is_one_sentence(
    case: dict[str, Any], shop: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "exports" in case:
        with pytest.raises(Refused) as refused:
            EXPORTS[case["exports"]](shop, monkeypatch)
        found = [(one.code, f"{one.sentence} {one.hint}".strip()) for one in refused.value.problems]
    else:
        found = imported(shop, case, tmp_path)
    assert found == [(case["code"], case["says"])]


def test_every_code_is_here() -> None:
    assert sorted({case["code"] for case in CASES}) == sorted(SHEETS)
