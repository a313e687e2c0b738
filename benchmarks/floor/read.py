"""What the floor's pages say, in the neutral form; and the floor opened for a visitor."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from benchmarks import answers, html
from benchmarks.answers import Card, Listed
from benchmarks.facts import Typed, expect
from benchmarks.floor import database
from benchmarks.floor.app import create_app, leave
from benchmarks.forms import Reply
from benchmarks.row import Stage
from benchmarks.visitor import Visitor


def visit(stage: Stage) -> Visitor:
    """The floor on a copy of the data."""
    stage.exits.callback(leave)
    return Visitor(create_app(stage.copy()))


def beside(stage: Stage) -> sqlite3.Connection:
    """A second connection to the visited floor's file, to see what it wrote."""
    return stage.exits.enter_context(closing(database.connect(stage.folder / "floor.sqlite")))


def listed(_: int, reply: Reply) -> Listed:
    """A list page."""
    expect("status of the reply", 200, reply.status)
    page = html.read(reply.body)
    rows = tuple((row[0], row[1], row[2], row[3], answers.cents(row[4])) for row in page.tables[0])
    return Listed(answers.whole(page.text["total"]), rows)


def card(_: int, reply: Reply) -> Card:
    """A card."""
    expect("status of the reply", 200, reply.status)
    page = html.read(reply.body)
    fields = dict(page.forms["order"])
    order = (page.text["number"], fields["date"], page.text["client"], page.text["status"])
    lines = tuple((row[1], answers.whole(row[2]), answers.cents(row[3])) for row in page.tables[0])
    return Card((*order, answers.cents(fields["amount"])), lines)


def form(order: Typed) -> Iterable[tuple[str, str]]:
    """What is typed, as the floor's form sends it."""
    date, client, status, amount, note = order
    money = f"{amount / 100:.2f}"
    return ("date", date), ("client", str(client)), ("status", status), ("amount", money), ("note", note or "")
