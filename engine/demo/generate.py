"""All demo data, entity by entity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.demo.batch import Batch, Scale
from engine.demo.clients import Clients
from engine.demo.journal import events
from engine.demo.orders import Orders
from engine.demo.staff import employees
from engine.demo.wages import wages
from engine.demo.wares import Wares

LAST_DAY = date(2026, 6, 30)
"""The last day of the history unless another is asked for."""


def generate(scale: Scale | None = None, seed: int = 1, until: date = LAST_DAY) -> Iterator[Batch]:
    """Believable data of the `clients` sample, the same for the same arguments.

    Rows come in batches while they are made, so that a million lines need no memory to speak of.

    Args:
        scale: How much.
        seed: Another seed makes other people, firms and orders.
        until: The last day of the history; a demo that is to look alive takes today.
    """
    scale = scale or Scale()
    staff = employees(scale, seed, until)
    yield staff
    wares = Wares(scale, seed, until)
    yield from wares.batches()
    clients = Clients(scale, seed, until)
    yield from clients.batches()
    orders = Orders(scale, seed, until)
    yield from orders.batches(clients.clients, clients.drawing(seed, "buyers"), wares.wares)
    yield wages(staff, seed, until)
    yield from events(scale, seed, until, clients.clients, clients.drawing(seed, "callers"))
