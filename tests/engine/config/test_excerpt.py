"""What the terminal shows of a Problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.excerpt import WIDTH, excerpt, harmless, render, underlined
from engine.problems import Place, problem


@pytest.mark.parametrize(
    ("line", "start", "length", "caret"),
    [
        ("name: txet", 6, 4, "      ^^^^"),
        ("\tname: x", 1, 4, "\t^^^^"),
        ("имя: x", 5, 1, "     ^"),
        ("名前: x", 4, 1, "      ^"),
        ("名前: x", 0, 2, "^^^^"),
        ("", 0, 1, "^"),
        ("x", 1, 1, " ^"),
    ],
)
def test_the_caret_stands_below_the_stretch(line: str, start: int, length: int, caret: str) -> None:
    assert underlined(line, start, length) == (line, caret)


@pytest.mark.parametrize("start", [0, 50, 150, 295])
def test_a_long_line_is_cut_around_the_stretch(start: int) -> None:
    line = "".join(f"{number:<5}" for number in range(60))
    shown, caret = underlined(line, start, 3)
    assert len(shown) <= WIDTH + 2
    assert shown[caret.index("^") :].startswith(line[start : start + 3].strip())


def test_nothing_in_a_file_steers_the_terminal() -> None:
    assert "\x1b" not in harmless("\x1b[31mred\u202egnirts")
    shown, caret = underlined("a: \x1b[2Jx", 3, 5)
    assert shown.isprintable()
    assert caret == "   ^^^^^"


def test_a_problem_without_a_place(tmp_path: Path) -> None:
    assert render(problem("file-empty"), tmp_path) == "error: This file says nothing.\n  " + problem("file-empty").hint


def test_a_place_whose_file_is_gone(tmp_path: Path) -> None:
    shown = excerpt(problem("list-empty", place=Place("none.yaml", 3, 1)), tmp_path)
    assert (shown.position, shown.line, shown.caret) == (f"{tmp_path / 'none.yaml'}:3:1", "", "")
    assert str(shown).count("\n") == 0
