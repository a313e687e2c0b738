"""What the program does not start with: a key that is known, debugging, data or a key that others can read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from runtime_web.app import create_app
from runtime_web.settings import SettingsWrong
from tests.runtime_web.cli.conftest import Terminal, shop, terminal
from tests.runtime_web.visitor import Site

__all__ = ["shop", "terminal"]
posix = pytest.mark.skipif(os.name != "posix", reason="on Windows the rights of a folder are not in its mode")


@pytest.mark.parametrize("key", ["changeme", "a" * 64, "kartoteka", "short but different 1234567890"])
def test_a_key_that_can_be_guessed(shop: Terminal, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("KARTOTEKA_SECRET_KEY", key)
    said = shop.run("serve", code=1).output
    assert "The secret key is too short or too simple" in said
    assert key not in said


@pytest.mark.parametrize("value", ["1", "true", "yes"])
def test_debugging(shop: Terminal, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FLASK_DEBUG", value)
    assert "FLASK_DEBUG is set" in shop.run("serve", code=1).output


def test_debugging_however_it_is_served(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(SettingsWrong, match="FLASK_DEBUG"):
        create_app(site.workspace.settings)


@posix
def test_data_that_others_can_read(shop: Terminal) -> None:
    data = Path("data")
    assert data.stat().st_mode & 0o077 == 0
    data.chmod(0o755)
    assert f"Run chmod 700 {data} and start again." in shop.run("serve", code=1).output.replace("\n", "")


@posix
def test_a_key_that_others_can_read(shop: Terminal) -> None:
    key = Path("data/secret.key")
    key.write_text("a key of thirty-two characters or more", encoding="ascii")
    key.chmod(0o644)
    assert "Run chmod 600" in shop.run("serve", code=1).output.replace("\n", " ")


@posix
def test_a_key_that_is_made_is_for_its_owner_alone(shop: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "")
    shop.run("serve", "--port", "0", "--host", "192.0.2.1", code=1)
    key = Path("data/secret.key")
    assert key.stat().st_mode & 0o077 == 0
    assert len(set(key.read_text(encoding="ascii"))) > 20
