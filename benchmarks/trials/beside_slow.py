"""Short pages while somebody exports: eight people open cards without pause, a ninth asks for one export after another.

The export is cut to about half a second of the server's CPU time before the clock starts.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from benchmarks.caller import Caller
from benchmarks.data import Data, Size
from benchmarks.facts import Facts, expect
from benchmarks.product import pages
from benchmarks.product.served import installed, served
from benchmarks.rows.card import key
from benchmarks.trial import Outcome, Trial

READERS = 8
SECONDS = 8.0
LONG = 0.5
BAR = 100
EXPORT = f"{pages.LIST}/export?format=csv"


def run(data: Data) -> list[Outcome]:
    """The same pages alone, then beside the exports."""
    with installed(data) as place, served(place) as server:
        address = long_request(server.port)
        alone = read(server.port, data)
        stop = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            exports = pool.submit(export, server.port, address, stop)
            beside = read(server.port, data)
            stop.set()
            taken = exports.result()
    figures = {
        "ms p95": at(beside, 0.95),
        "ms median": at(beside, 0.5),
        "pages/s": len(beside) / SECONDS,
        "exports": len(taken),
        "ms an export": at(taken, 0.5),
        "ms p95 alone": at(alone, 0.95),
        "pages/s alone": len(alone) / SECONDS,
    }
    return [Outcome("product", figures, figures["ms p95"] > BAR)]


def at(seconds: list[float], share: float) -> float:
    """A quantile, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[int(len(ordered) * share)] * 1000


def long_request(port: int) -> str:
    """An export that lasts about as long as wanted when nothing else runs."""
    with closing(Caller(port)) as caller:
        pages.sign_in(caller)
        for year in range(2019, 2026):
            address = f"{EXPORT}&f=date:from:{year}-01-01"
            begun = time.perf_counter()
            expect("status of an export", 200, caller.get(address).status)
            if time.perf_counter() - begun < 1.2 * LONG:
                break
    return address


def export(port: int, address: str, stop: threading.Event) -> list[float]:
    """One export after another; how long each took."""
    taken: list[float] = []
    with closing(Caller(port)) as caller:
        pages.sign_in(caller)
        while not stop.is_set() or not taken:
            begun = time.perf_counter()
            expect("status of an export", 200, caller.get(address).status)
            taken.append(time.perf_counter() - begun)
    return taken


def read(port: int, data: Data) -> list[float]:
    """Everybody opens cards for a while; how long each took."""
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(READERS) as pool:
        found = pool.map(lambda reader: read_cards(port, reader, end, data), range(READERS))
        return [one for seconds in found for one in seconds]


def read_cards(port: int, reader: int, end: float, data: Data) -> list[float]:
    """One person's cards; every fiftieth is checked, which costs more than asking for it."""
    taken: list[float] = []
    with closing(Caller(port)) as caller, closing(Facts(data)) as facts:
        pages.sign_in(caller)
        while time.monotonic() < end:
            record = opened(reader, len(taken), data.size)
            begun = time.perf_counter()
            reply = caller.get(f"{pages.LIST}/{record}")
            taken.append(time.perf_counter() - begun)
            expect("status of a card", 200, reply.status)
            if len(taken) % 50 == 1:
                expect("card", facts.card(record), pages.card(0, reply))
    return taken


def opened(reader: int, count: int, size: Size) -> int:
    """Another order each time, for everybody."""
    return key(reader * 1000 + count, size)


TRIAL = Trial("beside-slow", "short pages beside one long request", f"p95 {BAR} ms", run)
