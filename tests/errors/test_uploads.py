"""Each code about an attached file has a reproducer in uploads.yaml that is also its golden text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.problems import Refused
from engine.storage import files as rows
from tests.archive import Archive, claiming, open_archive, picture

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("uploads.yaml"))
CONTENTS = {
    "nothing": b"",
    "more than a megabyte": b"x" * (1024 * 1024 + 1),
    "text": b"plain text",
    "a photo of an iPhone": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100,
    "half a picture": picture("JPEG", (300, 300))[:700],
    "a huge picture": claiming(30_000),
}


@pytest.fixture
def archive(sqlite_url: str, tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(sqlite_url, tmp_path / "files")
    yield opened
    opened.database.close()


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_wrong_file_is_two_sentences(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, case: dict[str, Any]
) -> None:
    if case["content"] == "text on a full disk":
        monkeypatch.setattr(os, "fsync", no_space)
    if case["content"] == "one too many":
        monkeypatch.setattr(rows, "waiting", lambda *_: 1000)
    with pytest.raises(Refused) as refused:
        provoke(archive, case["content"], case["field"])
    (found,) = refused.value.problems
    assert (found.code, f"{found.sentence} {found.hint}".strip()) == (case["code"], case["says"])


def no_space(_: int) -> None:
    raise OSError(28, "No space left on device")


def provoke(archive: Archive, content: str, field: str) -> None:
    """Do what the case says."""
    made = archive.store(CONTENTS.get(content, b"text"), "x.bin", field).id
    archive.case(papers=(made,))
    archive.case(papers=(made,))
