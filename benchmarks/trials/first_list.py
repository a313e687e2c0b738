"""The first visible list: a signed-in person opens the list of orders in a browser that has nothing in its cache."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from playwright.sync_api import Browser, StorageState

from benchmarks import browser, parties
from benchmarks.answers import Wrong
from benchmarks.browser import Visit
from benchmarks.data import Data
from benchmarks.peers.environment import Absent
from benchmarks.product import pages
from benchmarks.serving import Server
from benchmarks.trial import Outcome, Trial

VISITS = 7
PAGE = 50
KILOBYTES = 300


@dataclass(frozen=True)
class Party:
    """Who takes part: how it is started, where its list is, where one signs in."""

    start: Callable[[Data], AbstractContextManager[Server]]
    page: str
    login: str = ""


PARTIES = {
    "floor": Party(parties.floor, "/order"),
    "product": Party(parties.product, pages.LIST, "/login"),
    "Flask-Admin": Party(parties.flask_admin, "/admin/orders/"),
}


@dataclass(frozen=True)
class Place:
    """A list that can be visited."""

    address: str
    signed_in: StorageState | None


def run(data: Data) -> list[Outcome]:
    """All servers at once, visited in turn; a peer only where it can be installed."""
    with browser.chromium() as opened, ExitStack() as stack:
        places: dict[str, Place] = {}
        for name, party in PARTIES.items():
            try:
                server = stack.enter_context(party.start(data))
            except Absent as absent:
                print(absent, file=sys.stderr)
                continue
            state = None
            if party.login:
                state = browser.sign_in(opened, server.address + party.login, pages.LOGIN, pages.PASSWORD)
            places[name] = Place(server.address + party.page, state)
        return compared({name: figures(visits) for name, visits in visited(opened, places).items()})


def visited(opened: Browser, places: dict[str, Place]) -> dict[str, list[Visit]]:
    """Several first visits to each; the very first warms the server up and is not counted."""
    visits: dict[str, list[Visit]] = {name: [] for name in places}
    for turn in range(VISITS + 1):
        for name, place in places.items():
            one = browser.visit(opened, place.address, "tbody tr", place.signed_in)
            if one.rows != PAGE:
                raise Wrong(f"{name}: expected {PAGE} rows on the screen, there are {one.rows}")
            if turn:
                visits[name].append(one)
    return visits


def figures(visits: list[Visit]) -> dict[str, float]:
    """The medians."""
    return {
        "ms": statistics.median(one.milliseconds for one in visits),
        "kB": statistics.median(one.bytes for one in visits) / 1000,
        "requests": statistics.median(one.requests for one in visits),
    }


def compared(told: dict[str, dict[str, float]]) -> list[Outcome]:
    """The product is above its bar when it is slower than the peer, or loads too much."""
    peer = told.get("Flask-Admin", {}).get("ms", float("inf"))
    return [
        Outcome(name, found, name == "product" and (found["ms"] > peer or found["kB"] > KILOBYTES))
        for name, found in told.items()
    ]


TRIAL = Trial("first-list", "first visible list in the browser", f"under Flask-Admin, {KILOBYTES} kB", run)
