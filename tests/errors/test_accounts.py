"""Each code about accounts has a reproducer in accounts.yaml that is also its golden text."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from ruamel.yaml import YAML

from engine.accounts import Account, Groups, People, passwords
from engine.problems import Refused
from engine.problems.entering import ACCOUNTS
from runtime_web.cli.place import Place
from runtime_web.cli.user import user
from tests.runtime_web.visitor import Site, open_site

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("accounts.yaml"))
Form = dict[str, str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Iterator[Site]:
    """A site on which nobody has an account yet."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    found = open_site(sqlite_url, tmp_path, set_up_code="1234")
    yield found
    found.workspace.database.close()


def on_a_page(path: str, login: str = "", far: str = "", seen: str = "") -> Callable[[Site, Form], str]:
    def told(site: Site, form: Form) -> str:
        visitor = site.visitor(login)
        place = {"environ_base": {"REMOTE_ADDR": far}} if far else {}
        return visitor.post(path, form, token=visitor.token(seen or path), **place).text

    return told


def on_the_terminal(*command: str) -> Callable[[Site, Form], str]:
    def told(site: Site, form: Form) -> str:
        place = Place(Path(), site.workspace.settings.database_url)
        done = CliRunner().invoke(user, [*command, form["login"]], obj=place)
        assert done.exit_code == 1, done.output
        return " ".join(done.output.split())

    return told


def set_up_again(site: Site, form: Form) -> str:
    with pytest.raises(Refused) as refused:
        site.workspace.people.create_first(**form)
    (found,) = refused.value.problems
    return f"{found.sentence} {found.hint}"


def as_a_manager(change: Callable[[People, Account], object]) -> Callable[[Site, Form], str]:
    """What somebody is told who is no administrator and has the role of a manager alone."""

    def told(site: Site, form: Form) -> str:
        people = site.workspace.people
        people.add("eve", "Eve", roles=["managers"])
        eve = people.named("eve")
        assert eve
        with pytest.raises(Refused) as refused:
            change(people, eve)
        (found,) = refused.value.problems
        return f"{found.sentence} {found.hint}"

    return told


def set_up_second_step_twice(site: Site, _: Form) -> str:
    factors = site.workspace.second_factors
    ana = site.workspace.people.named("ana")
    assert ana
    factors.confirm(ana, pyotp.TOTP(factors.offer(ana, "Shop").secret).now())
    with pytest.raises(Refused) as refused:
        factors.offer(ana, "Shop")
    (found,) = refused.value.problems
    return f"{found.sentence} {found.hint}"


def add_a_group_twice(people: People, by: Account) -> None:
    for _ in range(2):
        Groups(people.database).add("Warehouse", by=by)


DEEDS: dict[str, Callable[[Site, Form], str]] = {
    "sign in": on_a_page("/login"),
    "add a user": on_a_page("/users/new", "ana"),
    "change the password": on_a_page("/password", "ana"),
    "reset on the terminal": on_the_terminal("reset-password"),
    "disable on the terminal": on_the_terminal("disable"),
    "put into a group on the terminal": on_the_terminal("groups", "--add", "Wharehouse"),
    "set up a second time": set_up_again,
    "give a role that one does not have": as_a_manager(
        lambda people, eve: people.add("ion", "Ion", roles=["b"], by=eve)
    ),
    "reset an administrator": as_a_manager(lambda people, eve: people.reset_password(1, by=eve)),
    "give what is no name of a role": as_a_manager(lambda people, _: people.set_roles(1, ["Sales"])),
    "send the code without the password": on_a_page("/login/code", seen="/login"),
    "confirm a code of no app": on_a_page("/account/second-factor/confirm", "ana", seen="/account/second-factor"),
    "set up the second step twice": set_up_second_step_twice,
    "add a group twice": as_a_manager(add_a_group_twice),
    "set up from elsewhere": on_a_page("/set-up", far="192.0.2.7"),
}


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_the_text_is_what_people_read(case: dict[str, Any], site: Site) -> None:
    if case["does"] != "set up from elsewhere":
        site.workspace.people.add("ana", "Ana", administrator=True, password="three quiet herons")
        if case["does"] == "put into a group on the terminal":
            site.workspace.groups.add("Warehouse", by=None)
    told = html.unescape(DEEDS[case["does"]](site, case["form"]))
    sentence, _, hint = case["text"].partition(". ")
    assert sentence in told
    assert hint in told


def test_every_code_is_here() -> None:
    assert sorted(case["code"] for case in CASES) == sorted(ACCOUNTS)
