"""The application and the person behind a request; what `request` and `i18n` are both made of."""

from __future__ import annotations

from typing import cast

from flask import Flask, Request, current_app, g, session
from flask_login import LoginManager, UserMixin

from engine.accounts import Account
from engine.rights import covers, rights_of
from runtime_web.sessions import ServerSession, ServerSessions
from runtime_web.workspace import Workspace

VIEWED = "view_as"
"""What a session keeps of the person with whose eyes somebody looks."""


class Person(UserMixin):  # type: ignore[misc]  # Flask-Login is published without types
    """Who is signed in, as Flask-Login knows people: `current_user.account` is the account."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return str(self.account.id)


def init_person(app: Flask) -> LoginManager:
    """Tell Flask-Login who is there. The session row in the database says it, so nothing is kept in the cookie."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None
    manager.request_loader(_loaded)
    return manager


def _loaded(_: Request) -> Person | None:
    account = current_account()
    return Person(account) if account else None


def workspace() -> Workspace:
    """What the application holds."""
    return cast("Workspace", current_app.extensions["kartoteka"])


def current_session() -> ServerSession:
    return cast("ServerSession", session)


def server_sessions() -> ServerSessions:
    return cast("ServerSessions", current_app.session_interface)


def current_account() -> Account | None:
    """The person who is signed in."""
    return current_session().account


def current_viewed() -> Account | None:
    """The person with whose eyes an administrator is looking; None where they look with their own.

    It is asked anew in each request: either may have got other roles since.
    """
    if "viewed" not in g:
        number, account = current_session().get(VIEWED), current_account()
        found = workspace().people.get(number) if account and isinstance(number, int) else None
        g.viewed = found if account and found and may_view(account, found) else None
    return cast("Account | None", g.viewed)


def may_view(account: Account, other: Account) -> bool:
    """Whether somebody may look with another's eyes: an administrator, who sees nothing by it that is hidden from them."""
    if not other.active or other.id == account.id:
        return False
    configuration = workspace().configuration
    rights, others = rights_of(configuration, account.principal), rights_of(configuration, other.principal)
    return rights.may_administer and covers(configuration, rights.access, others.access)


def signed_in() -> Account:
    """The person who is signed in, on pages that nobody else reaches."""
    account = current_account()
    assert account is not None, "the gate lets nobody in here who has not signed in"
    return account
