"""A PostgreSQL server for the tests: started from the machine's own binaries, on a free port, in a temporary folder.

Each test process (pytest-xdist has several) starts its own when the first test asks; that costs about two seconds and
needs no lock. As root the server runs as an unprivileged user, since PostgreSQL refuses root.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OWNER = "kartoteka"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
}
# pg_trgm splits words by the database's character classes: with plain C it sees no letter outside ASCII.
LOCALE = ("--locale=C", f"--lc-ctype={'en_US.UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}")


@dataclass(frozen=True)
class Server:
    """A running server. Its databases are cloned from template1 and dropped after use."""

    port: int
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    @contextlib.contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The URL of a new empty database; dropped afterwards even if somebody is still connected."""
        name = f"test_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement in the server's own database; returns its rows."""
        import psycopg  # noqa: PLC0415  (part of an extra)

        with psycopg.connect(self.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def missing() -> str | None:
    """Why no server can be started here, or None."""
    if binaries() is None:
        return "No PostgreSQL server is installed (looked on the PATH and in /usr/lib/postgresql)."
    return None


def binaries() -> Path | None:
    """The folder with initdb and postgres; of several versions the newest."""
    found = shutil.which("postgres")
    if found and shutil.which("initdb", path=str(Path(found).parent)):
        return Path(found).resolve().parent
    places = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return max(places, key=lambda path: int(path.parent.name), default=None)


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Start a server, check that it has what the program needs, stop it and remove its folder at the end."""
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="kartoteka-pg-"))
    identity = unprivileged(folder)
    data = folder / "data"
    with (folder / "log").open("w+", encoding="utf-8") as log:
        create: list[str | Path] = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            *LOCALE,
            "--no-sync",
        ]
        subprocess.run(create, check=True, stdout=log, stderr=log, cwd=folder, **identity)
        port = free_port()
        settings = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
        command: list[str | Path] = [
            programs / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            "-k",
            "" if sys.platform == "win32" else folder,
            *settings,
        ]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **identity)
        try:
            server = Server(port)
            wait_until_ready(server, process, folder / "log")
            check(server)
            yield server
        finally:
            # SIGINT asks for a fast shutdown; SIGTERM would wait for whoever is still connected.
            process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
            process.wait(timeout=30)
    shutil.rmtree(folder, ignore_errors=True)


def unprivileged(folder: Path) -> dict[str, Any]:
    """Arguments for subprocess that give up root's rights, after the folder was given to that user."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415  (POSIX only)

    known = {entry.pw_name for entry in pwd.getpwall()}
    name = next(name for name in ("postgres", "nobody") if name in known)
    entry = pwd.getpwnam(name)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; an error with its log when it does not within half a minute."""
    import psycopg  # noqa: PLC0415  (part of an extra)

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            server.execute("SELECT 1")
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8')}")


def check(server: Server) -> None:
    """What the program expects of PostgreSQL: ICU collations that know every alphabet, and pg_trgm for search."""
    words = "(VALUES ('Яма'), ('яблоко'), ('zebra'), ('Ape')) AS t(word)"
    rows = server.execute(f'SELECT word FROM {words} ORDER BY word COLLATE "und-x-icu"')
    assert [word for (word,) in rows] == ["Ape", "zebra", "яблоко", "Яма"], "the collation und-x-icu is missing"
    assert server.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"), "pg_trgm is missing"
