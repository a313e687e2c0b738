"""One server process of `kartoteka serve`: waitress over a socket that the parent process has opened."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time

from runtime_web.log import log_to_terminal
from runtime_web.settings import MEGABYTE, Settings

THREADS = 4
DAY = 24 * 60 * 60
SWITCH_SECONDS = 0.001
"""How long one thread may compute before another gets its turn: short pages should not wait for long ones."""


def run(settings: Settings, listener: socket.socket, number: int) -> None:
    """Answer requests until the parent says that it is over; the first process also clears away once a day."""
    # The parent only needs this function's name; what the application is made of is loaded where it runs.
    from waitress.server import create_server  # noqa: PLC0415

    from runtime_web.app import create_app  # noqa: PLC0415

    # Ctrl+C reaches every process of a terminal; the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=leave_with_parent, daemon=True).start()
    log_to_terminal()
    logging.getLogger("waitress").setLevel(logging.ERROR)
    sys.setswitchinterval(SWITCH_SECONDS)
    app = create_app(settings)
    if number == 1:
        threading.Thread(target=_clear_away, args=(settings,), daemon=True).start()
    server = create_server(
        app,
        sockets=[listener],
        threads=THREADS,
        ident="",
        max_request_body_size=settings.largest_upload + MEGABYTE,
        channel_timeout=60,
        clear_untrusted_proxy_headers=False,
    )
    server.run()


def _clear_away(settings: Settings) -> None:
    """Remove uploads that nobody saved, now and once a day."""
    from engine.files import Files  # noqa: PLC0415
    from engine.rights import SYSTEM  # noqa: PLC0415
    from engine.storage import Database, Unavailable  # noqa: PLC0415
    from engine.storage.tables import describe_tables  # noqa: PLC0415

    while True:
        database = Database(settings.database_url)
        with contextlib.suppress(Unavailable, OSError):
            Files(database, describe_tables(settings.configuration), settings.files, SYSTEM).sweep()
        database.close()
        time.sleep(DAY)


def _leave(*_: object) -> None:
    """End after the requests that are being answered."""
    raise SystemExit(0)


def leave_with_parent() -> None:
    """A server whose parent has been killed would keep the port for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(0)
