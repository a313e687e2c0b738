"""The PostgreSQL server of the tests has what the program needs, and gives each test a database of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text


@contextlib.contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.mark.postgresql
def test_collations_of_icu_order_every_alphabet(postgresql_url: str) -> None:
    words = "(VALUES ('Яма'), ('яблоко'), ('zebra'), ('Ape')) AS t(word)"
    with connected(postgresql_url) as connection:
        found = connection.scalars(text(f'SELECT word FROM {words} ORDER BY word COLLATE "und-x-icu"'))
        assert list(found) == ["Ape", "zebra", "яблоко", "Яма"]


@pytest.mark.postgresql
def test_trigrams_are_made_of_every_alphabet(postgresql_url: str) -> None:
    with connected(postgresql_url) as connection:
        connection.execute(text("CREATE EXTENSION pg_trgm"))
        assert connection.scalar(text("SELECT show_trgm('ёлка')")) != []
        assert connection.scalar(text("SELECT 'карто' <% 'картотека'")) is True


@pytest.mark.parametrize("attempt", [1, 2])
def test_every_test_gets_an_empty_database(database_url: str, attempt: int) -> None:
    with connected(database_url) as connection:
        connection.execute(text("CREATE TABLE once (id integer)"))
