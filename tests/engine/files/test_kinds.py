"""What a file is follows from its bytes, whatever it is called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from engine.files.kinds import kind_of
from tests.archive import picture

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (picture("PDF"), "application/pdf"),
        (b"%PDF-1.7\nplain", "application/pdf"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100, "image/heic"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif" + b"\0" * 100, "image/avif"),
        (workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (archive(mimetype=OPEN_DOCUMENT, content="x"), OPEN_DOCUMENT),
        (archive(mimetype="text/html\r\nX: y", content="x"), "application/zip"),
        (archive(readme="x"), "application/zip"),
        ("Прайс-лист\n".encode() * 1000, "text/plain"),
        (("x" + "я" * 5000).encode(), "text/plain"),
        (b"BMW price list", "text/plain"),
        (b'{"a": 1}', "text/plain"),
        (b"<!doctype html><script>alert(1)</script>", "text/html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml"),
        ("Привет".encode("cp1251"), "application/octet-stream"),
        (b"MZ" + b"\0" * 300, "application/octet-stream"),
        (b"x", "text/plain"),
    ],
)
def test_the_bytes_decide(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "misleading.png"
    path.write_bytes(content)
    assert kind_of(path) == kind
