"""kartoteka serve: the web application, in two processes that share one socket, and a worker for what takes long."""

from __future__ import annotations

import errno
import hashlib
import hmac
import multiprocessing
import os
import secrets
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

import click

from engine.accounts import People
from engine.schema import applications
from engine.storage import Database, Unavailable
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say
from runtime_web.server import run
from runtime_web.settings import DEBUGGING, Settings, SettingsWrong
from runtime_web.vendor import AssetsMissing, check_vendor
from runtime_web.worker import run as run_worker

PROCESSES = 2
AGAIN_SECONDS = 5
END_SECONDS = 5
"""So long the processes may take to end; a request that takes longer is cut off, a job is taken up at the next start."""
LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 for every computer that can reach this one.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--https", "secure", is_flag=True, help="People reach it by https, through a proxy.")
@click.option(
    "--proxies",
    type=click.IntRange(0, 10),
    default=0,
    show_default=True,
    help="How many proxies stand in front of it and are trusted.",
)
@click.option("--no-worker", is_flag=True, help="Start no worker; for those who run kartoteka worker by itself.")
@click.pass_obj
def serve(place: Place, *, host: str, port: int, secure: bool, proxies: int, no_worker: bool) -> None:
    """Start the web application.

    Pages are answered by two processes; a third one does what takes long. Ctrl+C ends all of them.
    """
    settings = _settings(place, secure=secure, proxies=proxies)
    listener = _listen(place, host, port)
    address = f"http://{'localhost' if host in LOCAL else host}:{listener.getsockname()[1]}"
    say(place, f"Kartoteka is at {address}. Press Ctrl+C to stop.", address=address)
    if settings.set_up_code and host not in LOCAL:
        say(
            place,
            f"Nobody has an account yet. The set-up code is {settings.set_up_code}",
            set_up_code=settings.set_up_code,
        )
    sys.stdout.flush()
    with listener:
        context = _context()
        pages = Pages(context, settings, listener)
        _run(place, pages, None if no_worker else Helper(context, settings))
    say(place, "Stopped.", stopped=True)


def _settings(place: Place, *, secure: bool, proxies: int) -> Settings:
    """The settings of this place, or the end of the command with a sentence that says what is missing."""
    try:
        check_vendor()
        _check_debugging()
        _check_private(place)
        database = place.open_database()
        settings = place.settings(database, secure=secure)
        code = "" if People(database).exist() else _set_up_code(settings.secret_key)
        database.close()
    except (AssetsMissing, SettingsWrong) as error:
        fail(place, str(error))
    except Unavailable as error:
        fail(place, f"The database cannot be opened: {str(error).splitlines()[0]}")
    return replace(settings, proxies=proxies, set_up_code=code)


def _check_debugging() -> None:
    """Refuse to show the inside of the program to whoever meets a fault of it."""
    if os.environ.get("FLASK_DEBUG", "").casefold() not in ("", "0", "false", "no"):
        raise SettingsWrong(DEBUGGING)


def _check_private(place: Place) -> None:
    """Refuse a secret that others on this computer can read: with it they could make tokens. Likewise the data."""
    if os.name == "posix" and place.data.is_dir() and place.data.stat().st_mode & 0o007:
        fail(place, f"Other users of this computer can read {place.data}. Run chmod 700 {place.data} and start again.")
    secret = place.data / "secret.key"
    if os.name == "posix" and secret.is_file() and secret.stat().st_mode & 0o077:
        fail(place, f"Other users of this computer can read {secret}. Run chmod 600 {secret} and start again.")


def _set_up_code(secret: str) -> str:
    """What whoever sets up from another computer must know: it stands in this window only."""
    return hmac.new(secret.encode(), b"set-up code", hashlib.sha256).hexdigest()[:8]


def _listen(place: Place, host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # On Windows this option would let two programs take the same port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
            fail(place, f"Port {port} is taken by another program. Stop that one, or choose another with --port.")
        if error.errno in (errno.EACCES, getattr(errno, "WSAEACCES", -1)):
            fail(place, f"This computer does not let you listen on port {port}. Choose one above 1023 with --port.")
        fail(place, f"It is not possible to listen on {host}, port {port}: {error.strerror}.")
    return listener


def _context() -> BaseContext:
    """How processes begin: on Linux as copies of one that has loaded the program already, elsewhere by loading it.

    All of them are given the same and none is a copy of this one, so that it is the same everywhere.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["runtime_web.loaded"])
    return context


@dataclass
class Pages:
    """The processes that answer, all of them on one socket."""

    context: BaseContext
    settings: Settings
    listener: socket.socket

    def start(self) -> list[BaseProcess]:
        """Begin anew, with the settings of now."""
        processes: list[BaseProcess] = [
            self.context.Process(  # type: ignore[attr-defined]
                target=run, args=(self.settings, self.listener, number), name=f"kartoteka-{number}", daemon=True
            )
            for number in range(1, PROCESSES + 1)
        ]
        for process in processes:
            process.start()
        return processes


@dataclass
class Helper:
    """The worker process beside the pages. It is started again when it dies, and takes up what it has left."""

    context: BaseContext
    settings: Settings
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    _process: BaseProcess | None = None
    _started: float = 0.0

    def keep(self) -> None:
        """See that it runs; one that dies at once is not started again and again."""
        if self._process is not None and self._process.is_alive():
            return
        if self._process is None or time.monotonic() - self._started > AGAIN_SECONDS:
            self._process = self.context.Process(  # type: ignore[attr-defined]
                target=run_worker, args=(self.settings, self.name), name="kartoteka-worker", daemon=True
            )
            self._process.start()
            self._started = time.monotonic()

    @property
    def processes(self) -> list[BaseProcess]:
        return [self._process] if self._process else []


def _run(place: Place, pages: Pages, helper: Helper | None) -> None:
    """Until Ctrl+C, a request to end, or the end of a process by itself; then all end.

    What is applied meanwhile is taken up by new processes, and the old ones end after the requests they have begun. The
    worker asks by itself what is in force.
    """

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    database = Database(pages.settings.database_url)
    number = _applications(database)
    processes = pages.start()
    try:
        while all(process.is_alive() for process in processes):
            if helper:
                helper.keep()
            for process in processes:
                process.join(timeout=0.5)
            now = _applications(database)
            if now > number:
                old, number = processes, now
                pages.settings = replace(pages.settings, configuration=place.applied(database))
                processes = pages.start()
                _end(old)
    except KeyboardInterrupt:
        pass
    finally:
        everything = [*processes, *(helper.processes if helper else ())]
        _end(everything)
        for process in everything:
            process.kill()
        database.close()


def _applications(database: Database) -> int:
    """How many configurations were applied; 0 where the database does not answer, which its pages say."""
    with suppress(Unavailable):
        return applications(database)
    return 0


def _end(processes: list[BaseProcess]) -> None:
    """Let processes finish what they have begun, and give them a moment for it, all of them the same one."""
    for process in processes:
        process.terminate()
    end = time.monotonic() + END_SECONDS
    for process in processes:
        process.join(timeout=max(end - time.monotonic(), 0))
