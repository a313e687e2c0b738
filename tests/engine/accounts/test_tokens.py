"""Tokens of programs: made once, kept as digests, dead when revoked, expired, or when their user is disabled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from engine.accounts import Account, People, Tokens, Wish, tokens
from engine.accounts.tokens import MOST
from engine.audit import Audit, Sought
from engine.problems import Refused
from engine.rights import rights_of
from engine.storage import Database
from engine.storage import tokens as storage
from tests.shop import open_shop, shop_configuration

ALL = ("read", "write", "files")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    shop = open_shop(database_url)
    yield shop.database
    shop.database.close()


@pytest.fixture
def ana(database: Database) -> Account:
    people = People(database)
    people.add("ana", "Ana Popa", administrator=True, password="three quiet herons")
    people.add("ben", "Ben Virtanen", password="three quiet herons")
    found = people.named("ana")
    assert found is not None
    return found


def at(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    monkeypatch.setattr(tokens, "_now", lambda: moment)


def test_a_token_opens_as_its_user_with_its_scopes(database: Database, ana: Account) -> None:
    door = Tokens(database)
    token, secret = door.make(ana, Wish("Web shop", ("files", "read"), days=30, entities=("order", "client")))
    bearer = door.open(secret)
    assert bearer is not None
    assert bearer.account == ana
    assert bearer.token == token
    assert token.scopes == {"read", "files"}
    assert token.entities == frozenset({"order", "client"})
    assert token.reaches("order")
    assert not token.reaches("product")
    assert token.begins == secret[:8]


def test_the_secret_is_nowhere_in_the_database(database: Database, ana: Account) -> None:
    _, secret = Tokens(database).make(ana, Wish("Web shop"))
    with database.read() as connection:
        (row,) = connection.execute(text("SELECT * FROM _token")).all()
    assert secret not in str(row)
    assert secret[8:] not in str(row)
    assert len(secret) >= 4 + 43


@pytest.mark.parametrize("wrong", ["", "ktk_", "nothing", "ktk_" + "x" * 43, "x" * 1000])
def test_what_is_no_token_opens_nothing(database: Database, ana: Account, wrong: str) -> None:
    Tokens(database).make(ana, Wish("Web shop"))
    assert Tokens(database).open(wrong) is None


def test_another_case_or_a_piece_opens_nothing(database: Database, ana: Account) -> None:
    _, secret = Tokens(database).make(ana, Wish("Web shop"))
    for wrong in (secret.swapcase(), secret[:-1], secret + "x", secret.removeprefix("ktk_")):
        assert Tokens(database).open(wrong) is None


def test_a_revoked_token_is_dead_at_once_and_stays_in_the_list(database: Database, ana: Account) -> None:
    door = Tokens(database)
    token, secret = door.make(ana, Wish("Web shop"))
    assert door.revoke(ana.id, token.id) is not None
    assert door.open(secret) is None
    assert door.revoke(ana.id, token.id) is None
    assert [one.revoked_at is not None for one in door.of(ana.id)] == [True]


def test_nobody_revokes_somebody_elses(database: Database, ana: Account) -> None:
    door = Tokens(database)
    token, secret = door.make(ana, Wish("Web shop"))
    assert door.revoke(ana.id + 1, token.id) is None
    assert door.open(secret) is not None


def test_a_token_expires(database: Database, ana: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Tokens(database)
    _, brief = door.make(ana, Wish("Brief", days=1))
    _, lasting = door.make(ana, Wish("Lasting"))
    at(monkeypatch, 0.99)
    assert door.open(brief) is not None
    at(monkeypatch, 1.01)
    assert door.open(brief) is None
    assert door.open(lasting) is not None


def test_the_tokens_of_a_disabled_user_rest(database: Database, ana: Account) -> None:
    door, people = Tokens(database), People(database)
    ben = people.named("ben")
    assert ben is not None
    _, secret = door.make(ben, Wish("Web shop"))
    people.set_active(ben.id, active=False)
    assert door.open(secret) is None
    people.set_active(ben.id, active=True)
    assert door.open(secret) is not None


def test_what_a_token_cannot_be(database: Database, ana: Account) -> None:
    with pytest.raises(Refused) as refused:
        Tokens(database).make(ana, Wish(" ", ("read", "everything"), days=0))
    assert [(one.code, one.path) for one in refused.value.problems] == [
        ("required", ("name",)),
        ("token-scopes", ("scopes",)),
        ("token-life", ("days",)),
    ]


def test_nobody_has_more_tokens_than_can_be_looked_through(database: Database, ana: Account) -> None:
    door = Tokens(database)
    first, _ = door.make(ana, Wish("First"))
    for number in range(MOST - 1):
        door.make(ana, Wish(f"Token {number}"))
    with pytest.raises(Refused) as refused:
        door.make(ana, Wish("One more"))
    assert refused.value.problems[0].code == "too-many-tokens"
    door.revoke(ana.id, first.id)
    door.make(ana, Wish("One more"))


def test_a_use_is_noted_seldom(database: Database, ana: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Tokens(database)
    token, secret = door.make(ana, Wish("Web shop"))
    noted: list[int] = []
    monkeypatch.setattr(storage, "see_token", lambda *_: noted.append(1))
    door._note(token.id, dt.datetime.now(dt.UTC))  # noqa: SLF001
    assert noted == [1]
    monkeypatch.undo()
    door._note(token.id, dt.datetime.now(dt.UTC))  # noqa: SLF001
    bearer = door.open(secret)
    assert bearer is not None
    assert bearer.token.used_at is not None
    monkeypatch.setattr(Tokens, "_note", lambda *_: noted.append(2))
    door.see(bearer.token)
    assert noted == [1]


def test_making_and_revoking_are_written_down(database: Database, ana: Account) -> None:
    door = Tokens(database)
    token, secret = door.make(ana, Wish("Web shop", ("read", "write"), entities=("order",)), by=2)
    door.revoke(ana.id, token.id, by=ana.id)
    revoked, made = Audit(database).lines(rights_of(shop_configuration(), ana.principal), Sought())[:2]
    assert (made.event, revoked.event) == ("token-made", "token-revoked")
    assert secret not in str(made)
    assert (made.by, made.subject) == (2, ana.id)
    assert made.details == {"name": "Web shop", "begins": token.begins, "for": "read write", "entities": "order"}
