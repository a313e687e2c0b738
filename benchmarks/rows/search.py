"""A page of orders with one status and a text in the number or the client's name, with the count."""

from __future__ import annotations

from benchmarks.answers import Listed
from benchmarks.data import SEARCHES
from benchmarks.facts import Facts
from benchmarks.floor import read
from benchmarks.forms import Reply
from benchmarks.product import pages
from benchmarks.row import Row, Stage, Work


def text(index: int) -> str:
    """Another word each time, so that a remembered answer does not help."""
    return SEARCHES[index % len(SEARCHES)]


def floor(stage: Stage) -> Work[Reply, Listed]:
    visitor = read.visit(stage)
    return Work(lambda index: visitor.get(f"/order?status=paid&q={text(index)}"), read.listed)


def product(stage: Stage) -> Work[Reply, Listed]:
    visitor = pages.visit(stage)
    return Work(lambda index: visitor.get(f"{pages.LIST}?f=status:any_of:paid&q={text(index)}"), pages.listed)


def check(facts: Facts, index: int, said: Listed) -> None:
    facts.check_listed(said, "date", 0, {"status": "paid", "text": f"%{text(index)}%"})


ROW = Row("search", "list, filter, text search, count", check, floor, product, bar=0.7, requests=10)
