"""Pages for what went wrong: what happened and what to do, never a traceback, a statement or a path.

An unexpected error has an id that stands in the log beside its traceback.
"""

from __future__ import annotations

import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from werkzeug.exceptions import HTTPException, InternalServerError

from engine.accounts import TooManyAttempts
from engine.audit import Audit
from engine.records import Missing
from engine.storage import Unavailable
from runtime_web.api.answers import said as told
from runtime_web.api.faults import fault_answer
from runtime_web.i18n import gettext as _
from runtime_web.notices import Notice
from runtime_web.person import current_session, workspace
from runtime_web.request import is_call, is_htmx, wants_json
from runtime_web.right_reasons import reason_of_request
from runtime_web.views.rights import WhyView

LOG = logging.getLogger("kartoteka")
RETRY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What an error page shows: a heading, what it means, what to do, and the id of an unexpected error.

    `why` is there for an administrator who looks with another's eyes, and for nobody else.
    """

    status: int
    heading: str
    meaning: str
    advice: str
    icon: str = "alert-circle"
    reference: str = ""
    signed_in: bool = False
    why: WhyView | None = None


def init_errors(app: Flask) -> None:
    """Answer every exception with a page that a person understands."""
    app.register_error_handler(HTTPException, _expected)
    app.register_error_handler(Missing, _missing)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(TooManyAttempts, _too_many)
    app.register_error_handler(Exception, _unexpected)


def error_page(
    status: int, said: str = "", *, record: bool = False, reference: str = "", wait: int = 0
) -> ResponseReturnValue:
    """The answer for a status: a page, a toast for a part of one, or JSON. `said` goes to the log only."""
    if said:
        LOG.info("%s %s: %d %s", request.method, request.path, status, said)
    page = _page(status, record=record, reference=reference, wait=wait)
    if is_call():
        answer = told(status, f"{page.heading}. {page.meaning}".strip(), page.advice, reference)
        answer.headers.update({"Retry-After": str(wait)} if wait else {})
        return answer
    try:
        response = make_response(_body(page), status)
    except Exception:
        # The page for errors is itself at fault; a plain sentence always works.
        LOG.exception("%s %s: the page for status %d failed", request.method, request.path, status)
        return Response(
            f"{page.heading}. {page.meaning} {page.reference}\n", 500, content_type="text/plain; charset=utf-8"
        )
    if wait:
        response.headers["Retry-After"] = str(wait)
    if is_htmx() and not wants_json():
        response.headers["HX-Retarget"] = "#toasts"
        response.headers["HX-Reswap"] = "beforeend"
    return response


def _body(page: ErrorPage) -> Response | str:
    if wants_json():
        shape = {"status": page.status, "message": f"{page.heading}. {page.meaning}".strip(), "hint": page.advice}
        return jsonify(error={**shape, **({"id": page.reference} if page.reference else {})})
    if is_htmx():
        parts = (page.heading + ".", page.meaning, page.advice, page.reference)
        return render_template("parts/toast.html", note=Notice(" ".join(part for part in parts if part), "wrong"))
    return render_template("pages/error.html", page=page)


def _expected(error: HTTPException) -> ResponseReturnValue:
    found = _call_refused(error)
    if found:
        return found
    if isinstance(error, InternalServerError):
        return _unexpected(error.original_exception or error)
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 403:
        _note_refusal()
    answer = error_page(error.code, error.description or "" if error.code not in (404, 405) else "")
    if error.code == 405 and isinstance(answer, Response):
        answer.headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return answer


def _note_refusal() -> None:
    """Write down who was refused what; an answer is given whatever becomes of that."""
    account = current_session().account
    if account is not None:
        with suppress(Unavailable):
            told = {"method": request.method, "path": request.path}
            Audit(workspace().database).note("refused", by=account.id, details=told)


def _missing(error: Missing) -> ResponseReturnValue:
    return _call_refused(error) or error_page(404, record=True)


def _call_refused(error: BaseException) -> Response | None:
    """The answer for what a call of the API has done wrong; None where that is not it."""
    found = fault_answer(error) if is_call() else None
    if found is not None and found.status_code == 403:
        _note_refusal()
    return found


def _unavailable(error: Unavailable) -> ResponseReturnValue:
    LOG.warning("%s %s: the database is unavailable: %s", request.method, request.path, error)
    return error_page(503, wait=RETRY_SECONDS)


def _too_many(error: TooManyAttempts) -> ResponseReturnValue:
    return error_page(429, wait=error.wait)


def _unexpected(error: BaseException) -> ResponseReturnValue:
    found = _call_refused(error)
    if found:
        return found
    reference = secrets.token_hex(4)
    LOG.error("%s %s: error %s", request.method, request.path, reference, exc_info=error)
    return error_page(500, reference=reference)


def _page(status: int, *, record: bool, reference: str, wait: int) -> ErrorPage:
    if record:
        heading, meaning, advice, icon = (
            _("This record is not there"),
            _("It may have been deleted, or the address is wrong."),
            _("Look for it in its list, or in the trash there."),
            "file-off",
        )
    else:
        heading, meaning, advice, icon = _texts(status, wait)
    inside = current_session().account is not None
    why = reason_of_request() if inside and status in (403, 404) else None
    return ErrorPage(status, heading, meaning, advice, icon, reference, inside, why)


def _texts(status: int, wait: int) -> tuple[str, str, str, str]:
    if status == 429:
        return (
            _("Too many attempts"),
            _("Several log-ins have failed, so this one was not tried."),
            _("Wait %(wait)s and try again.", wait=_duration(wait)),
            "clock",
        )
    known = {
        403: (
            _("This is not for you"),
            _("You are signed in, but your role does not let you do this."),
            _("If you need it, ask the person who manages the users."),
            "lock",
        ),
        404: (
            _("There is no such page"),
            _("The address may be mistyped, or the page has moved."),
            _("Go to the beginning, or search for what you need."),
            "file-off",
        ),
        405: (
            _("This does not work here"),
            _("The page was called in a way it does not know."),
            _("Go back and try again."),
            "ban",
        ),
        413: (
            _("This is too large"),
            _("What you sent is larger than this program accepts, so nothing was saved."),
            _("Go back and choose a smaller file."),
            "file-upload",
        ),
        503: (
            _("The database does not answer"),
            _("Nothing was changed. It may be busy or out of reach for a moment."),
            _("Wait a little and try again; if it stays so, tell the administrator."),
            "database",
        ),
    }
    if status in known:
        return known[status]
    if status >= 500:
        return (
            _("Something went wrong here"),
            _("This is a fault of the program, not yours. Whatever you were saving was not saved."),
            _("Try again; if it happens again, give the administrator this number."),
            "mood-sad",
        )
    return (
        _("This could not be understood"),
        _("Something in the address or the form is not as expected."),
        _("Go back and try again."),
        "help-circle",
    )


def _duration(seconds: int) -> str:
    return str(format_timedelta(seconds, granularity="second", threshold=1.5))
