"""Giving attached files out, so that no browser takes one for a page of ours."""

from __future__ import annotations

from flask import Response, send_file

from engine.files import INLINE, Opened

POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
)
"""For whatever came from somebody's computer: no script, no form, no origin; the style is the browser's own."""
ACTIVE = ("html", "xml", "svg", "script")
"""What stands in media types that a browser might run."""
PLAIN = "application/octet-stream"


def file_response(found: Opened) -> Response:
    """A file with everything that keeps a browser from misreading it; kept by the browser, but asked for each time."""
    inline = found.kind in INLINE
    response = send_file(
        found.path,
        mimetype=found.kind if inline or not any(word in _last_part(found.kind) for word in ACTIVE) else PLAIN,
        as_attachment=not inline,
        download_name=found.attached.name,
        etag=found.digest,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.private = True
    response.vary.add("Cookie")
    return response


def _last_part(kind: str) -> str:
    """The part of a media type that says what it is: of vnd.openxmlformats-….document it is not the xml."""
    return kind.rpartition("/")[2].rpartition("+")[2].rpartition(".")[2]
