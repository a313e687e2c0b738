"""What goes wrong in a call, as an answer of the API. Pages have their own answers for the same."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import HTTPException

from engine.problems import Refused, problem
from engine.records import Conflict, Missing
from runtime_web.api.answers import Halt, refusal
from runtime_web.api.bodies import LARGEST
from runtime_web.api.doing import conflict_problems, conflict_shape

TOO_LARGE = "upload-too-large"
NOT_ALLOWED = ("right-missing", "right-missing-here", "right-missing-after")


def fault_answer(error: BaseException) -> Response | None:
    """The answer for what a call has done wrong; None for what is not its fault."""
    if isinstance(error, Conflict):
        return refusal(409, conflict_problems(error), conflict_shape(error))
    if isinstance(error, Refused):
        return refusal(_status(error), error.problems)
    if isinstance(error, Missing):
        return refusal(404, [problem("nothing-here")])
    if isinstance(error, HTTPException):
        return _http(error)
    return None


def _status(refused: Refused) -> int:
    codes = {found.code for found in refused.problems}
    return 413 if TOO_LARGE in codes else 403 if codes & set(NOT_ALLOWED) else 422


def _http(error: HTTPException) -> Response | None:
    if isinstance(error, Halt):
        response = refusal(error.code or 400, error.problems)
        response.headers.update(error.headers)
        return response
    status = error.code or 500
    known = {
        404: problem("nothing-here"),
        405: problem("method-not-taken", method=request.method[:20]),
        413: problem("body-too-large", maximum=LARGEST),
    }
    if status not in known:
        return None
    response = refusal(status, [known[status]])
    if status == 405:
        response.headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return response
