"""run.py: one sentence where it cannot start, and no second installation where nothing changed."""

from __future__ import annotations

import builtins
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import run


@dataclass
class Recorder:
    """Stands for `run.python`: writes down what would be started; the command that names `failing` fails."""

    made: list[tuple[str, ...]]
    failing: str = ""

    def __call__(self, *arguments: str) -> int:
        self.made.append(arguments)
        return int(self.failing in arguments)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """The commands that run.py would start, in an environment that seems to be there but empty."""
    made: list[tuple[str, ...]] = []
    interpreter, assets = tmp_path / "python", tmp_path / "stamp"
    interpreter.touch()
    assets.touch()
    monkeypatch.setattr(run, "PYTHON", interpreter)
    monkeypatch.setattr(run, "ASSETS", assets)
    monkeypatch.setattr(run, "INSTALLED", tmp_path / "installed")
    monkeypatch.setattr(run, "python", Recorder(made))
    return made


def test_an_old_python_gets_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert run.main(["demo"]) == 2
    assert capsys.readouterr().err.startswith("Kartoteka needs Python 3.11 or newer")


def test_a_python_without_ensurepip_gets_one_sentence(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "ensurepip":
            raise ImportError(name)
        return real(name, *rest)

    run.PYTHON.unlink()
    monkeypatch.setattr(builtins, "__import__", without)
    assert run.main(["demo"]) == 2
    assert "install python" in capsys.readouterr().err
    assert calls == []


def test_an_unknown_command_shows_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["dmeo"]) == 2
    assert "run.py demo" in capsys.readouterr().out


def test_the_first_start_installs_and_the_second_does_not(calls: list[tuple[str, ...]]) -> None:
    assert run.main(["demo"]) == 0
    assert [call[:2] for call in calls] == [("-m", "pip"), ("-m", "runtime_web.cli")]
    calls.clear()
    assert run.main(["demo", "--port", "1"]) == 0
    assert calls == [("-m", "runtime_web.cli", "demo", "--port", "1")]


def test_what_developers_need_is_installed_when_they_first_test(calls: list[tuple[str, ...]]) -> None:
    run.main(["demo"])
    calls.clear()
    assert run.main(["test", "tests/house"]) == 0
    assert calls[0][-1].endswith("[test]")
    assert calls[-1] == ("-m", "pytest", "tests/house")
    calls.clear()
    run.main(["demo"])
    assert len(calls) == 1


def test_missing_browser_libraries_are_made_again(calls: list[tuple[str, ...]]) -> None:
    run.main(["demo"])
    calls.clear()
    run.ASSETS.unlink()
    run.main(["demo"])
    assert calls[0][:2] == ("-m", "pip")


def test_one_failed_check_does_not_hide_the_others(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run.main(["setup"])
    monkeypatch.setattr(run, "python", Recorder(calls, failing="mypy"))
    assert run.main(["test"]) == 1
    assert calls[-1][:2] == ("-m", "pytest")
    assert capsys.readouterr().out.rstrip().endswith("== style passed, format passed, types FAILED, tests passed")
