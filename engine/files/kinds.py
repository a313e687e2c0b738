"""What a file is, decided from its bytes alone."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import puremagic

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
PDF = "application/pdf"
ZIP = "application/zip"
HEIC = "image/heic"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
INLINE = frozenset({*PICTURES, PDF})
"""What browsers may show in a page of their own; everything else is only ever saved."""
SUFFIXES = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    PDF: (".pdf",),
}
"""What the names of these end in, so that none that a browser shows is saved under the name of something that runs."""

_HEAD = 4096
_SURE = 0.5
_TAIL = 64 * 1024
_FIRST_NAME = 30
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]{1,40})")
_OFFICE = {
    b"word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_BRANDS = {
    b"heic": HEIC,
    b"heix": HEIC,
    b"hevc": HEIC,
    b"heim": HEIC,
    b"mif1": HEIC,
    b"msf1": HEIC,
    b"avif": "image/avif",
}
_LONGEST_KIND = 100


def kind_of(path: Path) -> str:
    """The media type of a file. Whether a picture is sound, `pictures` finds out."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _archive(path, head)
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    if head.startswith(b"%PDF-"):
        return PDF
    kind, confidence = _guessed(path)
    if _is_text(head):
        return kind if kind and confidence >= _SURE else TEXT
    return kind or UNKNOWN


def _guessed(path: Path) -> tuple[str, float]:
    try:
        found = puremagic.magic_file(path)
    except (LookupError, ValueError):
        return "", 0.0
    for guess in found:
        if guess.mime_type and len(guess.mime_type) <= _LONGEST_KIND:
            return str(guess.mime_type), float(guess.confidence)
    return "", 0.0


def _archive(path: Path, head: bytes) -> str:
    """What an archive holds: the documents of office programs are archives too.

    Only its ends are looked at, where the names stand uncompressed, so that no archive can make this expensive.
    """
    said = _OPEN_DOCUMENT.match(head, _FIRST_NAME)
    if said:
        return said[1].decode("ascii")
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        tail = file.read(_TAIL)
    return next((kind for name, kind in _OFFICE.items() if name in tail), ZIP)


def _is_text(head: bytes) -> bool:
    """Whether this begins like a text of today; its last character may be cut off."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return False
    return not any(sign < " " and sign not in "\t\n\r\f\x1b" for sign in text)
