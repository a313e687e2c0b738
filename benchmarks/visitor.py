"""A person in front of a WSGI application: requests by direct call, without a socket, with cookies.

A direct call costs about ten microseconds, the same on both sides; a server's threads would cost more than the pages.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from benchmarks import forms
from benchmarks.forms import Reply, Sent

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment


class Visitor:
    """Keeps the cookies between requests; everything else is in the request."""

    def __init__(self, app: WSGIApplication, headers: dict[str, str] | None = None) -> None:
        self.app = app
        self.cookies: dict[str, str] = {}
        self.headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}

    def get(self, address: str) -> Reply:
        """Ask for a page."""
        return self._whole(self._environ("GET", address))

    def post(self, address: str, form: Iterable[tuple[str, str]]) -> Reply:
        """Send a form as browsers send one."""
        return self.send(address, forms.plain(form))

    def send(self, address: str, sent: Sent) -> Reply:
        """Send what a browser has made of a form."""
        return self._whole(self._environ("POST", address, sent))

    def save(self, address: str, target: Path) -> Reply:
        """Ask for a file and write it to disk as it comes; the reply's body is empty."""
        with target.open("wb") as file:
            status, headers = self._call(self._environ("GET", address), file)
        return Reply(status, headers, b"")

    def _whole(self, environ: WSGIEnvironment) -> Reply:
        body = io.BytesIO()
        status, headers = self._call(environ, body)
        return Reply(status, headers, body.getvalue())

    def _environ(self, method: str, address: str, sent: Sent = ("", b"")) -> WSGIEnvironment:
        kind, body = sent
        path, _, query = address.partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **self.headers,
        }
        if kind:
            environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
        if self.cookies:
            environ["HTTP_COOKIE"] = forms.cookie_header(self.cookies)
        return environ

    def _call(self, environ: WSGIEnvironment, target: IO[bytes]) -> tuple[int, dict[str, str]]:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], int]:
            started.append((status, headers))
            return target.write

        pieces = self.app(environ, start)
        try:
            for piece in pieces:
                target.write(piece)
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()
        status, headers = started[-1]
        forms.keep_cookies(self.cookies, headers)
        return int(status[:3]), {name.lower(): value for name, value in headers}
