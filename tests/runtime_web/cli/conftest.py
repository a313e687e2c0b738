"""The command line in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from runtime_web.cli import main


@dataclass(frozen=True)
class Terminal:
    """Runs commands in a folder. Whatever happens, no traceback is printed."""

    folder: Path

    def run(self, *words: str, code: int = 0, typed: str = "") -> Result:
        """One command, which ends with this code."""
        result = CliRunner().invoke(main, words, input=typed, prog_name="kartoteka")
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    def read(self, *words: str, code: int = 0) -> Any:
        """What a command says to a program: exactly one JSON document."""
        return json.loads(self.run(*words, code=code).stdout)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("KARTOTEKA_FOLDER", "KARTOTEKA_DATABASE", "KARTOTEKA_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return Terminal(tmp_path)


@pytest.fixture
def shop(terminal: Terminal) -> Terminal:
    """A terminal in a folder in which the starter configuration is applied."""
    terminal.run("init", ".")
    terminal.run("apply")
    return terminal
