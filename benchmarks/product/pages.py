"""The product's pages: a signed-in visitor, what the pages say in the neutral form, and its forms filled in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from benchmarks import answers, html
from benchmarks.answers import Card, Listed
from benchmarks.caller import Caller
from benchmarks.facts import Typed, expect
from benchmarks.forms import Reply, Sent
from benchmarks.html import Fields
from benchmarks.product import load, opened
from benchmarks.row import Stage
from benchmarks.visitor import Visitor
from engine.accounts import People
from engine.model import Configuration
from engine.storage import Database
from runtime_web.app import create_app
from runtime_web.notices import COOKIE as NOTICES
from runtime_web.settings import Settings
from runtime_web.workspace import Workspace

LOGIN, PASSWORD = "ana", "three quiet herons"
SECRET = "0123456789 abcdefghij ABCDEFGHIJ"
LIST = "/records/order"


def visit(stage: Stage) -> Visitor:
    """The product on a copy of the data, its administrator signed in."""
    return visit_file(stage, opened.copy(stage), load.configuration())


def visit_file(stage: Stage, path: Path, configuration: Configuration) -> Visitor:
    """The product on a database file that has the tables of this configuration, its administrator signed in."""
    app = create_app(Settings(load.url(path), configuration, stage.folder / "files", SECRET))
    workspace = cast("Workspace", app.extensions["kartoteka"])
    stage.exits.callback(workspace.database.close)
    add_person(workspace.database)
    visitor = Visitor(app)
    sign_in(visitor)
    return visitor


def sign_in(person: Visitor | Caller, login: str = LOGIN) -> None:
    """Sign somebody in, by default the administrator."""
    form = [("csrf_token", token(person.get("/login"))), ("login", login), ("password", PASSWORD)]
    expect("status after signing in", 302, person.post("/login", form).status)


def add_person(database: Database) -> None:
    """Give the administrator an account."""
    People(database).add(LOGIN, "Ana Popa", administrator=True, password=PASSWORD)


def token(reply: Reply) -> str:
    """The token that forms of a page send."""
    fields = html.read(reply.body).forms
    return next(value for form in fields.values() for name, value in form if name == "csrf_token")


def beside(stage: Stage) -> sqlite3.Connection:
    """A second connection to the visited product's file, to see what it wrote."""
    return stage.exits.enter_context(closing(sqlite3.connect(stage.folder / "product.sqlite")))


def listed(_: int, reply: Reply) -> Listed:
    """A list page; the first cell of a row only picks it."""
    expect("status of the reply", 200, reply.status)
    page = html.read(reply.body)
    rows = tuple((row[1], iso(row[2]), row[3], row[4], answers.cents(row[5])) for row in page.tables[0])
    return Listed(answers.whole(page.text["aside"]), rows)


def card(_: int, reply: Reply) -> Card:
    """A card as it is read."""
    expect("status of the reply", 200, reply.status)
    page = html.read(reply.body)
    text = page.text
    order = (text["f-number"], iso(text["f-date"]), text["f-client"], text["f-status"], answers.cents(text["f-amount"]))
    lines = tuple((row[0], answers.whole(row[1]), answers.cents(row[2])) for row in page.tables[0])
    return Card(order, lines)


def iso(text: str) -> str:
    """A date as it is written in English."""
    day, month, year = text.split("/")
    return f"{year}-{month}-{day}"


def save(visitor: Visitor, address: str, sent: Sent) -> Reply:
    """Save a card, from a page that has shown what there was to say about the save before."""
    visitor.cookies.pop(NOTICES, None)
    return visitor.send(address, sent)


def filled(reply: Reply, order: Typed) -> Fields:
    """The form of a card with an order typed into it."""
    expect("status of the form", 200, reply.status)
    date, client, status, amount, note = order
    typed = {"date": date, "client": str(client), "status": status, "amount": f"{amount / 100:.2f}", "note": note or ""}
    page = html.read(reply.body)
    expect("encoding of the form", "", page.encodings["card-form"])
    return [(name, typed.get(name, value)) for name, value in page.forms["card-form"]]
