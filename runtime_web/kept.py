"""A form that was sent after the session had expired: kept in the log-in page, sent again after the log-in.

Only a form of our own pages is kept: its token fits the browser's old key, or the browser vouches for its origin.
Otherwise another site could have somebody send what it wrote, simply by waiting for the log-in.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from runtime_web.security import here, own_path

FIELD = "kept:"
ACTION = "kept-action"
FILES = "kept-files"
LEFT_OUT = {"csrf_token"}


@dataclass(frozen=True, slots=True)
class Kept:
    """The path a form was sent to, and what was in it; files cannot be kept."""

    action: str
    fields: tuple[tuple[str, str], ...]
    files: bool = False


def keep_request() -> Kept:
    """Keep the form of this request."""
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in LEFT_OUT)
    sent = any(file.filename for file in request.files.values())
    return Kept(own_path(here()), fields, sent)


def kept_in_form() -> Kept | None:
    """What the log-in form of this request carries."""
    action = own_path(request.form.get(ACTION), "")
    if not action:
        return None
    fields = tuple(
        (name.removeprefix(FIELD), value) for name, value in request.form.items(multi=True) if name.startswith(FIELD)
    )
    return Kept(action, fields, FILES in request.form)
