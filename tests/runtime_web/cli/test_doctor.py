"""kartoteka doctor finds what is wrong, and says what to do."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from types import SimpleNamespace

import pytest

from runtime_web.cli.place import Place
from tests.runtime_web.cli.conftest import Terminal


def wrong(terminal: Terminal) -> dict[str, str]:
    """What is not fine, by subject."""
    return {found["subject"]: found["text"] for found in terminal.read("doctor", "--json", code=1) if not found["fine"]}


def test_a_fresh_installation_is_fine(shop: Terminal) -> None:
    Place(shop.folder).secret_key()
    lines = shop.run("doctor").stdout.splitlines()
    assert all(line.startswith("✓ ") for line in lines)
    assert [line[2:].partition(":")[0] for line in lines] == [
        "Python", "SQLite", "Browser libraries", "Configuration", "Disk", "Secret key", "Database", "Applied configuration", "Files",
    ]  # fmt: skip


def test_nothing_is_there_yet(terminal: Terminal) -> None:
    found = wrong(terminal)
    assert set(found) == {"Configuration", "Database"}
    assert found["Database"] == "nothing has been set up yet; run kartoteka apply."
    assert list(terminal.folder.iterdir()) == []


def test_a_configuration_that_is_wrong_or_has_changed(shop: Terminal) -> None:
    path = shop.folder / "kartoteka.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("currency: EUR", "currency: EURO"), encoding="utf-8")
    assert wrong(shop) == {"Configuration": "1 problem; run kartoteka check to see them."}
    path.write_text(text.replace("en: My business", "en: Ours"), encoding="utf-8")
    assert "run kartoteka plan" in wrong(shop)["Applied configuration"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps such rights elsewhere.")
def test_a_key_that_others_may_read(shop: Terminal) -> None:
    place = Place(shop.folder)
    assert place.secret_key() == place.secret_key()
    assert len(place.secret_key()) >= 32
    place.key_file.chmod(0o644)
    assert "chmod 600" in wrong(shop)["Secret key"]


def test_a_full_disk(shop: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024**2))
    assert wrong(shop) == {"Disk": "0.0 GB free"}


def test_references_that_lead_nowhere(shop: Terminal) -> None:
    with sqlite3.connect(shop.folder / "data/kartoteka.sqlite") as there:
        there.execute(
            'INSERT INTO "order" (date, client, status, _created_at, _updated_at) VALUES (?, 99, ?, ?, ?)',
            ("2026-01-01", "new", "2026-01-01 00:00:00.000000", "2026-01-01 00:00:00.000000"),
        )
    there.close()
    assert wrong(shop) == {"Database": "order refers to a missing client"}


def test_files_that_are_gone(terminal: Terminal) -> None:
    terminal.run("demo", "--folder", ".", "--scale", "5", "--no-serve")
    assert "✓ Files: every attached file is there" in terminal.run("doctor").stdout
    shutil.rmtree(terminal.folder / "data/files")
    assert "bring that folder back from a backup" in wrong(terminal)["Files"]
