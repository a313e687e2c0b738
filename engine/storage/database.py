"""The connection to SQLite or PostgreSQL: short read and write transactions, and the statements kept for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import make_url
from sqlalchemy.sql import ClauseElement

from engine.storage.spans import LOCAL, local
from engine.storage.statement import Prepared
from formulas.to_sql import System

BUSY_SECONDS = 30
CROSSED = ("40P01", "40001")
"""PostgreSQL's codes for two transactions that waited for each other: one is undone, and may try again."""
KEPT = 8
"""So many connections to SQLite stay open between two requests."""


class Unavailable(Exception):
    """The database cannot be reached or stays locked; nothing was changed. Trying again later may work."""


class Collided(Exception):
    """A rival has taken a unique value, removed what this refers to or waits for what this has; nothing was changed."""


class _Undone(Exception):
    """Raised to leave a transaction without a trace."""


class Database:
    """One database and what is kept for it. Holds connections; everything else that passes through is a value.

    Args:
        url: an SQLAlchemy URL, `sqlite:///file.db` or `postgresql+psycopg://…`.

    Raises:
        Unavailable: this is no such URL, or the driver is not installed.
    """

    def __init__(self, url: str) -> None:
        parsed = _address(url)
        self.sqlite = parsed.get_backend_name() == "sqlite"
        self.system: System = "sqlite" if self.sqlite else "postgresql"
        self._engine = _sqlite(parsed) if self.sqlite else _postgresql(parsed)
        # SQLite's transactions see one state anyway; PostgreSQL's see a new one with each statement unless told.
        snapshot = {} if self.sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reading = self._engine.execution_options(**snapshot)
        self._waiting: list[Connection] = []
        self._writing = threading.Lock()
        self._besides: WeakSet[threading.Thread] = WeakSet()
        self._prepared: dict[Hashable, Prepared] = {}
        self.dialect = self._engine.dialect

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the data and changes nothing."""
        with self._telling(), self._connected(self._reading) as connection:
            self._begin(connection, "BEGIN")
            try:
                yield connection
            finally:
                self._leave(connection)

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        """A connection. Those to SQLite are kept open: taking one from the pool costs as much as a query.

        The last one back is the first one out, for reading and for writing: what one writes stays in the memory of
        its own connection, while all others forget what they have read.
        """
        if not self.sqlite:
            with engine.connect() as connection:
                yield connection
            return
        try:
            kept = self._waiting.pop()
        except IndexError:
            kept = engine.connect()
        try:
            yield kept
        except BaseException:
            kept.close()
            raise
        if len(self._waiting) < KEPT:
            self._waiting.append(kept)
        else:
            kept.close()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at its end, or leaves nothing when an exception passes through.

        SQLite has one writer at a time: a lock in the process queues them fairly, `BEGIN IMMEDIATE` across processes.
        """
        with self._alone(), self._telling(), self._connected(self._engine) as connection, connection.begin():
            self._begin(connection, "BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The turn of a writer of this process; on PostgreSQL each has one."""
        if not self.sqlite:
            yield
            return
        if not self._writing.acquire(timeout=BUSY_SECONDS):
            raise Unavailable("another change has kept the database for too long")
        try:
            yield
        finally:
            self._writing.release()

    def _leave(self, connection: Connection) -> None:
        """End a transaction that has read: by SQLAlchemy, which takes twice as long, only where somebody asked through it."""
        if connection.in_transaction():
            connection.rollback()
        else:
            driver: Any = connection.connection.driver_connection
            driver.rollback()

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """A write transaction that is undone at its end: for what can only be known by doing it."""
        with suppress(_Undone), self.write() as connection:
            yield connection
            raise _Undone

    def _begin(self, connection: Connection, statement: str) -> None:
        """Begin on SQLite, where the driver is told to leave that to us; PostgreSQL's begins with the first statement.

        Straight to the driver, and not in a listener: a request has two or three transactions, and an engine with
        listeners takes half as long again for each.
        """
        if self.sqlite:
            driver: Any = connection.connection.driver_connection
            driver.execute(statement)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn what the driver raises, through SQLAlchemy or directly, into the two cases that callers know."""
        driver: Any = self.dialect.loaded_dbapi
        try:
            yield
        except (exc.OperationalError, exc.TimeoutError, driver.OperationalError) as error:
            if getattr(getattr(error, "orig", error), "sqlstate", None) in CROSSED:
                raise Collided(_reason(error)) from error
            raise Unavailable(_reason(error)) from error
        except (exc.IntegrityError, driver.IntegrityError) as error:
            raise Collided(str(error)) from error
        except (exc.DatabaseError, driver.DatabaseError) as error:
            # Exactly this class is what a damaged file raises; its other subclasses are mistakes of this program.
            if type(getattr(error, "orig", error)) is not driver.DatabaseError:
                raise
            raise Unavailable(_reason(error)) from error

    def prepared(self, key: Hashable, build: Callable[[], ClauseElement]) -> Prepared:
        """The kept statement of a key, built on first use."""
        found = self._prepared.get(key)
        if found is None:
            if len(self._prepared) > 2000:
                self._prepared.clear()
            found = self._prepared[key] = Prepared(build(), self.dialect)
        return found

    def beside(self, name: str, work: Callable[[], None]) -> None:
        """Do something small beside what is going on, which must not wait for it; closing does."""
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._besides.add(thread)
        thread.start()

    def close(self) -> None:
        for thread in tuple(self._besides):
            thread.join(BUSY_SECONDS)
        while self._waiting:
            self._waiting.pop().close()
        self._engine.dispose()


def _address(url: str) -> URL:
    """The URL with the driver that this program uses."""
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        # Not repeated here: it may hold a password.
        raise Unavailable("its address is not like sqlite:///file.sqlite or postgresql://user@host/name") from None
    kind = parsed.get_backend_name()
    if kind in ("postgresql", "postgres"):
        if not find_spec("psycopg"):
            raise Unavailable("PostgreSQL needs the package psycopg; install kartoteka[postgresql]")
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise Unavailable(f"{kind} is not supported, only sqlite and postgresql are")
    return parsed


def _reason(error: Exception) -> str:
    """What the driver says, in one line and without the statement."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def _sqlite(url: Any) -> Engine:
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
        pool_size=8,
        max_overflow=24,
        pool_reset_on_return=None,  # no connection comes back within a transaction
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        # The driver would begin and commit by itself around DDL; with None, BEGIN is ours alone.
        connection.isolation_level = None
        connection.create_function(LOCAL, 2, local, deterministic=True)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "cache_size=-16000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgresql(url: Any) -> Engine:
    # Lists bind values whose frequency differs a lot; a generic plan can be a thousand times slower than a custom one.
    options = "-c plan_cache_mode=force_custom_plan -c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"
    return create_engine(url, connect_args={"options": options}, pool_pre_ping=True, pool_size=8, max_overflow=24)
