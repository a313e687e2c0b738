"""A page of the list from its middle: by a column without an index, and by the date, which has one.

The product's page is the one that “Next” leads to from the page before it.
"""

from __future__ import annotations

from functools import partial

from benchmarks import html
from benchmarks.answers import Listed
from benchmarks.data import Size
from benchmarks.facts import Facts
from benchmarks.floor import read
from benchmarks.forms import Reply
from benchmarks.product import pages
from benchmarks.row import Row, Stage, Work


def depth(size: Size) -> int:
    """How many rows stand before the page: half of them."""
    return size.orders // 2


def floor(sort: str, stage: Stage) -> Work[Reply, Listed]:
    visitor, offset = read.visit(stage), depth(stage.data.size)
    return Work(lambda _: visitor.get(f"/order?sort={sort}&offset={offset}"), read.listed)


def product(sort: str, stage: Stage) -> Work[Reply, Listed]:
    visitor, before = pages.visit(stage), depth(stage.data.size) // 50
    following = html.read(visitor.get(f"{pages.LIST}?sort=-{sort}&page={before}").body).links["list-next"]
    return Work(lambda _: visitor.get(following), pages.listed)


def check(sort: str, facts: Facts, _: int, said: Listed) -> None:
    facts.check_listed(said, sort, depth(facts.data.size))


ROW = Row(
    "deep",
    "deep page, unindexed sort",
    partial(check, "amount"),
    partial(floor, "amount"),
    partial(product, "amount"),
    bar=0.25,
    requests=5,
    rounds=7,
)
INDEXED = Row(
    "deep-date",
    "deep page, indexed sort",
    partial(check, "date"),
    partial(floor, "date"),
    partial(product, "date"),
    bar=1,
    requests=20,
)
