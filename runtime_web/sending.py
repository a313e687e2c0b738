"""Giving attached files out, so that no browser takes one for a page of ours."""

from __future__ import annotations

from flask import Response, send_file

from engine.files import INLINE, PDF, Opened

POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
)
"""For whatever came from somebody's computer: no script, no form, no origin; the style is the browser's own."""
FRAMED = "script-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""For a PDF inside a page of ours: a sandbox would keep the browser from showing it, and nothing but a PDF gets this."""
ACTIVE = ("html", "xml", "svg", "script")
"""What stands in media types that a browser might run."""
PLAIN = "application/octet-stream"


def file_response(found: Opened, *, framed: bool = False) -> Response:
    """A file with everything that keeps a browser from misreading it; kept by the browser, but asked for each time.

    `framed`: a page of ours shows it, which only a PDF needs.
    """
    inline = found.kind in INLINE
    response = send_file(
        found.path,
        mimetype=found.kind if inline or not is_active(found.kind) else PLAIN,
        as_attachment=not inline,
        download_name=found.attached.name,
        etag=found.digest,
    )
    response.headers["Content-Security-Policy"] = POLICY
    if framed and found.kind == PDF:
        response.headers["Content-Security-Policy"] = FRAMED
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.private = True
    response.vary.add("Cookie")
    return response


def is_active(kind: str) -> bool:
    """Whether a browser might run files of a media type."""
    return any(word in _last_part(kind) for word in ACTIVE)


def _last_part(kind: str) -> str:
    """The part of a media type that says what it is: of vnd.openxmlformats-….document it is not the xml."""
    return kind.rpartition("/")[2].rpartition("+")[2].rpartition(".")[2]
