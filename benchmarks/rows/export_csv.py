"""All orders as CSV: the floor's page streams them to disk, the product's exporter writes them there."""

from __future__ import annotations

from pathlib import Path

from benchmarks.answers import Sheet, csv_sheet
from benchmarks.facts import Facts, expect
from benchmarks.floor import read
from benchmarks.product import opened
from benchmarks.row import Row, Stage, Work
from engine.exchange import export_csv


def floor(stage: Stage) -> Work[Path, Sheet]:
    visitor, target = read.visit(stage), stage.folder / "orders.csv"

    def export(_: int) -> Path:
        expect("status of the reply", 200, visitor.save("/order.csv", target).status)
        return target

    return Work(export, lambda _, path: csv_sheet(path))


def product(stage: Stage) -> Work[Path, Sheet]:
    records = stage.exits.enter_context(opened.records(opened.copy(stage)))
    target = stage.folder / "orders.csv"

    def export(_: int) -> Path:
        with target.open("w", encoding="utf-8", newline="") as file:
            export_csv(records, opened.EXPORTED, opened.ENGLISH, file)
        return target

    return Work(export, lambda _, path: csv_sheet(path))


def check(facts: Facts, _: int, said: Sheet) -> None:
    expect("exported orders", facts.exported(), said)


ROW = Row("csv", "CSV export", check, floor, product, bar=2, memory=150, requests=1, rounds=5)
