"""A web address."""

from __future__ import annotations

import re
from typing import ClassVar, Literal
from urllib.parse import SplitResult, urlsplit, urlunsplit

from engine.fields.field import Value
from engine.fields.text import Worded, one_line
from engine.problems import Unfit

# "localhost:8000" has a port, "javascript:alert(1)" a scheme.
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):(?!\d)", re.IGNORECASE)
_HOST = re.compile(r"(?!-)[\w\-]{1,63}(?:\.[\w\-]{1,63})*\.?|\[[0-9a-f:.]{2,45}\]", re.IGNORECASE)


class UrlField(Worded):
    """A web address that a browser can open safely: http or https, no user name in it."""

    type: Literal["url"]

    summary: ClassVar[str] = "A web address; https:// is added where it is left out."
    example: ClassVar[str] = "{type: url, label: Website}"
    longest: ClassVar[int] = 4000

    def accept(self, value: Value) -> Value:
        text = one_line(value, 2000)
        return None if text is None else _normal(text)


def _normal(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise Unfit("url-scheme", value=text[:60])
    try:
        parts = urlsplit(text if scheme else f"https://{text.removeprefix('//')}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Unfit("not-a-url", value=text[:60], example="https://example.com") from None
    if not _sound(parts, said=bool(scheme)):
        raise Unfit("not-a-url", value=text[:60], example="https://example.com")
    host = (parts.hostname or "") if "[" not in parts.netloc else f"[{parts.hostname}]"
    path, query, fragment = (part.replace(" ", "%20") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, path, query, fragment))


def _sound(parts: SplitResult, *, said: bool) -> bool:
    """Whether the host is one; without a scheme a word needs a dot to look like a host."""
    host = parts.netloc.rpartition(":")[0] if parts.netloc.rpartition(":")[2].isdigit() else parts.netloc
    if not _HOST.fullmatch(host) or "\\" in parts.path:
        return False
    return said or "." in host.strip(".") or host.startswith("[")
