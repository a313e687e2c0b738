"""docs/command-line.md is exactly what `python -m runtime_web.cli.reference` (make docs) writes."""

from __future__ import annotations

from runtime_web.cli.commands import COMMANDS
from runtime_web.cli.reference import PAGE, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs"


def test_every_command_and_every_option_has_a_word() -> None:
    text = page()
    assert [name for name in COMMANDS if f"\n## {name}\n" not in text] == []
    assert [line for line in text.splitlines() if line.startswith("| `") and line.endswith("` |  |")] == []
