"""Sessions live as long as they should, and only their digest is stored."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from engine.accounts import Lifetime, Origin, People, Session, Sessions
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


@pytest.mark.usefixtures("database_url")
def test_a_person_sees_where_they_are_signed_in_and_ends_it(
    sessions: Sessions, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    People(database).add("eve", "Eve")
    dead = sessions.start(1)
    clock.pass_hours(9)
    phone = sessions.start(1, Origin("A phone " * 100, "192.0.2.1"))
    clock.pass_hours(1)
    desk, cafe = sessions.start(1, Origin("A desk", "192.0.2.2")), sessions.start(1)
    hers = sessions.start(2, Origin("Hers", "192.0.2.3"))
    places = sessions.places(1, phone)
    assert [place.own for place in places] == [True, False, False]
    assert places[0].origin.address == "192.0.2.1"
    assert len(places[0].origin.browser) == 300
    assert {place.origin.browser for place in places[1:]} == {"A desk", ""}
    named = {place.origin.browser: place.id for place in places}
    assert not sessions.end_place(2, named["A desk"])
    assert not sessions.end_place(1, "")
    assert not sessions.end_place(1, "%" * 24)
    assert sessions.end_place(1, named["A desk"])
    assert sessions.open(desk) is None
    assert sessions.end_others(1, phone) >= 1
    assert [bool(sessions.open(key)) for key in (phone, cafe, hers, dead)] == [True, False, True, False]
    assert sessions.end_others(1) == 1
    assert sessions.places(1) == ()


@pytest.mark.usefixtures("database_url")
def test_what_names_a_session_does_not_open_it(sessions: Sessions) -> None:
    key = sessions.start(1)
    (place,) = sessions.places(1)
    assert place.id not in key
    assert sessions.open(place.id) is None
