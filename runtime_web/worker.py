"""A worker process: it does the jobs that pages have asked for. Started by `kartoteka serve`, or as `kartoteka worker`."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from contextlib import suppress
from types import FrameType

from runtime_web.log import log_to_terminal
from runtime_web.server import leave_with_parent
from runtime_web.settings import Settings

LOOK_SECONDS = 1.0


def run(settings: Settings, name: str) -> None:
    """Work until told to end: by a signal, or by the end of the process that has started this one.

    Args:
        name: what no other worker is called that runs now; one that is started in the place of another has its name.
    """
    # The parent only needs this function's name; what the application is made of is loaded where it runs.
    from engine.jobs import Crew, Made, resume  # noqa: PLC0415
    from engine.storage import Database, Unavailable  # noqa: PLC0415
    from runtime_web.kinds import KINDS  # noqa: PLC0415

    stop = threading.Event()
    _listen(stop)
    log_to_terminal()
    logging.getLogger("huey").setLevel(logging.ERROR)
    database = Database(settings.database_url)
    crew = Crew(database, KINDS, Made(settings.made), name)
    with suppress(Unavailable):
        resume(database)
    crew.start()
    # Windows delivers Ctrl+C between two waits, not within one.
    while not stop.wait(LOOK_SECONDS):
        pass
    crew.stop()
    database.close()


def _listen(stop: threading.Event) -> None:
    """End at a request to end. Ctrl+C reaches every process of a terminal; a child leaves that to its parent."""

    def told(_: int, frame: FrameType | None) -> None:
        del frame
        stop.set()

    child = multiprocessing.parent_process() is not None
    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, signal.SIG_IGN if child else told)
    if child:
        threading.Thread(target=leave_with_parent, daemon=True).start()
