"""The first page of a list of 400 orders with thirty more columns that are computed, of four types in turn.

Beside the same page whose columns hold the same values as if they were typed, and beside the page without them. The
floor is here the product itself: what is asked is what computing costs, not what a page does.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import islice

from benchmarks import html
from benchmarks.data import SMALL, STATUSES, sales
from benchmarks.facts import Facts, expect
from benchmarks.forms import Reply
from benchmarks.product import computed, pages
from benchmarks.product.load import money
from benchmarks.row import Row, Stage, Work
from benchmarks.visitor import Visitor

COLUMNS, PAGE, ORDERS = 30, 50, 400
FORMULAS = ("ROUND(amount * {k}%; 2)", "YEAR(date) + {k}", 'number & "/{k}"', "date + {k}")
TYPES = ("money", "integer", "text", "date")
SQL = ("(amount * {k} + 50) / 100", "substr(date, 1, 4) + {k}", "number || '/{k}'", "date(date, '+{k} days')")
FIELDS = """
kartoteka: 1
name: columns
language: en
currency: EUR
entities:
  order:
    label: Order
    plural: Orders
    title: number
    fields:
      number: {type: text}
      date: {type: date}
      status: {type: text}
      amount: {type: money}
"""
VIEW = """
    views:
      all: {columns: [%s], sort: [-date]}
"""
Cells = tuple[tuple[str, ...], ...]
"""The rows of a page as they are read."""
NAMES = [f"p{at}" for at in range(COLUMNS)]


def configuration(*, columns: bool, formulas: bool) -> str:
    """The orders with the columns, which are computed or not, or without them."""
    own = ["number", "date", "status", "amount"]
    if not columns:
        return FIELDS + VIEW % ", ".join(own)
    lines = [
        f"      {name}: {{type: {_of(TYPES, at)}{_formula(at) if formulas else ''}}}" for at, name in enumerate(NAMES)
    ]
    return FIELDS + "\n".join(lines) + VIEW % ", ".join([*own, *NAMES])


def _formula(at: int) -> str:
    return f", formula: '{_of(FORMULAS, at)}'"


def _of(kinds: tuple[str, ...], at: int) -> str:
    return kinds[at % len(kinds)].format(k=at + 1)


def side(stage: Stage, *, columns: bool = True, formulas: bool = False) -> Work[Reply, Cells]:
    """A signed-in visitor of one of the three pages."""
    visitor = opened(stage, columns=columns, formulas=formulas)
    return Work(lambda _: visitor.get(pages.LIST), cells)


def opened(stage: Stage, *, columns: bool, formulas: bool) -> Visitor:
    """The product with its orders; where nothing is computed, what would be is written by hand."""
    path = stage.folder / "product.sqlite"
    described = computed.described(stage.folder, configuration(columns=columns, formulas=formulas))
    with computed.opened(path, described) as records, records.batch() as batch:
        rows = [
            (row[1], date.fromisoformat(str(row[2])), row[4], money(row[5])) for row, _ in islice(sales(SMALL), ORDERS)
        ]
        batch.add("order", ("number", "date", "status", "amount"), rows)
    if columns and not formulas:
        with closing(computed.beside(path)) as connection:
            values = ", ".join(f"{name} = {_of(SQL, at)}" for at, name in enumerate(NAMES))
            connection.execute(f'UPDATE "order" SET {values}')
    return pages.visit_file(stage, path, described)


def cells(_: int, reply: Reply) -> Cells:
    """The page; the first cell of a row only picks it."""
    expect("status of the reply", 200, reply.status)
    return tuple(tuple(row[1:]) for row in html.read(reply.body).tables[0])


def check(facts: Facts, _: int, said: Cells) -> None:
    """Every row has its thirty values, or none of them has."""
    expect("rows", PAGE, len(said))
    for row in said:
        expect("status", True, row[2] in STATUSES)
        own, shown = row[:4], row[4:]
        if shown:
            expect("computed cells", tuple(_right(at, own) for at in range(COLUMNS)), shown)


def _right(at: int, own: tuple[str, ...]) -> str:
    number, day, _, amount = own
    when = date.fromisoformat(pages.iso(day))
    k = at + 1
    rights: tuple[Callable[[], str], ...] = (
        lambda: f"{(int(amount.replace(',', '').replace('.', '')) * k + 50) // 100 / 100:,.2f}",
        lambda: f"{when.year + k:,}",
        lambda: f"{number}/{k}",
        lambda: (when + timedelta(k)).strftime("%d/%m/%Y"),
    )
    return rights[at % len(rights)]()


ROW = Row(
    "computed",
    "a page with 30 computed columns instead of typed ones",
    check,
    side,
    partial(side, formulas=True),
    bar=1.2,
)
ADDED = Row(
    "computed-added",
    "a page with 30 computed columns beside the page without them",
    check,
    partial(side, columns=False),
    partial(side, formulas=True),
)
