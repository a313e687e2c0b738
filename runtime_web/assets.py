"""Style sheets, scripts and drawings: addresses that change with the content, and the files themselves, compressed once."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG

from flask import Blueprint, Response, abort, request
from markupsafe import Markup, escape

from runtime_web.access import public
from runtime_web.vendor import STATIC, VENDOR

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
YEAR = "public, max-age=31536000, immutable"

LOOK_AGAIN_SECONDS = 2.0
_ADDRESSES: dict[str, tuple[str, float]] = {}

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    kind: str
    plain: bytes
    packed: bytes
    digest: str


def asset(name: str) -> str:
    """The address of a file below static/, with the digest of its content, so that browsers keep it for good."""
    now = time.monotonic()
    known = _ADDRESSES.get(name)
    if known is None or now > known[1]:
        known = _ADDRESSES[name] = (_address(name, _changed(name)), now + LOOK_AGAIN_SECONDS)
    return known[0]


@lru_cache(maxsize=2048)
def icon(name: str, label: str = "") -> Markup:
    """A drawing of the sprite in the text's colour; silent for screen readers unless it has a label."""
    known = name if name in icon_names() else "circle"
    said = Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')
    source = escape(asset("vendor/icons.svg"))
    return Markup('<svg class="icon"{} focusable="false"><use href="{}#{}"/></svg>').format(said, source, known)


@lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    """The drawings that the sprite has."""
    parts = (VENDOR / "icons.svg").read_text(encoding="utf-8").split('<symbol id="')[1:]
    return frozenset(part.partition('"')[0] for part in parts)


@blueprint.get("/static/<path:name>")
@public
def static(name: str) -> Response:
    """One file; compressed for those who take it so."""
    found = _load(name, _changed(name))
    if found is None:
        abort(404)
    packed = bool(found.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(found.packed if packed else found.plain, content_type=found.kind)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = YEAR if request.args.get("v") == found.digest else "no-cache"
    response.set_etag(found.digest + ("-gzip" if packed else ""))
    response.make_conditional(request)
    return response


@lru_cache(maxsize=512)
def _place(name: str) -> Path | None:
    """Where a file would be; to look that up costs much more than to ask whether it has changed."""
    path = (STATIC / name).resolve()
    hidden = any(part.startswith(".") for part in Path(name).parts)
    return path if path.is_relative_to(STATIC.resolve()) and not hidden else None


def _changed(name: str) -> int:
    """When a file was last written; 0 where there is none."""
    try:
        path = _place(name)
        about = path.stat() if path else None
    except (OSError, ValueError):
        return 0
    return about.st_mtime_ns if about and S_ISREG(about.st_mode) else 0


@lru_cache(maxsize=512)
def _address(name: str, changed: int) -> str:
    found = _load(name, changed)
    if found is None:
        raise LookupError(f"there is no file static/{name}")
    return f"/static/{name}?v={found.digest}"


@lru_cache(maxsize=512)
def _load(name: str, changed: int) -> Asset | None:
    path = _place(name) if changed else None
    if path is None:
        return None
    plain = path.read_bytes()
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    worth = path.suffix in {".css", ".js", ".svg", ".txt"} and len(plain) > 500
    packed = gzip.compress(plain, 9, mtime=0) if worth else b""
    return Asset(kind, plain, packed, hashlib.sha256(plain).hexdigest()[:12])
