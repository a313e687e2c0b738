"""One figure on which everything depends, five steps deep: what a line costs to follow it must not grow with the lines.

The rate of a country decides what products cost, that the amounts of lines, these the totals of orders, these the
turnovers of clients, and these the sum of the region.
"""

from __future__ import annotations

import statistics
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.clock import timed
from benchmarks.data import FULL, Data
from benchmarks.facts import expect
from benchmarks.product import computed
from benchmarks.product.load import money
from benchmarks.trial import Outcome, Trial
from engine.records import Edit, Records

STEP, ROUNDS = 5_000, 3
GROWTH = 1.3
"""What the noise of a busy machine may do to a row's cost."""
LINES_EACH, ORDERS_EACH, PRODUCTS = 5, 10, 20
CONFIGURATION = """
kartoteka: 1
name: cascade
currency: EUR
entities:
  region:
    title: name
    fields:
      name: {type: text}
      rate: {type: decimal, scale: 4}
      clients: {type: related, of: client, by: region}
      turnover: {type: money, formula: SUM(clients.turnover)}
  product:
    title: name
    fields:
      name: {type: text}
      region: {type: reference, to: region}
      cost: {type: money}
      price: {type: money, formula: ROUND(cost * region.rate; 2)}
  client:
    title: name
    fields:
      name: {type: text}
      region: {type: reference, to: region}
      orders: {type: related, of: order, by: client}
      turnover: {type: money, formula: SUM(orders.total)}
  order:
    title: number
    fields:
      number: {type: text}
      client: {type: reference, to: client}
      lines: {type: lines, of: order_line}
      total: {type: money, formula: SUM(lines.amount)}
  order_line:
    kind: child
    fields:
      product: {type: reference, to: product}
      quantity: {type: integer}
      amount: {type: money, formula: quantity * product.price}
"""


def run(data: Data) -> list[Outcome]:
    """A quarter, a half and all of the lines, each in a file of its own, in turn."""
    step = STEP if data.size == FULL else STEP // 25
    counts = (step, 2 * step, 4 * step)
    spent: dict[int, list[float]] = {count: [] for count in counts}
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        configuration = computed.described(Path(name), CONFIGURATION)
        for count in counts:
            path = Path(name, f"{count}.sqlite")
            with computed.opened(path, configuration) as records:
                fill(records, count)
                spent[count] = [change(records, path, count, turn) for turn in range(ROUNDS + 1)][1:]
    figures = {f"ms with {count:,} lines": statistics.median(taken) * 1000 for count, taken in spent.items()}
    each = [statistics.median(taken) / count * 1_000_000 for count, taken in spent.items()]
    figures |= {"µs a line at first": each[0], "µs a line at last": each[-1]}
    return [Outcome("product", figures, each[-1] > GROWTH * each[0])]


def fill(records: Records, count: int) -> None:
    """A region, its products, clients, orders and so many lines."""
    orders = count // LINES_EACH
    with records.batch() as batch:
        batch.add("region", ("name", "rate"), [("North", Decimal(1))])
        products = [(f"Product {key}", 1, money(cost(key))) for key in range(1, PRODUCTS + 1)]
        batch.add("product", ("name", "region", "cost"), products)
        clients = [(f"Client {key}", 1) for key in range(orders // ORDERS_EACH)]
        batch.add("client", ("name", "region"), clients)
        heads = [(f"O-{key}", 1 + key // ORDERS_EACH) for key in range(orders)]
        batch.add("order", ("number", "client"), heads)
        lines = [(1 + at // LINES_EACH, at % LINES_EACH, 1 + at % PRODUCTS, quantity(at)) for at in range(count)]
        batch.add("order_line", ("order", "_position", "product", "quantity"), lines)


def cost(product: int) -> int:
    """What a product costs, in cents."""
    return 150 + product * 791


def quantity(line: int) -> int:
    """How much of it a line has."""
    return 1 + line * 7 % 12


def change(records: Records, path: Path, count: int, turn: int) -> float:
    """Save another rate; the seconds of CPU until all is right again."""
    rate = 11_000 + turn * 500
    with timed() as spent:
        records.update("region", 1, Edit({"rate": Decimal(rate).scaleb(-4)}))
    prices = [(cost(key) * rate + 5_000) // 10_000 for key in range(1, PRODUCTS + 1)]
    right = sum(quantity(line) * prices[line % PRODUCTS] for line in range(count))
    with closing(computed.beside(path)) as reader:
        sums = "SELECT turnover, (SELECT sum(turnover) FROM client), (SELECT sum(amount) FROM order_line) FROM region"
        expect("turnover of the region", (right, right, right), reader.execute(sums).fetchone())
    return spent.cpu


TRIAL = Trial("cascade", "a change that five steps follow", "the same a line, however many", run)
