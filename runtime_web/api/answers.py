"""What the API answers: JSON, and a refusal with its Problems in one shape, whatever went wrong.

{"error": {"status": 422, "message": "…", "problems": [{"code": "required", "path": ["name"], "message": "…", …}]}}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException

from engine.problems import Problem, problem
from runtime_web.i18n import problem_hint, problem_text

JSON = "application/json"
Shape = dict[str, Any]


class Halt(HTTPException):
    """A call is answered at once with a refusal."""

    def __init__(self, status: int, *problems: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.code = status
        self.problems = problems
        self.headers = dict(headers or {})


def nothing_here() -> Halt:
    """The one answer for what does not exist and for what its caller may not see."""
    return Halt(404, problem("nothing-here"))


def answer(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response of JSON in UTF-8."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # What half a sign was sent with is sent back as the escape that it came as.
    response = Response(text.encode("utf-8", "backslashreplace"), status, content_type=JSON)
    response.headers.update(headers or {})
    return response


def refusal(status: int, problems: Iterable[Problem], more: Mapping[str, Any] | None = None) -> Response:
    """The answer that says why something was not done."""
    return answer({"error": error_shape(status, problems, more or {})}, status)


def said(status: int, message: str, hint: str, reference: str = "") -> Response:
    """The answer for what is no Problem of the call: the database is away, the program is at fault."""
    shape: Shape = {"status": status, "message": message, "hint": hint, "problems": []}
    return answer({"error": {**shape, **({"id": reference} if reference else {})}}, status)


def error_shape(status: int, problems: Iterable[Problem], more: Mapping[str, Any]) -> Shape:
    shapes = [problem_shape(one) for one in problems]
    first = shapes[0] if shapes else {"message": "", "hint": ""}
    return {"status": status, "message": first["message"], "hint": first["hint"], "problems": shapes, **more}


def problem_shape(found: Problem) -> Shape:
    """A Problem in the language of the caller."""
    return {
        "code": found.code,
        "path": list(found.path),
        "message": problem_text(found),
        "hint": problem_hint(found),
        "params": dict(found.params),
    }
