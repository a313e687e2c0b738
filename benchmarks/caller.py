"""A person in front of a real server: one kept connection, with cookies."""

from __future__ import annotations

import http.client
from collections.abc import Iterable

from benchmarks import forms
from benchmarks.forms import Reply, Sent


class Caller:
    """The same calls as a `Visitor`, through a socket. One thread uses it."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = dict(cookies or {})

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def get(self, address: str) -> Reply:
        """Ask for a page."""
        return self._call("GET", address)

    def post(self, address: str, form: Iterable[tuple[str, str]]) -> Reply:
        """Send a form as browsers send one."""
        return self._call("POST", address, forms.plain(form))

    def _call(self, method: str, address: str, sent: Sent = ("", b"")) -> Reply:
        kind, body = sent
        headers = {"Cookie": forms.cookie_header(self.cookies)} if self.cookies else {}
        if kind:
            headers["Content-Type"] = kind
        self.connection.request(method, address, body or None, headers)
        response = self.connection.getresponse()
        text = response.read()
        received = response.getheaders()
        forms.keep_cookies(self.cookies, received)
        return Reply(response.status, {name.lower(): value for name, value in received}, text)
