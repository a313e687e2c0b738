"""Tokens, by which programs call the API: one's own, and for administrators everybody's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import Account, Token, Wish
from engine.accounts.tokens import FILES, READ, SCOPES, WRITE
from engine.problems import Refused
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.request import current_locale, signed_in, workspace
from runtime_web.views.tokens import FreshToken, TokenLine, TokensPage

blueprint = Blueprint("tokens", __name__)
LIVES = ("30", "90", "365", "")
"""Days that a new token may live as the form offers them; "" for as long as nobody revokes it."""


@blueprint.get("/tokens")
def mine() -> str:
    """One's own tokens, and the form for a new one."""
    return _own()


@blueprint.post("/tokens")
def make() -> ResponseReturnValue:
    """Make a token; its secret is shown once."""
    name, scopes, days = request.form.get("name", ""), request.form.getlist("scope"), request.form.get("days", "")
    try:
        life = int(days) if days in LIVES and days else None
        token, secret = workspace().tokens.make(signed_in(), Wish(name, scopes, life), by=signed_in().id)
    except Refused as refused:
        return _own(typed=(name, scopes, days), errors=errors_of(refused)), 422
    return _own(FreshToken(token.name, secret))


@blueprint.post("/tokens/<int:token_id>/revoke")
def revoke(token_id: int) -> ResponseReturnValue:
    """Let one of one's own tokens open nothing any more."""
    return _revoked(signed_in(), token_id, "/tokens")


@blueprint.get("/users/<int:user_id>/tokens")
@for_administrators
def theirs(user_id: int) -> str:
    """The tokens of a user."""
    account = _account(user_id)
    return render_template("pages/tokens.html", page=tokens_of(account))


@blueprint.post("/users/<int:user_id>/tokens/<int:token_id>/revoke")
@for_administrators
def revoke_theirs(user_id: int, token_id: int) -> ResponseReturnValue:
    """Let a token of a user open nothing any more."""
    return _revoked(_account(user_id), token_id, f"/users/{user_id}/tokens")


def tokens_of(account: Account) -> TokensPage:
    """The tokens of a user, as an administrator sees them; parts/tokens.html shows them on any page."""
    lines = tuple(map(_line, workspace().tokens.of(account.id)))
    return TokensPage(lines, f"/users/{account.id}/tokens", person=account.name)


def _own(
    fresh: FreshToken | None = None,
    *,
    typed: tuple[str, list[str], str] = ("", [READ], "90"),
    errors: dict[str, str] | None = None,
) -> str:
    name, scopes, days = typed
    page = TokensPage(
        tuple(map(_line, workspace().tokens.of(signed_in().id))),
        "/tokens",
        fresh=fresh,
        name=name,
        choices=tuple((scope, *_purpose(scope), scope in scopes) for scope in SCOPES),
        lives=tuple((life, _life(life), life == days) for life in LIVES),
        errors=errors or {},
    )
    return render_template("pages/tokens.html", page=page)


def _revoked(account: Account, token_id: int, back: str) -> ResponseReturnValue:
    token = workspace().tokens.revoke(account.id, token_id, by=signed_in().id)
    if token is None:
        abort(404)
    notify(_("The token “%(name)s” opens nothing any more.", name=token.name))
    return redirect(back, 303)


def _account(user_id: int) -> Account:
    found = workspace().people.get(user_id)
    if found is None:
        abort(404)
    return found


def _line(token: Token) -> TokenLine:
    locale, now = current_locale(), dt.datetime.now(dt.UTC)

    def day(moment: dt.datetime | None) -> str:
        return locale.show_date(moment.astimezone(locale.zone).date()) if moment else _("never")

    return TokenLine(
        id=token.id,
        name=token.name,
        begins=token.begins,
        purpose=", ".join(_purposes(token)),
        used=day(token.used_at),
        expires=day(token.expires_at),
        state="" if token.usable(now) else _("Revoked") if token.revoked_at else _("Expired"),
    )


def _purposes(token: Token) -> Iterator[str]:
    yield from (_purpose(scope)[0] for scope in SCOPES if scope in token.scopes)
    if token.entities is not None:
        described = workspace().configuration.entities
        language = current_locale().language
        named = (described[name].plural_in(language, name) for name in sorted(token.entities) if name in described)
        yield _("only %(entities)s", entities=", ".join(named))


def _purpose(scope: str) -> tuple[str, str]:
    """What a scope is called, and what it means."""
    return {
        READ: (_("Read"), _("Lists, records and views, as far as you may see them.")),
        WRITE: (_("Change"), _("Create, change, delete and restore, as far as you may.")),
        FILES: (_("Files"), _("Attached files: open them with Read, add some with Change.")),
    }[scope]


def _life(days: str) -> str:
    return ngettext("%(num)s day", "%(num)s days", int(days)) if days else _("until it is revoked")
