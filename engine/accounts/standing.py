"""What a person is allowed by their account, and the one transaction in which it changes.

Whoever stands otherwise at its end is signed out everywhere, so that no open page goes on with rights of yesterday.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from engine.accounts.account import Account
from engine.audit import Audit
from engine.problems import Refused, problem
from engine.storage import Connection, Database, membership
from engine.storage import accounts as storage

ADMINISTRATOR = "(administrator)"
"""What the audit log calls being one; no role is called so."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account allows: whether to sign in at all, to manage everything, the roles, and who the person is.

    `links` are the records that stand for the person, as (entity, number): rows may be theirs by them.
    """

    administrator: bool
    active: bool
    roles: frozenset[str]
    links: frozenset[tuple[str, int]] = frozenset()

    @property
    def said(self) -> str:
        """What may be done, as the audit log says it."""
        return ", ".join(([ADMINISTRATOR] if self.administrator else []) + sorted(self.roles))

    @property
    def said_links(self) -> str:
        return ", ".join(f"{entity} {number}" for entity, number in sorted(self.links))

    def covers(self, other: Standing) -> bool:
        """Whether nothing of `other` goes beyond this."""
        return self.administrator or (not other.administrator and other.roles <= self.roles)


NOBODY = Standing(administrator=False, active=False, roles=frozenset())


def standing_of(account: Account) -> Standing:
    return Standing(account.administrator, account.active, account.roles)


@contextmanager
def changing(database: Database, by: Account | None) -> Iterator[Connection]:
    """A transaction that may change what people are allowed.

    Args:
        database: where the accounts are.
        by: who changes it; None for the owner of the computer.

    Raises:
        Refused: nobody would be left who can manage users; or `by` is no administrator, and gives what they do not
            have themselves, or changes somebody who has it.
    """
    audit = Audit(database)
    with database.write() as connection:
        storage.lock_users(connection)
        before = _standings(connection)
        yield connection
        after = _standings(connection)
        for number, now in after.items():
            was = before.get(number)
            if was != now:
                _check_within(by, was or NOBODY, now)
                storage.end_sessions(connection, number)
                for event, first, then in _changes(was, now):
                    details = {"before": first, "after": then} if first or then else {}
                    audit.note(event, by=by.id if by else None, subject=number, details=details, connection=connection)
        if _has_administrator(before) and not _has_administrator(after):
            raise Refused([problem("last-administrator")])


def check_reach(by: Account | None, subject: Account) -> None:
    """Refuse that `by` acts on the account of somebody who may more than they.

    Raises:
        Refused: they could become that person by it, with a new password say.
    """
    if by is not None and by.id != subject.id and not standing_of(by).covers(standing_of(subject)):
        raise Refused([problem("account-beyond-own")])


def _check_within(by: Account | None, was: Standing, now: Standing) -> None:
    if by is None:
        return
    own = standing_of(by)
    if not own.covers(was):
        raise Refused([problem("account-beyond-own")])
    # What a link opens cannot be compared: it depends on every record there is.
    if not own.covers(now) or (was.links != now.links and not own.administrator):
        raise Refused([problem("roles-beyond-own", path=("roles",))])


def _changes(was: Standing | None, now: Standing) -> Iterator[tuple[str, str, str]]:
    """What the audit log tells about one person: the event, and what stood before and after it."""
    if was is None:
        yield "user-added", "", now.said
        return
    if was.active != now.active:
        yield "user-enabled" if now.active else "user-disabled", "", ""
    if was.said != now.said:
        yield "roles-changed", was.said, now.said
    if was.links != now.links:
        yield "link-changed", was.said_links, now.said_links


def _has_administrator(standings: Mapping[int, Standing]) -> bool:
    return any(one.administrator and one.active for one in standings.values())


def _standings(connection: Connection) -> dict[int, Standing]:
    links = membership.all_links(connection)
    return {
        number: Standing(*values, links.get(number, frozenset()))
        for number, values in membership.standings(connection).items()
    }
