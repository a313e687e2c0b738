"""The floor's pages."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as Answer

from benchmarks.data import STATUSES
from benchmarks.facts import Typed
from benchmarks.floor import database, exchange

pages = Blueprint("pages", __name__)
kept = threading.local()


def create_app(path: Path) -> Flask:
    """The application on one database file, its templates compiled."""
    app = Flask(__name__)
    app.config["DATABASE"] = path
    app.jinja_env.auto_reload = False
    app.jinja_env.filters["money"] = money
    app.jinja_env.globals["statuses"] = STATUSES
    for name in ("list.html", "card.html"):
        app.jinja_env.get_template(name)
    app.register_blueprint(pages)
    return app


def money(cents: int) -> str:
    """Whole cents as people write them."""
    return f"{cents // 100}.{cents % 100:02d}"


def connection() -> sqlite3.Connection:
    """This thread's connection to the application's file."""
    path = current_app.config["DATABASE"]
    if getattr(kept, "path", None) != path:
        kept.connection, kept.path = database.connect(path), path
    return kept.connection  # type: ignore[no-any-return]


def leave() -> None:
    """Close this thread's connection."""
    if getattr(kept, "path", None) is not None:
        kept.connection.close()
        kept.path = None


def page(template: str, **names: object) -> str:
    """A filled template, without Flask's context processors."""
    return current_app.jinja_env.get_template(template).render(names)


@pages.get("/order")
def listed() -> str:
    """A page of the list: by sort and offset, or by status and text."""
    text, status = request.args.get("q", ""), request.args.get("status", "")
    sort, offset = request.args.get("sort", "date"), request.args.get("offset", 0, int)
    if sort not in database.SORTS:
        abort(404)
    if text:
        rows, total = database.search(connection(), status, text)
    else:
        rows, total = database.page(connection(), sort, offset)
    return page("list.html", rows=rows, total=total, text=text, status=status, sort=sort, offset=offset)


@pages.get("/order/<int:key>")
def card(key: int) -> str:
    """One order with its client and its lines, as a form."""
    found = connection().execute(database.CARD, (key,)).fetchone()
    if found is None:
        abort(404)
    return page("card.html", order=found, lines=connection().execute(database.LINES, (key,)).fetchall())


@pages.post("/order/new")
def create() -> Answer:
    """Save a new order and show it."""
    return redirect(f"/order/{database.create(connection(), typed())}", 303)


@pages.post("/order/<int:key>")
def update(key: int) -> Answer:
    """Save an order and show it."""
    database.update(connection(), key, typed())
    return redirect(f"/order/{key}", 303)


@pages.get("/order.csv")
def exported() -> Response:
    """All orders as CSV, streamed."""
    return Response(exchange.csv_lines(connection()), mimetype="text/csv")


def typed() -> Typed:
    """The posted form."""
    form = request.form
    if form["status"] not in STATUSES:
        abort(400)
    amount = round(float(form["amount"]) * 100)
    return form["date"], int(form["client"]), form["status"], amount, form["note"] or None
