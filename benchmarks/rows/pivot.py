"""Turnover of a million lines by the city of the client and the month, with all totals: the question of a pivot report.

The floor is written by hand for this one question: columns of whole numbers in memory, and the sums by NumPy. Beside it
the same is asked for the first time, and after a thousand lines were written; of somebody's own orders alone and of ten
million lines the floor is the product itself, asked about all orders and about one million.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.facts import Facts, expect
from benchmarks.product import load, opened
from benchmarks.row import Row, Stage, Work
from benchmarks.rows import rights
from engine.grouping import Amount, Answer, Grouping, Key
from engine.model import Configuration
from engine.records.reporting import Reporting
from engine.rights import SYSTEM, Principal, rights_of
from engine.schema import apply
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
MOST = 1_000_000_000
Cells = Mapping[tuple[Any, ...], tuple[int, int]]
"""Cents and lines by the keys of the cell; totals have fewer keys, each told by its place."""


def floor(stage: Stage) -> Work[Cells, Cells]:
    pivot = _by_hand(stage.data.database)
    return Work(lambda _: pivot(), lambda _, found: found)


def _by_hand(path: Path) -> Callable[[], Cells]:
    """The columns of one file, and what makes the cells of them."""
    with closing(sqlite3.connect(path)) as connection:
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

    def pivot() -> Cells:
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

    return pivot


def product(stage: Stage) -> Work[Answer, Cells]:
    reporting = _reporting(stage, opened.copy(stage), load.configuration())
    return Work(lambda _: reporting.answer(QUESTION), _read)


def _reporting(stage: Stage, path: Path, configuration: Configuration, principal: Principal = SYSTEM) -> Reporting:
    database = stage.exits.enter_context(closing(Database(load.url(path))))
    # From one record on: the small data set is answered as the large one is.
    return Reporting(database, describe_tables(configuration), rights_of(configuration, principal), large=1)


def _read(_: int, answer: Answer) -> Cells:
    expect("who answered", "columns", answer.way)
    return {
        tuple(part for place, key in zip(level, keys, strict=True) for part in (place, key)): (
            int(tallies[0].value * 100),
            tallies[1].value,
        )
        for level, groups in answer.groups.items()
        for keys, tallies in groups.items()
    }


def first_floor(stage: Stage) -> Work[Cells, Cells]:
    return Work(lambda _: _by_hand(stage.data.database)(), lambda _, found: found)


def first(stage: Stage) -> Work[Answer, Cells]:
    """A database that nobody has asked before in this process."""
    path, configuration = opened.copy(stage), load.configuration()
    return Work(lambda _: _reporting(stage, path, configuration).answer(QUESTION), _read)


def written_floor(stage: Stage) -> Work[Cells, tuple[bool, Cells]]:
    pivot = _by_hand(stage.data.database)
    return Work(lambda _: pivot(), lambda _, found: (False, found))


def written(stage: Stage) -> Work[Answer, tuple[bool, Cells]]:
    """Before each question a thousand lines are changed, there and back; the database must say the same afterwards."""
    path = opened.copy(stage)
    reporting = _reporting(stage, path, load.configuration())
    asking = Reporting(reporting.database, reporting.tables, reporting.rights, large=MOST)
    records = stage.exits.enter_context(opened.records(path))
    with closing(sqlite3.connect(path)) as connection:
        lines = dict(connection.execute("SELECT id, quantity FROM order_line WHERE id % 997 = 5 LIMIT 1000"))
    flips = cycle((1, 0))

    def write(_: int) -> None:
        more = next(flips)
        with records.batch() as batch:
            for number, quantity in lines.items():
                now, before = quantity + more, quantity + 1 - more
                batch.update("order_line", number, {"quantity": now}, {"quantity": before})

    def read(index: int, answer: Answer) -> tuple[bool, Cells]:
        by_database = asking.answer(QUESTION)
        expect("who answered", "sql", by_database.way)
        expect("what the database says", by_database.groups, answer.groups)
        return True, _read(index, answer)

    reporting.answer(QUESTION)
    return Work(lambda _: reporting.answer(QUESTION), read, write)


def check_written(facts: Facts, index: int, found: tuple[bool, Cells]) -> None:
    """What was changed is compared where it was; the lines are as many as ever."""
    changed, cells = found
    if not changed:
        check(facts, index, cells)
        return
    ((lines,),) = facts.connection.execute("SELECT count(*) FROM line").fetchall()
    expect("lines", lines, cells[()][1])


def everybodys(stage: Stage, *, own: bool = False) -> Work[Answer, tuple[bool, Cells]]:
    """Somebody sees every tenth order; or everything."""
    path, wanted = opened.copy(stage), rights.described(stage.folder)
    with closing(Database(load.url(path))) as database:
        apply(database, wanted, "benchmark")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute('UPDATE "order" SET manager = CASE WHEN id % 10 = 0 THEN 2 ELSE 1 END')
        connection.commit()
    somebody = Principal(2, "Ben", roles=frozenset({"own"})) if own else SYSTEM
    reporting = _reporting(stage, path, wanted, somebody)
    return Work(lambda _: reporting.answer(QUESTION), lambda index, answer: (own, _read(index, answer)))


def check_own(facts: Facts, index: int, found: tuple[bool, Cells]) -> None:
    own, cells = found
    if not own:
        check(facts, index, cells)
        return
    rows = facts.connection.execute(BY_HAND.replace("GROUP BY", "WHERE o.id % 10 = 0 GROUP BY")).fetchall()
    wanted = {(0, city, 1, month): (cents, lines) for city, month, cents, lines in rows}
    expect("cells", wanted, {keys: amounts for keys, amounts in cells.items() if len(keys) == 4})


def tenfold(stage: Stage) -> Work[Answer, Cells]:
    """Each order, with its lines, ten times."""
    path = opened.copy(stage)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for table, reference in (("order", None), ("order_line", "order")):
            _multiply(connection, table, reference)
        connection.commit()
    reporting = _reporting(stage, path, load.configuration())

    def read(index: int, answer: Answer) -> Cells:
        return {keys: (cents // 10, lines // 10) for keys, (cents, lines) in _read(index, answer).items()}

    return Work(lambda _: reporting.answer(QUESTION), read)


def _multiply(connection: sqlite3.Connection, table: str, reference: str | None) -> None:
    for trigger, *_ in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall():
        connection.execute(f'DROP TRIGGER "{trigger}"')
    for index, *_ in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    ).fetchall():
        connection.execute(f'DROP INDEX "{index}"')
    names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    (most,) = connection.execute(f'SELECT max(id) FROM "{table}"').fetchone()
    (orders,) = connection.execute('SELECT max(id) FROM "order"').fetchone()
    for copy in range(1, 10):
        shifted = {"id": f"id + {copy * most}"}
        if reference:
            shifted[reference] = f'"{reference}" + {copy * orders // 10}'
        chosen = ", ".join(shifted.get(name, f'"{name}"') for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        connection.execute(f'INSERT INTO "{table}" ({columns}) SELECT {chosen} FROM "{table}" WHERE id <= {most}')


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
FIRST = Row(
    "pivot-first",
    "the same, asked for the first time, as the columns have to be loaded",
    check,
    first_floor,
    first,
    requests=1,
    rounds=3,
)
WRITTEN = Row(
    "pivot-written",
    "the same after 1,000 lines were written; 20 ms more are allowed, about once the floor",
    check_written,
    written_floor,
    written,
    bar=3.5,
    requests=1,
    rounds=5,
)
OWN = Row(
    "pivot-own",
    "the same of one's own orders, a tenth of all, beside all of them",
    check_own,
    everybodys,
    partial(everybodys, own=True),
    bar=1,
    requests=2,
    rounds=5,
)
LARGE = Row(
    "pivot-large",
    "the same of 10,000,000 lines beside 1,000,000",
    check,
    product,
    tenfold,
    bar=12,
    requests=1,
    rounds=3,
)
