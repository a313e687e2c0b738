"""Style sheets, scripts and drawings: the addresses of the files below static/, and the files themselves, compressed once.

Each address holds the digest of all files, so that browsers keep for good what they have. It stands before the name: a
module that imports "./keyboard.js" asks for the one of its own version, in the address that every other module asks for.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from runtime_web.access import public
from runtime_web.vendor import STATIC, VENDOR

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
YEAR = "public, max-age=31536000, immutable"

LOOK_AGAIN_SECONDS = 2.0
SYMBOL = re.compile(r'<symbol id="([^"]+)"(.*?)</symbol>', re.DOTALL)
IMPORT = re.compile(r'^@import "(.+)";$', re.MULTILINE)

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Files:
    """The names of all files below static/, and the digest of what stands in them."""

    names: frozenset[str]
    version: str


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    kind: str
    plain: bytes
    packed: bytes


def asset(name: str) -> str:
    """The address of a file below static/."""
    files = _files()
    if name not in files.names:
        raise LookupError(f"there is no file static/{name}")
    return f"/static/{files.version}/{name}"


@lru_cache(maxsize=2048)
def icon(name: str, label: str = "") -> Markup:
    """A drawing in the text's colour; silent for screen readers unless it has a label.

    What pages draw by themselves is in the sprite, which every page builds as a whole. What a configuration has chosen,
    a few of very many, stands in the page itself.
    """
    said = Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')
    chosen = _symbols("choices.svg").get(name)
    if chosen:
        drawn = Markup("<svg{}</svg>").format(Markup(chosen))  # noqa: S704  (from a file of our own build)
    else:
        known = name if name in _symbols("icons.svg") else "circle"
        drawn = Markup('<use href="{}#{}"/>').format(asset("vendor/icons.svg"), known)
    return Markup('<svg class="icon"{} focusable="false">{}</svg>').format(said, drawn)


@lru_cache(maxsize=2)
def _symbols(name: str) -> dict[str, str]:
    """The drawings of a file: what stands in each symbol, after its name."""
    return dict(SYMBOL.findall((VENDOR / name).read_text(encoding="utf-8")))


@blueprint.get("/static/<version>/<path:name>")
@public
def static(version: str, name: str) -> Response:
    """One file; compressed for those who take it so. A page of an older version gets the file as it is now."""
    files = _files()
    if name not in files.names:
        abort(404)
    found = _load(name, files.version)
    packed = bool(found.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(found.packed if packed else found.plain, content_type=found.kind)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = YEAR if version == files.version else "no-cache"
    response.set_etag(files.version + ("-gzip" if packed else ""))
    response.make_conditional(request)
    return response


def _files() -> Files:
    return _files_at(int(time.monotonic() / LOOK_AGAIN_SECONDS))


@lru_cache(maxsize=1)
def _files_at(look: int) -> Files:
    del look
    return _files_as_written(tuple(sorted(_written())))


def _written() -> Iterator[tuple[str, int]]:
    """Each file that is no hidden one, and when it was written."""
    for folder, _, names in os.walk(STATIC):
        for path in (Path(folder, name) for name in names if not name.startswith(".")):
            yield path.relative_to(STATIC).as_posix(), path.stat().st_mtime_ns


@lru_cache(maxsize=1)
def _files_as_written(written: tuple[tuple[str, int], ...]) -> Files:
    digest = hashlib.sha256()
    for name, _ in written:
        digest.update(name.encode() + b"\0" + (STATIC / name).read_bytes())
    return Files(frozenset(name for name, _ in written), digest.hexdigest()[:12])


@lru_cache(maxsize=512)
def _load(name: str, version: str) -> Asset:
    del version
    path = STATIC / name
    plain = _sheet(path).encode() if path.suffix == ".css" else path.read_bytes()
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    worth = path.suffix in {".css", ".js", ".svg", ".txt"} and len(plain) > 500
    return Asset(kind, plain, gzip.compress(plain, 9, mtime=0) if worth else b"")


def _sheet(path: Path) -> str:
    """A style sheet with those that it imports in their places, so that a page asks once."""
    return IMPORT.sub(lambda found: _sheet(path.parent / found[1]), path.read_text(encoding="utf-8"))
