"""How people lay out columns: what they say holds, what they have not seen comes last, and everybody has their own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from engine.accounts import People
from engine.problems import Refused
from engine.rights import SYSTEM, Principal
from engine.saved import Layout, Layouts, Shown
from engine.saved.layout import USUAL
from engine.storage import Database
from tests.ready import ready_database
from tests.shop import shop_configuration

NAMES = ("a", "b", "c", "d", "e")
VIEW = ("a", "b", "c")
ANN, BOB = Principal(1, "Ann"), Principal(2, "Bob")


def laid_out(*names: str, **more: int) -> Layout:
    return Layout(columns=tuple(Shown(field=name, width=more.get(name)) for name in names)).without(VIEW)


@given(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
def test_columns_are_shown_as_they_were_laid_out(names: list[str]) -> None:
    assert laid_out(*names).arranged(VIEW, NAMES) == tuple(names)


def test_what_the_view_gets_later_comes_last_and_what_was_hidden_stays_hidden() -> None:
    layout = laid_out("d", "b")
    assert layout.hidden == ("a", "c")
    assert layout.arranged(("new", *VIEW), ("new", *NAMES)) == ("d", "b", "new")
    assert USUAL.arranged(VIEW, NAMES) == VIEW


def test_what_is_not_there_for_the_reader_is_left_out() -> None:
    assert laid_out("d", "b").arranged(("a", "b"), ("a", "b", "c")) == ("b",)
    assert laid_out("d").arranged(("a",), ("a", "b")) == ("a",)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = ready_database(database_url, shop_configuration())
    for login in ("ann", "bob"):
        People(found).add(login, login.title(), password="three quiet herons")
    yield found
    found.close()


def test_everybody_keeps_their_own_layout_of_each_view(database: Database) -> None:
    ann, bob = Layouts(database, ANN), Layouts(database, BOB)
    assert ann.get("client", "all") is None
    ann.keep("client", "all", laid_out("c", "a", c=180))
    ann.keep("client", "all", laid_out("c", c=200))
    ann.keep("client", "open", laid_out("b"))
    bob.keep("client", "all", laid_out("d"))
    assert ann.get("client", "all") == laid_out("c", c=200)
    assert ann.get("client", "all") == Layouts(database, ANN).get("client", "all")
    ann.forget("client", "all")
    assert ann.get("client", "all") is None
    assert ann.get("client", "open") == laid_out("b")
    assert bob.get("client", "all") == laid_out("d")


def test_what_was_kept_at_the_same_moment_is_one_of_the_two(database: Database) -> None:
    ann, wanted = Layouts(database, ANN), [laid_out("a"), laid_out("b")]
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda layout: ann.keep("client", "all", layout), wanted))
    assert ann.get("client", "all") in wanted


def test_who_looks_with_anothers_eyes_sees_their_layout_and_changes_nothing(database: Database) -> None:
    Layouts(database, ANN).keep("client", "all", laid_out("a"))
    looking = Layouts(database, Principal(1, "Ann", looking=True))
    assert looking.get("client", "all") == laid_out("a")
    with pytest.raises(Refused):
        looking.keep("client", "all", laid_out("b"))
    with pytest.raises(Refused):
        looking.forget("client", "all")
    assert Layouts(database, SYSTEM).get("client", "all") is None
    assert Layouts(database, ANN).get("client", "all") == laid_out("a")


def test_what_another_version_has_written_is_as_if_nothing_were_kept(database: Database) -> None:
    ann = Layouts(database, ANN)
    ann.keep("client", "all", laid_out("a"))
    with database.write() as connection:
        connection.execute(text("UPDATE _layout SET content = '{\"columns\": 5}'"))
    assert ann.get("client", "all") is None
