"""The audit log: lines that nobody can change or remove, on both databases, and that no text can forge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from engine.audit import Audit, Line, Sought
from engine.audit.texts import harmless
from engine.problems import Refused
from engine.rights import SYSTEM, Principal, rights_of
from engine.storage import Collided, Database
from engine.storage.append_only import SQLITE
from tests.shop import open_shop, shop_configuration

ALL = rights_of(shop_configuration(), SYSTEM)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    records = open_shop(database_url)
    yield records.database
    records.database.close()


def lines(database: Database, sought: Sought | None = None) -> tuple[Line, ...]:
    """What was noted, but for the configuration that the test itself has applied."""
    found = Audit(database).lines(ALL, sought or Sought())
    return tuple(line for line in found if line.event != "configuration-applied")


def test_a_line_says_what_when_who_and_about_whom(database: Database) -> None:
    begun = dt.datetime.now(dt.UTC)
    Audit(database).note("user-disabled", by=1, subject=2, details={"login": "ann"})
    (line,) = lines(database)
    assert (line.event, line.by, line.subject, line.details) == ("user-disabled", 1, 2, {"login": "ann"})
    assert begun <= line.at <= dt.datetime.now(dt.UTC)


def test_an_event_is_one_of_the_catalogue(database: Database) -> None:
    with pytest.raises(KeyError):
        Audit(database).note("something", by=None)


@pytest.mark.parametrize(
    "attempt",
    ["UPDATE _audit SET event = 'log-out'", "DELETE FROM _audit", "DELETE FROM _audit WHERE id = 1"],
)
def test_the_database_refuses_to_change_or_remove_a_line(database: Database, attempt: str) -> None:
    Audit(database).note("log-in", by=1)
    with pytest.raises(Collided, match="only added"), database.write() as connection:
        connection.execute(text(attempt))
    assert [line.event for line in lines(database)] == ["log-in"]


def test_no_line_is_replaced_and_no_table_emptied(database: Database) -> None:
    Audit(database).note("log-in", by=1)
    attempt = (
        "INSERT OR REPLACE INTO _audit (id, at, event) VALUES (1, '2026-01-01 00:00:00.000000', 'log-out')"
        if database.sqlite
        else "TRUNCATE _audit"
    )
    with pytest.raises(Collided, match="only added"), database.write() as connection:
        connection.execute(text(attempt))
    assert [line.event for line in lines(database)] == ["log-in"]
    assert len(SQLITE) == 3


def test_a_line_stands_or_falls_with_what_it_is_about(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            Audit(database).note("export", by=1, connection=connection)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - ours
        fail()
    assert lines(database) == ()


def test_lines_are_sought_by_event_person_and_time(database: Database) -> None:
    audit = Audit(database)
    audit.note("log-in", by=1)
    audit.note("log-in", by=2)
    audit.note("password-reset", by=1, subject=2)
    assert [line.by for line in lines(database, Sought(event="log-in"))] == [2, 1]
    assert [line.event for line in lines(database, Sought(person=2))] == ["password-reset", "log-in"]
    now = dt.datetime.now(dt.UTC)
    assert lines(database, Sought(since=now + dt.timedelta(minutes=1))) == ()
    assert lines(database, Sought(until=now - dt.timedelta(minutes=1))) == ()
    assert len(lines(database, Sought(since=now - dt.timedelta(minutes=1), until=now + dt.timedelta(minutes=1)))) == 3
    newest = lines(database)[0].id
    assert [line.event for line in audit.lines(ALL, Sought(), before=newest)][:2] == ["log-in", "log-in"]


def test_only_an_administrator_reads_it(database: Database) -> None:
    with pytest.raises(Refused):
        Audit(database).lines(rights_of(shop_configuration(), Principal(5, "Ann")), Sought())


def test_no_text_forges_a_line_or_steers_a_terminal(database: Database) -> None:
    hostile = "ann\r\n2026-01-01 log-in root\x1b[2J\x00\u202e\u2028"
    Audit(database).note("log-in-refused", by=None, details={"login": hostile})
    told = lines(database)[0].details["login"]
    assert told == "ann\\u000d\\u000a2026-01-01 log-in root\\u001b[2J\\u0000\\u202e\\u2028"
    assert len(harmless("x" * 10_000)) < 600
    assert harmless("Ёлкин, Țărnă & 100 %") == "Ёлкин, Țărnă & 100 %"
