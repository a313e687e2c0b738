"""One's own account: where one is signed in, and the second step of signing in."""

from __future__ import annotations

import segno
from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.accounts import Offer
from engine.problems import Refused
from runtime_web import addresses
from runtime_web.i18n import current_language
from runtime_web.i18n import gettext as _
from runtime_web.notices import notify
from runtime_web.pages.account import check_password, errors_of
from runtime_web.person import current_session, signed_in, workspace
from runtime_web.request import current_rights
from runtime_web.signed_in_at import place_lines
from runtime_web.views.accounts import AccountPage, OfferPage, RecoveryPage, SecondFactorPage

HOME = "/account"
SECOND_FACTOR = "/account/second-factor"

blueprint = Blueprint("own", __name__, url_prefix=HOME)


@blueprint.get("")
def account() -> str:
    """What belongs to one's account."""
    person = signed_in()
    factors = workspace().second_factors
    page = AccountPage(
        person.login,
        place_lines(person.id),
        factors.is_on(person.id),
        factors.recovery_left(person.id),
        addresses.hand_over_from(person.id) if current_rights().may_anywhere("hand_over") else "",
    )
    return render_template("pages/account.html", page=page)


@blueprint.post("/sessions/<place>/end")
def end_session(place: str) -> ResponseReturnValue:
    """Log out somewhere else."""
    if workspace().sessions.end_place(signed_in().id, place, by=signed_in()):
        notify(_("You are logged out there."))
    return redirect(HOME)


@blueprint.post("/sessions/end-others")
def end_others() -> ResponseReturnValue:
    """Log out everywhere but here."""
    workspace().sessions.end_others(signed_in().id, current_session().key, by=signed_in())
    notify(_("You are logged out everywhere else."))
    return redirect(HOME)


@blueprint.get("/second-factor")
def second_factor() -> str:
    """What the second step is; the forms to set it up, or to remove it."""
    return _second_factor()


@blueprint.post("/second-factor")
def offer() -> ResponseReturnValue:
    """Show a secret for an app, after the password."""
    person = signed_in()
    try:
        check_password(person, request.form.get("password", ""))
        made = workspace().second_factors.offer(person, workspace().configuration.label_in(current_language()))
    except Refused as refused:
        return _second_factor(refused, "offer"), 422
    return render_template("pages/second_factor_offer.html", page=_offer(made))


@blueprint.post("/second-factor/confirm")
def confirm() -> ResponseReturnValue:
    """Ask for codes from now on, if the app shows the right one; the recovery codes are shown once."""
    person = signed_in()
    try:
        codes = workspace().second_factors.confirm(person, request.form.get("code", ""))
    except Refused as refused:
        return _second_factor(refused, "offer"), 422
    workspace().sessions.end_others(person.id, current_session().key, by=person)
    return render_template("pages/recovery_codes.html", page=RecoveryPage(codes))


@blueprint.post("/second-factor/recovery")
def recovery() -> ResponseReturnValue:
    """New recovery codes, after the password."""
    person = signed_in()
    try:
        check_password(person, request.form.get("password", ""))
        codes = workspace().second_factors.renew_recovery(person)
    except Refused as refused:
        return _second_factor(refused, "recovery"), 422
    return render_template("pages/recovery_codes.html", page=RecoveryPage(codes))


@blueprint.post("/second-factor/remove")
def remove() -> ResponseReturnValue:
    """Ask for a code no longer, after the password."""
    person = signed_in()
    try:
        check_password(person, request.form.get("password", ""))
    except Refused as refused:
        return _second_factor(refused, "remove"), 422
    workspace().second_factors.remove(person, by=person)
    workspace().sessions.end_others(person.id, current_session().key, by=person)
    notify(_("From now on the password is enough to sign in."))
    return redirect(HOME)


def _second_factor(refused: Refused | None = None, wanted: str = "") -> str:
    factors, person = workspace().second_factors, signed_in()
    said = next(iter(errors_of(refused).values())) if refused else ""
    page = SecondFactorPage(factors.is_on(person.id), factors.recovery_left(person.id), said, wanted)
    return render_template("pages/second_factor.html", page=page)


def _offer(made: Offer) -> OfferPage:
    drawn = segno.make(made.address, error="m").svg_inline(
        scale=4, border=2, light="#fff", svgclass=None, lineclass=None
    )
    groups = (made.secret[at : at + 4] for at in range(0, len(made.secret), 4))
    return OfferPage(Markup(drawn), " ".join(groups))  # noqa: S704  (drawn by segno from what we gave it)
