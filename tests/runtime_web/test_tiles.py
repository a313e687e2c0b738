"""Attached files in words: sizes, icons, and how large a picture is shown."""

from __future__ import annotations

import pytest

from engine.fields.locale import locale_for
from engine.files import Attached
from runtime_web.tiles import fitted, icon_of, size_text, tiles_of


@pytest.mark.parametrize(
    ("size", "language", "text"),
    [
        (0, "en", "0 bytes"),
        (1, "en", "1 byte"),
        (1023, "en", "1023 bytes"),
        (1024, "en", "1 kB"),
        (1536 * 1024 - 1, "en", "1.5 MB"),
        (1536 * 1024, "fi", "1,5 MB"),
        (12_345_678, "ru", "12 MB"),
        (2000 * 1024 * 1024, "en", "2,000 MB"),
    ],
)
def test_sizes_are_said_as_the_reader_writes_numbers(size: int, language: str, text: str) -> None:
    assert size_text(size, locale_for(language)) == text


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(4000, 3000, (213, 160)), (440, 100, (220, 50)), (30, 20, (30, 20)), (10_000, 1, (220, 1)), (0, 0, (0, 0))],
)
def test_a_picture_is_shown_whole_and_never_blown_up(width: int, height: int, shown: tuple[int, int]) -> None:
    assert fitted(width, height) == shown


def test_each_kind_has_its_icon() -> None:
    kinds = {
        "image/png": "photo",
        "application/pdf": "file-type-pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "file-spreadsheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "file-description",
        "application/vnd.oasis.opendocument.text": "file-description",
        "text/plain": "file-text",
        "application/zip": "archive",
        "application/octet-stream": "file",
    }
    assert {kind: icon_of(kind) for kind in kinds} == kinds


def test_only_pictures_have_small_copies() -> None:
    files = (Attached(1, "p.png", "image/png", 10, 400, 300), Attached(2, "a&b.svg", "image/svg+xml", 10))
    picture, drawing = tiles_of(files, locale_for("en"))
    assert (picture.small_url, picture.large_url, picture.inline) == ("/files/1/thumb/96", "/files/1/thumb/480", True)
    assert (drawing.small_url, drawing.url, drawing.inline) == ("", "/files/2/a%26b.svg", False)
