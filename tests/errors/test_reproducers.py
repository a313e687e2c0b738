"""Each code about a configuration has a reproducer here that is also its golden test.

A folder is named like its code, holds the smallest configuration with that fault, and `expected.txt` says what the
terminal shows: exactly one Problem, since one fault is one sentence. `python -m tests.errors.test_reproducers` writes
the expected texts anew; read the difference before it is kept.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from engine.config import home, load, render
from engine.config.source import LIMIT
from engine.problems.configuring import FILES, MEANINGS, NAMES, SHAPES

HERE = Path(__file__).parent
IN_CONFIGURATIONS = {
    "formula-beside",
    "formula-circle",
    "formula-not-sql",
    "formula-result-type",
    "formula-volatile-stored",
}
"""What is wrong with a formula where it stands; what is wrong with its text, tests/formulas/problems.txt shows."""
CODES = sorted({*FILES, *SHAPES, *NAMES, *MEANINGS, *IN_CONFIGURATIONS})


def input_of(code: str, scratch: Path) -> Path:
    """The configuration with the fault; three faults are no file that anybody would keep."""
    file = scratch / "kartoteka.yaml"
    if code == "file-too-large":
        file.write_text("# long\n" * (LIMIT // 7 + 1), encoding="utf-8")
    elif code == "file-unreadable":
        file.write_bytes("name: café\n".encode("latin-1"))
    return file if code in {"file-missing", "file-too-large", "file-unreadable"} else HERE / code


def shown(code: str, scratch: Path) -> tuple[tuple[str, ...], str]:
    """The codes that a reproducer gives, and what the terminal shows, with places relative to the reproducer."""
    path = input_of(code, scratch)
    _, problems = load(path)
    text = "\n".join(render(found, home(path)) for found in problems)
    return tuple(found.code for found in problems), text.replace(f"{home(path)}{os.sep}", "")


@pytest.mark.parametrize("code", CODES)
def test_one_fault_is_one_located_sentence(code: str, tmp_path: Path) -> None:
    codes, text = shown(code, tmp_path)
    assert codes == (code,)
    assert text + "\n" == (HERE / code / "expected.txt").read_text(encoding="utf-8")


def test_no_reproducer_is_left_over() -> None:
    assert sorted(path.parent.name for path in HERE.glob("*/expected.txt")) == CODES


def write_expected() -> None:
    """Take what the program says now as what it should say."""
    for code in CODES:
        with tempfile.TemporaryDirectory() as scratch:
            (HERE / code).mkdir(exist_ok=True)
            text = shown(code, Path(scratch))[1] + "\n"
            (HERE / code / "expected.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_expected()
