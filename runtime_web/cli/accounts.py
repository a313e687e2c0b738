"""What the commands about users share: the users of a place, one of them, and names of roles and groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.accounts import Account, Group, Groups, People
from engine.problems import Refused, nearest, problem
from engine.storage import Database
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, tell_problems


def open_accounts(place: Place) -> Database:
    """The database with the users; the command ends where nothing has been set up."""
    database = place.open_database()
    place.applied(database)
    return database


def named(place: Place, people: People, login: str) -> Account:
    """The account of a login, or the end of the command."""
    account = people.named(login)
    if account is None:
        near = nearest(login, [known.login for known in people.all()])
        unknown = problem("login-unknown", login=login, nearest=near)
        fail(place, f"{unknown.sentence} {unknown.hint}".strip())
    return account


def known_roles(place: Place, database: Database, roles: Iterable[str]) -> frozenset[str]:
    """These roles, or the end of the command where the configuration has one of them not."""
    wanted, known = frozenset(roles), place.applied(database).roles
    for role in sorted(wanted - set(known)):
        unknown = problem("account-role-unknown", role=role, nearest=nearest(role, known))
        fail(place, f"{unknown.sentence} {unknown.hint}".strip())
    return wanted


def known_groups(place: Place, groups: Groups, names: Collection[str]) -> frozenset[int]:
    """The numbers of these groups, or the end of the command where there is one of them not."""
    every = {group.name: group for group in groups.all()}
    for name in names:
        if name not in every:
            unknown = problem("group-unknown", name=name, nearest=nearest(name, every))
            fail(place, f"{unknown.sentence} {unknown.hint}".strip())
    return frozenset(every[name].id for name in names)


def groups_with(groups: Iterable[Group], account: Account) -> tuple[Group, ...]:
    """The groups that somebody is in."""
    return tuple(group for group in groups if account.id in group.members)


def refused(place: Place, problems: Refused) -> SystemExit:
    """Tell the problems; the exit to raise."""
    tell_problems(place, problems.problems)
    return SystemExit(1)
