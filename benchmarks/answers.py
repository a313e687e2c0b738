"""What a page or a file says, in one neutral form for both sides, and how to read it out of CSV and XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

Order = tuple[str, str, str, str, int]
"""Number, ISO date, name of the client, status, amount in cents."""


class Wrong(Exception):
    """An answer that is not the right one. A row with a wrong answer has no figures."""


@dataclass(frozen=True)
class Listed:
    """A page of a list: its rows and how many there are in all."""

    total: int
    rows: tuple[Order, ...]


@dataclass(frozen=True)
class Card:
    """A card: the order and its lines as (name of the product, quantity, price in cents)."""

    order: Order
    lines: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Sheet:
    """An exported or imported set of orders: how many, the sum of their amounts, the first and the last."""

    rows: int
    sum: int
    first: Order
    last: Order


def cents(text: str) -> int:
    """An amount with two decimals, however its thousands are grouped."""
    digits = re.sub(r"\D", "", text)
    return -int(digits) if text.strip().startswith(("-", "−")) else int(digits)


def whole(text: str) -> int:
    """The first whole number of a text, however its thousands are grouped."""
    found = re.search(r"\d[\d\s.,’']*", text)
    if found is None:
        raise Wrong(f"no number in {text!r}")
    return int(re.sub(r"\D", "", found.group()))


def sheet(rows: Iterator[Order]) -> Sheet:
    """A stream of orders in short."""
    first = last = next(rows, None)
    if first is None or last is None:
        raise Wrong("no rows at all")
    count, total = 1, first[4]
    for last in rows:
        count, total = count + 1, total + last[4]
    return Sheet(count, total, first, last)


def csv_sheet(path: Path) -> Sheet:
    """A CSV file whose columns are number, date, client, status and amount, dates ISO, the decimal sign a point."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return sheet((row[0], row[1], row[2], row[3], cents(row[4])) for row in rows)


def xlsx_sheet(path: Path) -> Sheet:
    """A workbook with the same columns, dates and amounts typed."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
    next(rows)
    return sheet(
        (str(row[0]), str(row[1])[:10], str(row[2]), str(row[3]), round(float(str(row[4])) * 100)) for row in rows
    )
