"""Roles and groups: what a person has, when it holds, and that nobody gives more than they have."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from engine.accounts import Account, Changes, Groups, People, Sessions
from engine.problems import Refused
from engine.storage import Database

PASSWORD = "three quiet herons"


@pytest.fixture
def people(database: Database) -> People:
    found = People(database)
    found.add("ana", "Ana", administrator=True, password=PASSWORD)
    found.add("ben", "Ben", password=PASSWORD)
    found.add("eve", "Eve", roles=["managers", "sales"], password=PASSWORD)
    return found


@pytest.fixture
def groups(database: Database) -> Groups:
    return Groups(database)


def account(people: People, login: str) -> Account:
    found = people.named(login)
    assert found
    return found


def refusal(change: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        change()
    (found,) = refused.value.problems
    return found.code


@pytest.mark.usefixtures("database_url")
def test_roles_are_own_ones_and_those_of_the_groups(people: People, groups: Groups, database: Database) -> None:
    people.set_roles(2, ["sales", "stock"])
    warehouse = groups.add("Warehouse", ["stock", "drivers"], [2, 3], by=None)
    groups.add("Empty", [], [], by=None)
    expected = {"sales", "stock", "drivers"}
    session = Sessions(database).open(Sessions(database).start(2))
    assert session
    assert session.account.roles == session.account.principal.roles == expected
    assert [one.roles for one in people.all() if one.id == 2] == [expected]
    assert people.own_roles(2) == {"sales", "stock"}
    assert account(people, "ana").roles == frozenset()
    people.change(2, Changes(groups=[]))
    assert account(people, "ben").roles == {"sales", "stock"}
    found = groups.get(warehouse)
    assert found
    assert found.name == "Warehouse"
    assert found.roles == {"stock", "drivers"}
    assert found.members == {3}
    groups.remove(warehouse, by=None)
    assert account(people, "eve").roles == {"managers", "sales"}
    assert [group.name for group in groups.all()] == ["Empty"]


@pytest.mark.usefixtures("database_url")
def test_whoever_stands_otherwise_is_signed_out_and_nobody_else(
    people: People, groups: Groups, database: Database
) -> None:
    sessions = Sessions(database)
    warehouse = groups.add("Warehouse", ["stock"], [2], by=None)

    def signed_out(change: Callable[[], object]) -> set[str]:
        keys = {login: sessions.start(number) for login, number in (("ana", 1), ("ben", 2), ("eve", 3))}
        change()
        return {login for login, key in keys.items() if not sessions.open(key)}

    assert signed_out(lambda: people.set_roles(2, ["sales"])) == {"ben"}
    assert signed_out(lambda: people.set_roles(2, ["sales"])) == set()
    assert signed_out(lambda: people.change(3, Changes(administrator=True))) == {"eve"}
    assert signed_out(lambda: groups.change(warehouse, "Store", ["stock"], [2], by=None)) == set()
    assert signed_out(lambda: groups.change(warehouse, "Store", ["stock"], [2, 3], by=None)) == {"eve"}
    assert signed_out(lambda: groups.change(warehouse, "Store", ["drivers"], [2, 3], by=None)) == {"ben", "eve"}
    assert signed_out(lambda: people.set_roles(2, ["drivers", "sales"])) == set()
    assert signed_out(lambda: groups.remove(warehouse, by=None)) == {"eve"}
    assert signed_out(lambda: people.link(2, "client", 7)) == {"ben"}
    assert signed_out(lambda: people.link(2, "client", 7)) == set()
    assert signed_out(lambda: people.change(2, Changes(name="Benjamin"))) == set()
    assert signed_out(lambda: people.set_active(2, active=False)) == {"ben"}


@pytest.mark.usefixtures("database_url")
def test_nobody_but_an_administrator_gives_more_than_they_have(people: People, groups: Groups) -> None:
    eve, ana = account(people, "eve"), account(people, "ana")
    people.set_roles(2, ["sales"], by=eve)
    assert account(people, "ben").roles == {"sales"}
    beyond: list[Callable[[], object]] = [
        lambda: people.set_roles(2, ["sales", "directors"], by=eve),
        lambda: people.set_roles(3, ["managers", "sales", "directors"], by=eve),
        lambda: people.change(2, Changes(administrator=True), by=eve),
        lambda: people.change(3, Changes(administrator=True), by=eve),
        lambda: people.add("ion", "Ion", roles=["directors"], by=eve),
        lambda: people.add("ion", "Ion", administrator=True, by=eve),
        lambda: groups.add("Directors", ["directors"], [3], by=eve),
        lambda: people.link(2, "client", 7, by=eve),
    ]
    assert {refusal(change) for change in beyond} == {"roles-beyond-own"}
    assert people.named("ion") is None
    assert groups.all() == ()
    people.set_roles(2, ["sales", "directors"], by=ana)
    assert account(people, "ben").roles == {"sales", "directors"}


@pytest.mark.usefixtures("database_url")
def test_nobody_but_an_administrator_changes_who_may_more(people: People, groups: Groups) -> None:
    people.set_roles(2, ["directors"])
    group = groups.add("Directors", ["directors"], [2], by=None)
    eve = account(people, "eve")
    for above in (1, 2):
        changes: list[Callable[[], object]] = [
            partial(people.reset_password, above, by=eve),
            partial(people.set_active, above, active=False, by=eve),
            partial(people.set_roles, above, ["sales"], by=eve),
            partial(people.change, above, Changes(name="Nobody"), by=eve),
            partial(people.link, above, "client", 1, by=eve),
        ]
        assert {refusal(change) for change in changes} == {"account-beyond-own"}
    people.set_roles(2, [])
    assert refusal(lambda: groups.remove(group, by=eve)) == "account-beyond-own"
    people.reset_password(3, by=eve)


@pytest.mark.usefixtures("database_url")
def test_the_last_administrator_stays_one(people: People) -> None:
    assert refusal(lambda: people.change(1, Changes(administrator=False))) == "last-administrator"
    people.change(2, Changes(administrator=True))
    people.change(1, Changes(administrator=False))
    assert refusal(lambda: people.set_active(2, active=False)) == "last-administrator"


@pytest.mark.parametrize("name", ["", "Sales", "a,b", "a b", "x" * 41])
def test_only_names_are_roles(people: People, groups: Groups, name: str) -> None:
    assert refusal(lambda: people.set_roles(2, [name])) == "account-role-unknown"
    assert refusal(lambda: people.add("ion", "Ion", roles=[name])) == "account-role-unknown"
    assert refusal(lambda: groups.add("Warehouse", [name], by=None)) == "account-role-unknown"


@pytest.mark.usefixtures("database_url")
def test_names_of_groups_differ(people: People, groups: Groups) -> None:
    first = groups.add(" Warehouse ", by=None)
    second = groups.add("Office", by=None)
    assert refusal(lambda: groups.add("Warehouse", by=None)) == "group-taken"
    assert refusal(lambda: groups.change(second, "Warehouse", [], [], by=None)) == "group-taken"
    assert refusal(lambda: groups.add(" ", by=None)) == "required"
    groups.change(first, "Warehouse", ["stock"], [2], by=None)
    found = groups.named("Warehouse")
    assert found
    assert (found.id, people.get(99)) == (first, None)


@pytest.mark.usefixtures("database_url")
def test_a_record_stands_for_a_user(people: People) -> None:
    people.link(2, "client", 5)
    people.link(2, "product", 6)
    people.link(2, "client", 7)
    assert people.links(2) == {"client": 7, "product": 6}
    people.link(2, "product", None)
    assert people.links(2) == {"client": 7}
    assert people.links(3) == {}
