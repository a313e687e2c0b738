"""The data set is the one that the figures speak of, and the file holds exactly it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

from benchmarks.data import FULL, Data, clients, imported, products, sales
from engine.storage.fold import fold


def test_the_file_holds_the_generated_rows(data: Data) -> None:
    orders, lines = zip(*sales(data.size), strict=True)
    expected = {
        "client": list(clients(data.size)),
        "product": list(products(data.size)),
        "order": list(orders),
        "line": [line for group in lines for line in group],
    }
    with closing(sqlite3.connect(data.database)) as connection:
        for table, rows in expected.items():
            assert connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall() == rows


def test_an_order_costs_what_its_lines_cost(data: Data) -> None:
    for order, lines in sales(data.size):
        assert order[5] == sum(int(line[4] or 0) * int(line[5] or 0) for line in lines)


def test_orders_have_five_lines_on_average(data: Data) -> None:
    assert sum(len(lines) for _, lines in sales(data.size)) == 5 * data.size.orders


def test_a_third_of_the_clients_is_cyrillic_and_all_names_differ_even_folded() -> None:
    names = [str(row[2]) for row in clients(FULL)]
    assert len({fold(name) for name in names}) == FULL.clients
    assert sum("А" <= name[0] <= "я" for name in names) == FULL.clients // 3


def test_few_clients_hold_most_orders(data: Data) -> None:
    held = Counter(order[3] for order, _ in sales(data.size))
    assert sum(count for _, count in held.most_common(data.size.clients // 5)) > 0.5 * data.size.orders


def test_every_row_to_import_names_a_client(data: Data) -> None:
    names = {row[2] for row in clients(data.size)}
    rows = list(imported(data.size))
    assert len(rows) == data.size.imported
    assert {row[1] for row in rows} <= names
