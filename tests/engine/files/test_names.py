"""What becomes of the names that somebody's computer sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files.names import LONGEST, MOST_BYTES, clean_name, with_suffix


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Договор №5.pdf", "Договор №5.pdf"),
        ("../../etc/passwd", "passwd"),
        ("D:\\Pictures\\Ada\\photo.jpg", "photo.jpg"),
        ("a\0b.txt", "ab.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt"),
        ("exe.\u202egpj", "exe.gpj"),
        ("\u200fabc\u2066.png", "abc.png"),
        ("CON", "_CON"),
        ("aux.txt", "_aux.txt"),
        ("com¹.log", "_com¹.log"),
        ("console.txt", "console.txt"),
        ("...", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("name.txt. . ", "name.txt"),
        ('a<b>:"c|?*.txt', "a_b___c___.txt"),
        ("e\u0301.txt", "é.txt"),
        ("می‌خواهم.txt", "می‌خواهم.txt"),
        ("  two   spaces .txt", "two spaces.txt"),
    ],
)
def test_a_name_is_shown_as_it_was_meant(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def test_a_long_name_keeps_its_beginning_and_its_suffix() -> None:
    name = clean_name("и" * 300 + ".docx")
    assert name.startswith("ииии")
    assert name.endswith(".docx")
    assert len(name) <= LONGEST


@given(st.text(max_size=400))
def test_every_name_is_fit_for_a_header_and_a_disk(sent: str) -> None:
    name = clean_name(sent)
    assert 0 < len(name) <= LONGEST
    assert len(name.encode()) <= MOST_BYTES
    assert not set(name) & set('/\\<>:"|?*\r\n\t\0')
    assert name.strip(" .") == name
    assert clean_name(name) == name


def test_a_picture_is_saved_as_one() -> None:
    suffixes = (".jpg", ".jpeg")
    assert with_suffix("photo.JPEG", suffixes) == "photo.JPEG"
    assert with_suffix("photo.html", suffixes) == "photo.html.jpg"
    assert with_suffix("notes.txt", ()) == "notes.txt"
    assert len(with_suffix("x" * LONGEST, suffixes)) == LONGEST
