"""kartoteka user: accounts from the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from engine.accounts import Entrance, People, SecondFactors, passwords
from engine.model import Configuration
from engine.schema import apply
from engine.storage import Database
from runtime_web.cli.place import Place
from runtime_web.cli.user import user
from tests.shop import SHOP, open_shop

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    shop = open_shop(sqlite_url)
    yield shop.database
    shop.database.close()


@pytest.fixture
def run(database: Database, sqlite_url: str) -> Run:
    def command(*arguments: str, as_json: bool = False) -> Result:
        return CliRunner().invoke(user, arguments, obj=Place(Path(), sqlite_url, as_json))

    return command


def test_a_user_is_added_with_a_password_that_opens(run: Run, database: Database) -> None:
    done = run("add", "Ana", "--name", "Ana Popa", "--administrator")
    assert done.exit_code == 0
    password = done.output.split()[-1]
    account = Entrance(database).sign_in("ana", password, address="here")
    assert (account.name, account.administrator, account.must_change) == ("Ana Popa", True, True)


def test_users_are_listed(run: Run) -> None:
    assert "There are no users yet." in run("list").output
    run("add", "ana", "--administrator")
    run("add", "ben", "--name", "Ben Virtanen")
    run("disable", "ben")
    assert run("list").output.splitlines() == ["ana  ana  (administrator)", "ben  Ben Virtanen  (disabled)"]
    listed = json.loads(run("list", as_json=True).output)
    assert listed[1] == {
        "login": "ben",
        "name": "Ben Virtanen",
        "administrator": False,
        "active": False,
        "roles": [],
    }


def test_disabling_enabling_and_a_new_password(run: Run, database: Database) -> None:
    run("add", "ana", "--administrator")
    run("add", "ben")
    assert run("disable", "BEN").output == "ben can no longer sign in.\n"
    assert run("enable", "ben").output == "ben can sign in again.\n"
    password = re.search(r"password (\S+)$", run("reset-password", "ben").output)
    assert password
    assert Entrance(database).sign_in("ben", password.group(1), address="here").login == "ben"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "ana"), "There is a user with the login name “ana” already."),
        (("add", "a b"), "A login name has 1 to 80 characters and no spaces."),
        (("disable", "ana"), "This is the last administrator who can sign in."),
        (("disable", "anna"), "There is no user with the login name “anna”. Did you mean “ana”?"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, database: Database, arguments: tuple[str, ...], sentence: str) -> None:
    People(database).add("ana", "Ana", administrator=True)
    done = run(*arguments)
    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_without_a_configuration_it_says_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'empty.sqlite').as_posix()}"
    done = CliRunner().invoke(user, ["list"], obj=Place(tmp_path, url))
    assert done.exit_code == 1
    assert "kartoteka apply" in done.output


@pytest.fixture
def roles(database: Database) -> None:
    """Roles, as a configuration names them."""
    apply(database, Configuration.model_validate({**SHOP, "roles": {"sales": {}, "stock": {}}}), "tests")


@pytest.mark.usefixtures("roles")
def test_roles_are_given_shown_and_taken(run: Run, database: Database) -> None:
    run("add-group", "Store", "--role", "stock")
    run("add", "ben", "--role", "sales", "--group", "Store")
    ben = People(database).named("ben")
    assert ben
    assert ben.roles == {"sales", "stock"}
    assert run("list").output == "ben  ben  (sales, stock)\n"
    assert run("roles", "ben", "--remove", "sales").output == "ben has the roles stock.\n"
    assert run("groups", "ben", "--remove", "Store").output == "ben is in no group.\n"
    assert run("roles", "ben").output == "ben has no roles.\n"
    assert run("roles", "ben", "--add", "stock", "--add", "sales").output == "ben has the roles sales, stock.\n"
    assert json.loads(run("roles", "ben", as_json=True).output) == {"login": "ben", "roles": ["sales", "stock"]}
    refused = run("roles", "ben", "--add", "stok")
    assert refused.exit_code == 1
    assert "There is no role “stok”. Did you mean “stock”?" in refused.output


@pytest.mark.usefixtures("roles")
def test_groups_are_added_and_shown(run: Run) -> None:
    assert "There are no groups yet." in run("groups").output
    run("add", "ben")
    assert run("add-group", "Store", "--role", "stock").exit_code == 0
    assert run("add-group", "Store").exit_code == 1
    assert run("add-group", "Empty").exit_code == 0
    assert run("groups", "ben", "--add", "Store").output == "ben is in Store.\n"
    assert run("groups").output.splitlines() == ["Empty: nobody (no roles)", "Store: ben (stock)"]
    assert json.loads(run("groups", as_json=True).output)[1] == {
        "group": "Store",
        "roles": ["stock"],
        "members": ["ben"],
    }
    assert run("groups", "--add", "Store").exit_code == 2


def test_the_second_step_is_removed_from_who_lost_the_phone(run: Run, database: Database) -> None:
    run("add", "ben")
    ben, factors = People(database).named("ben"), SecondFactors(database, "key")
    assert ben
    factors.confirm(ben, pyotp.TOTP(factors.offer(ben, "Shop").secret).now())
    assert run("remove-second-factor", "ben").output == "ben signs in with the password alone.\n"
    assert not factors.is_on(ben.id)
