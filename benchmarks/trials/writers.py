"""Eight people save at once into one SQLite file: no error, no lost update, no number twice or left out.

Each creates orders and, in between, tries to change the note of the one order that all of them fight over. A save of
that note says on which note it was based. Where every save that succeeded was based on the one before it, nobody's
change was overwritten unseen; whoever came too late must have been told.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import html
from benchmarks.answers import Wrong
from benchmarks.caller import Caller
from benchmarks.data import FULL, Data
from benchmarks.facts import expect, typed
from benchmarks.product import pages
from benchmarks.product.served import installed, served
from benchmarks.trial import Outcome, Trial

WRITERS = 8
SECONDS, QUICK = 60, 4
FOUGHT_OVER = 1
CONFLICT = 409


@dataclass
class Diary:
    """What one writer did."""

    numbers: list[str] = field(default_factory=list)
    """Of the orders created: where their cards are."""
    changes: list[tuple[str, str]] = field(default_factory=list)
    """The note that was seen and the note that replaced it."""
    late: int = 0
    """How often somebody else had been faster."""
    seconds: list[float] = field(default_factory=list)
    """How long each save took."""


def run(data: Data) -> list[Outcome]:
    """Write, stop, then compare what was answered with what is stored."""
    seconds = SECONDS if data.size == FULL else QUICK
    with installed(data) as place:
        with served(place) as server:
            end = time.monotonic() + seconds
            with ThreadPoolExecutor(WRITERS) as pool:
                diaries = list(pool.map(lambda writer: write(server.port, writer, end, data), range(WRITERS)))
        check(place.database, diaries)
    saves = sorted(one for diary in diaries for one in diary.seconds)
    figures = {
        "created": sum(len(diary.numbers) for diary in diaries),
        "changed": sum(len(diary.changes) for diary in diaries),
        "told to be late": sum(diary.late for diary in diaries),
        "saves/s": len(saves) / seconds,
        "ms median": statistics.median(saves) * 1000,
        "ms p95": saves[int(len(saves) * 0.95)] * 1000,
    }
    return [Outcome("product", figures)]


def write(port: int, writer: int, end: float, data: Data) -> Diary:
    """One person's work until the end."""
    diary = Diary()
    with closing(Caller(port)) as caller:
        pages.sign_in(caller)
        count = 0
        while time.monotonic() < end:
            create(caller, diary, writer * 100_000 + count, data)
            fight(caller, diary, f"writer {writer}, change {count}")
            count += 1
    return diary


def create(caller: Caller, diary: Diary, index: int, data: Data) -> None:
    """Open a blank card, fill it in, save it."""
    address = f"{pages.LIST}/new"
    form = pages.filled(caller.get(address), typed(index, data.size.clients))
    begun = time.perf_counter()
    reply = caller.post(address, form)
    diary.seconds.append(time.perf_counter() - begun)
    expect("status of a new order", 303, reply.status)
    diary.numbers.append(reply.location)


def fight(caller: Caller, diary: Diary, note: str) -> None:
    """Open the order that everybody changes, write another note, save it or be told that somebody was faster."""
    address = f"{pages.LIST}/{FOUGHT_OVER}"
    opened = caller.get(f"{address}/edit")
    expect("status of the form", 200, opened.status)
    form = dict(html.read(opened.body).forms["card-form"])
    seen, form["note"] = form["note"], note
    begun = time.perf_counter()
    reply = caller.post(address, form.items())
    diary.seconds.append(time.perf_counter() - begun)
    if reply.status == CONFLICT:
        diary.late += 1
        return
    expect("status of a changed order", 303, reply.status)
    diary.changes.append((seen, note))


def check(database: Path, diaries: list[Diary]) -> None:
    """Everything that was answered is there, nothing else is, and no change was lost."""
    created = [place for diary in diaries for place in diary.numbers]
    with closing(sqlite3.connect(database)) as connection:
        stored = connection.execute("SELECT number FROM \"order\" WHERE number LIKE 'ORD-2026-%' ORDER BY number")
        numbers = [number for (number,) in stored]
        note = connection.execute('SELECT note FROM "order" WHERE id = ?', (FOUGHT_OVER,)).fetchone()[0]
        intact = connection.execute("PRAGMA integrity_check").fetchone()[0]
    expect("different cards of new orders", len(created), len(set(created)))
    expect("numbers of new orders", [f"ORD-2026-{at:05d}" for at in range(1, len(created) + 1)], numbers)
    expect("state of the file", "ok", intact)
    check_chain([change for diary in diaries for change in diary.changes], note)


def check_chain(changes: list[tuple[str, str]], last: str) -> None:
    """Each change was made to what the one before it had left."""
    following = dict(changes)
    if len(following) != len(changes):
        raise Wrong("two changes were made to the same state, so that one of them was lost")
    written = {new for _, new in changes}
    now = next((seen for seen in following if seen not in written), last)
    for step in range(len(changes)):
        if now not in following:
            raise Wrong(f"after {step} of {len(changes)} changes the next one was made to another state")
        now = following[now]
    expect("the last note", now, last)


TRIAL = Trial("writers", f"{WRITERS} writers on one SQLite file", "no error, no lost update", run)
