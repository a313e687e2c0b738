"""Sessions live as long as they should, and only their digest is stored."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from engine.accounts import Lifetime, People, Session, Sessions
from engine.accounts import sessions as module
from engine.storage import Database


@pytest.fixture
def sessions(database: Database) -> Sessions:
    People(database).add("ben", "Ben")
    return Sessions(database, Lifetime(idle=dt.timedelta(hours=8), longest=dt.timedelta(days=2)))


class Clock:
    """Time that a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
        monkeypatch.setattr(module, "_now", lambda: self.now)

    def pass_hours(self, hours: float) -> None:
        self.now += dt.timedelta(hours=hours)


def see(sessions: Sessions, key: str, found: Session) -> None:
    """Note a sign of life and wait until it is written."""
    sessions.see(key, found)
    for thread in threading.enumerate():
        if thread.name == "sign of life":
            thread.join()


@pytest.mark.usefixtures("database_url")
def test_a_session_says_whose_it_is_and_keeps_its_content(sessions: Sessions) -> None:
    key = sessions.start(1)
    sessions.write(key, {"a": ["б"]})
    found = sessions.open(key)
    assert found
    assert (found.account.login, found.content) == ("ben", {"a": ["б"]})
    sessions.end(key)
    assert sessions.open(key) is None
    assert sessions.open("something else") is None


@pytest.mark.usefixtures("database_url")
def test_a_session_ends_unused_and_lives_on_when_used(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    used, unused = sessions.start(1), sessions.start(1)
    for _ in range(3):
        clock.pass_hours(3)
        found = sessions.open(used)
        assert found
        see(sessions, used, found)
    assert sessions.open(unused) is None


def test_a_session_ends_at_last_however_much_it_is_used(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    key = sessions.start(1)
    for _ in range(16):
        found = sessions.open(key)
        assert found
        see(sessions, key, found)
        clock.pass_hours(3)
    clock.pass_hours(0.1)
    assert sessions.open(key) is None


def test_a_sign_of_life_is_written_seldom(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    key = sessions.start(1)
    clock.pass_hours(0.05)
    found = sessions.open(key)
    assert found
    see(sessions, key, found)
    again = sessions.open(key)
    assert again
    assert again.seen_at == found.seen_at


def test_dead_sessions_are_cleared_away(
    sessions: Sessions, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    for _ in range(3):
        sessions.start(1)
    clock.pass_hours(9)
    key = sessions.start(1)
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT key FROM _session").all()
    assert [row[0] for row in rows] == [module.digest(key)]
    assert key not in module.digest(key)


def test_a_page_does_not_wait_for_somebody_who_writes(
    sessions: Sessions, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    key = sessions.start(1)
    clock.pass_hours(2)
    found = sessions.open(key)
    assert found
    with database.write():
        for _ in range(3):
            sessions.see(key, found)
        assert [thread.name for thread in threading.enumerate()].count("sign of life") == 1
    see(sessions, key, found)
    again = sessions.open(key)
    assert again
    assert again.seen_at == clock.now
