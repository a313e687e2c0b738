"""kartoteka token: tokens from the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.accounts import People, Tokens
from engine.storage import Database
from runtime_web.cli.place import Place
from runtime_web.cli.token import token
from tests.shop import open_shop

Run = Callable[..., Result]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    shop = open_shop(sqlite_url)
    People(shop.database).add("ana", "Ana Popa", password="three quiet herons")
    yield shop.database
    shop.database.close()


@pytest.fixture
def run(database: Database, sqlite_url: str) -> Run:
    def command(*arguments: str, as_json: bool = False) -> Result:
        return CliRunner().invoke(token, arguments, obj=Place(Path(), sqlite_url, as_json))

    return command


def test_a_token_is_made_that_opens(run: Run, database: Database) -> None:
    done = run("add", "ana", "Web shop", "--for", "read", "--for", "files", "--days", "30", "--entity", "client")
    assert done.exit_code == 0, done.output
    bearer = Tokens(database).open(done.output.split()[-1])
    assert bearer is not None
    assert (bearer.account.login, bearer.token.name) == ("ana", "Web shop")
    assert bearer.token.scopes == {"read", "files"}
    assert bearer.token.entities == frozenset({"client"})


def test_tokens_are_listed_and_revoked(run: Run, database: Database) -> None:
    assert "ana has no tokens." in run("list", "ana").output
    secret = json.loads(run("add", "ana", "Web shop", as_json=True).output)["token"]
    assert run("list", "ana").output.split() == f"1 {secret[:8]}… Web shop (read, until it is revoked)".split()
    assert "opens nothing any more" in run("revoke", "ana", "1").output
    assert Tokens(database).open(secret) is None
    (listed,) = json.loads(run("list", "ana", as_json=True).output)
    assert (listed["id"], listed["state"]) == (1, "revoked")


def test_an_unknown_login_is_told(run: Run) -> None:
    done = run("add", "anna", "Web shop")
    assert done.exit_code == 1
    assert "Did you mean “ana”?" in done.output
