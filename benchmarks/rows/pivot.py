"""Turnover of a million lines by the city of the client and the month, with all totals: the question of a pivot report.

The floor is written by hand for this one question: columns of whole numbers in memory, and the sums by NumPy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import numpy as np

from benchmarks.facts import Facts, expect
from benchmarks.product import load, opened
from benchmarks.row import Row, Stage, Work
from engine.grouping import Amount, Answer, Grouping, Key
from engine.records.reporting import Reporting
from engine.rights import SYSTEM, rights_of
from engine.storage import Database
from engine.storage.tables import describe_tables

QUESTION = Grouping(
    "order_line",
    (Key("order.client.city"), Key("order.date", "month")),
    (Amount("sum", expression="quantity * price"), Amount("count")),
    ((), (0,), (1,), (0, 1)),
)
BY_HAND = """SELECT c.city, substr(o.date, 1, 4) * 12 + substr(o.date, 6, 2) - 1, sum(l.quantity * l.price), count(*)
    FROM line l JOIN "order" o ON o.id = l."order" JOIN client c ON c.id = o.client GROUP BY 1, 2"""
Cells = Mapping[tuple[Any, ...], tuple[int, int]]
"""Cents and lines by the keys of the cell; totals have fewer keys, each told by its place."""


def floor(stage: Stage) -> Work[Cells, Cells]:
    with closing(sqlite3.connect(stage.data.database)) as connection:
        clients = connection.execute("SELECT id, city FROM client ORDER BY id").fetchall()
        orders = connection.execute(
            'SELECT id, client, substr(date, 1, 4) * 12 + substr(date, 6, 2) - 1 FROM "order" ORDER BY id'
        ).fetchall()
        lines: Any = np.fromiter(
            connection.execute('SELECT "order", quantity, price FROM line'), dtype=np.dtype((np.int64, 3))
        )
    cities = sorted({city for _, city in clients})
    city_of = np.zeros(clients[-1][0] + 1, dtype=np.int64)
    for number, city in clients:
        city_of[number] = cities.index(city)
    client_of, month_of = (np.zeros(orders[-1][0] + 1, dtype=np.int64) for _ in range(2))
    for number, client, month in orders:
        client_of[number], month_of[number] = client, month
    first, months = int(month_of[month_of > 0].min()), int(month_of.max())

    def pivot(_: int) -> Cells:
        width = months - first + 1
        cell_of_order = city_of[client_of] * width + month_of - first
        cell = cell_of_order[lines[:, 0]]
        sums, counts = np.zeros(len(cities) * width, dtype=np.int64), np.bincount(cell, minlength=len(cities) * width)
        np.add.at(sums, cell, lines[:, 1] * lines[:, 2])
        table, number = sums.reshape(len(cities), width), counts.reshape(len(cities), width)
        found: dict[tuple[Any, ...], tuple[int, int]] = {(): (int(table.sum()), int(number.sum()))}
        for at, (total, count) in enumerate(zip(table.sum(axis=1), number.sum(axis=1), strict=True)):
            found[0, cities[at]] = (int(total), int(count))
        for at, (total, count) in enumerate(zip(table.sum(axis=0), number.sum(axis=0), strict=True)):
            found[1, first + at] = (int(total), int(count))
        for row, column in zip(*np.nonzero(number), strict=True):
            found[0, cities[row], 1, first + int(column)] = (int(table[row, column]), int(number[row, column]))
        return found

    return Work(pivot, lambda _, found: found)


def product(stage: Stage) -> Work[Answer, Cells]:
    path, configuration = opened.copy(stage), load.configuration()
    database = stage.exits.enter_context(closing(Database(load.url(path))))
    reporting = Reporting(database, describe_tables(configuration), rights_of(configuration, SYSTEM))

    def read(_: int, answer: Answer) -> Cells:
        return {
            tuple(part for place, key in zip(level, keys, strict=True) for part in (place, key)): (
                int(tallies[0].value * 100),
                tallies[1].value,
            )
            for level, groups in answer.groups.items()
            for keys, tallies in groups.items()
        }

    return Work(lambda _: reporting.answer(QUESTION), read)


def check(facts: Facts, _: int, found: Cells) -> None:
    """Every cell and every total against a plain join."""
    wanted = {
        (0, city, 1, month): (cents, lines)
        for city, month, cents, lines in facts.connection.execute(BY_HAND).fetchall()
    }
    expect("cells", wanted, {keys: amounts for keys, amounts in found.items() if len(keys) == 4})
    whole = tuple(map(sum, zip(*wanted.values(), strict=True)))
    expect("grand total", whole, found[()])
    for place in (0, 1):
        sums = [amounts for keys, amounts in found.items() if len(keys) == 2 and keys[0] == place]
        expect("totals", whole, tuple(map(sum, zip(*sums, strict=True))))


ROW = Row(
    "pivot",
    "turnover by city and month of 1,000,000 lines, with all totals",
    check,
    floor,
    product,
    bar=2.5,
    requests=2,
    rounds=5,
)
