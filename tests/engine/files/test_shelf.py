"""The folder of contents: each once, whole or not at all, and cleaned up without touching what is wanted."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from engine.files.shelf import GOING, Shelf, TooLarge

OLD, NOW = 1_000_000.0, 2_000_000.0


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "files")


def put(shelf: Shelf, content: bytes, moment: float = OLD) -> Path:
    with shelf.arriving(io.BytesIO(content), 10**6) as arrived:
        os.utime(arrived.path, (moment, moment))
        shelf.put(arrived)
        place = shelf.place(arrived.digest)
    return place


def contents(shelf: Shelf) -> list[bytes]:
    return sorted(path.read_bytes() for path in shelf.folder.rglob("*") if path.is_file())


def test_a_content_stands_under_its_digest_two_folders_down(shelf: Shelf) -> None:
    place = put(shelf, b"abc")
    assert place.relative_to(shelf.folder).parts[:2] == ("ba", "78")
    assert (place.read_bytes(), place.name[:8]) == (b"abc", "ba7816bf")


def test_the_same_content_stands_there_once(shelf: Shelf) -> None:
    assert put(shelf, b"abc") == put(shelf, b"abc")
    assert contents(shelf) == [b"abc"]


def test_what_is_too_large_leaves_nothing(shelf: Shelf) -> None:
    with pytest.raises(TooLarge), shelf.arriving(io.BytesIO(b"x" * 11), 10):
        pass
    with shelf.arriving(io.BytesIO(b"x" * 10), 10) as arrived:
        assert arrived.size == 10
    assert contents(shelf) == []


def test_clearing_keeps_what_is_needed_and_what_is_fresh(shelf: Shelf) -> None:
    needed, _, _ = put(shelf, b"needed"), put(shelf, b"gone"), put(shelf, b"fresh", NOW)
    assert shelf.clear({needed.name}, NOW) == 1
    assert contents(shelf) == [b"fresh", b"needed"]


def test_clearing_takes_small_copies_along(shelf: Shelf) -> None:
    for content in (b"needed", b"gone"):
        place = put(shelf, content)
        small = shelf.small(place.name, 96, "webp")
        small.write_bytes(b"small " + content)
        os.utime(small, (OLD, OLD))
    needed = shelf.place(put(shelf, b"needed").name).name
    assert shelf.clear({needed}, NOW) == 1
    assert contents(shelf) == [b"needed", b"small needed"]


def test_clearing_takes_what_never_arrived(shelf: Shelf) -> None:
    part = shelf.folder / "incoming" / "0123"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    os.utime(part, (OLD, OLD))
    assert shelf.clear(set(), NOW) == 0
    assert contents(shelf) == []


def test_clearing_leaves_alone_what_is_not_ours(shelf: Shelf) -> None:
    for name in ("readme.txt", "ab/cd/notes.txt", "ab/cd/ef/gh.txt"):
        path = shelf.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
        os.utime(path, (OLD, OLD))
    shelf.clear(set(), NOW)
    assert len(contents(shelf)) == 3


def test_what_an_interrupted_clearing_moved_aside_comes_back(shelf: Shelf) -> None:
    place = put(shelf, b"abc")
    place.rename(place.with_name(place.name + GOING))
    shelf.clear({place.name}, NOW)
    assert place.read_bytes() == b"abc"


def test_what_comes_again_while_it_is_cleared_stays(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    place = put(shelf, b"abc")
    rename = Path.rename

    def rival_first(path: Path, target: Path) -> Path:
        if path == place:
            put(shelf, b"abc", NOW)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rival_first)
    assert shelf.clear(set(), NOW) == 0
    assert contents(shelf) == [b"abc"]


def test_a_content_that_somebody_is_reading_may_come_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    place = put(shelf, b"abc")

    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    put(shelf, b"abc")
    assert place.stat().st_mtime > NOW
    assert contents(shelf) == [b"abc"]
