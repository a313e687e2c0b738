"""What every response says to the browser about safety, and which addresses may be gone back to."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import Flask, Response, request

from runtime_web.settings import LARGEST_FORM, Settings

POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "media-src 'self'; "
    "frame-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": POLICY,
    # Somebody's records must not stay behind in a browser's cache, nor the log-in form with its token.
    "Cache-Control": "no-store",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}


def init_security(app: Flask, settings: Settings) -> None:
    """Send the headers with each response; a view may have set a stricter policy for what it sends.

    What is no upload is read into memory as a whole, so that its size has a limit of its own.
    """
    wanted = HEADERS | HSTS if settings.secure else HEADERS

    @app.before_request
    def bounded() -> None:
        if request.mimetype != "multipart/form-data":
            request.max_content_length = min(LARGEST_FORM, settings.largest_upload)

    @app.after_request
    def safe(response: Response) -> Response:
        # Asking for a header reads all that there are: once is enough.
        set_already = {name.lower() for name, _ in response.headers}
        response.headers.extend((name, value) for name, value in wanted.items() if name.lower() not in set_already)
        return response


def own_path(wanted: str | None, fallback: str = "/") -> str:
    """The path to go to next, if it is one of ours; browsers read several spellings as another site."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return fallback
    if "\\" in wanted or any(ord(sign) <= 32 or ord(sign) == 127 for sign in wanted):
        return fallback
    parts = urlsplit(wanted)
    return fallback if parts.scheme or parts.netloc else wanted


def here() -> str:
    """Path and query of this request, encoded as the browser sent them."""
    query = request.query_string.decode("ascii", "ignore")
    return quote(request.path) + (f"?{query}" if query else "")


def is_same_origin() -> bool:
    """Whether the browser vouches that one of our own pages sent this; no other site can claim it."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def is_local() -> bool:
    """Whether the request comes from this computer itself, through nobody else."""
    direct = not any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return direct and request.remote_addr in ("127.0.0.1", "::1")
