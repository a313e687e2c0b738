"""The list of orders by Flask-Admin, on a copy of the floor's database; runs where Flask-Admin is installed.

Called as a script: `python flask_admin_app.py DATABASE PORT`. It imports nothing of ours.
"""

from __future__ import annotations

import sys

import waitress
from flask import Flask
from flask_admin import Admin  # type: ignore[import-not-found]
from flask_admin.contrib.sqla import ModelView  # type: ignore[import-not-found]
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, scoped_session, sessionmaker


class Record(DeclarativeBase):
    """What its models are made of."""


class Client(Record):
    """A client, told by its name."""

    __tablename__ = "client"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    def __str__(self) -> str:
        return self.name


class Order(Record):
    """An order."""

    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    date: Mapped[str]
    client_id: Mapped[int] = mapped_column("client", ForeignKey("client.id"))
    client: Mapped[Client] = relationship()
    status: Mapped[str]
    amount: Mapped[int]


LISTED = {
    "column_list": ("number", "date", "client", "status", "amount"),
    "column_default_sort": ("date", True),
    "page_size": 50,
}


def create_app(database: str) -> Flask:
    """Flask-Admin with one view."""
    app = Flask(__name__)
    app.secret_key = "a benchmark on one machine"
    session: scoped_session[Session] = scoped_session(sessionmaker(create_engine(f"sqlite:///{database}")))
    Admin(app, name="Orders").add_view(type("OrderView", (ModelView,), LISTED)(Order, session, endpoint="orders"))
    return app


if __name__ == "__main__":
    waitress.serve(create_app(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), threads=4)
