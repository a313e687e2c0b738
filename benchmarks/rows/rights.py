"""The first page of the list of orders for somebody whose role decides row by row, beside the administrator's.

The floor is here the product itself. Every tenth order is theirs; or they see all but the cancelled ones, and of clients
no telephone. Counts stop at ten thousand, as they do under every rule.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, cast

from benchmarks import html
from benchmarks.facts import Facts, expect
from benchmarks.forms import Reply
from benchmarks.product import load, opened, pages
from benchmarks.row import Row, Stage, Work
from benchmarks.visitor import Visitor
from engine.config import load as read
from engine.model import Configuration
from engine.schema import apply
from engine.storage import Database
from runtime_web.app import create_app
from runtime_web.settings import Settings
from runtime_web.workspace import Workspace

PERSON = "ben"
ROLES = """
roles:
  own:
    grants:
      - {entity: order, can: [all], where: manager = USER()}
      - {entity: client, can: [all]}
      - {entity: product, can: [read]}
  some:
    grants:
      - {entity: order, can: [all], where: status <> "cancelled"}
      - {entity: client, can: [read], fields: {phone: hidden}}
      - {entity: product, can: [read]}
"""
MET = {"": "1", "own": "id % 10 = 0", "some": "status <> 'cancelled'"}
"""Which orders each role shows, as the floor would ask for them."""
Said = int
"""How many rows a page has."""


def described(folder: Path) -> Configuration:
    """The benchmark's configuration with a manager of each order, and two roles."""
    text = load.CONFIGURATION.read_text(encoding="utf-8")
    text = text.replace("      note: {type: text}\n", "      note: {type: text}\n      manager: {type: user}\n", 1)
    path = folder / "rights.yaml"
    path.write_text(text + ROLES, encoding="utf-8")
    found, problems = read(path)
    assert found is not None, problems
    return found


def side(stage: Stage, *, role: str = "") -> Work[Reply, Said]:
    """The list as the administrator sees it, or as somebody with a role does."""
    path, wanted = opened.copy(stage), described(stage.folder)
    with closing(Database(load.url(path))) as database:
        apply(database, wanted, "benchmark")
    app = create_app(Settings(load.url(path), wanted, stage.folder / "files", pages.SECRET))
    workspace = cast("Workspace", app.extensions["kartoteka"])
    stage.exits.callback(workspace.database.close)
    pages.add_person(workspace.database)
    number, _ = workspace.people.add(PERSON, "Ben Virtanen", password=pages.PASSWORD)
    workspace.people.set_roles(number, {role} if role else ())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute('UPDATE "order" SET manager = CASE WHEN id % 10 = 0 THEN ? ELSE 1 END', (number,))
        connection.execute("ANALYZE")
        connection.commit()
        newest = [
            row[0]
            for row in connection.execute(
                f'SELECT number FROM "order" WHERE {MET[role]} ORDER BY date DESC, id DESC LIMIT 50'
            )
        ]
    visitor = Visitor(app)
    pages.sign_in(visitor, PERSON if role else pages.LOGIN)
    return Work(lambda _: visitor.get(pages.LIST), partial(said, newest=newest))


def said(_: int, reply: Reply, *, newest: Sequence[str]) -> int:
    """The page, on which the newest orders stand that the role shows, and no others."""
    expect("status of the reply", 200, reply.status)
    numbers = [row[1] for row in html.read(reply.body).tables[0]]
    expect("numbers of the orders", list(newest), numbers)
    return len(numbers)


def check(facts: Facts, _: int, found: Said) -> None:
    """Each page is full."""
    expect("rows", 50, found)


def _row(name: str, title: str, role: str) -> Row[Any]:
    return Row(name, title, check, side, partial(side, role=role), bar=1.3)


OWN = _row("rights-own", "the list of one's own orders beside the administrator's list", "own")
SOME = _row("rights-some", "the list of all orders that a condition lets through beside the administrator's", "some")
