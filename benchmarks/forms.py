"""Forms as browsers send them, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

Sent = tuple[str, bytes]
"""The content type and the body of a request."""


@dataclass(frozen=True)
class Reply:
    """What came back. The names of the headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads, as a path."""
        return urlsplit(self.headers.get("location", "")).path


def plain(form: Iterable[tuple[str, str]]) -> Sent:
    """A form as browsers send one that carries no files."""
    return "application/x-www-form-urlencoded", urlencode(list(form)).encode()


def keep_cookies(cookies: dict[str, str], headers: Iterable[tuple[str, str]]) -> None:
    """Remember what a reply asks to be remembered."""
    for name, value in headers:
        if name.lower() == "set-cookie":
            key, _, rest = value.partition("=")
            cookies[key] = rest.partition(";")[0]


def cookie_header(cookies: dict[str, str]) -> str:
    """What is sent back."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
