"""All orders as a workbook; the floor is XlsxWriter in constant_memory mode alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from benchmarks.answers import Sheet, xlsx_sheet
from benchmarks.floor import database, exchange
from benchmarks.product import opened
from benchmarks.row import Row, Stage, Work
from benchmarks.rows.export_csv import check
from engine.exchange import export_xlsx


def floor(stage: Stage) -> Work[Path, Sheet]:
    connection = stage.exits.enter_context(closing(database.connect(stage.copy())))
    target = stage.folder / "orders.xlsx"

    def export(_: int) -> Path:
        exchange.write_xlsx(connection, target)
        return target

    return Work(export, lambda _, path: xlsx_sheet(path))


def product(stage: Stage) -> Work[Path, Sheet]:
    records = stage.exits.enter_context(opened.records(opened.copy(stage)))
    target = stage.folder / "orders.xlsx"

    def export(_: int) -> Path:
        export_xlsx(records, opened.EXPORTED, opened.ENGLISH, target)
        return target

    return Work(export, lambda _, path: xlsx_sheet(path))


ROW = Row("xlsx", "XLSX export", check, floor, product, bar=1.2, memory=150, requests=1, rounds=3)
