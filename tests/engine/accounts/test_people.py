"""Users: what is accepted, what is refused, and that nobody is locked out of the program."""

from __future__ import annotations

import threading

import pytest
from argon2 import PasswordHasher, extract_parameters

from engine.accounts import Account, People, Sessions, passwords
from engine.problems import Refused
from engine.storage import Database
from engine.storage import accounts as storage

PASSWORD = "three quiet herons"


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [found.code for found in refused.value.problems]


def account(people: People, login: str) -> Account:
    found = people.named(login)
    assert found
    return found


@pytest.mark.usefixtures("database_url")
def test_the_first_user_is_an_administrator_and_there_is_one_first_only(people: People) -> None:
    assert not people.exist()
    people.create_first("Ana@Example.com ", "Ana Popa", PASSWORD)
    assert people.exist()
    first = account(people, "ANA@example.COM")
    assert (first.login, first.name, first.administrator, first.must_change) == (
        "ana@example.com",
        "Ana Popa",
        True,
        False,
    )
    with pytest.raises(Refused) as refused:
        people.create_first("eve", "Eve", PASSWORD)
    assert codes(refused) == ["set-up-done"]


@pytest.mark.usefixtures("database_url")
def test_two_who_set_up_at_the_same_moment_make_one_administrator(people: People) -> None:
    done: list[str] = []

    def set_up(login: str) -> None:
        try:
            people.create_first(login, login, PASSWORD)
            done.append(login)
        except Refused as refused:
            done.append(refused.problems[0].code)

    threads = [threading.Thread(target=set_up, args=(login,)) for login in ("ana", "eve", "ion")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(people.all()) == 1
    assert done.count("set-up-done") == 2


@pytest.mark.parametrize(
    ("login", "name", "password", "code"),
    [
        ("", "Ana", PASSWORD, "login-invalid"),
        ("ana popa", "Ana", PASSWORD, "login-invalid"),
        ("a" * 81, "Ana", PASSWORD, "login-invalid"),
        ("a\u202eb", "Ana", PASSWORD, "login-invalid"),
        ("ana", "  ", PASSWORD, "required"),
        ("ana", "A" * 121, PASSWORD, "too-long"),
        ("ana", "A\nB", PASSWORD, "text-invalid"),
        ("ana", "Ana", "seven77", "password-too-short"),
        ("ana", "Ana", "x" * 201, "too-long"),
        ("ana", "Ana", "Password1", "password-too-common"),
        ("ana", "Ana", "aaaaaaaaaaaa", "password-too-common"),
        ("ana", "Ana", "Sunshine2026", "password-too-common"),
        ("ana", "Ana", "salasana!", "password-too-common"),
        ("ana", "Ana", "Kartoteka1!", "password-too-common"),
        ("ana", "Ana", "ПарольПароль", "password-too-common"),
        ("ana", "Ana", "1qaz2wsx3edc", "password-too-common"),
        ("ana.popa", "Ana", "Ana.Popa", "password-too-common"),
    ],
)
def test_what_is_not_accepted(people: People, login: str, name: str, password: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        people.create_first(login, name, password)
    assert codes(refused) == [code]
    assert not people.exist()


@pytest.mark.parametrize(
    "password", ["sunny herons", "correct horse battery staple", "xq7-wvb-2mz", "парусник на льду"]
)
def test_what_is_not_common_is_accepted(people: People, password: str) -> None:
    people.create_first("ana", "Ana", password)
    assert people.exist()


@pytest.mark.usefixtures("database_url")
def test_a_login_is_taken_whatever_its_case(people: People) -> None:
    people.add("Анна", "Анна")
    with pytest.raises(Refused) as refused:
        people.add("АННА", "Another")
    assert codes(refused) == ["login-taken"]


def test_a_one_time_password_must_be_changed(people: People) -> None:
    _, password = people.add("ben", "Ben")
    ben = account(people, "ben")
    assert ben.must_change
    assert len(password) >= 16
    people.change_password(ben, password, PASSWORD)
    assert not account(people, "ben").must_change


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wrong password", "another good one", "password-wrong"),
        (PASSWORD, PASSWORD, "password-unchanged"),
        (PASSWORD, "short", "password-too-short"),
    ],
)
def test_a_password_is_changed_by_who_knows_it(people: People, old: str, new: str, code: str) -> None:
    people.add("ben", "Ben", password=PASSWORD)
    with pytest.raises(Refused) as refused:
        people.change_password(account(people, "ben"), old, new)
    assert codes(refused) == [code]


@pytest.mark.usefixtures("database_url")
def test_the_last_administrator_stays(people: People) -> None:
    people.create_first("ana", "Ana", PASSWORD)
    people.add("ben", "Ben")
    ana = account(people, "ana")
    with pytest.raises(Refused) as refused:
        people.set_active(ana.id, active=False)
    assert codes(refused) == ["last-administrator"]
    assert account(people, "ana").active
    people.add("eve", "Eve", administrator=True)
    people.set_active(ana.id, active=False)
    assert not account(people, "ana").active


def test_preferences_are_added_to_those_kept(people: People) -> None:
    people.add("ben", "Ben")
    people.prefer(account(people, "ben"), {"language": "fi"})
    people.prefer(account(people, "ben"), {"theme": "dark"})
    assert account(people, "ben").preferences == {"language": "fi", "theme": "dark"}


@pytest.mark.usefixtures("database_url")
def test_changing_disabling_and_resetting_end_every_session(people: People, database: Database) -> None:
    sessions = Sessions(database)
    people.create_first("ana", "Ana", PASSWORD)
    user_id, _ = people.add("ben", "Ben", password=PASSWORD)

    def ends(change: object) -> bool:
        keys = [sessions.start(user_id) for _ in range(3)]
        assert all(sessions.open(key) for key in keys)
        assert callable(change)
        change()
        return not any(sessions.open(key) for key in keys)

    assert ends(lambda: people.change_password(account(people, "ben"), PASSWORD, "another good one"))
    assert ends(lambda: people.reset_password(user_id))
    assert ends(lambda: people.set_active(user_id, active=False))
    people.set_active(user_id, active=True)
    assert ends(lambda: people.set_password(user_id, PASSWORD))


@pytest.mark.usefixtures("real_hashes")
def test_hashes_are_argon2id_of_full_strength_and_hold_nothing_readable(people: People, database: Database) -> None:
    people.create_first("ana", "Ana", PASSWORD)
    with database.read() as connection:
        hashed = storage.password_of(connection, account(people, "ana").id)
    assert hashed
    assert hashed.startswith("$argon2id$")
    assert PASSWORD not in hashed
    strength = extract_parameters(hashed)
    assert strength.memory_cost >= 19 * 1024
    assert strength.time_cost >= 2


@pytest.mark.usefixtures("real_hashes")
def test_a_password_fits_however_its_letters_are_composed() -> None:
    hashed = passwords.hash_password("caf\u00e9 au lait")
    assert passwords.fits(hashed, "cafe\u0301 au lait")
    assert not passwords.fits(hashed, "cafe au lait")
    assert not passwords.fits("not a hash", "cafe au lait")
    assert not passwords.fits(None, "cafe au lait")
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
