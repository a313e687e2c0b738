"""Whatever call fails while a file is taken in: no row without its bytes, nothing half arrived, and it works again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.files.shelf import INCOMING, Shelf
from engine.problems import Refused
from engine.storage import Collided
from engine.storage import files as rows
from tests.archive import Archive, picture

CALLS: tuple[tuple[Any, str], ...] = (
    (Path, "open"),
    (Path, "mkdir"),
    (Path, "replace"),
    (Path, "unlink"),
    (os, "fsync"),
    (Image.Image, "save"),
    (Shelf, "put"),
    (rows, "waiting"),
    (rows, "add_file"),
)


class Broken(OSError):
    """The fault."""


class Faults:
    """Lets the n-th call of those watched fail, once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 0
        self.calls = 0
        for owner, name in CALLS:
            monkeypatch.setattr(owner, name, self.watched(getattr(owner, name)))

    def watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*args: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self.at:
                raise Broken("a fault")
            return call(*args, **options)

        return failing


def test_no_fault_leaves_a_row_without_bytes(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = Faults(monkeypatch)
    stored = 0
    for at in range(1, 100):
        faults.at = 0
        content = picture("PNG", (100 + at, 50))
        faults.at, faults.calls = at, 0
        try:
            archive.store(content, "p.png", "photos")
            stored += 1
        except (Refused, Broken):
            pass
        if faults.calls < at:
            break
    faults.at = 0
    with archive.database.read() as connection:
        known = rows.files(connection, archive.tables, range(1, 200))
    assert len(known) >= stored > 0
    for row in known.values():
        assert archive.files(archive.ada).open(row.id).path.stat().st_size == row.size
    halves = list((archive.folder / INCOMING).iterdir())
    assert len(halves) <= 3, "only where removing itself has failed"
    assert archive.store(picture("PNG", (9, 9)), "p.png", "photos").width == 9


def test_a_full_disk_is_said(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refused:
        archive.store()
    assert [found.code for found in refused.value.problems] == ["upload-not-kept"]
    assert archive.contents() == []


def test_a_file_that_went_elsewhere_in_the_same_instant_is_not_lost_silently(archive: Archive) -> None:
    made = archive.store()
    archive.case(papers=(made.id,))
    ada = archive.records(archive.ada)
    other = archive.case()
    with pytest.raises(Collided), ada.batch() as batch:
        batch.update("case", other, {"papers": (made.id,)})
    with pytest.raises(Collided), ada.batch() as batch:
        batch.add("case", ("name", "papers"), [("x", (made.id,))])
