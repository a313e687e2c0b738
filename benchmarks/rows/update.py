"""Saving a changed order, another one each time; the forms were opened and filled in before, off the clock."""

from __future__ import annotations

from benchmarks.facts import Facts, expect, typed
from benchmarks.floor import read
from benchmarks.forms import Reply, Sent, plain
from benchmarks.product import pages
from benchmarks.row import Row, Stage, Work
from benchmarks.rows.card import key
from benchmarks.rows.saved import Saved, key_of, stored


def floor(stage: Stage) -> Work[Reply, Saved]:
    visitor, reader, size = read.visit(stage), read.beside(stage), stage.data.size
    forms: dict[int, Sent] = {}

    def opened(index: int) -> None:
        forms[index] = plain(read.form(typed(index, size.clients)))

    return Work(
        lambda index: visitor.send(f"/order/{key(index, size)}", forms[index]),
        lambda _, reply: stored(reader, key_of(reply)),
        opened,
    )


def product(stage: Stage) -> Work[Reply, Saved]:
    visitor, reader, size = pages.visit(stage), pages.beside(stage), stage.data.size
    forms: dict[int, Sent] = {}

    def opened(index: int) -> None:
        form = visitor.get(f"{pages.LIST}/{key(index, size)}/edit")
        forms[index] = plain(pages.filled(form, typed(index, size.clients)))

    return Work(
        lambda index: pages.save(visitor, f"{pages.LIST}/{key(index, size)}", forms[index]),
        lambda _, reply: stored(reader, key_of(reply)),
        opened,
    )


def check(facts: Facts, index: int, said: Saved) -> None:
    number = facts.order(key(index, facts.data.size))[0]
    expect("changed order", (number, *typed(index, facts.data.size.clients)), said)


ROW = Row("update", "update", check, floor, product, bar=4, requests=50)
