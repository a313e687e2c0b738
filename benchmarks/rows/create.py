"""Saving a new order: the form is posted, the number given, the answer leads to the new card.

The forms were opened and filled in before, off the clock: each of the product's carries a token of its own.
"""

from __future__ import annotations

from benchmarks.facts import Facts, expect, typed
from benchmarks.floor import read
from benchmarks.forms import Reply, Sent, plain
from benchmarks.product import pages
from benchmarks.row import Row, Stage, Work
from benchmarks.rows.saved import Saved, key_of, stored


def floor(stage: Stage) -> Work[Reply, Saved]:
    visitor, reader, clients = read.visit(stage), read.beside(stage), stage.data.size.clients
    forms: dict[int, Sent] = {}

    def opened(index: int) -> None:
        forms[index] = plain(read.form(typed(index, clients)))

    return Work(
        lambda index: visitor.send("/order/new", forms[index]),
        lambda _, reply: stored(reader, key_of(reply)),
        opened,
    )


def product(stage: Stage) -> Work[Reply, Saved]:
    visitor, reader, clients = pages.visit(stage), pages.beside(stage), stage.data.size.clients
    address = f"{pages.LIST}/new"
    forms: dict[int, Sent] = {}

    def opened(index: int) -> None:
        forms[index] = plain(pages.filled(visitor.get(address), typed(index, clients)))

    return Work(
        lambda index: pages.save(visitor, address, forms[index]),
        lambda _, reply: stored(reader, key_of(reply)),
        opened,
    )


def check(facts: Facts, index: int, said: Saved) -> None:
    expect("new order", (f"ORD-2026-{index + 1:05d}", *typed(index, facts.data.size.clients)), said)


ROW = Row("create", "create", check, floor, product, bar=4, requests=50)
