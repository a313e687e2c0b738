"""Texts that are SQL, in every parameter that reaches a statement: they are texts, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from sqlalchemy import ClauseElement, Dialect, Engine, event

from engine.accounts import passwords
from engine.query import Condition, Query
from engine.records import Edit
from engine.storage.statement import Prepared
from tests.runtime_web.visitor import Site, open_site

CORPUS = (
    "'",
    '"',
    "';--",
    "' OR '1'='1",
    '" OR 1=1 --',
    "1; DROP TABLE client; --",
    "'; DELETE FROM _user; --",
    "' UNION SELECT password FROM _user --",
    "name) UNION SELECT 1,2,3 --",
    "1 AND SLEEP(5)",
    "1) OR pg_sleep(5)--",
    "'||(SELECT pg_sleep(5))||'",
    "1 AND (SELECT count(*) FROM generate_series(1,10000000))>0",
    "randomblob(1000000000)",
    "\\",
    "\x00",
    "%00",
    "%",
    "_%_",
    "$1",
    "?",
    ":name",
    "%(name)s",
    "{name}",
    "NULL",
    "0x31",
    "1e309",
    "-9223372036854775809",
    "ﬀ'; --",
    'client"; DROP TABLE "client',
)
TELLING = tuple(text for text in CORPUS if len(text) > 12)
"""Those that no statement of the program's own holds by chance."""
PLACES = (
    "/records/client?q={}",
    "/records/client?sort={}",
    "/records/client?sort=-{}",
    "/records/client?f={}",
    "/records/client?f=name:contains:{}",
    "/records/client?f={}:contains:a",
    "/records/client?f=name:{}:a",
    "/records/client?f=partners:any_of:{}",
    "/records/client?f=since:from:{}",
    "/records/client?view={}",
    "/records/client?page={}&size={}",
    "/records/{}",
    "/records/client/{}",
    "/records/client/filter/{}",
    "/records/client/1/explain/{}",
    "/records/client/export?format=csv&columns={}",
    "/records/client/export?format={}&q={}",
    "/records/client/trash?q={}",
    "/records/client/new?city={}&partners={}&_return={}",
    "/lookup/client?q={}",
    "/lookup/client?q=a&for={}",
    "/lookup/{}?q=a",
    "/search?q={}",
    "/rates/{}/2026-01-01",
    "/users/{}",
    "/users/2/copy?from={}",
    "/jobs/{}",
    "/files/{}",
    "/login?next={}",
)


@pytest.fixture(scope="module")
def filled(lasting_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        site = open_site(lasting_url, tmp_path_factory.mktemp("files"))
        site.add_people()
        for name in ("Anna", "Bob", "O'Neill; --"):
            site.records.create("client", Edit({"name": name, "city": "Turku"}))
        yield site
    site.workspace.database.close()


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is sent to the database meanwhile, without the values that go beside it."""
    sent: list[str] = []
    prepare = Prepared.__init__

    def prepared(self: Prepared, statement: ClauseElement, dialect: Dialect) -> None:
        prepare(self, statement, dialect)
        sent.append(self.sql)

    def executed(connection: object, cursor: object, statement: str, *rest: object) -> None:
        del connection, cursor, rest
        sent.append(statement)

    monkeypatch.setattr(Prepared, "__init__", prepared)
    event.listen(Engine, "before_cursor_execute", executed)
    yield sent
    event.remove(Engine, "before_cursor_execute", executed)


def counted(site: Site) -> list[int]:
    with site.workspace.database.read() as connection:
        return [
            connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
            for table in ("client", "_user", "product")
        ]


@pytest.mark.parametrize("place", PLACES)
def test_an_address_with_sql_in_it_is_only_an_address(
    filled: Site, place: str, statements: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "kartoteka")
    ana, before = filled.visitor("ana"), counted(filled)
    for text in CORPUS:
        answer = ana.get(place.replace("{}", quote(text, safe="")))
        assert answer.status_code < 500, text
        assert "$argon2id$" not in answer.text
    assert counted(filled) == before
    assert statements
    assert [sent for sent in statements if any(text in sent for text in TELLING)] == []
    assert [record.message for record in caplog.records] == []


@pytest.mark.parametrize("text", CORPUS)
def test_a_text_is_stored_and_found_as_it_was_typed(filled: Site, text: str) -> None:
    if "\x00" in text:
        return
    before = counted(filled)
    filled.records.create("client", Edit({"name": text}))
    query = Query("client", ("name",), conditions=(Condition("name", "equals", (text,)),))
    names = [row[1] for row in filled.records.page(query).rows]
    assert text in names
    assert counted(filled) == [before[0] + 1, *before[1:]]


@pytest.mark.parametrize("login", ["' OR 1=1 --", "ana'--", 'ana" --', "ana\x00", "%", "an_"])
def test_nobody_signs_in_by_sql(any_site: Site, login: str) -> None:
    for password in ("' OR '1'='1", "x"):
        assert any_site.visitor().sign_in(login, password).status_code == 422
