"""Opening the card of an order with its client and its lines, another order each time."""

from __future__ import annotations

from benchmarks.answers import Card
from benchmarks.data import Size
from benchmarks.facts import Facts, expect
from benchmarks.floor import read
from benchmarks.forms import Reply
from benchmarks.product import pages
from benchmarks.row import Row, Stage, Work


def key(index: int, size: Size) -> int:
    """The order opened by the index-th request."""
    return 1 + index * 7919 % size.orders


def floor(stage: Stage) -> Work[Reply, Card]:
    visitor, size = read.visit(stage), stage.data.size
    return Work(lambda index: visitor.get(f"/order/{key(index, size)}"), read.card)


def product(stage: Stage) -> Work[Reply, Card]:
    visitor, size = pages.visit(stage), stage.data.size
    return Work(lambda index: visitor.get(f"{pages.LIST}/{key(index, size)}"), pages.card)


def check(facts: Facts, index: int, said: Card) -> None:
    expect("card", facts.card(key(index, facts.data.size)), said)


ROW = Row("card", "open a card with references and lines", check, floor, product, bar=6, requests=100)
