"""The first page of the list of orders: 50 rows, newest first, with the client's name and the count of all."""

from __future__ import annotations

from benchmarks.answers import Listed
from benchmarks.facts import Facts
from benchmarks.floor import read
from benchmarks.forms import Reply
from benchmarks.product import pages
from benchmarks.row import Row, Stage, Work


def floor(stage: Stage) -> Work[Reply, Listed]:
    visitor = read.visit(stage)
    return Work(lambda _: visitor.get("/order"), read.listed)


def product(stage: Stage) -> Work[Reply, Listed]:
    visitor = pages.visit(stage)
    return Work(lambda _: visitor.get(pages.LIST), pages.listed)


def check(facts: Facts, _: int, said: Listed) -> None:
    facts.check_listed(said, "date", 0)


ROW = Row("list", "list page: 50 rows, sort, count", check, floor, product, bar=3)
