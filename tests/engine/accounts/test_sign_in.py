"""Signing in: one answer for everything that is wrong, and a limit on trying that cannot be used against somebody."""

from __future__ import annotations

import datetime as dt
import statistics
import threading
import time

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from engine.accounts import Entrance, People, TooManyAttempts, passwords
from engine.problems import Refused
from engine.storage import Database
from engine.storage import accounts as storage

PASSWORD = "three quiet herons"
HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def entrance(database: Database) -> Entrance:
    people = People(database)
    people.add("ben", "Ben", password=PASSWORD)
    people.add("ana", "Ana", administrator=True, password=PASSWORD)
    user_id, _ = people.add("gone", "Gone", password=PASSWORD)
    people.set_active(user_id, active=False)
    return Entrance(database)


def fail(entrance: Entrance, login: str = "ben", address: str = HERE, device: str | None = None) -> None:
    with pytest.raises(Refused):
        entrance.sign_in(login, "wrong", address=address, device=device)


def is_stopped(entrance: Entrance, login: str = "ben", address: str = HERE, device: str | None = None) -> bool:
    try:
        entrance.sign_in(login, PASSWORD, address=address, device=device)
    except TooManyAttempts as stopped:
        return 0 < stopped.wait <= 300
    return False


@pytest.mark.usefixtures("database_url")
def test_the_right_password_opens(entrance: Entrance) -> None:
    assert entrance.sign_in(" BEN ", PASSWORD, address=HERE).name == "Ben"


@pytest.mark.parametrize(("login", "password"), [("ben", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD), ("", "")])
def test_everything_wrong_is_the_same_answer(entrance: Entrance, login: str, password: str) -> None:
    with pytest.raises(Refused) as refused:
        entrance.sign_in(login, password, address=HERE)
    assert [(found.code, dict(found.params), found.path) for found in refused.value.problems] == [
        ("login-wrong", {}, ())
    ]


def test_an_unknown_login_takes_as_long_as_a_wrong_password(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=8 * 1024, parallelism=1))
    People(entrance.database).set_password(1, PASSWORD)

    def seconds(login: str, number: int) -> float:
        start = time.thread_time()
        fail(entrance, login, f"10.0.0.{number}")
        return time.thread_time() - start

    fail(entrance, "warm up", "10.1.0.0")
    pairs = [(seconds("ben", number), seconds(f"nobody{number}", 100 + number)) for number in range(9)]
    ratio = statistics.median(known / unknown for known, unknown in pairs)
    assert 0.7 < ratio < 1.4


@pytest.mark.usefixtures("database_url")
def test_ten_failures_of_a_login_stop_it_from_everywhere(entrance: Entrance) -> None:
    for number in range(10):
        fail(entrance, "ben", f"10.0.0.{number}")
    assert is_stopped(entrance, "ben", THERE)
    assert not is_stopped(entrance, "ana", THERE)


def test_ten_failures_from_an_address_stop_it_for_every_login(entrance: Entrance) -> None:
    for number in range(10):
        fail(entrance, f"guess{number}")
    assert is_stopped(entrance, "ana", HERE)
    assert not is_stopped(entrance, "ana", THERE)


def test_a_browser_known_to_the_person_is_not_stopped_by_others(entrance: Entrance) -> None:
    for number in range(10):
        fail(entrance, "ben", f"10.0.0.{number}")
    assert not is_stopped(entrance, "ben", HERE, device="ben's laptop")
    for _ in range(10):
        fail(entrance, "ben", HERE, device="ben's laptop")
    assert is_stopped(entrance, "ben", HERE, device="ben's laptop")


def test_success_forgives_the_failures_before_it(entrance: Entrance) -> None:
    for _ in range(9):
        fail(entrance)
    assert not is_stopped(entrance)
    for _ in range(9):
        fail(entrance)
    assert not is_stopped(entrance)


@pytest.mark.usefixtures("database_url")
def test_waiting_helps_and_attempts_while_waiting_do_not_prolong_it(entrance: Entrance, database: Database) -> None:
    for _ in range(10):
        fail(entrance)
    for _ in range(5):
        assert is_stopped(entrance)
    earlier = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=6)
    with database.write() as connection:
        connection.execute(text("UPDATE _login_attempt SET at = :earlier"), {"earlier": earlier.replace(tzinfo=None)})
    assert not is_stopped(entrance)


@pytest.mark.usefixtures("database_url")
def test_many_attempts_at_once_do_not_pass_the_limit_together(entrance: Entrance) -> None:
    answers: list[str] = []

    def attempt() -> None:
        try:
            entrance.sign_in("ben", "wrong", address=HERE)
        except Refused:
            answers.append("refused")
        except TooManyAttempts:
            answers.append("stopped")

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers.count("refused"), answers.count("stopped")) == (10, 6)


def test_what_was_typed_as_a_login_is_not_kept(entrance: Entrance, database: Database) -> None:
    fail(entrance, "my secret password")
    with database.read() as connection:
        rows = connection.execute(text("SELECT * FROM _login_attempt")).all()
    assert len(rows) == 1
    assert "secret" not in str(rows)


def test_an_old_hash_is_renewed_at_the_log_in(
    entrance: Entrance, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored() -> str | None:
        with database.read() as connection:
            return storage.password_of(connection, 1)

    before = stored()
    entrance.sign_in("ben", PASSWORD, address=HERE)
    assert stored() == before
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    entrance.sign_in("ben", PASSWORD, address=HERE)
    assert stored() != before
    entrance.sign_in("ben", PASSWORD, address=HERE)


@pytest.mark.usefixtures("database_url")
def test_asking_for_the_password_again_is_limited_too(entrance: Entrance) -> None:
    ben = entrance.sign_in("ben", PASSWORD, address=HERE)
    entrance.check_password(ben, PASSWORD, address=HERE)
    for number in range(10):
        with pytest.raises(Refused) as refused:
            entrance.check_password(ben, "wrong", address=f"10.0.0.{number}", field="old")
        assert [(one.code, one.path) for one in refused.value.problems] == [("password-wrong", ("old",))]
    with pytest.raises(TooManyAttempts):
        entrance.check_password(ben, PASSWORD, address=HERE)
    # Whoever has taken over a session cannot keep the person from signing in elsewhere.
    assert not is_stopped(entrance, "ben", THERE)
